"""Which requirements a run judges: profiles, and the choice of the user. No I/O."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Final

from wirecheck.features import CORE, FEATURES
from wirecheck.requirement import Level, Requirement


class EmptyPlan(ValueError):
    """The user's choice leaves nothing to judge; the message says what was chosen."""


@dataclass(frozen=True)
class Profile:
    """A named set of features. `required` must be there; `judged` are judged where they are."""

    name: str
    required: frozenset[str]
    judged: frozenset[str]
    title: str


_AGENT: Final = frozenset((*CORE, "tools", "structured_output"))

PROFILES: Final = {
    profile.name: profile
    for profile in (
        Profile("core", frozenset(CORE), frozenset(CORE), "models, chat, streaming, errors"),
        Profile("agent", _AGENT, _AGENT, "core, and tools and structured output"),
        Profile(
            "full",
            frozenset(CORE),
            frozenset(FEATURES),
            "core, and every feature that the server has or declares",
        ),
    )
}

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
    for pattern in only:
        if not any(fnmatchcase(each.id, pattern) for each in requirements):
            raise EmptyPlan(f"{pattern!r} matches no requirement: `wirecheck list` shows them")
    plan = tuple(
        each
        for each in requirements
        if each.feature in profile.judged
        and (not only or any(fnmatchcase(each.id, pattern) for pattern in only))
        and (level is None or each.level == level)
    )
    if not plan:
        raise EmptyPlan(
            f"nothing to judge: profile {profile.name}, only {', '.join(only) or 'all'}, level {level or 'all'}"
        )
    return plan


def inside(profile: Profile) -> list[Profile]:
    """The profiles that a run with this one says something about: those whose features it judges, itself last."""
    smaller = [each for each in PROFILES.values() if each.name != profile.name and each.judged <= profile.judged]
    return [*smaller, profile]
