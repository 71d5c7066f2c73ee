"""Keys: spec/rules/auth/keys.md."""

from __future__ import annotations

from collections.abc import Iterator

from wirecheck.areas.auth.probes import keys as auth
from wirecheck.areas.http.pools import answered, every_answer
from wirecheck.evidence.exchange import Exchange
from wirecheck.evidence.unseen import Unseen, answer_or_unseen
from wirecheck.judging.pool import Pool
from wirecheck.judging.requirement import Broken, Violations, requirement

every_refused_key = Pool("401", lambda it: answered(it) and it.status == 401, (auth.missing,))


@requirement("auth.missing-key", on=auth.missing, feature="auth")
def refuses_a_missing_key(answer: Exchange) -> Violations:
    """A request without a key MUST be answered with 401."""
    if answer_or_unseen(answer).status != 401:
        yield f"a chat request without a key was answered with {answer.status}; 401 is required"


@requirement("auth.wrong-key", on=auth.wrong_keys, feature="auth")
def refuses_a_wrong_key(seen: auth.Keys) -> Violations:
    """A request with a key that the server does not know MUST be answered with 401."""
    for answer in _answered(seen.answers):
        if answer.status != 401:
            yield Broken(
                f"a chat request with {answer.intent.case} was answered with {answer.status}; 401 is required", answer
            )


@requirement("auth.streams", on=auth.doors, feature="auth")
def guards_streams(seen: auth.Doors) -> Violations:
    """A chat request with `stream: true` MUST ask for the key that chat without a stream asks for."""
    yield from _open(seen.stream, seen.chat)


@requirement("auth.every-route", on=auth.doors, feature="auth")
def guards_every_route(seen: auth.Doors) -> Violations:
    """The routes of the models SHOULD ask for the key that chat asks for."""
    untold = 0
    for door in seen.models:
        try:
            yield from _open(door, seen.chat)
        except Unseen:
            untold += 1
    if untold == len(seen.models):
        raise Unseen("no route of the models was seen with the key and without it")


@requirement("auth.scheme-case", on=auth.schemes, feature="auth")
def ignores_the_case_of_the_scheme(seen: auth.Schemes) -> Violations:
    """The name of the scheme SHOULD be taken in any case: `bearer` is `Bearer`."""
    if answer_or_unseen(seen.keyed).status != 200:
        raise Unseen(f"the right key after `Bearer` was answered with {seen.keyed.status}")
    if answer_or_unseen(seen.lower).status != 200:
        yield Broken(
            f"the right key after `bearer` was answered with {seen.lower.status}; after `Bearer` it is taken",
            seen.lower,
        )


@requirement("auth.scheme-wanted", on=auth.schemes, feature="auth")
def wants_the_scheme(seen: auth.Schemes) -> Violations:
    """A key SHOULD NOT be taken where the word before it is not `Bearer`, or where there is none."""
    if not seen.others:
        raise Unseen("a quick run asks with no other scheme")
    for answer in _answered(seen.others):
        if answer.status == 200:
            yield Broken(f"a chat request with {answer.intent.case} was answered with 200", answer)


@requirement("auth.challenge", on=every_refused_key, feature="auth")
def challenges(answer: Exchange) -> Violations:
    """A 401 SHOULD carry `WWW-Authenticate` with the scheme that is wanted, `Bearer`."""
    challenge = answer.header("www-authenticate")
    if challenge is None:
        yield "a 401 without a WWW-Authenticate header"
    elif not challenge.lower().startswith("bearer"):
        yield f"a 401 with WWW-Authenticate: {challenge}; Bearer is required"


@requirement("auth.before-the-body", on=auth.nonsense, feature="auth")
def asks_for_the_key_before_it_reads_the_body(answer: Exchange) -> Violations:
    """A request without a key SHOULD be answered with 401 even where its body is invalid."""
    if answer_or_unseen(answer).status != 401:
        yield f"no key and an invalid body: {answer.status}; 401 is required, the body is nobody's business yet"


@requirement("auth.key-secret", on=every_answer, feature="auth")
def keeps_the_key_to_itself(answer: Exchange) -> Violations:
    """A key MUST NOT stand in an answer."""
    if answer.leaks_key:
        yield "the answer holds the key that the request came with"


def _answered(answers: tuple[Exchange, ...]) -> Iterator[Exchange]:
    """Those of the answers that say something. Raises `Unseen` where none does."""
    why: Unseen | None = None
    some = False
    for answer in answers:
        try:
            yield answer_or_unseen(answer)
        except Unseen as unseen:
            why = unseen
        else:
            some = True
    if why is not None and not some:
        raise why


def _open(door: auth.Door, chat: auth.Door) -> Violations:
    """The strangers that a route lets in. How chat refuses them is chat's own business, and no second mistake here."""
    if answer_or_unseen(door.keyed).status != 200:
        raise Unseen(f"the right key gets no answer here: {door.keyed}")
    ways = {401, *(answer.status for answer in chat.strangers if answer.status != 200)}
    for answer in _answered(door.strangers):
        if answer.status not in ways:
            what = f"{answer.request.method} {answer.request.path} with {answer.intent.case}"
            yield Broken(f"{what}: {answer.status}, not 401", answer)
