"""Log probabilities of completions: spec/rules/completions/logprobs.md."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from wirecheck.areas.chat.probes.chat import Both
from wirecheck.areas.chat.reading import read
from wirecheck.areas.completions.probes import echoes
from wirecheck.areas.completions.probes import text_logprobs as logprobs
from wirecheck.areas.completions.reading import Told, told
from wirecheck.evidence.exchange import Exchange, at, whole_number
from wirecheck.evidence.unseen import Unseen
from wirecheck.judging import shape
from wirecheck.judging.requirement import Broken, Violations, requirement

# A token that is a part of a character, as servers write it.
_PARTS = ("\ufffd", "bytes:")
_BOTH = ("tokens", "token_logprobs")


def _first(answer: Exchange) -> Told:
    """The log probabilities of choice 0. Raises `Unseen` where there are none."""
    found = told(answer).get(0, Told()) if answer.status == 200 else Told()
    if not found.tokens:
        raise Unseen(f"no log probabilities came: {answer}")
    return found


def _all(answers: tuple[Exchange, ...]) -> Iterator[tuple[Exchange, Told]]:
    """The answers that tell some. Raises `Unseen` where none does."""
    seen = 0
    for answer in answers:
        try:
            found = _first(answer)
        except Unseen:
            continue
        seen += 1
        yield answer, found
    if not seen:
        raise Unseen("no log probabilities came")


def _echoed(answer: Exchange) -> bool:
    return at(answer.request.json, "echo") is True


@requirement("completions.logprobs-given", on=logprobs.plain, feature="completion_logprobs")
def gives_what_it_accepts(answers: tuple[Exchange, ...]) -> Violations:
    """`logprobs` that are accepted MUST be given with each choice: `tokens` as texts, and `token_logprobs` as
    numbers.
    """
    judged = 0
    for answer in answers:
        for index, choice in read(answer).choices.items() if answer.status == 200 else ():
            if not choice.text:
                continue
            judged += 1
            lists = told(answer).get(index, Told()).lists
            missing = [name for name in _BOTH if not lists.get(name)]
            if missing:
                yield Broken(f"logprobs were accepted, and choice {index} has no {' and no '.join(missing)}", answer)
                break
        for each in shape.breaks(answer, "text logprobs")[:3]:
            yield Broken(str(each), answer)
    if not judged:
        raise Unseen("no text came")


@requirement("completions.logprobs-stream", on=logprobs.told, feature="completion_logprobs")
def streams_them_too(seen: Both) -> Violations:
    """`logprobs` that are given without a stream MUST be given in one, a piece with each text."""
    _first(seen.sync)
    if seen.stream.status in (400, 422):
        yield Broken(f"logprobs: {seen.stream.status} in a stream, 200 without one", seen.stream)
        return
    if seen.stream.status != 200:
        raise Unseen(f"no stream came: {seen.stream}")
    text, lists = read(seen.stream).first.text, told(seen.stream).get(0, Told()).lists
    if text and not (lists.get("tokens") and lists.get("token_logprobs")):
        yield Broken("without a stream there are log probabilities, in the stream there are none", seen.stream)
    for each in shape.breaks(seen.stream, "text logprobs")[:3]:
        yield Broken(str(each), seen.stream)


@requirement("completions.logprobs-aligned", on=logprobs.everywhere, feature="completion_logprobs")
def aligns_its_lists(answers: tuple[Exchange, ...]) -> Violations:
    """The lists of `logprobs` MUST have one length."""
    for answer, found in _all(answers):
        lengths = {name: len(each) for name, each in found.lists.items()}
        if len(set(lengths.values())) > 1:
            yield Broken(f"the lists have {lengths} items", answer)


@requirement("completions.logprobs-text", on=logprobs.everywhere, feature="completion_logprobs")
def joins_to_the_text(answers: tuple[Exchange, ...]) -> Violations:
    """The joined tokens of `logprobs` MUST be the text of the choice."""
    judged = 0
    for answer, found in _all(answers):
        joined, text = "".join(found.tokens), read(answer).first.text
        if any(part in joined for part in _PARTS) or "\ufffd" in text:
            continue
        if _echoed(answer) and text.endswith(joined) and not joined.startswith(echoes.PROMPT):
            continue  # That the prompt's are not there is for `completions.logprobs-prompt` to judge.
        judged += 1
        # Vocabularies that mark the beginning of a word give the first one a space.
        if text not in (joined, joined.removeprefix(" ")):
            yield Broken(f"the tokens join to {joined[:120]!r}, the text is {text[:120]!r}", answer)
    if not judged:
        raise Unseen("the tokens are parts of characters")


@requirement("completions.logprobs-offset", on=logprobs.everywhere, feature="completion_logprobs")
def tells_where_tokens_stand(answers: tuple[Exchange, ...]) -> Violations:
    """Each `text_offset` MUST be the one before it and the length of the token between them; with `echo` the first is
    0.
    """
    judged = 0
    for answer, found in _all(answers):
        offsets = [whole_number(each) for each in found.lists.get("text_offset", ())]
        known = [each for each in offsets if each is not None]
        tokens = found.tokens
        if not known or len(known) != len(tokens) or any(part in "".join(tokens) for part in _PARTS):
            continue
        judged += 1
        mode = " in a stream" if answer.is_stream else ""
        if _echoed(answer) and known[0] != 0 and "".join(tokens).startswith(echoes.PROMPT):
            yield Broken(f"the prompt is echoed{mode}, and the first offset is {known[0]}", answer)
        for place, (before, after) in enumerate(pairwise(known)):
            # The space before the first word of a text may be its vocabulary's, and not its own.
            marks = int(place == 0 and tokens[0].startswith(" "))
            if after - before not in (len(tokens[place]), len(tokens[place]) - marks):
                said = f"{tokens[place]!r} stands at {before}, the token behind it at {after}"
                yield Broken(f"{said}{mode}", answer)
                break
    if not judged:
        raise Unseen("no offsets can be compared with their tokens")


@requirement("completions.logprobs-numbers", on=logprobs.everywhere, feature="completion_logprobs")
def gives_logarithms(answers: tuple[Exchange, ...]) -> Violations:
    """A log probability of a completion MUST be a finite number of at most 0, and null for the first token of an echoed
    prompt alone.
    """
    for answer, found in _all(answers):
        for place, (token, value) in enumerate(_numbers(found)):
            if value is None and _echoed(answer) and place == 0:
                continue
            number = isinstance(value, (int, float)) and not isinstance(value, bool)
            # Rounding leaves a certain token a hair above 0. What is no number at all breaks the schema.
            if value is None or (number and not (_finite(value) and value <= 1e-6)):
                yield Broken(f"the log probability of {token!r}, token {place + 1}, is {value}", answer)
                break


def _numbers(found: Told) -> Iterator[tuple[Any, Any]]:
    """Each token with its log probability, then the alternatives with theirs."""
    numbers = found.lists.get("token_logprobs", [])
    yield from zip(found.lists.get("tokens", []), numbers, strict=False)
    for tops in found.lists.get("top_logprobs", ()):
        yield from tops.items() if isinstance(tops, dict) else ()


def _finite(value: float) -> bool:
    try:
        return math.isfinite(value)
    except OverflowError:
        return False


@requirement("completions.logprobs-top", on=logprobs.told, feature="completion_logprobs")
def gives_alternatives(seen: Both) -> Violations:
    """`top_logprobs` MUST be a list when alternatives are asked for, of at most one entry more than were asked for in
    each place.
    """
    judged = 0
    for answer in (seen.sync, seen.stream):
        try:
            tops = _first(answer).lists.get("top_logprobs")
        except Unseen:
            continue
        judged += 1
        counts = [len(each) for each in tops or () if isinstance(each, dict)]
        if not counts:
            yield Broken(f"{logprobs.TOP} alternatives were asked for, and no list of them came", answer)
        elif max(counts) > logprobs.TOP + 1:
            yield Broken(f"{logprobs.TOP} alternatives were asked for, and a token has {max(counts)}", answer)
    if not judged:
        raise Unseen("no log probabilities came")


@requirement("completions.logprobs-prompt", on=logprobs.behind, feature="completion_logprobs")
def tells_those_of_the_prompt(seen: logprobs.Behind) -> Violations:
    """With `echo` the log probabilities SHOULD begin with those of the prompt."""
    for answer, found in _all(seen.answers):
        joined = "".join(found.tokens)
        if read(answer).first.text.startswith(echoes.PROMPT) and not joined.lstrip().startswith(echoes.PROMPT):
            yield Broken(f"the prompt is {echoes.PROMPT!r}, the tokens join to {joined[:120]!r}", answer)
