"""Limits and models of embeddings: spec/rules/embeddings/bounds.md."""

from __future__ import annotations

from typing import Final

from wirecheck.areas.embeddings.asking import LONGEST, MOST
from wirecheck.areas.embeddings.probes import bounds
from wirecheck.areas.embeddings.reading import is_numbers, only, usable, written
from wirecheck.evidence.exchange import Exchange, items
from wirecheck.evidence.unseen import Unseen, decision
from wirecheck.judging.requirement import Broken, Violations, requirement

_REFUSED: Final = (400, 422)
_TOO_MUCH: Final = (400, 413, 422)
_UNKNOWN: Final = (400, 403, 404)


@requirement("embeddings.empty-list", on=bounds.empty_list, feature="embeddings")
def refuses_an_empty_list(answer: Exchange) -> Violations:
    """An empty list of inputs MUST be refused with 400 or 422."""
    if decision(answer).status not in _REFUSED:
        yield f"an empty list was answered with {answer.status}"


@requirement("embeddings.empty-text", on=bounds.empty_text, feature="embeddings")
def refuses_an_empty_text(answer: Exchange) -> Violations:
    """An empty text SHOULD be refused with 400 or 422."""
    if decision(answer).status not in _REFUSED:
        yield f"an empty text was answered with {answer.status}"


@requirement("embeddings.many", on=bounds.many, feature="embeddings")
def cuts_no_list(answer: Exchange) -> Violations:
    """More than 2,048 inputs MUST be refused with 400, 413 or 422, or get a vector each."""
    status = decision(answer).status
    if status in _TOO_MUCH:
        return
    if status != 200:
        yield f"{MOST + 1} inputs were answered with {status}"
    elif answer.end != "complete":
        raise Unseen("the answer was too long to be read to its end")
    elif len(items(answer.json, "data")) != MOST + 1:
        yield f"{len(items(answer.json, 'data'))} vectors for {MOST + 1} inputs"


@requirement("embeddings.long", on=bounds.long, feature="embeddings")
def embeds_a_long_text_or_refuses_it(seen: bounds.Long) -> Violations:
    """A text of 100,000 characters MUST be refused with 400, 413 or 422, or get a whole vector."""
    status = decision(seen.long).status
    if status in _TOO_MUCH:
        return
    if status != 200:
        yield Broken(f"{LONGEST} characters were answered with {status}", seen.long)
        return
    found, length = written(seen.long), len(only(seen.plain))
    whole = len(found) == 1 and is_numbers(found[0]) and usable(found[0]) and len(found[0]) == length
    if not whole:
        told = f"{len(found)} vectors" if len(found) != 1 else f"the vector {str(found[0])[:60]}"
        yield Broken(f"{LONGEST} characters: {told}, and no vector of {length} numbers", seen.long, seen.plain)


@requirement("embeddings.long-code", on=bounds.long, feature="embeddings")
def says_that_the_window_is_full(seen: bounds.Long) -> Violations:
    """The error of a text that is longer than the model's window SHOULD have the code `context_length_exceeded`."""
    if seen.long.status != 400 or not isinstance(seen.long.at("error"), dict):
        raise Unseen("not refused with 400 and an envelope")
    code = seen.long.at("error", "code")
    if code != "context_length_exceeded":
        yield Broken(f"code is {code!r}", seen.long)


@requirement("embeddings.unknown-model", on=bounds.nobody, feature="embeddings")
def knows_its_models(seen: bounds.Unknown) -> Violations:
    """A model that chat refuses as unknown MUST be refused for embeddings too, with 404, 400 or 403."""
    # A refusal that does not speak of the model may be of the path: the server may have no chat.
    if decision(seen.chat).status not in _UNKNOWN or b"model" not in seen.chat.body.lower():
        raise Unseen(f"chat does not refuse an unknown model: {seen.chat}")
    if decision(seen.embedding).status not in _UNKNOWN:
        told = f"chat answers {seen.chat.status} to an unknown model, embeddings {seen.embedding.status}"
        yield Broken(told, seen.embedding, seen.chat)
