"""What a fault was judged with and as: a digest that tells whether a judgement is of today. Reads files only."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Final

from tests.proof.judging import Fault, faults

ROOT: Final = Path(__file__).parents[2]
_FAULTS: Final = ROOT / "reference_impl" / "wirecheck_reference" / "faults"
_JUDGE: Final = ("conformance/wirecheck", "generated/wirecheck_contract", "reference_impl/wirecheck_reference")
_KINDS: Final = (".py", ".json")


def _home(area: str, topic: str) -> tuple[Path, ...]:
    """The files that a topic's faults are written in."""
    folder = _FAULTS / area / topic
    files = (_FAULTS / f"{area}.py", folder.with_suffix(".py"), *sorted(folder.glob("*.py")))
    return tuple(each for each in files if each.exists())


@cache
def _common() -> bytes:
    """A digest of all that is the same for every fault: the suite, the contract, the server, how both are run."""
    apart = {file for fault in faults() for file in _home(fault.area, fault.topic)}
    found = (file for part in _JUDGE for file in (ROOT / part).rglob("*") if file.suffix in _KINDS)
    # What was seen of clients decides no verdict.
    files = [file for file in found if file.stem != "impact"]
    files += [Path(__file__).with_name("judging.py"), Path(__file__).parents[1] / "drawing.py"]
    return _digest([file for file in files if file not in apart])


@cache
def digest(fault: Fault) -> str:
    """SHA-256, in hex, over the code that decides what a fault fails: it differs where that may differ."""
    return hashlib.sha256(_common() + _digest(_home(fault.area, fault.topic)) + fault.name.encode()).hexdigest()


def _digest(files: list[Path] | tuple[Path, ...]) -> bytes:
    found = hashlib.sha256()
    for file in sorted(files):
        content = file.read_bytes()
        found.update(f"{file.relative_to(ROOT)} {len(content)}\n".encode() + content)
    return found.digest()
