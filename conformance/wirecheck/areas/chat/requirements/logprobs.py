"""Log probabilities: spec/rules/logprobs.md."""

from __future__ import annotations

from typing import Any

from wirecheck.areas.chat.pools import every_answer_with_logprobs
from wirecheck.areas.chat.probes import chat, logprobs
from wirecheck.areas.chat.probes.chat import Both
from wirecheck.areas.chat.reading import read, unreadable
from wirecheck.evidence.exchange import Exchange, at
from wirecheck.evidence.unseen import Unseen, answer_or_unseen, half_refused
from wirecheck.judging import shape
from wirecheck.judging.requirement import Broken, Violations, requirement


def _tokens(answer: Exchange) -> list[dict[str, Any]]:
    found = read(answer).first.logprobs
    if not found:
        raise Unseen("the answer has no logprobs")
    return found


@requirement("logprobs.shape", on=every_answer_with_logprobs, feature="logprobs")
def shapes_its_logprobs(answer: Exchange) -> Violations:
    """`logprobs` MUST be null or follow the schema: each token with its text, its logprob, its bytes and its
    alternatives.
    """
    for each in shape.breaks(answer, "logprobs")[:3]:
        yield str(each)


@requirement("logprobs.given", on=logprobs.top, feature="logprobs")
def gives_logprobs(seen: Both) -> Violations:
    """An answer to `logprobs: true` MUST hold logprobs for its tokens."""
    found = read(seen.sync).first
    if not found.logprobs and not found.text:
        raise Unseen("the answer has no text, and so no tokens")
    if not found.logprobs:
        yield Broken("logprobs were asked for, choices.0.logprobs.content holds none", seen.sync)


@requirement("logprobs.stream", on=logprobs.top, feature="logprobs")
def streams_logprobs(seen: Both) -> Violations:
    """A stream with `logprobs: true` MUST carry the logprobs of its tokens in its chunks."""
    found = read(seen.stream).first
    if unreadable(seen.stream) or (not found.logprobs and not found.text):
        raise Unseen("the stream has no text that can be read, and so no tokens")
    if not found.logprobs:
        yield Broken("logprobs were asked for, no chunk holds any", seen.stream)
    else:
        yield from _joins(found.logprobs, found.text, seen.stream)


@requirement("logprobs.text", on=logprobs.top, feature="logprobs")
def joins_to_the_text(seen: Both) -> Violations:
    """The tokens of the logprobs, joined, MUST be the text of the answer."""
    yield from _joins(_tokens(seen.sync), read(seen.sync).first.text, seen.sync)


@requirement("logprobs.range", on=logprobs.given, feature="logprobs")
def gives_logarithms(answers: tuple[Exchange, ...]) -> Violations:
    """A logprob MUST be a number of at most 0."""
    given = [(answer, token) for answer in answers if answer.status == 200 for token in read(answer).first.logprobs]
    for answer, token in given:
        for each in (token, *_alternatives(token)):
            value = at(each, "logprob")
            # Rounding leaves a certain token a hair above 0.
            if isinstance(value, (int, float)) and value > 1e-6:
                yield Broken(f"the logprob of {at(each, 'token')!r} is {value}", answer)
    if not given:
        raise Unseen("no answer has logprobs")


@requirement("logprobs.top", on=logprobs.top, feature="logprobs")
def gives_alternatives(seen: Both) -> Violations:
    """`top_logprobs` MUST have as many entries as were asked for: never more, and fewer for few tokens only."""
    counts = [len(_alternatives(token)) for token in _tokens(seen.sync)]
    more = [count for count in counts if count > logprobs.TOP]
    fewer = [count for count in counts if count < logprobs.TOP]
    wrong = more or (fewer if 2 * len(fewer) > len(counts) else [])
    if wrong:
        said = f"{len(wrong)} of {len(counts)} tokens have {wrong[0]}"
        yield Broken(f"{logprobs.TOP} alternatives were asked for; {said}", seen.sync)


@requirement("logprobs.alone", on=logprobs.alone, feature="logprobs")
def takes_logprobs_alone(answer: Exchange) -> Violations:
    """`logprobs: true` without `top_logprobs` MUST be accepted, and give no alternatives."""
    if answer_or_unseen(answer).status != 200:
        yield f"answered with {answer.status}; 200 is required"
        return
    if any(_alternatives(token) for token in read(answer).first.logprobs):
        yield "no alternatives were asked for, yet some are given"


@requirement("logprobs.both-modes", on=logprobs.top, feature="logprobs")
def takes_logprobs_in_both_modes(seen: Both) -> Violations:
    """`logprobs` that are taken without a stream MUST be taken with one, and the other way round."""
    for answer in half_refused((seen.sync, seen.stream)):
        here, there = ("in a stream", "without one") if answer is seen.stream else ("without a stream", "in one")
        yield Broken(f"logprobs: {answer.status} {here}, 200 {there}", answer)


@requirement("logprobs.alternatives", on=logprobs.ways, feature="logprobs")
def takes_top_logprobs(seen: tuple[Exchange, ...]) -> Violations:
    """A server that takes `logprobs` SHOULD take `top_logprobs`."""
    *several, alone = seen
    if alone.status != 200:
        raise Unseen(f"logprobs alone were not served: {alone}")
    # In one mode alone it is for `logprobs.both-modes` to judge.
    if several and len([answer for answer in half_refused(seen) if answer is not alone]) == len(several):
        yield Broken(f"top_logprobs {logprobs.TOP} was answered with {several[0].status}", several[0])


@requirement("logprobs.unasked", on=chat.sync, feature="logprobs")
def keeps_logprobs_unless_asked(answer: Exchange) -> Violations:
    """An answer to a request without `logprobs` MUST NOT hold any."""
    if read(answer).first.logprobs:
        yield "no logprobs were asked for, yet they are there"


def _joins(tokens: list[dict[str, Any]], text: str, answer: Exchange) -> Violations:
    if any("\ufffd" in str(at(token, "token")) and not isinstance(at(token, "bytes"), list) for token in tokens):
        raise Unseen("a token is a part of a character, and its bytes are not given")
    joined = _joined(tokens)
    # Vocabularies that mark the beginning of a word give the first one a space.
    if text not in (joined, joined.removeprefix(" ")) and "\ufffd" not in text:
        yield Broken(f"the tokens join to {joined!r}, the text is {text!r}", answer)


def _joined(tokens: list[dict[str, Any]]) -> str:
    """The text of tokens by their bytes: a token may be a part of a character."""
    data = b""
    for token in tokens:
        numbers = at(token, "bytes")
        if isinstance(numbers, list) and all(isinstance(each, int) and 0 <= each < 256 for each in numbers):
            data += bytes(numbers)
        else:
            data += str(at(token, "token")).encode("utf-8", "replace")
    return data.decode("utf-8", "replace")


def _alternatives(token: dict[str, Any]) -> list[Any]:
    found = at(token, "top_logprobs")
    return found if isinstance(found, list) else []
