"""The echo's parts by themselves: tokens, cuts, logprobs, whole plans, and an engine put in its place."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncGenerator
from typing import Any

import httpx2
import pytest
from wirecheck_contract.models import Model
from wirecheck_reference.app import create_app
from wirecheck_reference.engines.catalogue import Catalogue
from wirecheck_reference.engines.chat import ChatRequest, Delta
from wirecheck_reference.engines.echo.engine import plan
from wirecheck_reference.engines.echo.models import echo_engine
from wirecheck_reference.engines.echo.script import cut, logprobs_of
from wirecheck_reference.engines.echo.tokens import prompt_tokens, tokenize
from wirecheck_reference.errors import ApiError
from wirecheck_reference.services import get_catalogue
from wirecheck_reference.settings import Settings

TEXTS = [
    "", "hello", "  two  spaces ", "日本語のテキスト", "🦊👩\u200d👩\u200d👧 and\n\ttabs", "a" * 50, "x=1;y=2 --- ...",
    "naïve café", " \u2028 ",
]  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_tokens_join_to_the_text(text: str) -> None:
    tokens = tokenize(text)
    assert "".join(tokens) == text
    assert all(1 <= len(token) <= 5 for token in tokens)


def test_prompts_count_messages_and_tools() -> None:
    one = {"messages": [{"role": "user", "content": "hello"}]}
    two = {"messages": [{"role": "user", "content": "hello"}] * 2}
    tools = {**one, "tools": [{"type": "function", "function": {"name": "look"}}]}
    assert prompt_tokens(one) < prompt_tokens(two)
    assert prompt_tokens(one) < prompt_tokens(tools)


@pytest.mark.parametrize(
    ("stops", "limit", "shown", "reason"),
    [
        ([], 99, "alpha beta gamma", "stop"),
        ([], 2, "alpha", "length"),
        ([], 4, "alpha beta gamm", "length"),
        ([], 5, "alpha beta gamma", "stop"),
        (["ta g"], 99, "alpha be", "stop"),
        (["gamma", "beta"], 99, "alpha ", "stop"),
        (["gamma"], 99, "alpha beta ", "stop"),
        (["delta"], 99, "alpha beta gamma", "stop"),
        (["alpha"], 99, "", "stop"),
        (["ta gamma"], 4, "alpha be", "length"),
        (["gamma"], 2, "alpha", "length"),
        ([""], 99, "alpha beta gamma", "stop"),
    ],
)
def test_cuts(stops: list[str], limit: int, shown: str, reason: str) -> None:
    tokens, why = cut("alpha beta gamma", stops, limit)
    assert ("".join(tokens), why) == (shown, reason)


@pytest.mark.parametrize("text", ["one two three", "🦊🦊🦊"])
def test_a_cut_never_shows_a_stop_string_or_its_beginning(text: str) -> None:
    for start, end in itertools.combinations(range(len(text) + 1), 2):
        stop = text[start:end]
        for limit in range(1, 9):
            shown = "".join(cut(text, [stop], limit)[0])
            assert text.startswith(shown)
            assert len(shown) <= text.index(stop)


@pytest.mark.parametrize("alternatives", range(21))
def test_logprobs_are_finite_and_falling(alternatives: int) -> None:
    (entry,) = logprobs_of(" word", alternatives)["content"]
    listed = entry["top_logprobs"]
    assert len(listed) == alternatives
    assert [each["logprob"] for each in listed] == sorted((each["logprob"] for each in listed), reverse=True)
    assert -9999 < entry["logprob"] <= 0


def request(**fields: Any) -> dict[str, Any]:
    return {"messages": [{"role": "user", "content": "one two three"}], **fields}


def test_a_plan_is_the_same_in_one_step_and_in_many() -> None:
    steps, at_once = (plan(request(), itertools.repeat("id"), at_once=each)[1] for each in (False, True))
    assert len(at_once.deltas) == 1 < len(steps.deltas)
    assert steps.completion_tokens == at_once.completion_tokens
    said = ["".join(delta.delta.get("content", "") for delta in each.deltas) for each in (steps, at_once)]
    assert said == ["one two three"] * 2


def test_text_is_said_beside_a_call_where_it_is_asked_for() -> None:
    tool = {"type": "function", "function": {"name": "get_weather"}}
    asks = request(messages=[{"role": "user", "content": 'Say "One moment." and call get_weather.'}], tools=[tool])
    _, told = plan(asks, itertools.repeat("call_1"))
    said = [delta.delta.get("content") or "" for delta in told.deltas]
    calls = [call for delta in told.deltas for call in delta.delta.get("tool_calls", ())]
    assert ("".join(said), calls[0]["function"]["name"]) == ("One moment.", "get_weather")
    cut_off = plan({**asks, "max_tokens": 2}, itertools.repeat("call_1"))[1]
    assert (cut_off.completion_tokens, cut_off.deltas[-1].finish_reason) == (2, "length")


@pytest.mark.parametrize("limit", [8192, 10**9])
def test_a_plan_that_does_not_fit_is_refused(limit: int) -> None:
    with pytest.raises(ApiError) as refused:
        plan(request(max_tokens=limit), itertools.repeat("id"))
    assert refused.value.code == "context_length_exceeded"


def test_two_engines_cannot_serve_one_model() -> None:
    with pytest.raises(ValueError, match="two engines serve 'echo'"):
        Catalogue([echo_engine(0), echo_engine(0)])


class Oracle:
    """An engine that always says the same."""

    def __init__(self) -> None:
        self.models = (Model(id="oracle", object="model", created=1767225600, owned_by="test"),)
        self.running = 0
        self.prompt_tokens, self.completion_tokens, self.reasoning_tokens = 1, 2, 0
        self.ready = None

    async def start_chat(self, request: ChatRequest, model: Model) -> Oracle:
        """Begins."""
        assert request["model"] == model.id
        return self

    async def deltas(self) -> AsyncGenerator[Delta]:
        """What it says."""
        yield Delta(0, {"role": "assistant", "content": "forty"})
        yield Delta(0, {"content": "-two"})
        yield Delta(0, {}, "stop")


async def asked(app: Any) -> dict[str, Any]:
    """What the oracle's app answers."""
    body = {"model": "oracle", "messages": [{"role": "user", "content": "?"}]}
    transport = httpx2.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx2.AsyncClient(transport=transport, base_url="http://test") as client,
    ):
        answer: dict[str, Any] = (await client.post("/v1/chat/completions", json=body)).json()
        return answer


@pytest.mark.parametrize("way", ["given", "overridden"])
def test_engines_can_be_put_in_place(way: str) -> None:
    settings = Settings(log_level="error")
    app = create_app(settings, Catalogue([Oracle()])) if way == "given" else create_app(settings)
    if way == "overridden":
        app.dependency_overrides[get_catalogue] = lambda: Catalogue([Oracle()])
    answer = asyncio.run(asked(app))
    assert answer["choices"][0]["message"]["content"] == "forty-two"
    assert answer["usage"]["total_tokens"] == 3


class Deaf:
    """An engine that does not chat."""

    models = (Model(id="deaf", object="model", created=1767225600, owned_by="test"),)
    running = 0


def test_a_model_that_cannot_chat_is_listed_and_refused() -> None:
    catalogue = Catalogue([echo_engine(0), Deaf()])
    assert catalogue.models()[-1].id == catalogue.model("deaf").id == "deaf"
    with pytest.raises(ApiError) as refused:
        catalogue.chat("deaf")
    assert (refused.value.status, refused.value.param) == (400, "model")
    with pytest.raises(ApiError) as unknown:
        catalogue.chat("nobody")
    assert unknown.value.status == 404
