"""Fields that are accepted: obeyed, refused, or ignored."""

from __future__ import annotations

from typing import Any

import pytest
from wirecheck.areas.chat import effects
from wirecheck.areas.chat.effects import Effect, ignored
from wirecheck.areas.chat.probes.obeyed import Tried
from wirecheck.evidence.exchange import Exchange
from wirecheck.judging.requirement import requirements
from wirecheck.judging.verdict import judge

from tests.suite.exchanges import answered, delta, streamed

REQUIREMENTS = {each.id: each for each in requirements()}
REFUSED = answered({"error": {"message": "no", "type": "invalid_request_error"}}, status=400)
CALL = {"id": "c1", "type": "function", "function": {"name": "f", "arguments": "{}"}}
CUT = "length"


def _said(
    content: Any = "hello", finish: str = "stop", *, choices: int = 1, logprobs: Any = None, **more: Any
) -> Exchange:
    message = {"role": "assistant", "content": content, **more}
    choice = {"message": message, "finish_reason": finish, "logprobs": logprobs}
    return answered({"choices": [{"index": index, **choice} for index in range(choices)]})


def _spelled(*pieces: str) -> Exchange:
    return streamed(*(delta(content=piece) for piece in pieces), delta("stop"))


TOKENS = {"content": [{"token": "hello", "logprob": 0.0}]}


@pytest.mark.parametrize(
    ("effect", "shown"),
    [
        (effects.calls, _said(None, "tool_calls", tool_calls=[CALL])),
        (effects.calls, _said(None, "function_call", function_call={"name": "f", "arguments": "{}"})),
        (effects.calls, streamed(delta(function_call={"name": "f", "arguments": "{}"}), delta("function_call"))),
        (effects.several_choices, _said(choices=2)),
        (effects.log_probabilities, _said(logprobs=TOKENS)),
        (effects.json, _said('{"a": 1}')),
        (effects.speech, _said(None, audio={"id": "a", "data": ""})),
    ],
)
def test_an_effect_is_seen_where_it_is(effect: Effect, shown: Exchange) -> None:
    assert effect(shown)
    assert not ignored([shown], effect)
    # Refused in one way and obeyed in another: nothing is ignored. Obeyed in one of two: that is another sentence's.
    assert not ignored([REFUSED, shown], effect)
    assert not ignored([_said(), shown], effect)
    assert not ignored([REFUSED], effect)
    assert ignored([_said()], effect)
    assert ignored([_spelled("hel", "lo")], effect)
    assert ignored([REFUSED, _said()], effect)


@pytest.mark.parametrize(
    "telling_nothing",
    [
        _said(finish=CUT),
        _said(finish="content_filter"),
        _said("", refusal="I am sorry."),
        streamed(delta(content="hello"), end="broken", done=False),
        streamed(delta(content="hello"), delta("stop"), {"error": {"message": "no"}}),
        answered({"choices": []}),
        answered({"error": {"message": "gone"}}, status=500),
    ],
)
def test_what_was_cut_or_declined_shows_nothing(telling_nothing: Exchange) -> None:
    assert not ignored([telling_nothing], effects.calls)


def _outcome(*tried: Tried) -> tuple[str, list[str]]:
    result = judge(REQUIREMENTS["chat.obeyed"], tried)
    return result.outcome, [violation.message for violation in result.violations]


def test_all_that_is_ignored_is_one_finding() -> None:
    outcome, messages = _outcome(
        Tried("n", (_said(),), effects.several_choices),
        Tried("tools", (REFUSED,), effects.calls),
        Tried("logprobs", (REFUSED, _said()), effects.log_probabilities),
    )
    assert outcome == "failed"
    assert messages == ["accepted, and without any effect: n, logprobs"]


def test_who_refuses_or_obeys_ignores_nothing() -> None:
    assert _outcome(Tried("n", (_said(choices=2),), effects.several_choices))[0] == "passed"
    assert _outcome(Tried("n", (REFUSED,), effects.several_choices))[0] == "untestable"
