"""The full matrix: every fault through the whole suite, in a default run. `python -m tests.proof.full` (see --help).

Writes docs/kill-table.md from what was seen. Exit code 1 where a fault failed more or less than it names.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

import click

from tests.proof import kill_table
from tests.proof.judging import OF_TIME, Fault, failed, faults, judge, serving


def _part(part: tuple[Fault, ...]) -> list[tuple[str, list[str]]]:
    """What each of some faults was seen to fail, on a server of their own."""
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as url:
        return [
            (each.name, sorted(failed(judge(url, each.name, "default", slow=bool(each.breaks & OF_TIME))[0])))
            for each in part
        ]


def _parts(chosen: list[Fault], size: int = 4) -> Iterator[tuple[Fault, ...]]:
    for start in range(0, len(chosen), size):
        yield tuple(chosen[start : start + size])


@click.command()
@click.option("--fault", "names", multiple=True, metavar="NAME", help="Only this fault; may be repeated.")
@click.option("--shard", metavar="K/N", help="Only the K-th of N equal parts of the faults.")
@click.option("--processes", type=click.IntRange(1), default=2, show_default=True, help="So many at a time.")
def main(names: tuple[str, ...], shard: str | None, processes: int) -> None:
    """Run every fault through the whole suite, and write the kill table from what was seen.

    Faults that are not run keep what the table says of them.
    """
    chosen = [each for each in faults() if not names or each.name in names]
    unknown = set(names) - {each.name for each in chosen}
    if unknown:
        raise click.BadParameter(f"there is no fault {', '.join(sorted(unknown))}", param_hint="--fault")
    if shard is not None:
        number, _, count = shard.partition("/")
        if not (number.isdecimal() and count.isdecimal() and 1 <= int(number) <= int(count)):
            raise click.BadParameter(f"{shard!r} is not of the form K/N", param_hint="--shard")
        chosen = chosen[int(number) - 1 :: int(count)]
    seen: dict[str, frozenset[str]] = {}
    wrong: list[str] = []
    said = {each.name: each.breaks for each in chosen}
    began = time.monotonic()
    with ProcessPoolExecutor(processes) as pool:
        for done in as_completed([pool.submit(_part, part) for part in _parts(chosen)]):
            for name, found in done.result():
                seen[name] = frozenset(found)
                exact = seen[name] == said[name]
                line = f"{len(seen):>4}/{len(chosen)}  {time.monotonic() - began:6.0f} s  {name}"
                click.echo(line if exact else f"{line}: failed {', '.join(found) or 'nothing'}")
                if not exact:
                    wrong.append(
                        f"{name}: names {', '.join(sorted(said[name]))}; failed {', '.join(found) or 'nothing'}"
                    )
    kill_table.write(seen)
    click.echo(f"{len(seen) - len(wrong)} of {len(seen)} faults failed exactly what they name.")
    for each in wrong:
        click.echo(f"  {each}")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
