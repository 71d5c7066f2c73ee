"""The steps of a batch: its input file, itself, its end, and what it has made. All that is made is deleted again."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any, Final

from wirecheck.areas.batches.asking import MADE, batch, file_path, input_file, path_of
from wirecheck.areas.batches.reading import Job, Made
from wirecheck.areas.files.asking import path_of as path_of_file
from wirecheck.asking.draft import Draft
from wirecheck.asking.ending import ending
from wirecheck.asking.probe import Asker
from wirecheck.evidence.exchange import Exchange, Intent
from wirecheck.evidence.unseen import Gone, Unseen

PATIENCE: Final = 60
"""Seconds that a batch may take to be over, where its owner does not say it."""

POLLS: Final = 9
"""The most looks at a batch: an asker pauses three times as long before each."""


def patience(asker: Asker) -> int:
    """Seconds that a batch may take to be over."""
    said = asker.target.owner.get("batch_seconds", PATIENCE)
    return said if isinstance(said, int) else PATIENCE


@asynccontextmanager
async def uploaded(
    asker: Asker, lines: Iterable[bytes], purpose: str = "batch", case: str = ""
) -> AsyncIterator[Exchange]:
    """The upload of an input file; what was taken of it is deleted with the block."""
    answer = await asker.send(input_file(asker, lines, purpose, case))
    path = path_of_file(answer)
    try:
        yield answer
    finally:
        if path is not None:
            await _deleted(asker, path)


def id_of(upload: Exchange) -> str:
    """The id of an input file. Raises `Unseen` where it was not taken."""
    id_ = upload.at("id")
    if path_of_file(upload) is None or not isinstance(id_, str):
        raise Unseen(f"no input file is taken: {upload}")
    return id_


async def begin(asker: Asker, input_id: str, case: str = "a batch", **fields: Any) -> Exchange:
    """The answer to who begins a batch."""
    return await asker.send(batch(input_id, Intent("", case=case), **fields))


async def follow(asker: Asker, job: Job, until: Callable[[Job], bool] = lambda job: job.over) -> Job:
    """A batch looked at again and again until it is so far, or over, or is not there, or patience ends."""
    path = path_of(job.created)
    if path is None:
        return job
    looks = list(job.looks)

    def so_far() -> Job:
        return replace(job, looks=tuple(looks))

    async def done() -> bool:
        looks.append(await asker.send(Draft("GET", path, intent=Intent("", case=job.created.intent.case))))
        gone = 400 <= (looks[-1].status or 0) < 500 and not looks[-1].shed
        return gone or so_far().over or until(so_far()) or len(looks) - len(job.looks) >= POLLS

    await asker.until(done, patience(asker))
    return so_far()


async def cancel(asker: Asker, job: Job, case: str = "") -> Exchange:
    """The answer to who cancels a batch that was made."""
    path = path_of(job.created)
    if path is None:
        raise Unseen(f"no batch was made: {job.created}")
    return await asker.send(Draft("POST", f"{path}/cancel", intent=Intent("", case=case or "a batch is cancelled")))


async def made(asker: Asker, job: Job, field: str, *, whole: bool = False) -> Made | None:
    """The file that a field of a batch names; `whole`: it itself is looked at too, and what another caller gets."""
    path = file_path(job.last, field)
    if path is None:
        return None
    key = asker.target.keys.get("other_key")
    file = await asker.send(Draft("GET", path)) if whole else None
    content = await asker.send(Draft("GET", f"{path}/content"))
    others = await asker.send(Draft("GET", f"{path}/content", key=key)) if whole and key is not None else None
    return Made(str(job.last.at(field)), file, content, others)


async def clear(asker: Asker, job: Job) -> None:
    """Cancels what is not over, and deletes the files that were made."""
    path = path_of(job.created)
    try:
        if path is not None and not job.over:
            await asker.send(ending(path))
    except Gone:
        return
    for field in MADE:
        if (file := file_path(job.last, field)) is not None:
            await _deleted(asker, file)


async def _deleted(asker: Asker, path: str) -> None:
    try:
        await asker.send(ending(path))
    except Gone:
        return  # Nothing more is sent.
