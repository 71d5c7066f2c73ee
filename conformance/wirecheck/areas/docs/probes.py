"""The server's own document."""

from __future__ import annotations

from wirecheck.asking.draft import Draft
from wirecheck.asking.probe import Asker, probe
from wirecheck.evidence.exchange import Exchange


@probe()
async def document(asker: Asker) -> Exchange:
    """GET /openapi.json without a key: the document that says what the server offers."""
    return await asker.send(Draft("GET", "/openapi.json", key=None))


@probe(0, sees=(document,))
async def has_document(asker: Asker) -> bool:
    """Whether there is a document: many servers show every path the same page for people."""
    found = await asker.see(document)
    return found.status == 200 and isinstance(found.json, dict)
