"""The usage of completions: spec/rules/completions/usage.md."""

from __future__ import annotations

from wirecheck.areas.chat.reading import Completion, read
from wirecheck.areas.completions.pools import every_answer, every_completion
from wirecheck.areas.completions.probes import lists, texts
from wirecheck.evidence.exchange import Exchange, at
from wirecheck.evidence.unseen import Unseen
from wirecheck.judging import shape
from wirecheck.judging.requirement import Broken, Violations, requirement

COUNTS = ("prompt_tokens", "completion_tokens")


@requirement("completions.usage", on=every_completion, feature="completions")
def counts_every_answer(answer: Exchange) -> Violations:
    """An answer without a stream SHOULD hold `usage` with whole `prompt_tokens`, `completion_tokens` and
    `total_tokens`.
    """
    for each in shape.breaks(answer, "text usage")[:3]:
        yield str(each)


@requirement("completions.usage-sum", on=every_answer, feature="completions")
def adds_up(answer: Exchange) -> Violations:
    """`total_tokens` of completions MUST be the sum of `prompt_tokens` and `completion_tokens`."""
    found = read(answer)
    prompt, completion, total = (found.count(name) for name in (*COUNTS, "total_tokens"))
    if prompt is None or completion is None or total is None:
        raise Unseen("the usage is not whole")
    if prompt + completion != total:
        yield f"{prompt} + {completion} = {prompt + completion}, total_tokens is {total}"


@requirement("completions.usage-list", on=lists.doubled, feature="completions")
def counts_all_of_a_list(seen: lists.Doubled) -> Violations:
    """The usage of a list MUST count all of its prompts and all of their choices."""
    alone, twice = read(seen.alone), read(seen.twice)
    same = len(twice.choices) == 2 and all(choice.text == alone.first.text for choice in twice.choices.values())
    if len(twice.choices) != 2:
        raise Unseen("the list was not answered twice")
    judged = 0
    # What is sampled is not as long each time.
    for name in COUNTS if same else COUNTS[:1]:
        one, both = alone.count(name), twice.count(name)
        if one is None or both is None:
            continue
        judged += 1
        if both != 2 * one:
            yield Broken(f"{name}: {one} for a prompt, {both} for a list of it and it again", seen.twice, seen.alone)
    if not judged:
        raise Unseen("the usage is not whole")


@requirement("completions.usage-stream", on=texts.all_counted, feature="completions")
def counts_a_stream_once(seen: texts.Counted) -> Violations:
    """A stream of completions with `include_usage` MUST hold exactly one usage object, whole, in its last chunk, which
    has no choices.
    """
    answer = seen.counted
    if answer.status != 200:
        if answer.status is None or answer.shed or seen.uncounted.status != 200:
            raise Unseen(f"no stream was counted: {answer}")
        yield Broken(f"stream_options.include_usage was answered with {answer.status}", answer)
        return
    found = [number for number, value in answer.objects if isinstance(at(value, "usage"), dict)]
    if len(found) != 1:
        yield Broken(f"{len(found)} of {len(answer.objects)} chunks hold a usage object", answer)
        return
    number, last = answer.objects[-1]
    if found[0] != number or at(last, "choices") != []:
        yield Broken(f"event {found[0]} of {number} holds the usage; the last one is to, without choices", answer)
    for each in shape.breaks(answer, "text chunk usage")[:1]:
        yield Broken(str(each), answer)


@requirement("completions.usage-unasked", on=texts.streamed, feature="completions")
def counts_a_stream_only_when_asked(answer: Exchange) -> Violations:
    """A stream of completions without `include_usage` SHOULD NOT hold a usage object."""
    if any(isinstance(at(value, "usage"), dict) for _, value in answer.objects):
        yield "no usage was asked for, yet a chunk holds one"


@requirement("completions.usage-equal", on=texts.all_counted, feature="completions")
def counts_both_modes_alike(seen: texts.Counted) -> Violations:
    """The usage of a stream of completions MUST be that of the same request without a stream, where both gave the same
    text.
    """
    sync, stream = read(seen.sync), read(seen.counted)
    if sync.usage is None or stream.usage is None or (sync.first.text and not stream.first.text):
        raise Unseen("the two answers cannot be compared")
    for name in COUNTS if sync.first.text == stream.first.text else COUNTS[:1]:
        before, after = _whole(sync, name), _whole(stream, name)
        if before != after:
            yield Broken(f"{name}: {before} without a stream, {after} in the stream", seen.counted)


def _whole(found: Completion, name: str) -> int:
    count = found.count(name)
    if count is None:
        raise Unseen("the usage is not whole")
    return count
