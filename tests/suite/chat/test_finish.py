"""Requirements on how answers end and are counted: what a legal server may do is not broken, the bug beside it is."""

from __future__ import annotations

from typing import Any

import pytest
from wirecheck.areas.chat.asking import PHRASE
from wirecheck.areas.chat.probes.chat import FEW, KEPT, LONG, STOP, Both
from wirecheck.evidence.exchange import Exchange

from tests.suite.answers import FAILED, PASSED, UNTESTABLE, graded, refused, says, streams, usage
from tests.suite.exchanges import delta, head, streamed

LIMIT = {"max_tokens": 64}
STOPS = {"max_tokens": 64, "stop": [STOP]}
CUT = "one two three four"
THOUGHT = {"completion_tokens_details": {"reasoning_tokens": 9}}


def _both(text: str) -> Both:
    return Both(says(text), streams(text))


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (says(PHRASE, fields=LIMIT), PASSED),
        (says(PHRASE, "length", fields=LIMIT), FAILED),
        (says(f"{PHRASE} And that is", "length", fields=LIMIT), UNTESTABLE),
        (says(PHRASE, "length", usage(completion=64), fields=LIMIT), UNTESTABLE),
        (says(KEPT + " ", "length", fields=STOPS), FAILED),
        (says(KEPT, fields=STOPS), PASSED),
        (says("alpha", "length", fields=STOPS), UNTESTABLE),
    ],
)
def test_natural_ends(answer: Exchange, outcome: str) -> None:
    assert graded("finish.natural", (answer,)) == outcome


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (says(CUT, "length", usage(completion=FEW)), PASSED),
        (says(CUT, "stop", usage(completion=FEW)), FAILED),
        (says("one two three", "stop", usage(completion=3)), UNTESTABLE),
        (says("", "stop", usage(completion=FEW)), UNTESTABLE),
        (says(LONG, "stop", usage(completion=20)), UNTESTABLE),
        (says(CUT, "eos", usage(completion=FEW)), PASSED),
    ],
)
def test_cut_answers(answer: Exchange, outcome: str) -> None:
    assert graded("finish.length", (refused(), answer)) == outcome


def test_cut_streams() -> None:
    sync = says(CUT, "length", usage(completion=FEW))
    assert graded("finish.length-stream", Both(sync, streams(CUT, finish="length"))) == PASSED
    assert graded("finish.length-stream", Both(sync, streams(CUT))) == FAILED
    assert graded("finish.length-stream", Both(sync, streams("one two"))) == UNTESTABLE
    assert graded("finish.max-tokens", Both(sync, streams(CUT))) == PASSED
    assert graded("finish.max-tokens", Both(sync, streams(CUT + " five six"))) == FAILED
    assert graded("finish.max-tokens", Both(sync, streams(LONG))) == FAILED
    early = says("one two three", "stop", usage(completion=3))
    assert graded("finish.max-tokens", Both(early, streams(CUT))) == PASSED


def test_the_newer_limit() -> None:
    sync = says(CUT, "length", usage(completion=FEW))
    name = "finish.max-completion-tokens"
    assert graded(name, (sync, streams(CUT))) == PASSED
    assert graded(name, (refused(422),)) == FAILED
    assert graded(name, (sync, streams(LONG))) == FAILED
    assert graded(name, (says(LONG),)) == FAILED
    assert graded(name, (refused(None),)) == UNTESTABLE


def test_ends_in_both_modes() -> None:
    assert graded("finish.stream-equal", (_both("a"), _both("b"))) == PASSED
    assert graded("finish.stream-equal", (_both("a"), Both(says("b"), streams("b", finish="length")))) == FAILED
    assert graded("finish.stream-equal", (Both(says("b"), streams("b", finish="eos")),)) == UNTESTABLE
    untrue = Both(says(KEPT, "length", fields=STOPS), streams(KEPT))
    assert graded("finish.stream-equal", (untrue,)) == UNTESTABLE


def test_counts() -> None:
    prompt = {"messages": [{"role": "user", "content": PHRASE}]}
    assert graded("usage.counts", (says(PHRASE, fields=prompt),)) == PASSED
    assert graded("usage.counts", (says(PHRASE, counts=usage(prompt=0), fields=prompt),)) == FAILED
    assert graded("usage.counts", (says("x", counts=usage(1, 1)), says(PHRASE, counts=usage(1, 1)))) == FAILED
    assert graded("usage.counts", (says("x"), refused())) == UNTESTABLE


def _counted(usage: dict[str, Any], **thought: Any) -> Exchange:
    return streamed(delta(role="assistant", **thought), delta(content="a"), delta("stop"), head(usage=usage))


@pytest.mark.parametrize(
    ("stream", "outcome"),
    [
        (_counted(usage()), PASSED),
        (_counted(usage(completion=17)), FAILED),
        (_counted(usage(completion=17, **THOUGHT)), PASSED),
        (_counted(usage(completion=17), reasoning="Hm."), PASSED),
        (_counted(usage(prompt=21, **THOUGHT)), FAILED),
        (_counted(usage(completion=16.0)), PASSED),
    ],
)
def test_counts_in_both_modes(stream: Exchange, outcome: str) -> None:
    assert graded("usage.stream-equal", Both(says("a"), stream)) == outcome
