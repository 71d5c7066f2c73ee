"""Logs: one JSON object a line on standard error, the server's and the libraries' alike. Knows no event."""

from __future__ import annotations

import logging
import sys
from typing import Any, Final

import structlog
from pydantic_core import to_json

_SHARED: Final[list[Any]] = [
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
]


def configure_logs(level: str) -> None:
    """Sends everything from `level` up to standard error."""
    threshold = logging.getLevelNamesMapping()[level.upper()]
    structlog.configure(
        processors=[*_SHARED, structlog.processors.JSONRenderer(serializer=_bytes)],
        wrapper_class=structlog.make_filtering_bound_logger(threshold),
        logger_factory=structlog.BytesLoggerFactory(file=sys.stderr.buffer),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=_SHARED,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(serializer=_text),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(threshold)
    # Its lines on starting and stopping say less than the server's own.
    logging.getLogger("uvicorn").setLevel(max(threshold, logging.WARNING))


def _bytes(event: dict[str, Any], **_: Any) -> bytes:
    return to_json(event, fallback=repr)


def _text(event: dict[str, Any], **_: Any) -> str:
    return to_json(event, fallback=repr).decode()
