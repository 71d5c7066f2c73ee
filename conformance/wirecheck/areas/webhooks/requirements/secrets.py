"""The secrets of webhook endpoints: spec/rules/webhooks/endpoints.md."""

from __future__ import annotations

from wirecheck.areas.webhooks.pools import Silent, every_secret, every_silent
from wirecheck.areas.webhooks.probes import endpoints, samples
from wirecheck.areas.webhooks.probes.endpoints import Shown
from wirecheck.areas.webhooks.probes.samples import Rotated
from wirecheck.areas.webhooks.reading import is_secret, is_signed, secret_of
from wirecheck.evidence.arrival import Arrival
from wirecheck.evidence.exchange import Exchange
from wirecheck.evidence.unseen import Unseen, decision
from wirecheck.judging.requirement import Broken, Violations, requirement


@requirement("webhooks.secret", on=every_secret, feature="webhooks")
def tells_secrets(answer: Exchange) -> Violations:
    """The answer that makes an endpoint, or rotates its secret, MUST hold in `signing_secret` `whsec_` and the Base64
    of 24 to 64 bytes.
    """
    if not is_secret(secret_of(answer)):
        yield f"signing_secret is {answer.at('signing_secret')!r}"


@requirement("webhooks.secret-once", on=every_silent, feature="webhooks")
def tells_secrets_once(seen: Silent) -> Violations:
    """A secret MUST NOT stand in the answer to anything else."""
    if any(secret.encode() in seen.answer.body for secret in seen.secrets):
        yield Broken(f"{seen.answer.request.method} {seen.answer.request.path} tells a secret", seen.answer)


@requirement("webhooks.own-secret", on=endpoints.shown, feature="webhooks")
def gives_each_its_own_secret(seen: Shown) -> Violations:
    """Two endpoints MUST NOT have the same secret."""
    told = [(secret, each) for each in (*seen.plain, seen.full) if (secret := secret_of(each))]
    if len(told) < 2:
        raise Unseen("fewer than two secrets were told")
    for number, (secret, answer) in enumerate(told):
        if secret in [other for other, _ in told[:number]]:
            yield Broken("another endpoint has the same secret", answer, told[0][1])


@requirement("webhooks.rotated", on=samples.rotated, feature="webhooks")
def signs_with_the_new_secret(seen: Rotated) -> Violations:
    """A delivery after a rotation MUST be signed with the new secret."""
    rotations = (seen.keeping, seen.dropping)
    for rotation, arrival in zip(rotations, _behind(seen), strict=True):
        if decision(rotation).status != 200:
            yield Broken(f"{rotation.intent.case}: {rotation.status}; 200 is required", rotation)
        elif arrival is not None and not is_signed(arrival, secret_of(rotation)):
            yield Broken(f"{rotation.intent.case}: no signature is that of the new one", rotation, seen.made)


@requirement("webhooks.overlap", on=samples.rotated, feature="webhooks")
def signs_with_both_secrets(seen: Rotated) -> Violations:
    """As long as the secret before it is kept, a delivery MUST be signed with that too."""
    arrival, _ = _behind(seen)
    if decision(seen.keeping).status != 200 or arrival is None:
        raise Unseen(f"nothing came since the secret was changed: {seen.keeping}")
    if not is_signed(arrival, secret_of(seen.made)):
        yield Broken("no signature is that of the secret before, which is kept for a day", seen.keeping, seen.made)


@requirement("webhooks.withdrawn", on=samples.rotated, feature="webhooks")
def drops_secrets(seen: Rotated) -> Violations:
    """After a rotation that does not keep it, the secret before MUST NOT sign anything more."""
    _, arrival = _behind(seen)
    if decision(seen.dropping).status != 200 or arrival is None:
        raise Unseen(f"nothing came since the secret was changed: {seen.dropping}")
    old = {secret_of(seen.made), secret_of(seen.keeping)} - {secret_of(seen.dropping)}
    if any(is_signed(arrival, secret) for secret in old):
        yield Broken("a signature is that of a secret that was not kept", seen.dropping, seen.keeping)


def _behind(seen: Rotated) -> tuple[Arrival | None, Arrival | None]:
    """What came since each rotation. Raises `Unseen` where nothing came before, or was not signed as it should be."""
    first, second, third = seen.arrivals
    if first is None or not is_signed(first, secret_of(seen.made)):
        raise Unseen("nothing came, or nothing that is signed, before the secret was changed")
    if second is None and third is None:
        raise Unseen("nothing came since the secret was changed")
    return second, third
