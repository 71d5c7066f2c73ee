"""Logs on standard error, the server's and the libraries' alike: to read at a terminal, else JSON. Knows no event."""

from __future__ import annotations

import logging
import os
import sys
from typing import Any, Final

import structlog
from pydantic_core import to_json
from structlog.typing import EventDict, Processor

_LEVEL: Final = structlog.stdlib.add_log_level
_STAMP: Final = structlog.processors.TimeStamper(fmt="iso", utc=True)
_CLOCK: Final = structlog.processors.TimeStamper(fmt="%H:%M:%S", utc=False)


def configure_logs(level: str, *, worker: bool = False) -> None:
    """Sends everything from `level` up to standard error: a line each, an object of JSON where nobody watches.

    A line carries what is bound in structlog's context, and of a `worker`, one of several, the number of its process.
    """
    threshold = logging.getLevelNamesMapping()[level.upper()]
    watched = sys.stderr.isatty()
    # The renderer for terminals lays tracebacks out itself.
    shared: list[Processor] = [_LEVEL, _CLOCK] if watched else [_LEVEL, _STAMP, structlog.processors.format_exc_info]
    shared.insert(0, structlog.contextvars.merge_contextvars)
    if worker:
        shared.append(_process)
    console = structlog.dev.ConsoleRenderer()
    structlog.configure(
        processors=[*shared, console if watched else structlog.processors.JSONRenderer(serializer=_bytes)],
        wrapper_class=structlog.make_filtering_bound_logger(threshold),
        logger_factory=(
            structlog.PrintLoggerFactory(file=sys.stderr)
            if watched
            else structlog.BytesLoggerFactory(file=sys.stderr.buffer)
        ),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                console if watched else structlog.processors.JSONRenderer(serializer=_text),
            ],
        )
    )
    # It warns of what clients send: they are told so themselves.
    logging.getLogger("python_multipart").setLevel(logging.ERROR)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(threshold)
    # Its lines on starting and stopping say less than the server's own.
    logging.getLogger("uvicorn").setLevel(max(threshold, logging.WARNING))


def _process(_: object, __: str, event: EventDict) -> EventDict:
    event["process"] = os.getpid()
    return event


def _bytes(event: dict[str, Any], **_: Any) -> bytes:
    return to_json(event, fallback=repr)


def _text(event: dict[str, Any], **_: Any) -> str:
    return to_json(event, fallback=repr).decode()
