"""Credentials that are no longer good, or never were: spec/rules/auth/credentials.md."""

from __future__ import annotations

from wirecheck.areas.auth.probes import credentials
from wirecheck.areas.auth.probes.credentials import Ended, Forged
from wirecheck.evidence.exchange import Exchange
from wirecheck.evidence.unseen import Unseen, answer_or_unseen
from wirecheck.judging.requirement import Broken, Violations, requirement


@requirement("credentials.revoked", on=credentials.revoked, feature="auth")
def refuses_a_revoked_key(seen: Ended) -> Violations:
    """A key that was revoked MUST be answered with 401."""
    yield from _refused(seen.stranger, seen.answer)


@requirement("credentials.expired", on=credentials.expired, feature="auth")
def refuses_an_expired_key(seen: Ended) -> Violations:
    """A key or token whose time is over MUST be answered with 401."""
    yield from _refused(seen.stranger, seen.answer)


@requirement("credentials.unsigned", on=credentials.forged, feature="auth")
def refuses_unsigned_tokens(seen: Forged) -> Violations:
    """A JSON Web Token whose header says `alg: none` and that has no signature MUST be answered with 401."""
    yield from _refused(_stranger(seen), *seen.unsigned)


@requirement("credentials.altered", on=credentials.forged, feature="auth")
def refuses_altered_tokens(seen: Forged) -> Violations:
    """A JSON Web Token whose claims are others than those that were signed MUST be answered with 401."""
    yield from _refused(_stranger(seen), seen.altered)


def _stranger(seen: Forged) -> Exchange:
    """What nobody's key got. Raises `Unseen` where the good token is not taken either."""
    if answer_or_unseen(seen.good).status != 200:
        raise Unseen(f"the token itself gets no answer: {seen.good}")
    return seen.stranger


def _refused(stranger: Exchange, *answers: Exchange) -> Violations:
    """The answers that are no refusal. How a key is refused that nobody has is no second mistake here."""
    ways = {401, *([stranger.status] if stranger.status != 200 else [])}
    for answer in map(answer_or_unseen, answers):
        if answer.status not in ways:
            yield Broken(f"{answer.intent.case} was answered with {answer.status}; 401 is required", answer)
