"""The server's own document: spec/rules/docs."""

from __future__ import annotations

from wirecheck.areas.docs import probes as docs
from wirecheck.evidence.exchange import Exchange
from wirecheck.judging.requirement import Violations, requirement


@requirement("http.document", on=docs.document, feature="document")
def serves_its_document(answer: Exchange) -> Violations:
    """`GET /openapi.json` SHOULD be an OpenAPI 3 document that has the paths of chat and models."""
    version, paths = answer.at("openapi"), answer.at("paths")
    if not isinstance(version, str) or not version.startswith("3."):
        yield f"openapi is {version!r}"
    elif not isinstance(paths, dict) or not any(str(path).endswith("/chat/completions") for path in paths):
        yield "the document has no path that ends with /chat/completions"
