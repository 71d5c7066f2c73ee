"""Batches that are cancelled: spec/rules/batches/cancelling.md."""

from __future__ import annotations

from typing import Final

from wirecheck.areas.batches import probes as batches
from wirecheck.areas.batches.probes import Cancelled
from wirecheck.areas.batches.reading import count, lines_of, standing, succeeded
from wirecheck.evidence.unseen import Unseen, decision
from wirecheck.judging.requirement import Broken, Violations, requirement

_CANCELLED: Final = ("cancelling", "cancelled")


@requirement("batches.cancel", on=batches.cancelled, feature="batches")
def cancels_batches(seen: Cancelled) -> Violations:
    """A batch that is not over MUST be cancelled with 200, and be `cancelling` or `cancelled` from then on."""
    first = decision(seen.first)
    _went_on(seen)
    if first.status != 200:
        yield Broken(f"a batch that is {seen.before.status} is cancelled: {first.status}; 200 is required", first)
    elif first.at("status") not in _CANCELLED:
        yield Broken(f"a batch that was cancelled is {first.at('status')!r}", first)


@requirement("batches.cancel-again", on=batches.cancelled, feature="batches")
def cancels_twice(seen: Cancelled) -> Violations:
    """A batch that is cancelled already SHOULD be cancelled again with 200."""
    if seen.first.status != 200:
        raise Unseen(f"it was not cancelled once: {seen.first}")
    _went_on(seen)
    second = decision(seen.second)
    if second.status != 200:
        yield Broken(f"it is cancelled again: {second.status}; 200 is required", second)


@requirement("batches.cancelled", on=batches.cancelled, feature="batches")
def comes_to_be_cancelled(seen: Cancelled) -> Violations:
    """A batch that was cancelled MUST come to `cancelled`."""
    if seen.first.status != 200 or seen.first.at("status") not in _CANCELLED:
        raise Unseen(f"it was not cancelled: {seen.first}")
    if not seen.after.over:
        raise Unseen(f"it was not over in time, but {seen.after.status} (batch_seconds in wirecheck.toml)")
    if seen.after.status != "cancelled":
        yield Broken(f"a batch that was {seen.first.at('status')} is {seen.after.status}", seen.after.last)


@requirement("batches.cancel-keeps", on=batches.cancelled, feature="batches")
def keeps_what_was_done(seen: Cancelled) -> Violations:
    """What was done of a batch when it was cancelled MUST stand in its output file."""
    done = count(seen.before.last, "completed")
    if not done:
        raise Unseen("nothing was done when it was cancelled: a slow_model that counts its lines would show it")
    if seen.after.status != "cancelled":
        raise Unseen(f"it is not cancelled, but {seen.after.status}")
    lines = lines_of(seen.output, seen.error)
    if sum(map(succeeded, lines)) < done:
        told = f"{done} lines were done when it was cancelled, {sum(map(succeeded, lines))} stand in its files"
        yield Broken(told, seen.after.last)


@requirement("batches.cancel-over", on=batches.life, feature="batches")
def leaves_what_is_over(seen: batches.Life) -> Violations:
    """A batch that is over MUST NOT be changed by who cancels it."""
    if seen.again is None or seen.after is None or decision(seen.after).status != 200:
        raise Unseen(f"no batch was over, or it was not to be seen again: {seen.after}")
    before, now = standing(seen.again), standing(seen.after)
    for name, value in before.items():
        if now.get(name) != value:
            yield Broken(f"{name} was {value!r}, and is {now.get(name)!r} since it was cancelled", seen.after)


def _went_on(seen: Cancelled) -> None:
    """Raises `Unseen` where the batch was over by itself before it was cancelled, or none was begun."""
    if decision(seen.before.created).status != 200:
        raise Unseen(f"no batch was taken: {seen.before.created}")
    if seen.before.over or (seen.first.status != 200 and seen.after.over and seen.after.status != "cancelled"):
        raise Unseen(f"it was over before it was cancelled: it is {seen.after.status}")
