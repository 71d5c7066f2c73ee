"""Prompts and their choices: spec/rules/completions/choices.md."""

from __future__ import annotations

from collections.abc import Iterator

from wirecheck.areas.chat.reading import Choice, read
from wirecheck.areas.chat.sameness import differences
from wirecheck.areas.completions.pools import every_completion, every_stream
from wirecheck.areas.completions.probes import lists, refusals
from wirecheck.areas.completions.reading import prompts, wanted
from wirecheck.evidence.exchange import Exchange, at, items, whole_number
from wirecheck.evidence.unseen import Unseen, decision, decisions
from wirecheck.judging.requirement import Broken, Violations, requirement
from wirecheck.judging.shape import tells_an_error


@requirement("completions.lists", on=lists.listed, feature="completions")
def takes_lists(seen: lists.Listed) -> Violations:
    """A list of texts MUST be taken as a prompt for each of them."""
    for answer in decisions((seen.both.sync, seen.both.stream)):
        if answer.status in (400, 422):
            yield Broken(f"a list of {len(seen.words)} texts was answered with {answer.status}", answer)


@requirement("completions.count", on=every_completion, feature="completions")
def answers_each_prompt(answer: Exchange) -> Violations:
    """An answer MUST have as many choices as there are prompts, times `n`, with the indexes from 0 on, each once."""
    most = _wanted(answer)
    indexes = [whole_number(at(item, "index")) for item in items(answer.json, "choices")]
    known = sorted(index for index in indexes if index is not None)
    # None at all is for `errors.never-200` to judge, one that is no number for `completions.shape`.
    if indexes and len(known) == len(indexes) and known != list(range(most)):
        yield f"{_asked(answer)}: the indexes are {known[:20]}; 0 to {most - 1} are required"


@requirement("completions.stream-count", on=every_stream, feature="completions")
def streams_each_choice(answer: Exchange) -> Violations:
    """A stream MUST bring each of these choices, under its index, to a `finish_reason`."""
    most = _wanted(answer)
    if answer.end != "complete" or tells_an_error(answer):
        raise Unseen("no stream that ran to its end")
    found = read(answer).choices
    odd = sorted(set(found) - set(range(most)))
    if odd:
        yield f"{_asked(answer)}: a choice has the index {odd[0]}"
    # One that is alone is for `stream.finish-given` to judge.
    missing = [index for index in range(most) if index not in found or not found[index].finishes]
    if missing and not odd and most > 1:
        yield f"{_asked(answer)}: choice {missing[0]} has no finish_reason"


def _wanted(answer: Exchange) -> int:
    most = wanted(answer.request.json)
    if most is None:
        raise Unseen("a prompt that is no text")
    return most


def _asked(answer: Exchange) -> str:
    body = answer.request.json
    n = whole_number(at(body, "n"))
    return f"{prompts(body)} prompts" + (f", n is {n}" if n is not None else "")


@requirement("completions.order", on=lists.all_listed, feature="completions")
def keeps_the_order_of_its_prompts(seen: tuple[lists.Listed, ...]) -> Violations:
    """The choice of index `i` MUST continue the prompt in place `i / n`, without a stream and in one."""
    judged = 0
    for each in seen:
        for answer in dict.fromkeys((each.both.sync, each.both.stream)):
            choices = list(_choices(answer))
            # What is lost, or there twice, is for `completions.count` and `completions.stream-count` to judge.
            if [index for index, _ in choices] != list(range(len(each.words) * each.choices)) or _twice(answer):
                continue
            for index, choice in choices:
                own = each.words[index // each.choices]
                others = [word for word in each.words if word != own and word in choice.text]
                judged += own in choice.text or bool(others)
                if others and own not in choice.text:
                    mode = " in a stream" if answer.is_stream else ""
                    yield Broken(f"choice {index}{mode} is of the prompt with {others[0]}, not of {own}'s", answer)
    if not judged:
        raise Unseen("no choice says which prompt it continues")


@requirement("completions.in-order", on=every_completion, feature="completions")
def sorts_its_choices(answer: Exchange) -> Violations:
    """The choices of an answer without a stream MUST stand in the order of their indexes."""
    indexes = [
        index for item in items(answer.json, "choices") if (index := whole_number(at(item, "index"))) is not None
    ]
    if indexes != sorted(indexes):
        yield f"{_asked(answer)}: the indexes are {indexes[:20]}, one behind the other"


@requirement("completions.same-text", on=lists.repeated, feature="completions")
def streams_the_same_text(seen: lists.Same) -> Violations:
    """The joined texts of a choice in a stream MUST be its text without a stream, where the model says it the same way
    each time.
    """
    lost = list(_lost(seen.listed))
    yield from lost
    if not lost:
        yield from differences(seen.alone)


def _lost(seen: lists.Listed) -> Violations:
    """Choices of a list that say their word without a stream, and lose it in one where no other has it."""
    streamed = dict(_choices(seen.both.stream))
    for index, choice in _choices(seen.both.sync):
        own = seen.words[index] if index < len(seen.words) else ""
        other = streamed.get(index)
        if own and own in choice.text and other is not None and other.finish in ("stop", choice.finish):
            mixed = any(word in other.text for word in seen.words if word != own)
            if own not in other.text and not mixed:
                text = other.text[:80]
                yield Broken(f"choice {index} is {choice.text[:80]!r}, in a stream {text!r}", seen.both.stream)


def _twice(answer: Exchange) -> bool:
    """Whether an answer without a stream has two choices of one index."""
    indexes = [str(at(item, "index")) for item in items(answer.json, "choices")] if not answer.is_stream else []
    return len(set(indexes)) < len(indexes)


def _choices(answer: Exchange) -> Iterator[tuple[int, Choice]]:
    try:
        yield from sorted(read(answer).choices.items())
    except Unseen:
        return


@requirement("completions.tokens", on=refusals.in_tokens, feature="completions")
def takes_tokens_for_a_prompt(seen: refusals.Ways) -> Violations:
    """A list of tokens MUST be taken as one prompt, and a list of such lists as one for each, or be refused with a
    4xx.
    """
    for answer in decisions(seen.answers):
        if answer.status != 200:
            continue
        prompt = at(answer.request.json, "prompt")
        most = len(prompt) if isinstance(at(prompt, 0), list) else 1
        found = len(items(answer.json, "choices"))
        if found and found != most:
            yield Broken(f"{prompt}: {found} choices; {most} required", answer)


@requirement("completions.empty-list", on=refusals.empty_list, feature="completions")
def refuses_an_empty_list(answer: Exchange) -> Violations:
    """An empty list of prompts MUST be refused with 400 or 422."""
    if decision(answer).status not in (400, 422):
        yield f"an empty list of prompts was answered with {answer.status}"


@requirement("completions.spoiled-list", on=refusals.spoiled_list, feature="completions")
def refuses_a_spoiled_list(seen: refusals.Ways) -> Violations:
    """A list of which one prompt cannot be taken MUST be refused as a whole, with 400 or 422, before the first byte of
    an answer.
    """
    for answer in decisions(seen.answers):
        if answer.status not in (400, 422):
            mode = "in a stream" if answer.asks_for_stream else "without a stream"
            yield Broken(f"{answer.intent.case} ({mode}): {answer.status}; 400 or 422 is required", answer)
