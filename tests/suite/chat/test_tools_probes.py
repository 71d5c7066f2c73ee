"""What is asked about calls, in a quick run and in a longer one."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from wirecheck.areas.chat.probes import tools
from wirecheck.asking.draft import Draft
from wirecheck.asking.target import Target
from wirecheck.evidence.exchange import Exchange

from tests.suite.exchanges import answered


class Recorder:
    """An asker that keeps what is asked, and refuses some choices of tools."""

    def __init__(self, *, quick: bool, refuses: tuple[str, ...] = ()) -> None:
        self.quick = quick
        self.refuses = refuses
        self.target = Target("http://host", "http://host/v1", model="m")
        self.sent: list[Any] = []
        self.seen: dict[str, Any] = {}

    async def send(self, draft: Draft) -> Exchange:
        """Keeps a request."""
        self.sent.append(draft.json)
        choice = draft.json.get("tool_choice")
        name = "named" if isinstance(choice, dict) else choice
        return answered({}, status=400 if name in self.refuses else 200)

    async def see(self, probe: Any) -> Any:
        """Asks a probe once."""
        if probe.name not in self.seen:
            self.seen[probe.name] = await probe.ask(self)
        return self.seen[probe.name]


def sent_by(probe: Any, *, quick: bool) -> list[Any]:
    recorder = Recorder(quick=quick)
    asyncio.run(recorder.see(probe))
    return recorder.sent


def test_a_quick_run_asks_for_each_call_once() -> None:
    quick, default = (sent_by(tools.calling, quick=quick) for quick in (True, False))
    assert (len(quick), len(default)) == (6, 13)
    assert [each["tool_choice"] for each in quick if each.get("stream")] == ["required", "auto"]
    assert tools.NAMED in [each["tool_choice"] for each in default if each.get("stream")]


@pytest.mark.parametrize(("probe", "more"), [(tools.forbidden, 1), (tools.result, 2), (tools.broken_history, 0)])
def test_a_longer_run_asks_in_other_ways_too(probe: Any, more: int) -> None:
    assert len(sent_by(probe, quick=True)) == 1
    default = sent_by(probe, quick=False)
    assert len(default) == 1 + more
    assert any(each.get("stream") for each in default) == bool(more)


@pytest.mark.parametrize(
    ("refuses", "has"),
    [((), True), (("required",), True), (("required", "auto"), True), (("required", "auto", "named"), False)],
)
def test_tools_are_found_in_any_way(refuses: tuple[str, ...], has: bool) -> None:
    assert asyncio.run(Recorder(quick=True, refuses=refuses).see(tools.has_tools)) is has


def test_content_is_null_and_left_out() -> None:
    said = [each["messages"][1] for each in sent_by(tools.result, quick=False)]
    assert [message.get("content", "left out") for message in said] == [None, None, "left out"]
