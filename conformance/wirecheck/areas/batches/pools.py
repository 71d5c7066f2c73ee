"""The answers that show batches. Knows no sentence."""

from __future__ import annotations

from wirecheck.areas.batches.probes import life, listed
from wirecheck.areas.http.pools import answered
from wirecheck.judging import shape
from wirecheck.judging.pool import Pool


def _shows(*components: str) -> Pool:
    return Pool(
        "batch",
        lambda it: answered(it) and it.status == 200 and shape.component_of(it) in components,
        (listed,) if components == ("BatchList",) else (listed, life),
    )


every_batch = _shows("Batch", "BatchList")
every_list = _shows("BatchList")
