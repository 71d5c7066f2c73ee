"""Every fault judged by the whole suite, as long as a run is by default: what `tox -e proof-full` does.

What was seen is kept in a file, a line a fault, so that a run that was stopped goes on where it was: a line counts as
long as nothing has changed that could change it. Once all faults are there, docs/kill-table.md is written from it.

Exit codes: 0 every fault failed exactly what it names; 1 some did not; 2 the arguments are wrong.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import click

from tests.drawing import drawing_once
from tests.proof import kill_table
from tests.proof.judging import Fault, address, choice, failed, faults, judge, serving
from tests.proof.sources import ROOT, digest

_RESULTS: Final = ROOT / "build" / "proof.jsonl"
_LONGEST: Final = 300


@dataclass(frozen=True)
class Seen:
    """What a fault was seen to fail, each requirement with what was said; `broke`: why there is nothing to see."""

    fault: str
    digest: str
    failed: dict[str, str]
    seconds: float
    broke: str = ""

    def wrong(self, fault: Fault) -> list[str]:
        """How that differs from what the fault says of itself, a line each."""
        lines = [f"the run broke: {self.broke}"] if self.broke else []
        lines += [f"fails {id_} too: {said}" for id_, said in self.failed.items() if id_ not in fault.breaks]
        return lines + [f"does not fail {id_}" for id_ in sorted(fault.breaks - self.failed.keys())]


def read(path: Path) -> dict[str, Seen]:
    """What a file tells of the faults of today, by name."""
    found: dict[str, Seen] = {}
    today = {fault.name: digest(fault) for fault in faults()}
    for line in path.read_text("utf-8").splitlines() if path.exists() else ():
        try:
            seen = Seen(**json.loads(line))
        except ValueError:  # the last line of a run that was stopped
            continue
        if today.get(seen.fault) == seen.digest:
            found[seen.fault] = seen
    return found


_server: list[str] = []
_open = ExitStack()


def _start(folder: str) -> None:
    """Starts the server of this process; it ends with it."""
    _open.enter_context(drawing_once())
    own = Path(folder) / str(os.getpid())
    own.mkdir()
    _server.append(_open.enter_context(serving(own)))


def _judge(fault: Fault, digest_: str) -> Seen:
    """Judges one fault on the server of this process, which was made of what has that digest."""
    began = time.monotonic()
    found: dict[str, str] = {}
    broke = ""
    try:
        found = failed(judge(address(_server[0], fault.name), choice("default"))[0])
    except Exception as error:  # noqa: BLE001 - told beside the fault, and the others are judged all the same
        broke = f"{type(error).__name__}: {error}"
    short = {id_: said[:_LONGEST] for id_, said in found.items()}
    return Seen(fault.name, digest_, short, round(time.monotonic() - began, 1), broke)


def _judge_all(chosen: Sequence[Fault], workers: int) -> Iterator[Seen]:
    """Judges faults in processes of their own, for a sweep's generators keep state: as each is done."""
    spawn = multiprocessing.get_context("spawn")
    # Told before the servers start: what is changed while they run is not what they are made of.
    digests = [digest(fault) for fault in chosen]
    with (
        tempfile.TemporaryDirectory() as folder,
        ProcessPoolExecutor(workers, mp_context=spawn, initializer=_start, initargs=(folder,)) as pool,
    ):
        for done in as_completed([pool.submit(_judge, *each) for each in zip(chosen, digests, strict=True)]):
            yield done.result()


def _shard(_context: click.Context, _option: click.Parameter, value: str) -> tuple[int, int]:
    number, _, count = value.partition("/")
    if not (number.isdecimal() and count.isdecimal() and 1 <= int(number) <= int(count)):
        raise click.BadParameter("wanted I/N, such as 1/4")
    return int(number), int(count)


@click.command()
@click.option(
    "--shard", callback=_shard, default="1/1", metavar="I/N", help="Judge the Ith, and every Nth fault after it."
)
@click.option("--workers", type=click.IntRange(1), default=os.cpu_count() or 1, help="Processes that judge.")
@click.option("--results", type=click.Path(path_type=Path), default=_RESULTS, help="Where to keep what was seen.")
@click.option("--again", is_flag=True, help="Judge anew what the file already tells.")
def main(*, shard: tuple[int, int], workers: int, results: Path, again: bool) -> None:
    """Judge every fault by every requirement in a default run, and write docs/kill-table.md from what was seen.

    Shards are put together by handing a run the lines of all their results in one file.
    """
    number, count = shard
    chosen = faults()[number - 1 :: count]
    seen = {} if again else read(results)
    waiting = [fault for fault in chosen if fault.name not in seen]
    print(f"{len(chosen)} faults, {len(waiting)} of them to judge", flush=True)
    results.parent.mkdir(parents=True, exist_ok=True)
    by_name: dict[str, Fault] = {fault.name: fault for fault in chosen}
    began = time.monotonic()
    with results.open("w" if again else "a", encoding="utf-8") as file:
        for done, each in enumerate(_judge_all(waiting, workers) if waiting else (), start=1):
            file.write(json.dumps(asdict(each), ensure_ascii=False) + "\n")
            file.flush()
            seen[each.fault] = each
            left = (time.monotonic() - began) / done * (len(waiting) - done)
            said = "exact" if not each.wrong(by_name[each.fault]) else "NOT EXACT"
            print(f"{done}/{len(waiting)} {each.fault}: {said}, {each.seconds} s, {left / 60:.0f} min left", flush=True)
    wrong = {name: lines for name, fault in by_name.items() if (lines := seen[name].wrong(fault))}
    for name, lines in wrong.items():
        print(f"\n{name}", *lines, sep="\n    ")
    print(f"\n{len(chosen) - len(wrong)} of {len(chosen)} faults fail exactly what they name")
    if all(fault.name in seen for fault in faults()):
        kill_table.write({name: frozenset(each.failed) for name, each in seen.items()})
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
