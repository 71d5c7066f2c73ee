"""What became of each requirement, and what follows for the server. Pure: knows no I/O and no report format."""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Final, Literal

from wirecheck.evidence.exchange import Exchange
from wirecheck.evidence.unseen import Unseen
from wirecheck.judging.pool import Pool, Records
from wirecheck.judging.requirement import Broken, Requirement

Outcome = Literal["passed", "failed", "unsupported", "untestable", "errored"]
Verdict = Literal["conforms", "violates", "cannot tell"]

# The name of what is asked at no operation of the contract.
BEYOND: Final = "beyond the contract"
# So many violations of one requirement are kept; the rest are counted.
KEPT: Final = 50
# What differs from answer to answer: ids, times, counts.
_OWN: Final = re.compile(r"[0-9a-f]*\d[0-9a-f]*", re.IGNORECASE)
# A profile of whose MUSTs less than this share was graded says nothing of a server.
FLOOR: Final = 0.6


@dataclass(frozen=True)
class Result:
    """What became of one requirement. `reason` says why it was not graded; `judged` counts the evidence that was.

    `violations` are at most `KEPT` of `count`. `deviation` is the owner's reason where the failure was known.
    """

    requirement: Requirement
    outcome: Outcome
    reason: str = ""
    violations: tuple[Broken, ...] = ()
    count: int = 0
    judged: int = 0
    deviation: str | None = None

    @property
    def breaks(self) -> bool:
        """Whether the server fails here and nobody knew."""
        return self.outcome == "failed" and self.deviation is None


@dataclass(frozen=True)
class Tally:
    """The closing line of one profile. `must` and `should` are (passed, graded)."""

    profile: str
    verdict: Verdict
    must: tuple[int, int]
    should: tuple[int, int]
    unsupported: int
    untestable: int
    errored: int
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class AreaCost:
    """What the requests to the operations of one area cost; `BEYOND` is the name for what is no operation."""

    area: str
    requests: int
    tokens: int


@dataclass(frozen=True)
class Cost:
    """What a run cost: requests sent, tokens that the server counted, seconds, and what of it is each area's."""

    requests: int
    tokens: int
    seconds: float
    areas: tuple[AreaCost, ...] = ()


@dataclass(frozen=True)
class Judgement:
    """A whole run, as every report shows it. `features` maps a name to `found`, `absent` or why it cannot be told."""

    suite_version: str
    contract_digest: str
    url: str
    model: str
    declared: tuple[str, ...]
    features: Mapping[str, str]
    profile: str
    seed: int
    mode: str
    cost: Cost
    results: tuple[Result, ...]
    tallies: tuple[Tally, ...]
    notes: tuple[str, ...] = ()
    secrets: tuple[str, ...] = ()

    @property
    def tally(self) -> Tally:
        """The tally of the profile that was asked for."""
        return next(each for each in self.tallies if each.profile == self.profile)

    @property
    def verdict(self) -> Verdict:
        """The verdict on the profile that was asked for."""
        return self.tally.verdict


def judge(requirement: Requirement, evidence: Any) -> Result:
    """Applies one requirement to its evidence: a probe's record, or for a pool the exchanges of the run.

    `evidence` may be the exception that a probe ended with: `Unseen` makes the requirement untestable, another errored.
    """
    if isinstance(evidence, Unseen):
        return Result(requirement, "untestable", str(evidence))
    if isinstance(evidence, BaseException):
        return Result(requirement, "errored", "".join(traceback.format_exception(evidence)))
    try:
        if isinstance(requirement.on, Records):
            return _judge_each(requirement, requirement.on.name, requirement.on.make(evidence))
        if isinstance(requirement.on, Pool):
            # Many requirements look at one pool.
            holds = requirement.on.holds
            return _judge_each(requirement, requirement.on.name, (each for each in evidence if each.once(holds)))
        violations = list(_attributed(requirement, evidence))
    except Unseen as unseen:
        return Result(requirement, "untestable", str(unseen))
    except Exception:  # noqa: BLE001 - whatever a check trips over is the suite's fault, never the server's
        return Result(requirement, "errored", traceback.format_exc())
    return _graded(requirement, violations, 1)


def _judge_each(requirement: Requirement, name: str, evidence: Iterable[Any]) -> Result:
    violations: list[Broken] = []
    judged = 0
    why = f"no {name} was seen"
    for each in evidence:
        try:
            violations += _attributed(requirement, each)
        except Unseen as unseen:
            why = f"no {name} of the run shows it: {unseen}"
            continue
        judged += 1
    if not judged:
        return Result(requirement, "untestable", why)
    return _graded(requirement, violations, judged)


