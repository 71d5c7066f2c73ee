"""Keys: spec/rules/auth.md."""

from __future__ import annotations

from wirecheck.exchange import Exchange
from wirecheck.pools import every_answer, every_refused_key
from wirecheck.probes import auth
from wirecheck.requirement import Broken, Violations, requirement


@requirement("auth.missing-key", on=auth.missing, cites="auth.md#keys", feature="auth")
def refuses_a_missing_key(answer: Exchange) -> Violations:
    """A request without a key MUST be answered with 401."""
    if answer.status != 401:
        yield f"a chat request without a key was answered with {answer.status}; 401 is required"


@requirement("auth.wrong-key", on=auth.wrong, cites="auth.md#keys", feature="auth")
def refuses_a_wrong_key(answer: Exchange) -> Violations:
    """A request with a key that the server does not know MUST be answered with 401."""
    if answer.status != 401:
        yield f"a chat request with a made-up key was answered with {answer.status}; 401 is required"


@requirement("auth.every-route", on=auth.doors, cites="auth.md#keys", feature="auth")
def guards_every_route(seen: auth.Doors) -> Violations:
    """Every route under `/v1` MUST ask for the key that chat asks for, with and without a stream."""
    for answer in seen.answers:
        if answer.status != 401:
            yield Broken(
                f"{answer.request.method} {answer.request.path} without a key: {answer.status}, not 401",
                answer,
            )


@requirement("auth.scheme-case", on=auth.lower_case, cites="auth.md#the-scheme", feature="auth")
def ignores_the_case_of_the_scheme(answer: Exchange) -> Violations:
    """The name of the scheme SHOULD be taken in any case: `bearer` is `Bearer`."""
    if answer.status in (401, 403):
        yield f"the right key after `bearer` was answered with {answer.status}; after `Bearer` it is taken"


@requirement("auth.challenge", on=every_refused_key, cites="auth.md#the-scheme", feature="auth")
def challenges(answer: Exchange) -> Violations:
    """A 401 SHOULD carry `WWW-Authenticate` with the scheme that is wanted, `Bearer`."""
    challenge = answer.header("www-authenticate")
    if challenge is None:
        yield "a 401 without a WWW-Authenticate header"
    elif not challenge.lower().startswith("bearer"):
        yield f"a 401 with WWW-Authenticate: {challenge}; Bearer is required"


@requirement("auth.before-the-body", on=auth.nonsense, cites="auth.md#order", feature="auth")
def asks_for_the_key_before_it_reads_the_body(answer: Exchange) -> Violations:
    """A request without a key SHOULD be answered with 401 even where its body is invalid."""
    if answer.status != 401:
        yield f"no key and an invalid body: {answer.status}; 401 is required, the body is nobody's business yet"


@requirement("auth.key-secret", on=every_answer, cites="auth.md#order", feature="auth")
def keeps_the_key_to_itself(answer: Exchange) -> Violations:
    """A key MUST NOT stand in an answer."""
    if answer.leaks_key:
        yield "the answer holds the key that the request came with"
