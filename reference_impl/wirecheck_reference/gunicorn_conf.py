"""What gunicorn is told: `gunicorn --config python:wirecheck_reference.gunicorn_conf --workers 4`. Knows no route.

All else comes from `WIRECHECK_...` variables and .env. Options of gunicorn's own on its command line go before.
"""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn_worker import UvicornWorker  # type: ignore[import-untyped]  # it has no types

from wirecheck_reference.http.serving import how
from wirecheck_reference.logs import configure_logs
from wirecheck_reference.places import check_shared, make_database
from wirecheck_reference.settings import Settings

_settings = Settings()

wsgi_app = "wirecheck_reference.app:create_app()"
bind = f"{_settings.host}:{_settings.port}"
workers = _settings.workers
worker_class = "wirecheck_reference.gunicorn_conf.Worker"
graceful_timeout = _settings.shutdown_seconds
loglevel = _settings.log_level


class Worker(UvicornWorker):  # type: ignore[misc]  # what it extends has no types
    """A process of gunicorn that serves as `wirecheck serve` does."""

    CONFIG_KWARGS = {"loop": "auto", **how(_settings)}  # noqa: RUF012 - as its base has it

    def init_process(self) -> None:
        """Sets up the logs, before the app is loaded."""
        configure_logs(_settings.log_level, worker=True)
        super().init_process()


def on_starting(server: Any) -> None:
    """Refuses processes that would not be as one, by `ValueError`, and makes what they share."""
    check_shared(_settings, server.cfg.workers)
    if not _settings.in_memory:
        asyncio.run(make_database(_settings))


def child_exit(_: Any, worker: Any) -> None:
    """Takes what a process was answering out of the metrics."""
    if _settings.metrics:
        from wirecheck_reference.metrics import forget

        forget(worker.pid)
