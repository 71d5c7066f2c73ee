"""A feature is looked for in more than one way: half of one is a finding, and neither absence nor silence."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from wirecheck.areas.chat.probes import chat, context, logprobs, streaming, structured
from wirecheck.areas.chat.probes.chat import FEW, LONG, Both, Repeated
from wirecheck.areas.chat.sameness import differences
from wirecheck.asking.draft import Draft
from wirecheck.asking.probe import Probe
from wirecheck.asking.target import Target
from wirecheck.evidence.exchange import Exchange
from wirecheck.evidence.unseen import Unseen, Untried
from wirecheck.preflight import window_of

from tests.suite.answers import FAILED, PASSED, UNTESTABLE, graded, says, streams
from tests.suite.exchanges import QUESTION, answered, asked

Status = Callable[[dict[str, Any]], int | None]


class Asking:
    """An asker whose server answers each body with a status, and a run that is quick."""

    quick = True
    target = Target("http://host", "http://host/v1", model="m")

    def __init__(self, status: Status, body: Any = None) -> None:
        self.status, self.body = status, body
        self.sent: list[Any] = []
        self._seen: dict[str, Any] = {}

    async def send(self, draft: Draft) -> Exchange:
        """Answers a request."""
        self.sent.append(draft.json)
        request = asked(body=draft.json)
        return answered(self.body or {}, status=self.status(draft.json), request=request)

    async def see(self, probe: Probe[Any]) -> Any:
        """Asks a probe once."""
        if probe.name not in self._seen:
            self._seen[probe.name] = await probe.ask(self)  # type: ignore[arg-type]  # it sends as an asker does
        return self._seen[probe.name]


def found(probe: Probe[bool], status: Status) -> bool:
    return bool(asyncio.run(Asking(status).see(probe)))


def _refuses(*names: str, stream: bool | None = None) -> Status:
    def status(body: dict[str, Any]) -> int:
        mode = stream is None or (body.get("stream") is True) == stream
        return 400 if mode and all(name in body for name in names) else 200

    return status


@pytest.mark.parametrize("stream", [True, False])
@pytest.mark.parametrize(
    ("probe", "field"),
    [
        (structured.has_schemas, "response_format"),
        (structured.has_json_mode, "response_format"),
        (chat.has_choices, "n"),
        (logprobs.has_logprobs, "logprobs"),
    ],
)
def test_what_one_mode_takes_is_there(probe: Probe[bool], field: str, stream: bool) -> None:
    assert found(probe, _refuses(field, stream=stream))
    assert not found(probe, _refuses(field))


def test_logprobs_without_alternatives_are_there() -> None:
    assert found(logprobs.has_logprobs, _refuses("top_logprobs"))


def test_several_choices_are_asked_for_at_a_temperature() -> None:
    asker = Asking(lambda _: 200)
    asyncio.run(asker.see(chat.has_choices))
    assert all(body["temperature"] > 0 for body in asker.sent)


def test_what_nobody_could_try_is_not_absent() -> None:
    with pytest.raises(Untried):
        found(logprobs.has_logprobs, lambda body: 400 if "stream" in body else 408)


@pytest.mark.parametrize(
    ("object_", "window"),
    [
        ({"context_window": 1}, 1),
        ({"max_model_len": 2}, 2),
        ({"context_length": 3}, 3),
        ({"max_context_length": 4}, 4),
        ({"meta": {"n_ctx": 5, "n_ctx_train": 6}}, 5),
        ({"meta": {"n_ctx_train": 6}}, 6),
        ({"meta": {"n_ctx": None}, "context_length": "7"}, None),
        ({"max_model_len": True}, None),
        ({"max_model_len": 0, "context_length": 8}, 8),
    ],
)
def test_the_window_is_read_where_servers_tell_it(object_: dict[str, Any], window: int | None) -> None:
    assert window_of({"id": "m", **object_}, {}, "m") == window
    assert window_of({"error": {}}, {"data": [{"id": "x", "max_model_len": 9}, {"id": "m", **object_}]}, "m") == window


@pytest.mark.parametrize(
    ("error", "size"),
    [
        ({"message": "This model's maximum context length is 8192 tokens. However, you requested 100000008."}, 8192),
        ({"message": "max_tokens is too large: 100000000. This model's maximum context length is 1,024 tokens."}, 1024),
        ({"message": "The request exceeds the available context size (4096 tokens), try increasing it"}, 4096),
        ({"message": "No.", "details": {"max_tokens": 2048, "tokens_used": 100000008}}, 2048),
    ],
)
def test_a_refusal_tells_the_window(error: dict[str, Any], size: int) -> None:
    asking = Asking(lambda body: 400 if body.get("max_tokens", 0) > size else 200, {"error": error})
    assert asyncio.run(asking.see(context.window)) == size


@pytest.mark.parametrize("message", ["max_tokens is at most 4096", "a context length of 100000000 is too much", ""])
def test_a_refusal_that_tells_no_window(message: str) -> None:
    with pytest.raises(Unseen, match="the owner may"):
        asyncio.run(Asking(lambda _: 400, {"error": {"message": message}}).see(context.window))


def test_a_window_that_is_not_known_is_not_absent() -> None:
    with pytest.raises(Unseen, match="the owner may"):
        found(context.has_window, lambda _: 200)


def _way(choice: Any, status: int, *, stream: bool = False) -> Exchange:
    body = QUESTION | {"tools": [], "tool_choice": choice} | ({"stream": True} if stream else {})
    return answered({}, status=status, request=asked(body=body))


def _ways(**statuses: tuple[int, int]) -> tuple[Exchange, ...]:
    return tuple(
        _way(choice, status, stream=stream)
        for choice, both in statuses.items()
        for stream, status in zip((False, True), both, strict=True)
    )


@pytest.mark.parametrize(
    ("seen", "modes", "choices"),
    [
        (_ways(auto=(200, 200), required=(200, 200)), PASSED, PASSED),
        (_ways(auto=(200, 200), required=(422, 422)), PASSED, FAILED),
        (_ways(auto=(200, 400), required=(200, 400)), FAILED, PASSED),
        (_ways(auto=(404, 200), required=(404, 200)), FAILED, PASSED),
        (_ways(auto=(200, 200), required=(422, 200)), FAILED, PASSED),
        (_ways(auto=(200, 500), required=(200, 500)), PASSED, PASSED),
        (_ways(auto=(400, 400), required=(400, 400)), UNTESTABLE, UNTESTABLE),
    ],
)
def test_half_of_the_tools_is_a_finding(seen: tuple[Exchange, ...], modes: str, choices: str) -> None:
    assert graded("tools.both-modes", seen) == modes
    assert graded("tools.every-choice", seen) == choices


@pytest.mark.parametrize(
    ("name", "feature"), [("structured.both-modes", "json_schema"), ("structured.object-both-modes", "json_object")]
)
def test_half_of_a_format_is_a_finding(name: str, feature: str) -> None:
    taken, refused = says("{}", fields={"response_format": {"type": feature}}), answered({}, status=400)
    assert graded(name, Both(taken, taken)) == PASSED
    assert graded(name, Both(taken, refused)) == graded(name, Both(refused, taken)) == FAILED
    assert graded(name, Both(refused, refused)) == UNTESTABLE


def test_half_of_the_choices_is_a_finding() -> None:
    refused = answered({}, status=400)
    assert graded("chat.n", Both(refused, streams("a", n=2))) == FAILED
    assert graded("chat.n-stream", Both(says("a", fields={"n": 2}), refused)) == FAILED


@pytest.mark.parametrize(
    ("sync", "stream", "outcome"),
    [
        (("one two three", "length"), ("one two three", "length"), PASSED),
        (("one two three", "length"), ("one two three", "stop"), FAILED),
        (("one two three", "length"), ("one two three four", "stop"), FAILED),
        (("something else", "length"), ("something else", "length"), PASSED),
        (("one two three", "length"), ("one two", "stop"), UNTESTABLE),
        ((LONG, "stop"), (LONG, "stop"), UNTESTABLE),
    ],
)
def test_a_cut_stream_is_seen_without_usage(sync: tuple[str, str], stream: tuple[str, str], outcome: str) -> None:
    plain = says(sync[0], sync[1], counts={"total_tokens": None}, fields={"max_tokens": FEW})
    assert graded("finish.length-stream", Both(plain, streams(stream[0], finish=stream[1], max_tokens=FEW))) == outcome


def test_a_quick_run_asks_again_where_the_modes_differ() -> None:
    asker = Asking(lambda _: 200, {"choices": [{"index": 0, "message": {"content": "always this"}}]})
    asyncio.run(asker.see(streaming.repeated))
    assert len([body for body in asker.sent if body.get("stream")]) == 2
    parted = Asking(lambda _: 200, {"choices": [{"index": 0, "message": {"content": "this"}}]})
    send = parted.send

    async def other(draft: Draft) -> Exchange:
        answer = await send(draft)
        return streams("that") if draft.json.get("stream") else answer

    parted.send = other  # type: ignore[method-assign]  # counted or answered by the test
    seen: Repeated = asyncio.run(parted.see(streaming.repeated))
    assert len(seen.streams) == 3
    assert list(differences(seen))
