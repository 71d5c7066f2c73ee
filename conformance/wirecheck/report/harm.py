"""What a broken requirement was seen to do to clients, in words. No markup."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wirecheck.impact import phrases


def full(requirement: Mapping[str, Any]) -> str:
    """The clients with their versions, by outcome and by the fault that showed it; empty where none was tried."""
    told = requirement["clients"]
    if told is None:
        return ""
    return "; ".join(phrases(told)) or "none was harmed in what was tried"


def brief(requirement: Mapping[str, Any]) -> str:
    """The clients by outcome; empty where none was seen to be harmed."""
    outcomes: dict[str, list[str]] = {}
    for each in requirement["clients"] or ():
        outcomes.setdefault(each["outcome"], []).append(each["client"])
    return "; ".join(f"{outcome}: {', '.join(clients)}" for outcome, clients in outcomes.items())
