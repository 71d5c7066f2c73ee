"""Where a text ends: spec/rules/completions/limits.md."""

from __future__ import annotations

from wirecheck.areas.chat.probes.chat import FEW
from wirecheck.areas.chat.reading import read
from wirecheck.areas.completions.probes import text_limits as limits
from wirecheck.areas.completions.probes import texts
from wirecheck.evidence.exchange import Exchange
from wirecheck.evidence.unseen import Unseen, accepts, answer_or_unseen
from wirecheck.judging.requirement import Broken, Violations, requirement

_REASONS = ("stop", "length", "content_filter")


@requirement("completions.max-tokens", on=limits.cut, feature="completions")
def keeps_max_tokens(seen: limits.Cut) -> Violations:
    """A text MUST NOT have more tokens than `max_tokens`."""
    whole, cut = read(seen.whole), read(seen.cut)
    count, all_ = cut.count("completion_tokens"), whole.count("completion_tokens")
    if count is None:
        raise Unseen("the tokens are not counted")
    if count > FEW:
        yield Broken(f"max_tokens is {FEW}, and the text has {count} tokens: {cut.first.text!r}", seen.cut)
    elif cut.first.text == whole.first.text and (all_ or 0) > FEW:
        yield Broken(f"max_tokens is {FEW}, and the text is that of {all_} tokens: {cut.first.text!r}", seen.cut)


@requirement("completions.default-limit", on=texts.minimal, feature="completions")
def stops_soon_by_itself(answer: Exchange) -> Violations:
    """A text SHOULD NOT have more than 16 tokens where no `max_tokens` is given."""
    count = read(answer_or_unseen(answer)).count("completion_tokens")
    if count is None:
        raise Unseen("the tokens are not counted")
    if count > texts.USUAL:
        yield f"no max_tokens was given, and the text has {count} tokens"


@requirement("completions.finish-length", on=limits.cut, feature="completions")
def says_that_it_was_cut(seen: limits.Cut) -> Violations:
    """A text that `max_tokens` cut MUST have the `finish_reason` `length`."""
    whole, cut = read(seen.whole).first.text, read(seen.cut).first
    if cut.finish == "length":
        return
    if not cut.text or len(cut.text) >= len(whole) or not whole.startswith(cut.text.rstrip("\ufffd")):
        raise Unseen("the text was not cut, or is another one")
    if cut.finish in _REASONS and cut.finish != "length":
        yield Broken(f"cut at {cut.text!r}, finish_reason is {cut.finish!r}; length is required", seen.cut)


def _kept(seen: limits.Stopped) -> str:
    """What was said before the stop string."""
    return seen.said[: seen.said.find(seen.stop)] if seen.stop in seen.said else seen.said


def _stopped(seen: limits.Stopped) -> list[Exchange]:
    """The answers to a stop string. Raises `Unseen` where it is not taken."""
    found = [answer for answer in (seen.both.sync, seen.both.stream) if accepts(answer) and answer.status == 200]
    if not found:
        raise Unseen(f"stop strings are not taken: {seen.both.sync}")
    return found


@requirement("completions.stop", on=limits.stopped, feature="completions")
def ends_before_the_stop_string(seen: limits.Stopped) -> Violations:
    """A text MUST end right before the first stop string, without a stream and in one."""
    kept = _kept(seen)
    judged = 0
    for answer in _stopped(seen):
        text = read(answer).first.text
        mode = " in a stream" if answer.is_stream else ""
        if seen.stop in text:
            yield Broken(f"the stop string {seen.stop!r} stands in {text!r}{mode}", answer)
        elif not seen.steady:
            judged += read(answer).first.finish == "stop"
            continue
        elif text.strip() == kept.strip():
            judged += 1
            continue
        elif text.startswith(kept) or (kept.startswith(text) and text and read(answer).first.finish == "stop"):
            yield Broken(f"the text ends with {text[-40:]!r}{mode}; {kept[-40:]!r} is required", answer)
        else:
            continue
        judged += 1
    if not judged:
        raise Unseen("the model says something else each time")


@requirement("completions.finish-stop", on=limits.stopped, feature="completions")
def says_that_it_stopped(seen: limits.Stopped) -> Violations:
    """A text that a stop string ended MUST have the `finish_reason` `stop`."""
    kept = _kept(seen)
    # Of a model that says something else each time, one that says so itself was stopped.
    ended = [
        answer
        for answer in _stopped(seen)
        if (read(answer).first.text.strip() == kept.strip() if seen.steady else read(answer).first.finish == "stop")
    ]
    for answer in ended:
        finish = read(answer).first.finish
        if finish in _REASONS and finish != "stop":
            yield Broken(f"ended before {seen.stop!r}, finish_reason is {finish!r}; stop is required", answer)
    if not ended:
        raise Unseen("no text was seen to end before the stop string")
