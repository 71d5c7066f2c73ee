"""What a key is good for: spec/rules/auth/scopes.md."""

from __future__ import annotations

from collections.abc import Iterable

from wirecheck.areas.auth.probes import scopes
from wirecheck.areas.auth.probes.scopes import Tried
from wirecheck.evidence.exchange import Exchange
from wirecheck.evidence.unseen import Unseen, answer_or_unseen
from wirecheck.judging.requirement import Broken, Violations, requirement


@requirement("scopes.refused", on=scopes.narrow, feature="auth")
def refuses_what_a_key_is_not_good_for(seen: tuple[Tried, ...]) -> Violations:
    """A request with a key that lacks the scope of its operation MUST be answered with 403."""
    for each in _answered(each for each in seen if each.lacks):
        if each.answer.status != 403:
            yield Broken(f"{_said(each.answer)} with a key without {each.lacks}; 403 is required", each.answer)


@requirement("scopes.enough", on=scopes.narrow, feature="auth")
def grants_what_a_key_is_good_for(seen: tuple[Tried, ...]) -> Violations:
    """A key that has the scope of an operation MUST NOT be answered with 403 there."""
    for each in _answered(each for each in seen if not each.lacks):
        if each.answer.status == 403:
            yield Broken(f"{_said(each.answer)} with a key that has its scope", each.answer)


@requirement("scopes.challenge", on=scopes.narrow, feature="auth")
def says_that_a_scope_is_wanted(seen: tuple[Tried, ...]) -> Violations:
    """A 403 for want of a scope SHOULD carry `WWW-Authenticate: Bearer` with `error="insufficient_scope"`."""
    for each in _answered(each for each in seen if each.lacks and each.answer.status == 403):
        challenge = (each.answer.header("www-authenticate") or "").lower()
        if not challenge.startswith("bearer") or "insufficient_scope" not in challenge:
            yield Broken(f"{_said(each.answer)}, WWW-Authenticate: {challenge or 'none'}", each.answer)


def _said(answer: Exchange) -> str:
    return f"{answer.request.method} {answer.request.path}: {answer.status}"


def _answered(tried: Iterable[Tried]) -> list[Tried]:
    """Those of the trials that were answered. Raises `Unseen` where there are none, or none was."""
    found = list(tried)
    if not found:
        raise Unseen("the narrow key was seen at no operation of this kind")
    answered = [each for each in found if each.answer.status is not None and not each.answer.shed]
    if not answered:
        answer_or_unseen(found[0].answer)
    return answered
