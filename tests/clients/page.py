"""The suite's data file on clients, and docs/client-impact.md, which is made of it. Runs no client."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from wirecheck import impact
from wirecheck.judging.requirement import Level, Requirement, requirements

ROOT: Final = Path(__file__).parents[2]
PAGE: Final = ROOT / "docs" / "client-impact.md"
DATA: Final = ROOT / "conformance" / "wirecheck" / "impact.json"

_HEAD: Final = """\
# What a broken requirement does to clients

Mainstream clients were run on the reference server with each of its faults, and on the right one beside it. A client
makes the calls that its documentation shows: chats and streams, tools, structured output, several choices, usage, log
probabilities, stop strings, images, models, completions of texts, embeddings, wrong and narrow keys, invalid requests,
a model that fails, as far as it knows them; the official SDKs also files, conversations and their items, stored chats,
lists that they page through, and keys of idempotency. What a user looks at is compared: text, finish reason, calls
with their arguments, usage, the name of the model, what was kept and what a list shows of it; of an exception its
class, status, code, parameter, type and message. Ids and times are left out, and whatever the right server did not
give twice. Clients do not try again, but in one call on a spent limit; an answer may take {timeout} s.

An outcome is the worst of all calls; of a requirement it is the worst over the faults that break it alone, or, where
none of those harmed the client, over those that break others too:

- **silently wrong**: another result than on the right server, without an exception; also a result where there is to be
  an exception.
- **hangs**: no result in time, twice.
- **raises**: an exception where there is to be none, or one of another class or status.
- **wrong error**: the exception that is to come, but its code, parameter, type or message says something else.
- **fine**: the same in every call. It means that what was tried did not show the fault, not that nothing could: the
  clients send nothing that many faults need, such as broken JSON or a range of a file.
- **{none}**: the client has no call to what the fault touches. Where that holds of all, the requirement was not tried.

