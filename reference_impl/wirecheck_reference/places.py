"""Where a server keeps what it keeps, and how it works on what takes longer, by its settings. Knows no table."""

from __future__ import annotations

import time
from functools import partial
from typing import Final

from sqlalchemy import URL

from wirecheck_reference.jobs.batch import Ask, Batch, Bounds
from wirecheck_reference.jobs.deliveries import Deliverer, Retries
from wirecheck_reference.jobs.targets import Targets
from wirecheck_reference.jobs.tasks import Jobs, Tasks
from wirecheck_reference.settings import Settings
from wirecheck_reference.store.batch_work import unfinished
from wirecheck_reference.store.contents import Contents
from wirecheck_reference.store.database import MEMORY, Database
from wirecheck_reference.store.liveness import liveness

# Where limits are counted by each process for itself, as `limits` writes it.
_UNSHARED: Final = "memory://"


def check_shared(settings: Settings, workers: int) -> None:
    """Raises `ValueError` where so many processes would not be as one: each would keep or count for itself."""
    if workers == 1:
        return
    if settings.in_memory:
        raise ValueError(f"{workers} processes share what they keep: by --database or --data, not in memory")
    if settings.fault is not None or settings.variant is not None:
        raise ValueError("a fault or variant remembers what it did: it wants one process")
    counts = settings.rate_limit is not None or settings.limited_keys
    if counts and settings.rate_limit_storage.startswith(_UNSHARED):
        raise ValueError(
            f"{workers} processes count limits together: by --rate-limit-storage redis://..., not in memory"
        )


def database_of(settings: Settings) -> Database:
    """The database that the settings name. Raises `ValueError` for one that there cannot be."""
    if settings.in_memory:
        return Database(MEMORY)
    if settings.database is not None:
        return Database(settings.database)
    return Database(f"sqlite:///{settings.data_folder / 'wirecheck.db'}")


async def make_database(settings: Settings) -> None:
    """Brings the database up to date before several processes open it at once: a new file of SQLite lets only one in.

    Raises `OSError` where it is not to be had.
    """
    database = database_of(settings)
    try:
        await database.start()
    finally:
        await database.stop()


def deliverer_of(settings: Settings, database: Database) -> Deliverer:
    """What delivers events to the webhook endpoints of a database."""
    retries = Retries(
        settings.webhook_first_pause_seconds, settings.webhook_most_pause_seconds, settings.webhook_attempts
    )
    targets = Targets(settings.webhook_private_targets)
    seconds, leaving = settings.webhook_timeout_seconds, settings.shutdown_seconds
    return Deliverer(database, targets, retries, seconds, leaving)


def jobs_of(settings: Settings, database: Database, contents: Contents, ask: Ask) -> Jobs:
    """What works on batches: as long as the server lives, or, where what it keeps outlasts it, for as long as it takes.

    Their lines are asked with `ask`. Raises `ValueError` where a package is missing.
    """
    bounds = Bounds(line_bytes=settings.max_body_bytes, at_once=settings.batch_lines_at_once)

    async def work(id_: str) -> None:
        await Batch(database, contents, id_, ask, bounds, time.time).run()

    if settings.in_memory:
        return Tasks(work, settings.batches_at_once)
    # DBOS takes a second to be loaded.
    from wirecheck_reference.jobs.durable import Durable  # servers that keep nothing do without

    shared = database.url.get_backend_name() == "postgresql"
    folder = settings.data_folder
    url = (
        database.url.set(drivername="postgresql") if shared else URL.create("sqlite", database=f"{folder / 'jobs.db'}")
    )
    return Durable(
        url.render_as_string(hide_password=False),
        work,
        partial(unfinished, database),
        liveness(database, folder / "workers"),
        at_once=settings.batches_at_once,
        shared=shared,
    )
