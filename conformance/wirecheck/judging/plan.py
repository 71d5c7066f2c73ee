"""Which requirements a run judges, and the most that they will cost: profiles, and the choice of the user. No I/O."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from typing import Any, Final

from wirecheck.area import Feature, ProfileName, areas, features, keeping_areas
from wirecheck.asking.probe import Probe, closure
from wirecheck.judging.pool import probes_of
from wirecheck.judging.requirement import Level, Requirement

# The most requests beside what is asked anyway: the list of models elsewhere, to find it, and a last sign of life.
_ELSEWHERE: Final = 3


_TITLES: Final[Mapping[ProfileName, str]] = {
    "core": "what every server of the contract has",
    "agent": "core, and what agents need",
    "full": "core, and every feature that the server has or declares",
}


class UnknownProfile(ValueError):
    """What is named is neither a profile nor an area; the message says what there is."""


class EmptyPlan(ValueError):
    """The user's choice leaves nothing to judge; the message says what was chosen."""


@dataclass(frozen=True)
class Profile:
    """A named set of features. `required` must be there; `judged` are judged where they are.

    `areas`: those whose operations are swept, None for all.
    """

    name: str
    required: frozenset[str]
    judged: frozenset[str]
    title: str
    areas: frozenset[str] | None = None


@cache
def profiles() -> Mapping[str, Profile]:
    """The profiles by name, the smallest first: `core`, `agent` (both require what they judge) and `full`."""
    order: tuple[ProfileName, ...] = ("core", "agent", "full")

    def up_to(name: ProfileName) -> frozenset[str]:
        return frozenset(each.name for each in features().values() if order.index(each.profile) <= order.index(name))

    needed = frozenset(each.name for each in features().values() if each.required)
    required = {"core": up_to("core") & needed, "agent": up_to("agent") & needed, "full": up_to("core") & needed}
    return {name: Profile(name, required[name], up_to(name), _TITLES[name]) for name in order}


def areas_with_features() -> tuple[str, ...]:
    """The areas that a server may have or lack something of."""
    return tuple(name for name, area in areas().items() if area.features)


def named(text: str) -> Profile:
    """The profile of that name; or all of several profiles and areas, with commas between them: `core,files`.

    An area adds its features, and where it keeps things those that are judged of every collection; what the area
    requires must be there. Raises `UnknownProfile`.
    """
    names = [name.strip() for name in text.split(",")]
    unknown = [name for name in names if name not in profiles() and name not in areas()]
    bare = [name for name in names if name not in unknown and name not in profiles() and not areas()[name].features]
    if unknown or bare:
        known = f"profiles are {', '.join(profiles())}; areas {', '.join(areas_with_features())}"
        raise UnknownProfile(f"there is no profile or area {(unknown or bare)[0]!r}: {known}")
    parts = [profiles().get(name) or _of_area(name) for name in dict.fromkeys(names)]
    if len(parts) == 1 and parts[0].name in profiles():
        return parts[0]
    swept = [each.areas for each in parts]
    return Profile(
        ",".join(each.name for each in parts),
        frozenset().union(*(each.required for each in parts)),
        frozenset().union(*(each.judged for each in parts)),
        " and ".join(each.title for each in parts),
        None if None in swept else frozenset().union(*(each or () for each in swept)),
    )


def _of_area(name: str) -> Profile:
    own = areas()[name]
    required = frozenset(each.name for each in own.features if each.required)
    shared = [each.name for each in features().values() if each.collections] if name in keeping_areas() else []
    judged = frozenset(each.name for each in own.features) | frozenset(shared)
    return Profile(name, required, judged, own.title, frozenset({name}))


Plan = tuple[Requirement, ...]


def choose(
    requirements: tuple[Requirement, ...],
    profile: Profile,
    only: tuple[str, ...] = (),
    level: Level | None = None,
) -> Plan:
    """The requirements of a profile, narrowed to ids (or patterns such as `stream.*`) and a level.

    Raises `EmptyPlan` for a pattern that matches no requirement, and where nothing is left.
    """
    chosen: set[str] = set()
    ids = {each.id for each in requirements}
    for pattern in only:
        found = {pattern} & ids or {id_ for id_ in ids if fnmatchcase(id_, pattern)}
        if not found:
            raise EmptyPlan(f"{pattern!r} matches no requirement: `wirecheck list` shows them")
        chosen |= found
    plan = tuple(
        each
        for each in requirements
        if each.feature in profile.judged and (not only or each.id in chosen) and (level is None or each.level == level)
    )
    if not plan:
        raise EmptyPlan(
            f"nothing to judge: profile {profile.name}, only {', '.join(only) or 'all'}, level {level or 'all'}"
        )
    return plan


def inside(profile: Profile) -> list[Profile]:
    """The profiles that a run with this one says something about: those whose features it judges, itself last."""
    smaller = [each for each in profiles().values() if each.name != profile.name and each.judged <= profile.judged]
    return [*smaller, profile]


@dataclass(frozen=True)
class Share:
    """What one feature adds to a run: the sentences on it, and the most requests that no feature before it needs."""

    feature: Feature
    sentences: int
    requests: int


def wanted(plan: Iterable[Requirement], names: Iterable[str]) -> list[Probe[Any]]:
    """The probes that the sentences on some features need, each once, with what they look at."""
    chosen = set(names)
    asked = [features()[name].found for name in features() if name in chosen]
    asked += [probe for each in plan if each.feature in chosen for probe in probes_of(each.on)]
    return closure(asked)


def learning() -> list[Probe[Any]]:
    """What is asked before all else, to learn how the model wants to be asked."""
    return closure(each.learns for each in areas().values() if each.learns is not None)


def preflight(*, quick: bool) -> int:
    """The most requests to find the server, learn of its model and see it alive at the end."""
    return _ELSEWHERE + sum(each.most(quick=quick) for each in learning())


def costs(plan: Plan, *, quick: bool) -> list[Share]:
    """What each feature of a plan costs at most, in the order in which they are looked for."""
    shares: list[Share] = []
    paid = {each.name for each in learning()}
    for name, feature in features().items():
        mine = [each for each in plan if each.feature == name]
        if mine:
            new = [each for each in wanted(mine, [name]) if each.name not in paid]
            paid |= {each.name for each in new}
            shares.append(Share(feature, len(mine), sum(each.most(quick=quick) for each in new)))
    return shares
