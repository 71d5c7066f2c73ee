"""The server's own document."""

from __future__ import annotations

from wirecheck.area import Area, Claim, Feature
from wirecheck.areas.docs.probes import has_document

AREA = Area(
    "documentation",
    features=(Feature("document", "the server's own OpenAPI document", has_document),),
    claims=(Claim("OpenapiDocument", r"openapi", "version of the document"),),
)
