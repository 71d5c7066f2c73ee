"""Events: told by clients and by the server itself, listed, looked at."""

from __future__ import annotations

from wirecheck.area import Area, Claim, Feature
from wirecheck.areas.events.probes import has_events

AREA = Area(
    "events",
    features=(Feature("events", "what happened, told and listed", has_events),),
    claims=(
        Claim("Event", r".*", "event"),
        Claim("EventList", r"data\.\d+(\..*)?", "event"),
        Claim("EventList", r".*", "event list"),
    ),
)
