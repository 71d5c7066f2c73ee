"""Files and their contents, on every database: durable, one tenant's, and gone when they are over."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from sqlalchemy import event
from wirecheck_reference.errors import ApiError
from wirecheck_reference.store.contents import Contents, in_thread
from wirecheck_reference.store.database import Database
from wirecheck_reference.store.files import Files, tidy
from wirecheck_reference.store.pages import Cut
from wirecheck_reference.store.tables.files import StoredFile


class Store(NamedTuple):
    """What a server has, and the folder of the contents."""

    database: Database
    contents: Contents
    folder: Path

    def of(self, tenant: str = "t", now: int = 0) -> Files:
        """The files of a tenant at a time."""
        return Files(self.database, self.contents, tenant, now)

    async def keep(self, data: bytes = b"abc", seconds: int | None = None, tenant: str = "t") -> StoredFile:
        """A file that is kept at the time 0."""
        async with self.contents.draft() as draft:
            await draft.write(data)
            return await self.of(tenant).keep(draft, "a.txt", "vision", seconds)

    def on_disk(self) -> list[bytes]:
        """The contents in the folder."""
        return sorted(path.read_bytes() for path in self.folder.iterdir()) if self.folder.exists() else []


@asynccontextmanager
async def started(url: str, folder: Path) -> AsyncIterator[Store]:
    database = Database(url)
    await database.start()
    try:
        yield Store(database, Contents(folder), folder)
    finally:
        await database.stop()


def on(url: str, folder: Path, work: Callable[[Store], Coroutine[Any, Any, None]]) -> None:
    async def worked() -> None:
        async with started(url, folder / "files") as store:
            await work(store)

    asyncio.run(worked())


def test_a_file_is_found_by_its_tenant_alone(url: str, tmp_path: Path) -> None:
    async def work(store: Store) -> None:
        mine, other = await store.keep(b"abc"), await store.keep(b"abcd", tenant="other")
        row, content = await store.of().open(mine.id)
        assert (row.document["bytes"], await content.read(1, 9)) == (3, b"bc")
        content.close()
        assert [each.id for each in (await store.of().page(Cut(), None)).items] == [mine.id]
        for ask in (store.of().get, store.of().open, store.of().delete):
            with pytest.raises(ApiError):
                await ask(other.id)
        assert store.on_disk() == [b"abc", b"abcd"]

    on(url, tmp_path, work)


def test_of_two_who_delete_one_does(url: str, tmp_path: Path) -> None:
    async def work(store: Store) -> None:
        id_ = (await store.keep()).id
        done = await asyncio.gather(*(store.of().delete(id_) for _ in range(5)), return_exceptions=True)
        assert sorted(type(each).__name__ for each in done) == ["ApiError"] * 4 + ["NoneType"]
        assert store.on_disk() == []

    on(url, tmp_path, work)


def test_what_is_over_is_removed_for_every_tenant(url: str, tmp_path: Path) -> None:
    async def work(store: Store) -> None:
        over, stays = await store.keep(b"over", 10), await store.keep(b"stays")
        await store.keep(b"later", 11, tenant="other")
        assert (await store.of(now=9).get(over.id)).expires_at == 10
        with pytest.raises(ApiError):
            await store.of(now=10).get(over.id)
        assert store.on_disk() == [b"later", b"stays"]
        await tidy(store.database, store.contents, 11)
        assert store.on_disk() == [b"stays"]
        assert [each.id for each in (await store.of(now=99).page(Cut(), None)).items] == [stays.id]

    on(url, tmp_path, work)


def test_more_than_are_removed_at_once_are_not_there_either(url: str, tmp_path: Path) -> None:
    async def work(store: Store) -> None:
        kept = [await store.keep(b"%d" % number, 10) for number in range(103)]
        with pytest.raises(ApiError):
            await store.of(now=10).get(kept[-1].id)
        assert (await store.of(now=10).page(Cut(), None)).items == []
        assert store.on_disk() == []

    on(url, tmp_path, work)


def test_a_file_is_acknowledged_once_its_content_is_synced_and_its_row_committed(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    real = os.fsync

    def synced(descriptor: int) -> None:
        done.append("sync")
        real(descriptor)

    async def work(store: Store) -> None:
        event.listen(store.database._engine.sync_engine, "commit", lambda _: done.append("commit"))
        monkeypatch.setattr("os.fsync", synced)
        await store.keep()
        done.append("acknowledged")

    on(url, tmp_path, work)
    # The content, the folder that names it, the row.
    assert done == ["sync", "sync", "commit", "acknowledged"]


def test_a_draft_that_is_not_kept_is_gone(tmp_path: Path) -> None:
    seen: list[str] = []

    async def work() -> None:
        contents = Contents(tmp_path)

        async def fail() -> None:
            async with contents.draft() as draft:
                await draft.write(b"x" * 2**21)
                seen.extend(path.suffix for path in tmp_path.iterdir())  # noqa: ASYNC240  # nobody else waits
                raise RuntimeError

        with pytest.raises(RuntimeError):
            await fail()

    asyncio.run(work())
    assert seen == [".part"]
    assert list(tmp_path.iterdir()) == []


def test_a_cancellation_waits_for_the_thread() -> None:
    async def work() -> None:
        loop, ended = asyncio.get_running_loop(), asyncio.Event()
        begun, released = asyncio.Event(), threading.Event()

        def block() -> None:
            loop.call_soon_threadsafe(begun.set)
            released.wait(5)
            loop.call_soon_threadsafe(ended.set)

        task = asyncio.create_task(in_thread(block))
        await begun.wait()
        task.cancel()
        await asyncio.sleep(0)
        assert not task.done()
        released.set()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert ended.is_set()

    asyncio.run(work())


def test_names_of_contents_are_nobodys_choice(tmp_path: Path) -> None:
    async def work() -> None:
        async with started("sqlite:///:memory:", tmp_path / "files") as store:
            rows = [await store.keep() for _ in range(3)]
        names = {path.name for path in (tmp_path / "files").iterdir()}
        assert {row.content for row in rows} == names
        assert all(len(name) == 32 and not {row.id for row in rows} & {f"file-{name}"} for name in names)

    asyncio.run(work())
