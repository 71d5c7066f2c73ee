"""Errors: one envelope, honest statuses."""

from __future__ import annotations

from wirecheck.area import Area, Claim, Feature, Setting
from wirecheck.areas.errors.probes import has_failing_model
from wirecheck.asking.probe import present

_ERROR = "ErrorResponse"

AREA = Area(
    "errors",
    features=(
        Feature("errors", "one error envelope, validation of requests", present, "core"),
        Feature("failing_model", "a model that fails, named by the owner", has_failing_model),
    ),
    claims=(
        Claim(_ERROR, r"error\.message(\..*)?", "error message"),
        Claim(_ERROR, r"error\.(type|param|code)(\..*)?", "error fields"),
        Claim(_ERROR, r".*", "error"),
    ),
    settings=(Setting("failing_model", "model", "fails in the middle of an answer"),),
)
