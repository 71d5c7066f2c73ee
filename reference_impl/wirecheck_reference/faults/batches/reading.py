"""Batches and the lines of their files, as faults read and write them. Knows no particular fault."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any, Final

from pydantic_core import to_json

from wirecheck_reference.faults.kinds.parts import Answer

ONE: Final = ("createBatch", "getBatch", "cancelBatch")
CONTENT: Final = "getFileContent"
_OVER: Final = ("completed", "failed", "expired", "cancelled")


def is_over(document: dict[str, Any]) -> bool:
    """Whether nothing more is done of a batch."""
    return document["status"] in _OVER


def ends(document: dict[str, Any], status: str) -> None:
    """Says of a batch that is over that it ended otherwise, and at the same time."""
    before = f"{document['status']}_at"
    document[f"{status}_at"] = document[before]
    document.update({before: None, "status": status})


def completes(document: dict[str, Any], code: str) -> None:
    """Says of a batch that failed for what has this code that all of it is done."""
    errors = (document["errors"] or {}).get("data", [])
    if document["status"] == "failed" and any(each["code"] == code for each in errors):
        ends(document, "completed")
        document.update(errors=None, request_counts={"total": 1, "completed": 1, "failed": 0})


def results(answer: Answer) -> list[dict[str, Any]]:
    """The lines that a batch has written; none where it is another content."""
    if answer.status != 200 or b'"response"' not in answer.body:
        return []
    try:
        lines = [json.loads(line) for line in answer.body.splitlines()]
    except ValueError:
        return []
    return [line for line in lines if isinstance(line, dict) and {"custom_id", "response"} <= line.keys()]


def write(answer: Answer, lines: Iterable[dict[str, Any]]) -> None:
    """Puts other lines into a content."""
    answer.body = b"".join(to_json(line) + b"\n" for line in lines)


def each_result(answer: Answer, change: Callable[[dict[str, Any]], None]) -> None:
    """Changes each of the lines that a batch has written."""
    lines = results(answer)
    for line in lines:
        change(line)
    if lines:
        write(answer, lines)


def is_success(line: dict[str, Any]) -> bool:
    """Whether a line tells of a success."""
    return line["response"] is not None and line["response"]["status_code"] == 200


def is_json(line: bytes) -> bool:
    """Whether a line is JSON."""
    try:
        json.loads(line)
    except ValueError:
        return False
    return True


class Inputs(dict[str, bytes]):
    """The contents of the files that were uploaded, by their ids."""

    def saw(self, answer: Answer) -> None:
        """Takes what an upload made."""
        if answer.request.method == "POST" and answer.request.form and answer.status == 200:
            self[answer.document["id"]] = dict(answer.request.form).get("file", b"")


def made_up(answer: Answer) -> None:
    """Takes a request for a batch, which nobody ever looks at again."""
    body = answer.request.body
    names = ("input_file_id", "endpoint", "completion_window", "metadata")
    answer.status = 200
    answer.document = {
        "id": "batch_0f3c1a6e5b7d4c2f9e8a7b6c5d4e3f2a",
        "object": "batch",
        "status": "validating",
        "created_at": 1767225600,
        **{name: body.get(name) for name in names},
    }
