"""Idempotency: spec/rules/idempotency/idempotency.md."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from wirecheck.areas.idempotency import probes as idempotency
from wirecheck.areas.idempotency.probes import Repeated
from wirecheck.evidence.exchange import ABSENT, Exchange, at
from wirecheck.evidence.unseen import Unseen, decision, decisions
from wirecheck.judging.requirement import Broken, Violations, requirement

_REFUSED: Final = (400, 409, 422)
_MARK: Final = "idempotent-replayed"


def _asked(answers: Iterable[Exchange | None]) -> list[Exchange]:
    """Those that were asked for and answered. Raises `Unseen` where none was."""
    found = [each for each in answers if each is not None]
    if not found:
        raise Unseen("a quick run does not ask for it, or its owner named no other_key")
    return decisions(found)


@requirement("idempotency.replay", on=idempotency.repeated, feature="idempotency")
def answers_again_what_it_answered(seen: tuple[Repeated, ...]) -> Violations:
    """A request with the key and the body of one that made something MUST get its status and its body again, and make
    nothing.
    """
    for each in seen:
        first, again = each.first, decision(each.again)
        if again.status != first.status:
            yield Broken(f"the first answer has the status {first.status}, the second {again.status}", again, first)
        elif each.made(again) != each.made(first):
            told = f"the first request made {each.made(first)!r}, the second {each.made(again)!r}"
            yield Broken(told, again, first)
        elif not _same(first, again):
            yield Broken("the second answer has another body than the first", again, first)


@requirement("idempotency.at-once", on=idempotency.repeated, feature="idempotency")
def makes_one_thing_at_once(seen: tuple[Repeated, ...]) -> Violations:
    """Of requests with one key and one body that are sent at once, one alone MUST make something: the others get its
    answer, or 409.
    """
    several = [each for each in seen if each.at_once]
    if not several:
        raise Unseen("a quick run does not ask for it")
    for each in several:
        told = decisions(each.at_once)
        ids = {id_ for answer in told if (id_ := each.made(answer)) is not None}
        if len(ids) > 1:
            yield Broken(f"{len(told)} requests at once made {len(ids)} things", told[-1], told[0])
        for answer in told:
            if each.made(answer) is None and answer.status != 409:
                yield Broken(f"{answer.intent.case}: {answer.status}; its answer or 409 is required", answer)


@requirement("idempotency.other-body", on=idempotency.repeated, feature="idempotency")
def takes_no_key_twice(seen: tuple[Repeated, ...]) -> Violations:
    """A key that came with one body MUST be refused with 400, 409 or 422 when it comes with another."""
    for each in seen:
        answer = decision(each.other)
        if answer.status not in _REFUSED:
            yield Broken(f"{answer.intent.case}: {answer.status}; 422 is required", answer, each.first)


@requirement("idempotency.other-status", on=idempotency.repeated, feature="idempotency")
def says_that_a_key_was_used(seen: tuple[Repeated, ...]) -> Violations:
    """That refusal SHOULD have the status 422, and a `code`."""
    refused = [answer for each in seen if (answer := each.other).status in _REFUSED]
    if not refused:
        raise Unseen("no other body was refused")
    for answer in refused:
        error = answer.at("error")
        code = at(error, "code")
        if answer.status != 422:
            yield Broken(f"{answer.intent.case}: {answer.status}; 422 is required", answer)
        # What is no envelope has a sentence of its own.
        elif isinstance(error, dict) and (not isinstance(code, str) or not code):
            yield Broken(f"{answer.intent.case}: code {code!r}", answer)


@requirement("idempotency.marked", on=idempotency.repeated, feature="idempotency")
def says_that_it_answers_again(seen: tuple[Repeated, ...]) -> Violations:
    """An answer that is given again SHOULD say so with `Idempotent-Replayed: true`, and no other."""
    again = [each for each in seen if each.made(each.again) == each.made(each.first)]
    if not again:
        raise Unseen("no answer was given again")
    for each in again:
        if each.again.header(_MARK) != "true":
            yield Broken(f"given again with Idempotent-Replayed: {each.again.header(_MARK)}", each.again)
        if each.first.header(_MARK) is not None:
            yield Broken(f"the first with Idempotent-Replayed: {each.first.header(_MARK)}", each.first)


@requirement("idempotency.tenant", on=idempotency.repeated, feature="idempotency")
def keeps_the_keys_of_tenants_apart(seen: tuple[Repeated, ...]) -> Violations:
    """One caller's key MUST NOT get what another caller's request with it made."""
    _asked(each.others for each in seen)
    for each in seen:
        if each.others is not None and each.made(each.others) == each.made(each.first):
            yield Broken(f"another caller got {each.made(each.first)!r}", each.others, each.first)


@requirement("idempotency.long", on=idempotency.repeated, feature="idempotency")
def refuses_long_keys(seen: tuple[Repeated, ...]) -> Violations:
    """A key of more than 255 characters SHOULD be refused with 400."""
    for answer in _asked(each.long for each in seen):
        if answer.status != 400:
            yield Broken(f"{answer.intent.case}: {answer.status}; 400 is required", answer)


def _same(first: Exchange, again: Exchange) -> bool:
    """Whether two answers say the same, as JSON where they are JSON."""
    said = first.json
    return again.json == said if said is not ABSENT else again.body == first.body
