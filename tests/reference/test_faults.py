"""Each kind of fault changes what is on the wire, in the way that it says."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from wirecheck_reference.faults import all_faults, find_fault
from wirecheck_reference.faults.kinds.operations import operation_ids

from tests.forked import command
from tests.reference.chat.test_chat import NUMBERS
from tests.reference.chat.test_tools import TOOLS
from tests.reference.child import CHAT, Child, child, until
from tests.reference.webhooks.asking import ENDPOINTS, SOON, asked, made, over, told
from tests.reference.webhooks.receiver import Got, receiver

FORCED: dict[str, Any] = {"tools": TOOLS[:1], "tool_choice": "required"}


def raw(server: Child, **fields: Any) -> str:
    """The bytes of a stream, as text."""
    return server.chat(NUMBERS, stream=True, **fields).text


def comes_as_it_is_made(server: Child) -> bool:
    """Whether the first piece of a slow stream came well before the last."""
    body = {"model": "echo-slow", "messages": [{"role": "user", "content": NUMBERS}], "stream": True}
    begun = time.monotonic()
    with server.client.stream("POST", CHAT, json=body) as answer:
        times = [time.monotonic() - begun for _ in answer.iter_raw()]
    return times[0] < times[-1] / 2


def stops_when_left(server: Child) -> bool:
    """Whether the work ends with a client that leaves: else it still goes on long after."""
    text = "word " * 40
    body = {"model": "echo-slow", "messages": [{"role": "user", "content": text}], "stream": True}
    with httpx2.Client(base_url=server.url) as leaving, leaving.stream("POST", CHAT, json=body) as answer:
        next(answer.iter_raw())
    begun = server.active()
    server.chat("another", model="echo-slow")  # Takes as long as many deltas of the first.
    after = server.active()
    until(lambda: server.active() == 0)
    return begun == 0 or after == 0


def adds_up(usage: dict[str, int]) -> bool:
    """Whether the total is the sum."""
    return usage["total_tokens"] == usage["prompt_tokens"] + usage["completion_tokens"]


def call_delta(server: Child) -> dict[str, Any]:
    """The first delta of a call in a stream."""
    chunks = server.events("hello", **FORCED)[1]
    delta: dict[str, Any] = chunks["choices"][0]["delta"]["tool_calls"][0]
    return delta


def answers_broken_json(server: Child) -> bool:
    """Whether a body that is no JSON gets an answer at all."""
    try:
        return server.client.post(CHAT, content=b"{", headers={"content-type": "application/json"}).status_code == 400
    except httpx2.TransportError:
        return False


def answers_before_long(server: Child) -> bool:
    """Whether a request for more tokens than there are gets an answer."""
    body = {"model": "echo", "messages": [{"role": "user", "content": "hello"}], "max_tokens": 10**8}
    try:
        return server.client.post(CHAT, json=body, timeout=1).status_code == 400
    except httpx2.TimeoutException:
        return False


def hears(server: Child, *answers: tuple[int, dict[str, str]]) -> tuple[Got, dict[str, Any]]:
    """What a new endpoint hears of an event, and the endpoint once it has answered."""
    with receiver() as heard:
        heard.answers["/a"] = list(answers)
        endpoint = made(server, f"{heard.url}/a", event_types=["a.b"])
        told(server, "a.b")
        got, *_ = heard.wait("/a")
        over(server, endpoint)
        return got, asked(server, "GET", f"{ENDPOINTS}/{endpoint['id']}")


# Of each fault, what a right server does: true of the server without the fault, false with it.
RIGHT: dict[str, Callable[[Child], bool]] = {
    "never-says-done": lambda s: raw(s).endswith("data: [DONE]\n\n"),
    "says-done-twice": lambda s: raw(s).count("[DONE]") == 1,
    "names-each-chunk-anew": lambda s: len({chunk["id"] for chunk in s.events(NUMBERS)[:-1]}) == 1,
    "never-finishes-a-choice": lambda s: '"finish_reason":"stop"' in raw(s),
    "sends-comments-as-data": lambda s: "keep-alive" not in raw(s),
    "saves-the-space-after-data": lambda s: raw(s).startswith("data: {"),
    "holds-the-stream-back": comes_as_it_is_made,
    "works-on-for-nobody": stops_when_left,
    "counts-time-in-milliseconds": lambda s: s.chat().json()["created"] < 10**10 and s.events()[0]["created"] < 10**10,
    "adds-usage-up-wrongly": lambda s: adds_up(s.chat().json()["usage"]),
    "answers-with-one-choice": lambda s: len(s.chat(n=2).json()["choices"]) == 2,
    "ignores-max-completion-tokens": lambda s: s.said(NUMBERS, max_completion_tokens=2)["finish_reason"] == "length",
    "sends-arguments-as-an-object": lambda s: isinstance(
        s.said(**FORCED)["message"]["tool_calls"][0]["function"]["arguments"], str
    ),
    "leaves-calls-without-index": lambda s: call_delta(s).get("index") == 0,
    "says-errors-as-text": lambda s: isinstance(s.chat(model="nobody").json()["error"], dict),
    "keeps-the-methods-secret": lambda s: "allow" in s.client.put(CHAT).headers,
    "answers-for-any-model": lambda s: s.chat(model="nobody").status_code == 404,
    "answers-200-before-it-validates": lambda s: s.chat(n=0, stream=True).status_code == s.chat(n=0).status_code,
    "hangs-up-on-broken-json": answers_broken_json,
    "works-for-ever": answers_before_long,
    "has-no-request-id": lambda s: "x-request-id" in s.client.get("/health").headers,
    "labels-webhooks-as-text": lambda s: hears(s)[0].headers["content-type"] == "application/json",
    "calls-who-is-gone-failing": lambda s: hears(s, (410, {}))[1]["disabled_reason"] == "gone",
    "does-not-tell-its-time": lambda s: "x-process-time" in s.chat(stream=True).headers,
}


@pytest.fixture(scope="module")
def sending(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Child]:
    """A server that sends webhooks to this machine."""
    with child(tmp_path_factory.mktemp("sending"), *SOON) as running:
        yield running


@pytest.mark.parametrize("name", RIGHT)
def test_the_server_is_right_without_the_fault(sending: Child, name: str) -> None:
    assert RIGHT[name](sending)


@pytest.mark.parametrize("name", RIGHT)
def test_a_fault_is_seen_on_the_wire(tmp_path: Path, name: str) -> None:
    with child(tmp_path, "--fault", name, *SOON) as server:
        assert not RIGHT[name](server)
        assert server.client.get("/health").status_code == 200
        assert server.log.read_text() == ""


def test_there_is_a_case_for_each_kind() -> None:
    assert {find_fault(name).kind for name in RIGHT} == {fault.kind for fault in all_faults()}


def test_faults_say_what_they_are() -> None:
    for fault in all_faults():
        assert fault.summary.endswith(".")
        assert fault.breaks
        assert find_fault(fault.name) is fault


def test_the_list_of_faults() -> None:
    text = command("wirecheck_reference", "faults").stdout
    for fault in all_faults():
        assert fault.name in text
        assert fault.summary in text
    listed = json.loads(command("wirecheck_reference", "faults", "--json").stdout)
    assert [entry["name"] for entry in listed] == [fault.name for fault in all_faults()]
    assert all(set(entry["at"]) <= set(operation_ids()) and entry["at"] for entry in listed)
    assert {entry["name"]: entry["at"] for entry in listed}["has-no-request-id"] == list(operation_ids())
