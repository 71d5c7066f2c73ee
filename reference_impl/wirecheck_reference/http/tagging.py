"""Documents that callers need fetch again only where they have changed. Knows no document."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

from wirecheck_reference.http.inbound import Inbound
from wirecheck_reference.http.responses import Answer, Document, JsonAnswer, NotModified, encoded
from wirecheck_reference.http.selection import is_known


def tagged(inbound: Inbound, document: Document, headers: Mapping[str, str] | None = None) -> Answer:
    """A document with its entity tag, or 304 for who has it (RFC 9110 sections 8.8.3 and 13.1.2)."""
    body = encoded(document)
    told = {**(headers or {}), "etag": f'"{sha256(body).hexdigest()}"'}
    return NotModified(told) if is_known(inbound, told["etag"]) else JsonAnswer(body, headers=told)
