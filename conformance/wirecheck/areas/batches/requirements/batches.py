"""Batches as they are begun and told: spec/rules/batches/batches.md."""

from __future__ import annotations

from typing import Final

from wirecheck.areas.batches import probes as batches
from wirecheck.areas.batches.pools import every_batch, every_list
from wirecheck.areas.batches.reading import Job
from wirecheck.evidence.exchange import ABSENT, Exchange, at
from wirecheck.evidence.unseen import Unseen, decision
from wirecheck.judging import shape
from wirecheck.judging.requirement import Broken, Violations, requirement

_ASKED: Final = ("endpoint", "input_file_id", "completion_window")


@requirement("batches.create", on=batches.life, feature="batches")
def takes_batches(seen: batches.Life) -> Violations:
    """A batch of an input file whose lines are requests for its endpoint MUST be taken: 200."""
    answer = decision(seen.job.created)
    if answer.status != 200:
        yield Broken(f"a batch was answered with {answer.status}; 200 is required", answer)


@requirement("batches.as-asked", on=batches.life, feature="batches")
def keeps_what_was_asked(seen: batches.Life) -> Violations:
    """`endpoint`, `input_file_id` and `completion_window` MUST be those that were sent."""
    shown = [each for each in (seen.job.created, seen.job.last) if each.status == 200]
    if not shown:
        raise Unseen(f"no batch was taken: {seen.job.created}")
    for answer in shown:
        for name in _ASKED:
            sent, told = at(seen.job.created.request.json, name), answer.at(name)
            # What is missing, or no text, is for `batches.shape`.
            if isinstance(told, str) and told != sent:
                yield Broken(f"{name} {sent!r} was sent, {told!r} is told", answer)


@requirement("batches.unknown-file", on=batches.refusals, feature="batches")
def knows_its_files(seen: batches.Refusals) -> Violations:
    """A batch of an input file that there is not MUST be refused with a 4xx, or fail."""
    yield from _came_to_something(seen.unknown)


@requirement("batches.purpose", on=batches.refusals, feature="batches")
def wants_files_for_batches(seen: batches.Refusals) -> Violations:
    """A batch of a file for another purpose MUST be refused with a 4xx, or fail."""
    if seen.purpose is None:
        raise Unseen("no file for another purpose is taken")
    yield from _came_to_something(seen.purpose)


@requirement("batches.shape", on=every_batch, feature="batches")
def shapes_batches(answer: Exchange) -> Violations:
    """A batch MUST follow the schema Batch in `id`, `object`, `endpoint`, `input_file_id`, `completion_window`,
    `status` and `created_at`.
    """
    for each in shape.breaks(answer, "batch"):
        yield str(each)


@requirement("batches.fields", on=every_batch, feature="batches")
def tells_more_as_agreed(answer: Exchange) -> Violations:
    """What else the schema Batch has SHOULD follow it."""
    for each in shape.breaks(answer, "more of a batch"):
        yield str(each)


@requirement("batches.list-shape", on=every_list, feature="batches")
def shapes_the_list(answer: Exchange) -> Violations:
    """The list of batches MUST follow the schema BatchList."""
    for each in shape.breaks(answer, "batch list"):
        yield str(each)


def _came_to_something(job: Job) -> Violations:
    """A violation where a batch was taken and has not failed."""
    if not 400 <= (decision(job.created).status or 0) < 500 and job.status != "failed":
        state = "" if job.status is ABSENT else f", it is {job.status}"
        told = f"{job.created.intent.case}: {job.created.status}{state}; a 4xx is required"
        yield Broken(told, job.created)
