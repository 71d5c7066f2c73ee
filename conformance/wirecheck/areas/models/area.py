"""Models: the list of them, and one."""

from __future__ import annotations

from wirecheck.area import COMMON, Area, Claim, Feature, Sweeping
from wirecheck.areas.models.probes import has_cursors
from wirecheck.asking.probe import present

AREA = Area(
    "models",
    features=(
        Feature("models", "the list of models, and one model", present, "core"),
        Feature("model_cursors", "the list of models in pages", has_cursors),
    ),
    claims=(Claim("ModelList", r".*", "model list"), Claim("Model", r".*", "model")),
    # A server without pages is free to ignore what asks for one.
    sweeping=(Sweeping("listModels", fields={COMMON: "limit"}, queries="model_cursors"),),
)
