"""What a server counts, in the text format of Prometheus at `/metrics`: no part of the contract. Knows no key.

No label can take more values than the contract, the catalogue of models and HTTP name. Processes at one address share a
folder that `PROMETHEUS_MULTIPROC_DIR` names: any of them tells the sum of all.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from time import perf_counter
from typing import Final

import structlog
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead
from prometheus_client.registry import Collector
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from wirecheck_reference.http.operations import Operation
from wirecheck_reference.spending import count_with
from wirecheck_reference.store.database import Database
from wirecheck_reference.store.tables.batches import StoredBatch

_log = structlog.get_logger("wirecheck.server")
PATH: Final = "/metrics"
_FOLDER: Final = "PROMETHEUS_MULTIPROC_DIR"
# What is no operation of the contract, and no method of HTTP (RFC 9110 section 9, RFC 5789).
_OTHER: Final = "other"
_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT"})
_SECONDS: Final = (0.005, 0.025, 0.1, 0.25, 1, 2.5, 10, 30, 60)


class Metrics:
    """Wraps an ASGI app: counts what it answers, and answers `GET /metrics`, for whoever asks, as `/health` is.

    It stands outside of CORS: no page in a browser can read it.
    """

    def __init__(self, app: ASGIApp, database: Database) -> None:
        self._app = app
        self._database = database
        self._meters = _meters()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hands the request on, and counts it when it is answered to the end."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if scope["path"] == PATH:
            await self._tell(scope["method"], send)
            return
        status = 499  # What nginx calls a client that left.
        began = perf_counter()

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        self._meters.active.inc()
        try:
            await self._app(scope, receive, answer)
        finally:
            self._meters.active.dec()
            self._meters.answered(scope, status, perf_counter() - began)

    async def _tell(self, method: str, send: Send) -> None:
        status, body, headers = 200, b"", [(b"content-type", CONTENT_TYPE_LATEST.encode())]
        if method in ("GET", "HEAD"):
            body = self._meters.text(await _batches(self._database))
        else:
            status, headers = 405, [(b"allow", b"GET, HEAD")]
        headers += [(b"content-length", b"%d" % len(body)), (b"cache-control", b"no-store")]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})


class _Meters:
    """What is counted in this process."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "wirecheck_requests",
            "Requests that were answered, by the operation of the contract.",
            ["operation", "method", "status"],
            registry=self._registry,
        )
        self._durations = Histogram(
            "wirecheck_request_duration_seconds",
            "Seconds until the last byte of an answer.",
            ["operation"],
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._limited = Counter(
            "wirecheck_rate_limited", "Requests that were over a limit.", ["operation"], registry=self._registry
        )
        self._tokens = Counter(
            "wirecheck_tokens",
            "Tokens of answers that are whole, those of batches too.",
            ["model", "kind"],
            registry=self._registry,
        )
        self.active = Gauge(
            "wirecheck_requests_active",
            "Requests that are being answered.",
            registry=self._registry,
            multiprocess_mode="livesum",
        )
        count_with(self._spent)

    def answered(self, scope: Scope, status: int, seconds: float) -> None:
        """Counts an answer."""
        route = scope.get("route")
        operation = (route.id if isinstance(route, Operation) else None) or _OTHER
        method = scope["method"] if scope["method"] in _METHODS else _OTHER
        self._requests.labels(operation, method, status).inc()
        self._durations.labels(operation).observe(seconds)
        if status == 429:
            self._limited.labels(operation).inc()

    def text(self, batches: Mapping[str, int]) -> bytes:
        """All of it, with so many batches by status: of all processes where they share a folder."""
        registry = self._registry
        if _FOLDER in os.environ:
            registry = CollectorRegistry()
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # prometheus_client has types but for several processes
        told = CollectorRegistry()
        told.register(_Batches(batches))
        return generate_latest(registry) + generate_latest(told)

    def _spent(self, model: str, prompt: int, completion: int) -> None:
        self._tokens.labels(model, "prompt").inc(prompt)
        self._tokens.labels(model, "completion").inc(completion)


class _Batches(Collector):
    """How many batches there are, by status."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self._counts = counts

    def collect(self) -> Iterator[Metric]:
        """One gauge."""
        gauge = GaugeMetricFamily("wirecheck_batches", "Batches that are kept, by their status.", labels=["status"])
        for status, count in self._counts.items():
            gauge.add_metric([status], count)
        yield gauge


@cache
def _meters() -> _Meters:
    """Those of this process, however many apps it has."""
    return _Meters()


async def _batches(database: Database) -> Mapping[str, int]:
    """The batches of all tenants, counted by status: none where the database does not answer."""
    try:
        async with database.read() as work:
            rows = await work.execute(
                select(StoredBatch.status, func.count().label("number")).group_by(StoredBatch.status)
            )
            return {row.status: row.number for row in rows}
    except SQLAlchemyError as error:
        _log.error("batches cannot be counted", cause=type(error).__name__)
        return {}


def forget(process: int) -> None:
    """One of the processes that share a folder has died: what it was answering is no longer answered."""
    mark_process_dead(process)  # type: ignore[no-untyped-call]  # it has none for these


@contextmanager
def shared_folder() -> Iterator[Callable[[int], None]]:
    """A folder in which processes that are started within the block count together, gone with it; yields `forget`."""
    with tempfile.TemporaryDirectory(prefix="wirecheck-metrics-") as folder:
        os.environ[_FOLDER] = folder
        try:
            yield forget
        finally:
            del os.environ[_FOLDER]
