"""Tool calls gone wrong."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

from wirecheck_reference.faults.fault import on_events, on_json
from wirecheck_reference.faults.parts import Event


@on_json(breaks=("tools.arguments",), rows=("TOOL-04",))
def sends_arguments_as_an_object(document: dict[str, Any]) -> None:
    """Sends the arguments of a call as an object in place of its text."""
    for choice in document["choices"]:
        for call in choice["message"].get("tool_calls", ()):
            call["function"]["arguments"] = json.loads(call["function"]["arguments"])


@on_events(breaks=("tools.delta-shape",), rows=("TOOL-01",))
async def leaves_calls_without_index(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Sends the deltas of calls without their `index`."""
    async for event in events:
        for choice in event.get("choices", ()) if isinstance(event, dict) else ():
            for call in choice["delta"].get("tool_calls", ()):
                del call["index"]
        yield event
