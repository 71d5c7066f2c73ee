"""The answers that show events. Knows no sentence."""

from __future__ import annotations

from wirecheck.areas.events.probes import listed, told
from wirecheck.areas.http.pools import answered
from wirecheck.judging import shape
from wirecheck.judging.pool import Pool


def _shows(*components: str) -> Pool:
    return Pool(
        "event",
        lambda it: answered(it) and 200 <= (it.status or 0) < 300 and shape.component_of(it) in components,
        (listed,) if components == ("EventList",) else (listed, told),
    )


every_event = _shows("Event", "EventList")
every_list = _shows("EventList")
