"""Files: uploaded as forms, listed, downloaded, deleted."""

from __future__ import annotations

from typing import Any

from wirecheck.area import Area, Claim, Feature, Sweeping
from wirecheck.areas.files.asking import PURPOSES
from wirecheck.areas.files.probes import has_files


def _with_sentences(_: dict[str, Any]) -> dict[str, Any]:
    """A form without what is wrong with it: each of its fields has a sentence on what becomes of that."""
    return {"file": "-", "purpose": PURPOSES[0]}


_OWN = r"(id|object|bytes|created_at|filename|purpose)(\..*)?"

AREA = Area(
    "files",
    features=(Feature("files", "files that are kept", has_files),),
    claims=(
        Claim("File", rf"|{_OWN}", "file"),
        Claim("File", r".*", "more of a file"),
        Claim("FileList", rf"data\.\d+(\.{_OWN})?", "file"),
        Claim("FileList", r"data\.\d+\..*", "more of a file"),
        Claim("FileList", r".*", "file list"),
        Claim("FileDeleted", r".*", "file deletion"),
    ),
    # Servers have purposes of their own, and need not know `expires_after`: what they read, probes ask.
    sweeping=(Sweeping("createFile", pardons=_with_sentences),),
)
