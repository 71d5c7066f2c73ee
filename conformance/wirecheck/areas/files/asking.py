"""Files: where they stand, and forms as clients write them. Sends nothing."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

from wirecheck.asking.draft import Draft
from wirecheck.asking.probe import Asker
from wirecheck.evidence.exchange import Exchange, Intent

FILES: Final = "/v1/files"
PURPOSES: Final = ("batch", "user_data", "assistants")
"""What files are uploaded for, the first that a server takes: few servers have all of OpenAI's purposes."""

ANCHOR: Final = ("expires_after[anchor]", "created_at")


@dataclass(frozen=True)
class Sent:
    """A file as it is sent: its content, and its name as it stands in the parameters of Content-Disposition."""

    content: bytes
    disposition: str


Field = tuple[str, str | Sent]


def sent(content: bytes, name: str) -> Sent:
    """A file under a name that needs no escape."""
    return Sent(content, f'filename="{name}"')


def lines(asker: Asker) -> bytes:
    """A file that any server should take: lines for a batch, some beyond ASCII."""
    texts = ("hello", "naïve 日本語 🦊")
    bodies: list[dict[str, Any]] = [
        {"model": asker.target.model, "messages": [{"role": "user", "content": text}], "max_tokens": 5}
        for text in texts
    ]
    made = [
        {"custom_id": f"line-{number}", "method": "POST", "url": "/v1/chat/completions", "body": body}
        for number, body in enumerate(bodies)
    ]
    return "".join(f"{json.dumps(each, ensure_ascii=False)}\n" for each in made).encode()


def nonce(asker: Asker) -> str:
    """Letters that no other name has."""
    return f"{asker.random.getrandbits(48):012x}"


def upload(asker: Asker, *fields: Field, intent: Intent) -> Draft:
    """A form with these fields in their order, as SDKs write it."""
    boundary = f"wirecheck-{nonce(asker)}"
    pieces = [_part(boundary, name, value) for name, value in fields]
    body = b"".join(pieces) + f"--{boundary}--\r\n".encode()
    headers = {"content-type": f"multipart/form-data; boundary={boundary}"}
    return Draft("POST", FILES, body=body, headers=headers, intent=intent)


def _part(boundary: str, name: str, value: str | Sent) -> bytes:
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"'
    if isinstance(value, str):
        return f"{head}\r\n\r\n{value}\r\n".encode()
    label = "Content-Type: application/octet-stream"
    return f"{head}; {value.disposition}\r\n{label}\r\n\r\n".encode() + value.content + b"\r\n"


def path_of(upload: Exchange) -> str | None:
    """The path of the file that an upload made, None where it made none."""
    id_ = upload.at("id")
    made = 200 <= (upload.status or 0) < 300 and isinstance(id_, str) and id_
    return f"{FILES}/{quote(id_, safe='')}" if made else None