def _attributed(requirement: Requirement, evidence: Any) -> Iterable[Broken]:
    for item in requirement.check(evidence):
        yield item if isinstance(item, Broken) else Broken(item, next(_exchanges(evidence), None))


def _exchanges(evidence: Any) -> Iterator[Exchange]:
    if isinstance(evidence, Exchange):
        yield evidence
    elif is_dataclass(evidence):
        for each in fields(evidence):
            yield from _exchanges(getattr(evidence, each.name))
    elif isinstance(evidence, tuple):
        for each in evidence:
            yield from _exchanges(each)


def _graded(requirement: Requirement, violations: list[Broken], judged: int) -> Result:
    if not violations:
        return Result(requirement, "passed", judged=judged)
    return Result(requirement, "failed", "", _varied(violations), len(violations), judged)


def _varied(violations: list[Broken]) -> tuple[Broken, ...]:
    """At most `KEPT` with messages of their own: one of each kind, then the others, of both the plainest first."""
    new: dict[str, Broken] = {}
    for each in violations:
        kept = new.setdefault(each.message, each)
        if _size(each) < _size(kept):
            new[each.message] = each
    plainest = sorted(new.values(), key=_size)
    kinds: dict[str, Broken] = {}
    for each in plainest:
        kinds.setdefault(kind(each.message), each)
    first = list(kinds.values())
    return tuple([*first, *(each for each in plainest if each is not kinds[kind(each.message)])][:KEPT])


def kind(message: str) -> str:
    """What a violation says but for ids, times and counts: two that differ only in these are of one kind."""
    return _OWN.sub("0", message)


def _size(violation: Broken) -> int:
    """How much there is to read in what was asked: the less, the plainer."""
    return len(violation.exchange.request.body) if violation.exchange else 0


def known(result: Result, deviations: Mapping[str, str]) -> Result:
    """The result with the owner's reason, where the failure is a deviation that the owner wrote down."""
    reason = deviations.get(result.requirement.id)
    if reason is None or result.outcome != "failed":
        return result
    return Result(result.requirement, "failed", result.reason, result.violations, result.count, result.judged, reason)


def stale(results: Iterable[Result], deviations: Mapping[str, str]) -> list[str]:
    """The deviations that are none: their requirement passed."""
    passed = {each.requirement.id for each in results if each.outcome == "passed"}
    return sorted(passed & set(deviations))


def tally(
    profile: str,
    required: frozenset[str],
    results: Sequence[Result],
    *,
    stale_deviations: Sequence[str] = (),
    partial: bool = False,
    doubts: Sequence[str] = (),
) -> Tally:
    """The closing line over the results of a profile's features.

    `required` features must be there: one that is absent is a violation. `partial`: only some requirements were
    chosen, so that the floor is not asked for. `doubts` say what kept the run from seeing all that it was to see: with
    any of them nothing is green.
    """
    musts = [each for each in results if each.requirement.level == "MUST"]
    graded = _of(musts, "passed", "failed")
    broken = [each for each in musts if each.breaks]
    missing = sorted({each.requirement.feature for each in _of(musts, "unsupported")} & required)
    errored = _of(results, "errored")
    testable = [each for each in musts if each.outcome != "unsupported"]
    reasons: list[str] = []
    verdict: Verdict = "conforms"
    if errored:
        verdict = "cannot tell"
        reasons.append(f"the suite itself broke on {len(errored)} requirements")
    if not graded or (not partial and len(graded) < FLOOR * len(testable)):
        verdict = "cannot tell"
        few = f"only {len(graded)} of {len(testable)} MUSTs could be graded"
        reasons.append("no MUST was among what was asked for" if partial and not musts else few)
    if doubts:
        verdict = "cannot tell"
        reasons += doubts
    if missing:
        verdict = "violates"
        reasons.append(f"the profile requires {', '.join(missing)}, which the server lacks")
    if stale_deviations:
        verdict = "violates"
        reasons.append(f"known deviations that passed: {', '.join(stale_deviations)}")
    if broken:
        verdict = "violates"
        reasons.append(_counted(len(broken), "MUST is broken", "MUSTs are broken"))
    if partial and verdict == "conforms":
        reasons.append("only a part of the profile was asked for")
    shoulds = [each for each in results if each.requirement.level == "SHOULD"]
    return Tally(
        profile,
        verdict,
        (len(_of(musts, "passed")), len(graded)),
        (len(_of(shoulds, "passed")), len(_of(shoulds, "passed", "failed"))),
        len(_of(results, "unsupported")),
        len(_of(results, "untestable")),
        len(errored),
        tuple(reasons),
    )


def _of(results: Iterable[Result], *outcomes: Outcome) -> list[Result]:
    return [each for each in results if each.outcome in outcomes]


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
