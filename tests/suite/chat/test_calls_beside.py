"""Calls with text beside them, and calls of many streams at once."""

from __future__ import annotations

import pytest
from wirecheck.areas.chat.probes.concurrency import Callers
from wirecheck.areas.chat.probes.tools import Asked
from wirecheck.evidence.exchange import Exchange

from tests.suite.answers import FAILED, PASSED, UNTESTABLE, graded
from tests.suite.calling import body, call, streams_of
from tests.suite.exchanges import answered, delta, streamed

TALKS = body(call(), content="One moment.")
MUTE = body(call(), content=None)
MUTE_STREAM = streams_of(call())
CALL = {"index": 0, **call()}
TALKING_STREAM = streamed(delta(role="assistant", content="One moment."), delta(tool_calls=[CALL]), delta("tool_calls"))


@pytest.mark.parametrize(
    ("sync", "streaming", "seen"),
    [
        ((TALKS, TALKS), (TALKING_STREAM, TALKING_STREAM), PASSED),
        ((TALKS, TALKS), (MUTE_STREAM, MUTE_STREAM), FAILED),
        ((MUTE, MUTE), (TALKING_STREAM, TALKING_STREAM), FAILED),
        ((TALKS, MUTE), (MUTE_STREAM, MUTE_STREAM), PASSED),  # a model that says it now and then
        ((MUTE, MUTE), (MUTE_STREAM, MUTE_STREAM), UNTESTABLE),
        ((TALKS,), (MUTE_STREAM,), UNTESTABLE),
    ],
)
def test_text_beside_calls(sync: tuple[Exchange, ...], streaming: tuple[Exchange, ...], seen: str) -> None:
    assert graded("tools.text-beside", Asked(1, sync, streaming)) == seen


def _door(nonce: str, index: int = 0, arguments: str | None = None) -> tuple[str, Exchange]:
    text = f'{{"code": "{nonce}"}}' if arguments is None else arguments
    opened = {"index": index, "id": "a", "type": "function", "function": {"name": "open_door", "arguments": text}}
    return nonce, streamed(delta(role="assistant"), delta(tool_calls=[opened]), delta("tool_calls"))


RIGHT = tuple(_door(nonce) for nonce in ("aaaa1111", "bbbb2222", "cccc3333"))


@pytest.mark.parametrize(
    ("last", "seen"),
    [
        (_door("dddd4444"), PASSED),
        (_door("dddd4444", index=1), FAILED),
        (_door("dddd4444", arguments='{"co'), FAILED),
        (_door("dddd4444", arguments='{"code": "aaaa1111"}'), FAILED),
        (("dddd4444", answered(status=429)), PASSED),  # full
        (("dddd4444", streamed(delta(role="assistant"), delta(content="No."), delta("stop"))), PASSED),  # a weak model
    ],
)
def test_calls_of_many_streams(last: tuple[str, Exchange], seen: str) -> None:
    alone = (streams_of(call()),)
    assert graded("concurrency.calls", Callers((*RIGHT, last), alone)) == seen
    assert graded("concurrency.calls", Callers((*RIGHT, last), (streamed(delta("stop")),))) == UNTESTABLE
