"""What mainstream clients were seen to make of a broken requirement: a table that the suite carries, and its words.

It was measured on the faults of the reference server, and says nothing of the server that is judged. Knows no server.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal, get_args

Outcome = Literal["silently wrong", "hangs", "raises", "wrong error", "fine"]
"""What a call came to: another result without an exception; no end in time; an exception where there is to be none or
one of another kind; the exception that is to come, with other words in it; what the right server gives."""

OUTCOMES: Final[tuple[Outcome, ...]] = get_args(Outcome)
"""The worst first."""


@dataclass(frozen=True)
class Harm:
    """What a client made of a requirement's faults at worst. `shared`: that fault breaks other requirements too."""

    client: str
    version: str
    outcome: Outcome
    fault: str
    call: str
    shared: bool


@cache
def table() -> Mapping[str, Any]:
    """The table: the clients with their versions, and of each fault what it breaks and which clients it harmed.

    `unreached`, where it stands, are the clients that have no call to an operation that the fault touches.
    """
    loaded: dict[str, Any] = json.loads(files("wirecheck").joinpath("impact.json").read_bytes())
    return loaded


def version(client: str) -> str:
    """The version of a client's own package, the first of those that are named of it."""
    found: str = next(iter(table()["clients"][client]["versions"].values()))
    return found


def faults_of(id_: str) -> list[str]:
    """The faults that break a requirement and that clients were run on, by name."""
    return [name for name, each in table()["faults"].items() if id_ in each["breaks"]]


def reached(client: str, fault: str) -> bool:
    """Whether a client has calls to an operation that a fault touches."""
    return client not in table()["faults"][fault].get("unreached", ())


def tried_by(id_: str) -> list[str]:
    """The clients that were run on a server that breaks the requirement where they ask."""
    names = faults_of(id_)
    return [client for client in table()["clients"] if any(reached(client, name) for name in names)]


def tried(id_: str) -> bool:
    """Whether there are any."""
    return bool(tried_by(id_))


def harms(id_: str) -> list[Harm]:
    """The clients that a broken requirement was seen to harm, each at worst, the worst harmed first.

    A fault that breaks others too counts where none that breaks this alone harmed the client: the harm may be theirs.
    """
    found = []
    for client in table()["clients"]:
        seen = []
        for name in faults_of(id_):
            fault = table()["faults"][name]
            if client in fault["harmed"]:
                harmed = fault["harmed"][client]
                shared = len(fault["breaks"]) > 1
                seen.append(Harm(client, version(client), harmed["outcome"], name, harmed["call"], shared))
        if seen:
            found.append(min(seen, key=lambda each: (each.shared, OUTCOMES.index(each.outcome))))
    return sorted(found, key=lambda each: OUTCOMES.index(each.outcome))


def told(id_: str) -> str:
    """The same in words."""
    if not tried(id_):
        return "not tried"
    found, clients = harms(id_), tried_by(id_)
    if not found:
        if len(clients) == len(table()["clients"]):
            return f"all {len(clients)} were fine in what was tried"
        return f"fine in what was tried: {', '.join(clients)}"
    rest = len(clients) - len(found)
    return "; ".join([*phrases(asdict(each) for each in found), *([f"{rest} fine"] if rest else [])])


def phrases(harms_: Iterable[Mapping[str, Any]]) -> list[str]:
    """Harms, as mappings, in a phrase for each outcome and the fault that showed it."""
    groups: dict[tuple[str, str], list[str]] = {}
    for each in harms_:
        shown = each["fault"] + (", which breaks others too" if each["shared"] else "")
        groups.setdefault((each["outcome"], shown), []).append(f"{each['client']} {each['version']}")
    return [f"{outcome}: {', '.join(clients)} ({fault})" for (outcome, fault), clients in groups.items()]
