"""Units of work, on every database: whole or not at all, durable, isolated, and migrated from the first step on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, func, inspect, select, text
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from wirecheck_reference.errors import ApiError
from wirecheck_reference.store import migrations
from wirecheck_reference.store.database import MEMORY, Database
from wirecheck_reference.store.pages import Cut, kept_page
from wirecheck_reference.store.tables import metadata
from wirecheck_reference.store.tables.stored_completions import StoredCompletion


@asynccontextmanager
async def started(url: str) -> AsyncIterator[Database]:
    database = Database(url)
    await database.start()
    try:
        yield database
    finally:
        await database.stop()


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[AsyncConnection]:
    """A connection past all that `Database` does."""
    engine = create_async_engine(Database(url).url)
    try:
        async with engine.connect() as connection:
            yield connection
    finally:
        await engine.dispose()


def on(url: str, work: Callable[[Database], Coroutine[Any, Any, Any]]) -> Any:
    """What some work on a database comes to, in a process that then ends its connections."""

    async def worked() -> Any:
        async with started(url) as database:
            return await work(database)

    return asyncio.run(worked())


def row(number: int, tenant: str = "t") -> StoredCompletion:
    id_ = f"{tenant}-{number}"
    return StoredCompletion(
        id=id_, tenant=tenant, created_at=7, document={"id": id_}, model="echo", labels={}, messages=[]
    )


async def add(database: Database, number: int, tenant: str = "t") -> None:
    async with database.write() as work:
        work.add(row(number, tenant))


async def count(database: Database) -> int:
    async with database.read() as work:
        return await work.scalar(select(func.count()).select_from(StoredCompletion)) or 0


def test_what_fails_is_not_done_at_all(url: str) -> None:
    async def work(database: Database) -> int:
        async def fail() -> None:
            async with database.write() as unit:
                unit.add(row(1))
                await unit.flush()
                raise RuntimeError

        with pytest.raises(RuntimeError):
            await fail()
        return await count(database)

    assert on(url, work) == 0


def test_what_is_done_is_there_after_a_restart(url: str) -> None:
    if url == MEMORY:
        pytest.skip("in memory nothing outlives the server")
    on(url, lambda database: add(database, 1))
    assert on(url, count) == 1


def test_the_folder_of_a_database_is_made(tmp_path: Path) -> None:
    assert on(f"sqlite:///{tmp_path / 'one' / 'two' / 'wirecheck.db'}", count) == 0


def test_many_at_once_all_come_to_pass(url: str) -> None:
    async def work(database: Database) -> int:
        await asyncio.gather(*(add(database, number) for number in range(50)))
        return await count(database)

    assert on(url, work) == 50


def test_a_server_that_lists_passes_nothing_that_another_is_about_to_commit(database: str) -> None:
    waiting = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")

    async def later_is_listed_later() -> list[str]:
        async with started(database) as one, started(database) as other, connected(database) as watching:
            async with one.write() as unit:
                unit.add(row(1))
                await unit.flush()
                second = asyncio.create_task(add(other, 2))
                async with asyncio.timeout(30):
                    while not await watching.scalar(waiting):  # noqa: ASYNC110  # PostgreSQL tells nobody
                        await asyncio.sleep(0)
                assert await count(other) == 0, "the second stands behind the first, and is not there before it"
            await second
            async with one.read() as unit:
                page = await kept_page(unit, StoredCompletion, "t", Cut())
                return [each.id for each in page.items]

    assert asyncio.run(later_is_listed_later()) == ["t-1", "t-2"]


def test_several_servers_start_at_once_on_an_empty_database(url: str) -> None:
    if url == MEMORY:
        pytest.skip("what is in memory belongs to one server")

    async def all_at_once() -> list[int]:
        databases = [Database(url) for _ in range(4)]
        try:
            await asyncio.gather(*(database.start() for database in databases))
            await asyncio.gather(*(add(database, number) for number, database in enumerate(databases)))
            return [await count(database) for database in databases]
        finally:
            await asyncio.gather(*(database.stop() for database in databases))

    assert asyncio.run(all_at_once()) == [4] * 4


def test_steps_lead_to_the_tables_of_today(url: str) -> None:
    async def differences() -> list[Any]:
        async with connected(url) as connection:
            await connection.run_sync(migrations.upgrade)
            found: list[Any] = await connection.run_sync(
                lambda it: compare_metadata(MigrationContext.configure(it), metadata())
            )
            return found

    assert asyncio.run(differences()) == []


def test_data_of_the_first_step_lives_through_all_that_follow(url: str) -> None:
    async def carried() -> tuple[Any, set[str]]:
        async with connected(url) as connection:
            await connection.run_sync(migrations.upgrade, "0001")
            old = "INSERT INTO stored_completions (id, tenant, created_at, document, model, labels, messages)"
            await connection.execute(text(f"{old} VALUES ('a', 't', 7, '{{\"id\": \"a\"}}', 'echo', '{{}}', '[]')"))
            await connection.run_sync(migrations.upgrade)
            row = (await connection.execute(select(StoredCompletion.__table__))).mappings().one()
            return row, set(await connection.run_sync(lambda it: inspect(it).get_table_names()))

    found, tables = asyncio.run(carried())
    assert (found["id"], found["document"], found["position"]) == ("a", {"id": "a"}, 1)
    assert tables == {*metadata().tables, "alembic_version"}


def test_steps_stand_in_one_line() -> None:
    def heads(connection: Connection) -> list[str]:
        return ScriptDirectory.from_config(migrations.config(connection)).get_heads()

    async def found() -> list[str]:
        async with connected(MEMORY) as connection:
            return await connection.run_sync(heads)

    assert len(asyncio.run(found())) == 1


def test_a_page_is_of_one_tenant(url: str) -> None:
    async def work(database: Database) -> None:
        for number in range(5):
            await add(database, number)
            await add(database, number, "other")
        async with database.read() as unit:
            page = await kept_page(unit, StoredCompletion, "t", Cut("t-3", 2, descending=True))
            assert ([each.id for each in page.items], page.has_more) == (["t-2", "t-1"], True)
            last = await kept_page(unit, StoredCompletion, "t", Cut("t-2", 2))
            assert ([each.id for each in last.items], last.has_more) == (["t-3", "t-4"], False)
            with pytest.raises(ApiError):
                await kept_page(unit, StoredCompletion, "t", Cut("other-3", 2))

    on(url, work)


@pytest.mark.parametrize("wrong", ["", "mysql://x/y", "nothing", "redis://x"])
def test_another_database_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="a database is"):
        Database(wrong)


def test_a_database_that_is_not_there_is_said() -> None:
    with pytest.raises(OSError, match=r"connection|No such file"):
        on("postgresql://nobody:s3cret@127.0.0.1:1/none", count)


def test_no_password_is_shown() -> None:
    assert "s3cret" not in str(Database("postgresql://somebody:s3cret@127.0.0.1/none"))
