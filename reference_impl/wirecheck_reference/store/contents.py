"""Contents of files on disk, under names that nobody chose. Knows no database, no file and no HTTP.

What is being written ends in `.part` until it is durable; one that nobody goes on with is removed when a server starts.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import secrets
import shutil
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, ParamSpec, TypeVar

_PART: Final = ".part"
# Bytes that are gathered before they are written, since each write is a thread's.
_GATHERED: Final = 2**20
# Seconds after which a draft that nobody wrote to is nobody's.
_FORGOTTEN: Final = 3600

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Written:
    """A content that is durable: its name, its size in bytes and its SHA-256 in hexadecimal."""

    name: str
    size: int
    digest: str


class Draft:
    """A content in the making."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: BinaryIO = path.open("xb", buffering=0)
        self._hash = hashlib.sha256()
        self._waiting: list[bytes] = []
        self._gathered = 0
        self._size = 0

    async def write(self, data: bytes) -> None:
        """Adds bytes: on disk now or with later ones."""
        self._waiting.append(data)
        self._gathered += len(data)
        if self._gathered >= _GATHERED:
            await self._flush()

    async def keep(self) -> Written:
        """Makes it durable, under its name."""
        await self._flush()
        await in_thread(self._settle)
        return Written(self._path.stem, self._size, self._hash.hexdigest())

    def discard(self) -> None:
        """Removes it, unless it is kept."""
        self._file.close()
        self._path.unlink(missing_ok=True)

    async def _flush(self) -> None:
        data, self._waiting, self._gathered = b"".join(self._waiting), [], 0
        await in_thread(self._write, data)

    def _write(self, data: bytes) -> None:
        self._hash.update(data)
        self._size += len(data)
        rest = memoryview(data)
        while rest:
            rest = rest[self._file.write(rest) :]

    def _settle(self) -> None:
        os.fsync(self._file.fileno())
        self._file.close()
        self._path.replace(self._path.with_suffix(""))
        _settle_names(self._path.parent)


class Content:
    """A content that is being read; it can be read to its end though it is deleted meanwhile."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.size = os.fstat(file.fileno()).st_size

    async def read(self, start: int, size: int) -> bytes:
        """At most so many bytes, from a place on."""
        return await in_thread(self._read, start, size)

    def close(self) -> None:
        """Ends the reading."""
        self._file.close()

    def _read(self, start: int, size: int) -> bytes:
        self._file.seek(start)
        return self._file.read(size)


class Contents:
    """A folder of contents, made when it is needed; without one a temporary folder, that is gone after `stop`."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._temporary: Path | None = None

    async def stop(self) -> None:
        """Removes what was temporary."""
        if self._temporary is not None:
            await in_thread(shutil.rmtree, self._temporary, ignore_errors=True)
            self._temporary = None

    @asynccontextmanager
    async def draft(self) -> AsyncIterator[Draft]:
        """A new content; gone with the block unless it is kept."""
        draft = await in_thread(self._new)
        try:
            yield draft
        finally:
            await in_thread(draft.discard)

    async def open(self, name: str) -> Content:
        """A content by its name. Raises `FileNotFoundError`."""
        return await in_thread(lambda: Content((self._place() / name).open("rb", buffering=0)))

    @asynccontextmanager
    async def opened(self, name: str) -> AsyncIterator[Content]:
        """A content by its name, for as long as the block lasts. Raises `FileNotFoundError`."""
        content = await self.open(name)
        try:
            yield content
        finally:
            content.close()

    async def share(self, name: str) -> str:
        """Another name for a content, with an end of its own. Raises `FileNotFoundError`."""
        other = secrets.token_hex(16)
        await in_thread(self._link, name, other)
        return other

    async def remove(self, names: Iterable[str]) -> None:
        """Removes contents; those that are not there are gone already."""
        for name in names:
            await in_thread((self._place() / name).unlink, missing_ok=True)

    async def forget(self) -> None:
        """Removes drafts that nobody has written to for an hour: what wrote them is gone."""
        if self._folder is not None and self._folder.is_dir():
            await in_thread(self._forget, self._folder)

    def _new(self) -> Draft:
        place = self._place()
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        return Draft(place / f"{secrets.token_hex(16)}{_PART}")

    def _link(self, name: str, other: str) -> None:
        place = self._place()
        (place / other).hardlink_to(place / name)
        _settle_names(place)

    def _place(self) -> Path:
        if self._folder is not None:
            return self._folder
        if self._temporary is None:
            self._temporary = Path(tempfile.mkdtemp(prefix="wirecheck-files-"))
        return self._temporary

    @staticmethod
    def _forget(folder: Path) -> None:
        before = time.time() - _FORGOTTEN
        for path in folder.glob(f"*{_PART}"):
            try:
                if path.stat().st_mtime < before:
                    path.unlink(missing_ok=True)
            except FileNotFoundError:
                continue  # Another server was faster.


def _settle_names(folder: Path) -> None:
    """Makes the names in a folder durable: a content is before its name is."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


async def in_thread(call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What a call comes to that blocks. A cancellation waits for its end: a file must not be closed under it."""
    work = asyncio.ensure_future(asyncio.to_thread(call, *args, **kwargs))
    try:
        return await asyncio.shield(work)
    except asyncio.CancelledError:
        await asyncio.wait([work])
        raise
