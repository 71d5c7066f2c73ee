"""Embeddings: texts and tokens as vectors."""

from __future__ import annotations

from wirecheck.area import COMMON, Area, Claim, Feature, Setting, Sweeping
from wirecheck.areas.embeddings import generated
from wirecheck.areas.embeddings.asking import SETTING
from wirecheck.areas.embeddings.pools import OPERATION
from wirecheck.areas.embeddings.probes import finding, forms

_LIST = "EmbeddingList"

AREA = Area(
    "embeddings",
    features=(
        Feature("embeddings", "embeddings of texts", finding.has_embeddings),
        Feature("embedding_base64", "embeddings as base64", forms.has_base64),
        Feature("embedding_dimensions", "embeddings in fewer dimensions", forms.has_dimensions),
        Feature("embedding_tokens", "embeddings of tokens", forms.has_tokens),
    ),
    claims=(
        Claim(_LIST, r"usage(\..*)?", "embedding usage"),
        Claim(_LIST, r"data\.\d+\.embedding(\..*)?", "embedding vector"),
        Claim(_LIST, r".*", "embedding list"),
    ),
    settings=(
        Setting(SETTING, "model", "embeds texts; found in the list of models where it is not named", finding.model),
    ),
    sweeping=(
        Sweeping(
            OPERATION,
            base=generated.SMALLEST,
            plain=generated.plain,
            pardons=generated.pardons,
            cheap=generated.cheap,
            fields={COMMON: generated.COMMON},
            model=SETTING,
            feature="embeddings",
        ),
    ),
)
