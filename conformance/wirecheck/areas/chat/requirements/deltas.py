"""What accumulators make of the deltas of a stream: spec/rules/chat/deltas.md."""

from __future__ import annotations

from wirecheck.areas.chat.pools import every_stream
from wirecheck.evidence.exchange import Exchange, at, items
from wirecheck.judging.requirement import Violations, requirement


@requirement("stream.role-once", on=every_stream, feature="streaming")
def tells_its_role_once(answer: Exchange) -> Violations:
    """A later delta of a choice SHOULD NOT hold the role again, unless it is null or empty."""
    said: set[object] = set()
    for number, chunk in answer.objects:
        for item in items(chunk, "choices"):
            index, role = at(item, "index"), at(item, "delta", "role")
            if not role or not isinstance(role, str) or not isinstance(index, int):
                continue
            if index in said:
                yield f"event {number}: the role of choice {index} once more: accumulators read {role + role!r}"
                return
            said.add(index)