`tox -e clients` runs all of this anew and writes this page and `conformance/wirecheck/impact.json`, which
`wirecheck explain` and the reports read. It is no part of what runs on every change: clients change on their own.
"""
_SHARED: Final = "†"
_NONE: Final = "no call"


def data() -> Mapping[str, Any]:
    """The data file."""
    loaded: dict[str, Any] = json.loads(DATA.read_text("utf-8"))
    return loaded


def page(timeout: int) -> str:
    """The page, as the data file of the suite has it."""
    return "\n".join([_HEAD.format(timeout=timeout, none=_NONE), *_clients(), *_lists(), *_table(), *_faults()]) + "\n"


def timeout() -> int:
    """How many seconds a client waits for an answer."""
    asked = json.loads((Path(__file__).parent / "drivers" / "asked.json").read_text("utf-8"))
    found: int = asked["timeout"]
    return found


def write(table: Mapping[str, Any]) -> None:
    """Writes the data file, and the page that is made of it."""
    DATA.write_text(json.dumps(table, indent=1, ensure_ascii=False) + "\n", "utf-8")
    impact.table.cache_clear()
    PAGE.write_text(page(timeout()), "utf-8")


def _clients() -> Iterator[str]:
    """The clients, and on how many faults each had which outcome."""
    table = impact.table()
    yield f"| client | what it is | versions | {' | '.join(impact.OUTCOMES)} | {_NONE} |"
    yield "|---|---|---|" + "---|" * (len(impact.OUTCOMES) + 1)
    for name, client in table["clients"].items():
        versions = ", ".join(f"{package} {version}" for package, version in client["versions"].items())
        found = Counter(_outcome(name, fault) for fault in table["faults"])
        counts = " | ".join(str(found[outcome]) for outcome in (*impact.OUTCOMES, _NONE))
        yield f"| {name} | {client['what']} | {versions} | {counts} |"
    yield f"\nThe numbers count faults, of {len(table['faults'])}."


def _outcome(client: str, fault: str) -> str:
    harm = impact.table()["faults"][fault]["harmed"].get(client)
    return str(harm["outcome"]) if harm else "fine" if impact.reached(client, fault) else _NONE


def harmless(level: Level) -> list[str]:
    """The requirements of a level that harmed no client where they were broken."""
    return [each.id for each in _of(level) if impact.tried(each.id) and not impact.harms(each.id)]


def harmful(level: Level) -> list[str]:
    """The requirements of a level that harmed a client where they were broken."""
    return [each.id for each in _of(level) if impact.harms(each.id)]


def beside_others(ids: Iterable[str]) -> list[str]:
    """Those that only faults that break other requirements too were seen to harm a client by."""
    return [id_ for id_ in ids if all(harm.shared for harm in impact.harms(id_))]


def _lists() -> Iterator[str]:
    musts, shoulds = harmless("MUST"), harmful("SHOULD")
    yield "\n## Levels and harm\n"
    yield f"Each requirement of level MUST that harmed no client, {len(musts)} of {len(_of('MUST'))}: {_ids(musts)}.\n"
    for outcomes, words in (
        (impact.OUTCOMES[:3], "made a client raise, hang or go wrong in silence"),
        (("wrong error",), "did no more than change what an error says"),
    ):
        found = [id_ for id_ in shoulds if impact.harms(id_)[0].outcome in outcomes]
        yield f"Each of level SHOULD that {words}, {len(found)} of {len(_of('SHOULD'))}: {_ids(found)}.\n"
    shared = beside_others([*harmful("MUST"), *shoulds])
    yield f"Harm was seen only of faults that break others too, and may be theirs: {_ids(shared)}.\n"
    unknown = [each.id for each in requirements() if not impact.tried(each.id)]
    yield f"Not tried: {_ids(unknown)}."


def _table() -> Iterator[str]:
    clients = list(impact.table()["clients"])
    groups: dict[str, list[Requirement]] = {}
    for each in requirements():
        groups.setdefault(each.id.partition(".")[0], []).append(each)
    yield "\n## The requirements\n"
    yield f"{_SHARED} marks a fault that breaks other requirements too."
    for area, found in sorted(groups.items()):
        yield f"\n### {area}\n"
        yield "| requirement | level | " + " | ".join(clients) + " | faults |"
        yield "|---|---|" + "---|" * len(clients) + "---|"
        for each in found:
            yield f"| `{each.id}` | {each.level} | {' | '.join(_cells(each, clients))} | {_broken_by(each)} |"


def _cells(requirement: Requirement, clients: list[str]) -> list[str]:
    if not impact.tried(requirement.id):
        return ["not tried"] * len(clients)
    found = {harm.client: harm for harm in impact.harms(requirement.id)}
    asked = impact.tried_by(requirement.id)
    shown = {name: f"**{harm.outcome}**{_SHARED if harm.shared else ''}" for name, harm in found.items()}
    return [shown.get(client, "fine" if client in asked else _NONE) for client in clients]


def _broken_by(requirement: Requirement) -> str:
    names = impact.faults_of(requirement.id)
    return ", ".join(f"`{name}`{_SHARED if _breaks(name) > 1 else ''}" for name in names)


def _faults() -> Iterator[str]:
    """Every fault that harmed a client, with the call that first showed the worst."""
    clients = list(impact.table()["clients"])
    yield "\n## The faults that harmed a client\n"
    yield "Each with the first call that showed the worst.\n"
    yield "| fault | breaks | " + " | ".join(clients) + " |"
    yield "|---|---|" + "---|" * len(clients)
    for name, fault in impact.table()["faults"].items():
        if fault["harmed"]:
            calls = {client: f": {told['call']}" for client, told in fault["harmed"].items()}
            cells = [_outcome(client, name) + calls.get(client, "") for client in clients]
            yield f"| `{name}` | {', '.join(f'`{id_}`' for id_ in fault['breaks'])} | {' | '.join(cells)} |"


def _of(level: Level) -> list[Requirement]:
    return [each for each in requirements() if each.level == level]


def _breaks(fault: str) -> int:
    return len(impact.table()["faults"][fault]["breaks"])


def _ids(ids: Iterable[str]) -> str:
    return ", ".join(f"`{id_}`" for id_ in ids) or "none"
