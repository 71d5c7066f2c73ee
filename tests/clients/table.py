"""Every client on every fault: what `tox -e clients` does.

What was seen is kept in a file, a line a client and fault, so that a run that was stopped goes on where it was: a line
counts as long as nothing has changed that could change it. Once all is there, the data file of the suite and
docs/client-impact.md are written from it. With `--keep` what the data file tells of other faults stays as it is: that
is for faults that are new, where no version of a client has changed.

Exit codes: 0 all was seen; 1 some could not be judged; 2 the arguments are wrong.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final, TextIO

import click
from wirecheck.impact import OUTCOMES

from tests.clients import page
from tests.clients.baseline import SERVER, Baseline
from tests.clients.driving import CLIENTS, HERE, ROOT, Client, Driver, install
from tests.clients.reaching import reaches
from tests.proof.judging import Fault, address, faults
from tests.reference.child import child

_RESULTS: Final = ROOT / "build" / "clients.jsonl"
_SERVER: Final = (ROOT / "generated" / "wirecheck_contract", ROOT / "reference_impl" / "wirecheck_reference")
_KINDS: Final = (".py", ".mjs", ".json")
# Those for Node are named, with their versions, in package.json.
_PACKAGES: Final = ("openai", "langchain-openai", "langchain-core", "litellm")


@dataclass(frozen=True)
class Seen:
    """What a client made of a fault: the calls that were not fine, each with its outcome and what was told."""

    client: str
    fault: str
    digest: str
    calls: dict[str, tuple[str, str]]
    seconds: float


def digest() -> str:
    """SHA-256, in hex, over the clients and the code that decides what they see, without that which writes it down."""
    found = hashlib.sha256(repr([_installed(name) for name in _PACKAGES]).encode())
    files = [file for folder in (*_SERVER, HERE) for file in folder.rglob("*") if file.suffix in _KINDS]
    for file in sorted(files):
        if file.name not in ("page.py", "table.py") and not file.name.startswith("test_"):
            content = file.read_bytes()
            found.update(f"{file.relative_to(ROOT)} {len(content)}\n".encode() + content)
    return found.hexdigest()


def _installed(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "none"


def read(path: Path, today: str) -> dict[tuple[str, str], Seen]:
    """What a file tells of today, by client and fault."""
    found: dict[tuple[str, str], Seen] = {}
    for line in path.read_text("utf-8").splitlines() if path.exists() else ():
        try:
            seen = Seen(**json.loads(line))
        except ValueError:  # the last line of a run that was stopped
            continue
        if seen.digest == today:
            found[seen.client, seen.fault] = seen
    return found


class Run:
    """One run over clients and faults: what is kept, and what is printed as it goes."""

    def __init__(self, file: TextIO, today: str, waiting: Mapping[str, list[Fault]]) -> None:
        self._file, self._today, self._waiting = file, today, waiting
        self._lock = threading.Lock()
        self._began, self._done = time.monotonic(), 0
        self.seen: list[Seen] = []
        self.versions: dict[str, dict[str, str]] = {}
        self.calls: dict[str, list[str]] = {}

    def client(self, client: Client) -> None:
        """Judges the faults that wait, by one client, on a server that nobody else asks."""
        with Driver(client) as driver:
            self.versions[client.name], self.calls[client.name] = driver.versions, driver.calls
            if not self._waiting[client.name]:
                return
            with tempfile.TemporaryDirectory() as folder, child(Path(folder), *SERVER, level="error") as server:
                baseline = Baseline(driver, address(server.url, None))
                left_out = sorted(set(driver.calls) - set(baseline.right))
                self._print(f"{client.name}: {len(baseline.right)} calls, left out: {', '.join(left_out) or 'none'}")
                for fault in self._waiting[client.name]:
                    began = time.monotonic()
                    calls = baseline.judge(driver, address(server.url, fault.name), fault)
                    seconds = round(time.monotonic() - began, 1)
                    self._keep(Seen(client.name, fault.name, self._today, calls, seconds))

    def _keep(self, seen: Seen) -> None:
        with self._lock:
            self.seen.append(seen)
            self._file.write(json.dumps(asdict(seen), ensure_ascii=False) + "\n")
            self._file.flush()
            self._done += 1
            count = sum(map(len, self._waiting.values()))
            left = (time.monotonic() - self._began) / self._done * (count - self._done)
            what = f"{seen.client} {seen.fault}: {worst(seen)[0]}"
            print(f"{self._done}/{count} {what}, {seen.seconds} s, {left / 60:.0f} min left", flush=True)

    def _print(self, line: str) -> None:
        with self._lock:
            print(line, flush=True)


def worst(seen: Seen) -> tuple[str, str]:
    """The worst outcome of a client on a fault, and the first call that had it."""
    found = [(OUTCOMES.index(outcome), call) for call, (outcome, _) in seen.calls.items()]
    if not found:
        return OUTCOMES[-1], ""
    place = min(place for place, _ in found)
    return OUTCOMES[place], next(call for each, call in found if each == place)


def data(
    seen: Mapping[tuple[str, str], Seen],
    versions: Mapping[str, Mapping[str, str]],
    calls: Mapping[str, list[str]],
    kept: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """What the data file of the suite holds: of each fault only what was not fine; `kept`: faults as it has them.

    `calls` are those of each client: they say which faults it does not reach.
    """
    told: dict[str, Any] = {}
    for fault in sorted(faults(), key=lambda fault: fault.name):
        harmed = {}
        for client in CLIENTS:
            if (client.name, fault.name) in seen:
                outcome, call = worst(seen[client.name, fault.name])
                if call:
                    harmed[client.name] = {"outcome": outcome, "call": call}
            elif client.name in (before := (kept or {})[fault.name]["harmed"]):
                harmed[client.name] = before[client.name]
        told[fault.name] = {"breaks": sorted(fault.breaks), "harmed": harmed}
        unreached = [name for name in calls if not any(reaches(call, fault.at) for call in calls[name])]
        if unreached:
            told[fault.name]["unreached"] = unreached
    clients = {client.name: {"what": client.what, "versions": dict(versions[client.name])} for client in CLIENTS}
    return {"clients": clients, "faults": told}


@click.command()
@click.option("--workers", type=click.IntRange(1), default=os.cpu_count() or 1, help="Clients that run beside others.")
@click.option("--client", "names", multiple=True, type=click.Choice([each.name for each in CLIENTS]), help="Only this.")
@click.option("--fault", "only", multiple=True, help="Only this fault; may be repeated.")
@click.option("--results", type=click.Path(path_type=Path), default=_RESULTS, help="Where to keep what was seen.")
@click.option("--again", is_flag=True, help="Judge anew what the file already tells.")
@click.option(
    "--keep", is_flag=True, help="Judge --fault and faults that the data file knows nothing of; keep the rest."
)
def main(
    *, workers: int, names: tuple[str, ...], only: tuple[str, ...], results: Path, again: bool, keep: bool
) -> None:
    """Run every client on every fault, and write the suite's data file and docs/client-impact.md from what was seen."""
    install()
    chosen = [each for each in CLIENTS if not names or each.name in names]
    today = digest()
    seen = {} if again else read(results, today)
    kept = page.data()["faults"] if keep else {}
    asked = [fault for fault in faults() if (fault.name in only if only else fault.name not in kept)]
    if keep and only:
        asked += [fault for fault in faults() if fault.name not in {*kept, *only}]
    waiting = {each.name: [fault for fault in asked if (each.name, fault.name) not in seen] for each in chosen}
    print(f"{len(chosen)} clients, {len(asked)} faults, {sum(map(len, waiting.values()))} pairs to judge", flush=True)
    results.parent.mkdir(parents=True, exist_ok=True)
    broke: list[str] = []
    with results.open("w" if again else "a", encoding="utf-8") as file:
        run = Run(file, today, waiting)
        with ThreadPoolExecutor(workers) as pool:
            for client, future in [(each, pool.submit(run.client, each)) for each in chosen]:
                error = future.exception()
                if error is not None:
                    broke.append(f"{client.name}: {type(error).__name__}: {error}")
    seen |= {(each.client, each.fault): each for each in run.seen}
    if broke:
        print("\nSome could not be judged", *broke, sep="\n    ")
    elif not names and all(
        fault.name in kept or (client.name, fault.name) in seen for client in CLIENTS for fault in faults()
    ):
        if keep and run.versions != (
            before := {name: each["versions"] for name, each in page.data()["clients"].items()}
        ):
            sys.exit(f"clients have changed, so that nothing can be kept: {before} was measured")
        page.write(data(seen, run.versions, run.calls, kept))
    sys.exit(1 if broke else 0)


if __name__ == "__main__":
    main()
