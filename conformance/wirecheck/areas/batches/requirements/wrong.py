"""Input files that are wrong: spec/rules/batches/wrong.md."""

from __future__ import annotations

from wirecheck.areas.batches import probes as batches
from wirecheck.areas.batches.probes import NO_JSON, Wrong, Wrongs
from wirecheck.areas.batches.reading import count, lines_of, succeeded
from wirecheck.evidence.exchange import at, items, whole_number
from wirecheck.evidence.unseen import Unseen, decision
from wirecheck.judging.requirement import Broken, Violations, requirement


@requirement("batches.no-json", on=batches.wrongs, feature="batches")
def passes_over_no_line(seen: Wrongs) -> Violations:
    """A line that is no JSON MUST NOT be passed over: the batch fails, is refused, or counts the line as failed."""
    yield from _passed_over(seen.json)


@requirement("batches.validated", on=batches.wrongs, feature="batches")
def fails_in_its_own_time(seen: Wrongs) -> Violations:
    """An input file with a line that is no JSON SHOULD be told by a batch that fails, and not by a refusal to begin
    it.
    """
    created = decision(seen.json.job.created)
    if 400 <= (created.status or 0) < 500:
        yield Broken(f"{seen.json.case}: {created.status}; a batch that fails is required", created)


@requirement("batches.error-line", on=batches.wrongs, feature="batches")
def says_which_line_is_wrong(seen: Wrongs) -> Violations:
    """The `errors` of a batch that failed SHOULD name in `line` the line that is wrong, counted from 1."""
    told = _named(seen.json)
    if NO_JSON not in told:
        shown = seen.json.job.last
        yield Broken(f"line {NO_JSON} is no JSON; errors is {shown.at('errors')!r}", shown)


@requirement("batches.blank-lines", on=batches.wrongs, feature="batches")
def counts_no_blank_line(seen: Wrongs) -> Violations:
    """Blank lines at the end of an input file SHOULD NOT count as requests."""
    behind = [line for line in _named(seen.json) if line > NO_JSON]
    if behind:
        yield Broken(f"errors names the lines {behind}, which are blank", seen.json.job.last)


@requirement("batches.duplicate", on=batches.wrongs, feature="batches")
def tells_lines_apart(seen: Wrongs) -> Violations:
    """Two lines with the same `custom_id` SHOULD NOT both be answered with a success."""
    yield from _passed_over(seen.duplicate)


@requirement("batches.line-url", on=batches.wrongs, feature="batches")
def answers_lines_of_its_endpoint(seen: Wrongs) -> Violations:
    """A line for another endpoint than that of its batch MUST NOT be answered with a success."""
    yield from _passed_over(seen.elsewhere)


@requirement("batches.line-stream", on=batches.wrongs, feature="batches")
def streams_no_line(seen: Wrongs) -> Violations:
    """A line that asks for a stream SHOULD NOT be answered with a success."""
    yield from _passed_over(seen.stream)


def _passed_over(wrong: Wrong) -> Violations:
    """A violation where a batch tells nothing of what is wrong with one of its lines."""
    job = wrong.job
    if 400 <= (decision(job.created).status or 0) < 500:
        return
    if not job.over:
        raise Unseen(f"{wrong.case}: not over in time, but {job.status} (batch_seconds in wirecheck.toml)")
    lines = lines_of(*wrong.made)
    failed = count(job.last, "failed")
    # The files say more than the counts: those are for `batches.counts`.
    told = not all(map(succeeded, lines)) if lines else bool(failed)
    if job.status != "failed" and not told:
        counted = f"request_counts is {job.last.at('request_counts')!r}"
        yield Broken(f"{wrong.case}: the batch is {job.status}, {counted}, and no line failed", job.last)


def _named(wrong: Wrong) -> list[int]:
    """The lines that a batch says to be wrong. Raises `Unseen` where it did not fail."""
    if wrong.job.status != "failed":
        raise Unseen(f"{wrong.case}: no batch failed: {wrong.job.created}, {wrong.job.status}")
    told = [whole_number(at(each, "line")) for each in items(wrong.job.last.json, "errors", "data")]
    return [line for line in told if line is not None]
