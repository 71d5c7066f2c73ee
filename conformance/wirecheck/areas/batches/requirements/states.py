"""The states of batches: spec/rules/batches/states.md."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from wirecheck.areas.batches import probes as batches
from wirecheck.areas.batches.reading import FOLLOWING, OVER, Job, standing
from wirecheck.evidence.exchange import Exchange, whole_number
from wirecheck.evidence.unseen import Unseen, decision
from wirecheck.judging.requirement import Broken, Violations, requirement

# The ways to an end, by the fields that tell when each state was reached.
_WAYS: Final = (
    ("created_at", "in_progress_at", "finalizing_at", "completed_at"),
    ("created_at", "in_progress_at", "expired_at"),
    ("created_at", "cancelling_at", "cancelled_at"),
    ("created_at", "failed_at"),
)


@requirement("batches.forward", on=batches.life, feature="batches")
def goes_forward(seen: batches.Life) -> Violations:
    """A batch MUST NOT go back to a state that it has left."""
    looks = [each for each in (seen.job.created, *seen.job.looks, seen.again) if each is not None]
    shown = [(status, each) for each in looks if isinstance(status := each.at("status"), str) and status in FOLLOWING]
    if not shown:
        raise Unseen(f"no batch was taken: {seen.job.created}")
    for (before, _), (now, answer) in pairwise(shown):
        if now != before and now not in FOLLOWING[before] and before not in OVER:
            yield Broken(f"{now!r} was seen behind {before!r}", answer)


@requirement("batches.completed", on=batches.life, feature="batches")
def completes_batches(seen: batches.Life) -> Violations:
    """A batch whose lines are requests for its endpoint MUST come to `completed`, also where some of them are
    refused.
    """
    job = over(seen.job)
    if job.status != "completed":
        yield Broken(f"the batch is {job.status}; completed is required", job.last)


@requirement("batches.stays", on=batches.life, feature="batches")
def stays_as_it_is(seen: batches.Life) -> Violations:
    """A batch that is over MUST stay as it is: its state, when it ended, its files and its counts."""
    job = over(seen.job)
    if seen.again is None or decision(seen.again).status != 200:
        raise Unseen(f"it was not to be seen again: {seen.again}")
    yield from changed(job.last, seen.again)


@requirement("batches.times", on=batches.life, feature="batches")
def tells_when_it_was_over(seen: batches.Life) -> Violations:
    """A batch that is over SHOULD tell when that was, in the field of its state."""
    job = over(seen.job)
    if whole_number(job.last.at(f"{job.status}_at")) is None:
        yield Broken(f"the batch is {job.status}, {job.status}_at is {job.last.at(f'{job.status}_at')!r}", job.last)


@requirement("batches.time-order", on=batches.life, feature="batches")
def tells_times_in_order(seen: batches.Life) -> Violations:
    """The times that a batch tells MUST come in the order of its states, none before `created_at`."""
    last = over(seen.job).last
    for way in _WAYS:
        told = [(name, time) for name in way if (time := whole_number(last.at(name))) is not None]
        for (first, earlier), (second, later) in pairwise(told):
            if later < earlier:
                yield Broken(f"{second} is {later}, {earlier - later} s before {first}", last)


def over(job: Job) -> Job:
    """A batch that came to its end. Raises `Unseen` where none was taken, or it did not in time."""
    if decision(job.created).status != 200:
        raise Unseen(f"no batch was taken: {job.created}")
    if not job.over:
        raise Unseen(f"it was not over in time, but {job.status} (batch_seconds in wirecheck.toml): {job.looks[-1:]}")
    return job


def changed(before: Exchange, now: Exchange) -> Violations:
    """A violation for each of what must stay of a batch that is over, and did not."""
    then, today = standing(before), standing(now)
    for name, value in then.items():
        if today.get(name) != value:
            yield Broken(f"{name} was {value!r} when it was over, and is {today.get(name)!r}", now)
