"""Batches: where they stand, and the lines of their input files. Sends nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final
from urllib.parse import quote

from wirecheck.areas.chat.asking import CHAT, STEADY, repeat
from wirecheck.areas.chat.dialect import dialect
from wirecheck.areas.files.asking import FILES, sent, upload
from wirecheck.asking.draft import Draft
from wirecheck.asking.probe import Asker
from wirecheck.asking.target import Target
from wirecheck.evidence.exchange import Exchange, Intent

BATCHES: Final = "/v1/batches"
ELSEWHERE: Final = "/v1/embeddings"
"""The endpoint of a line that is not for its batch: no model is asked."""

MADE: Final = ("output_file_id", "error_file_id")
"""The fields of a batch that name the files which it has made."""


def line(custom_id: str, body: Mapping[str, Any], url: str = CHAT) -> bytes:
    """A line of an input file, with its end."""
    document = {"custom_id": custom_id, "method": "POST", "url": url, "body": body}
    return json.dumps(document, ensure_ascii=False).encode() + b"\n"


def chat(target: Target, text: str, *, model: str = "", **fields: Any) -> dict[str, Any]:
    """A chat whose answer is the text, as small as it can be."""
    asked = dialect(target).of({**STEADY, **fields})
    return {"model": model or target.model, "messages": [{"role": "user", "content": repeat(text)}], **asked}


def input_file(asker: Asker, lines: Iterable[bytes], purpose: str = "batch", case: str = "") -> Draft:
    """The upload of an input file."""
    fields = (("purpose", purpose), ("file", sent(b"".join(lines), "wirecheck-batch.jsonl")))
    return upload(asker, *fields, intent=Intent("", case=case or "an input file"))


def batch(input_id: str, intent: Intent, **fields: Any) -> Draft:
    """The request for a batch of chats."""
    body = {"input_file_id": input_id, "endpoint": CHAT, "completion_window": "24h", **fields}
    return Draft("POST", BATCHES, body, intent=intent)


def path_of(created: Exchange) -> str | None:
    """The path of the batch that was made, None where none was."""
    id_ = created.at("id")
    made = 200 <= (created.status or 0) < 300 and isinstance(id_, str) and id_
    return f"{BATCHES}/{quote(id_, safe='')}" if made else None


def file_path(shown: Exchange, field: str) -> str | None:
    """The path of the file that a field of a batch names, None where it names none."""
    id_ = shown.at(field)
    return f"{FILES}/{quote(id_, safe='')}" if isinstance(id_, str) and id_ else None
