"""The partition of schema breaks: each claim is provoked by its own mistake, and no break has two claims or none."""

from __future__ import annotations

import copy
from random import Random
from typing import Any

import pytest
from wirecheck.area import UNCLAIMED, claims
from wirecheck.areas.chat.reading import nearly_done
from wirecheck.contract.document import document
from wirecheck.evidence import strict_json
from wirecheck.evidence.exchange import Exchange, whole_number
from wirecheck.judging import shape

from tests.suite import chaos
from tests.suite.exchanges import answered, asked, delta, head, streamed

EXAMPLES = document().content["components"]["examples"]
TOKEN = {"token": "a", "logprob": -0.5, "bytes": [97], "top_logprobs": []}
GOOD: dict[str, Any] = {
    "ErrorResponse": EXAMPLES["InvalidApiKey"]["value"],
    "ChatCompletion": EXAMPLES["ChatToolAnswer"]["value"],
    "ChatCompletionChunk": delta(content="a") | {"usage": None},
    "ModelList": EXAMPLES["ModelPage"]["value"],
    "Model": EXAMPLES["EchoModel"]["value"],
    "Health": EXAMPLES["HealthOk"]["value"],
    "OpenapiDocument": {"openapi": "3.2.0", "info": {"title": "An API", "version": "1"}, "paths": {}},
}
MISSING = object()
# (component, path, what stands there, claim)
MISTAKES: list[tuple[str, str, Any, str]] = [
    ("ErrorResponse", "error.message", MISSING, "error message"),
    ("ErrorResponse", "error.message", "", "error message"),
    ("ErrorResponse", "error.code", 401, "error fields"),
    ("ErrorResponse", "error.param", MISSING, "error fields"),
    ("ErrorResponse", "error.type", None, "error fields"),
    ("ErrorResponse", "error", "No.", "error"),
    ("ErrorResponse", "error", MISSING, "error"),
    ("ErrorResponse", "", [], "error"),
    ("ChatCompletion", "created", 1.5, "created"),
    ("ChatCompletion", "created", MISSING, "created"),
    ("ChatCompletionChunk", "created", "now", "created"),
    ("ChatCompletion", "choices.0.finish_reason", "eos", "finish reason"),
    ("ChatCompletion", "choices.0.finish_reason", None, "finish reason"),
    ("ChatCompletion", "choices.0.finish_reason", MISSING, "finish reason"),
    ("ChatCompletionChunk", "choices.0.finish_reason", MISSING, "chunk finish reason"),
    ("ChatCompletionChunk", "choices.0.finish_reason", "", "chunk finish reason"),
    ("ChatCompletion", "usage", None, "usage"),
    ("ChatCompletion", "usage", MISSING, "usage"),
    ("ChatCompletion", "usage.total_tokens", "5", "usage"),
    ("ChatCompletionChunk", "usage", {}, "chunk usage"),
    ("ChatCompletion", "choices.0.logprobs", [], "logprobs"),
    ("ChatCompletion", "choices.0.logprobs", {"content": [{**TOKEN, "bytes": "a"}], "refusal": None}, "logprobs"),
    ("ChatCompletionChunk", "choices.0.logprobs", {"content": 5}, "logprobs"),
    ("ChatCompletion", "choices.0.message.tool_calls", {}, "tool calls"),
    ("ChatCompletion", "choices.0.message.tool_calls.0", 5, "tool calls"),
    ("ChatCompletionChunk", "choices.0.delta.tool_calls", {}, "tool call deltas"),
    ("ChatCompletionChunk", "choices.0.delta.tool_calls", [{"id": "a"}], "tool call deltas"),
    ("OpenapiDocument", "openapi", "2.0", "version of the document"),
    ("OpenapiDocument", "openapi", MISSING, "version of the document"),
    ("OpenapiDocument", "info", MISSING, UNCLAIMED),
    ("OpenapiDocument", "info.version", MISSING, UNCLAIMED),
    ("ChatCompletion", "id", MISSING, "completion"),
    ("ChatCompletion", "choices.0.message.content", 5, "completion"),
    ("ChatCompletion", "object", "text_completion", "completion"),
    ("ChatCompletionChunk", "object", "chat.completion", "chunk"),
    ("ChatCompletionChunk", "choices.0.delta", None, "chunk"),
    ("ChatCompletionChunk", "choices", MISSING, "chunk"),
    ("ModelList", "object", MISSING, "model list"),
    ("ModelList", "data.0.id", 5, "model list"),
    ("Model", "id", MISSING, "model"),
    ("Health", "status", "fine", "health"),
]
REQUESTS = {
    "ErrorResponse": (asked(), 400),
    "ChatCompletion": (asked(), 200),
    "ModelList": (asked("/v1/models?limit=1", "GET"), 200),
    "Model": (asked("/v1/models/a%2Fb", "GET"), 200),
    "Health": (asked("/health", "GET"), 200),
}


def _broken(component: str, path: str, wrong: Any) -> Any:
    if not path:
        return wrong
    value = copy.deepcopy(GOOD[component])
    *steps, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    place = value
    for step in steps:
        place = place[step]
    if wrong is MISSING:
        del place[last]
    else:
        place[last] = wrong
    return value


@pytest.mark.parametrize("component", GOOD)
def test_what_is_right_breaks_nothing(component: str) -> None:
    assert list(shape.breaks_of(component, GOOD[component])) == []


@pytest.mark.parametrize(("component", "path", "wrong", "claim"), MISTAKES)
def test_each_mistake_has_one_claim(component: str, path: str, wrong: Any, claim: str) -> None:
    found = list(shape.breaks_of(component, _broken(component, path, wrong)))
    assert found
    assert {each.claim for each in found} == {claim}
    assert all(each.path.startswith(path) for each in found)


def test_every_claim_on_these_is_provoked() -> None:
    on_these = {(each.component, each.name) for each in claims() if each.component in GOOD}
    assert {(component, claim) for component, _, _, claim in MISTAKES} - {("OpenapiDocument", UNCLAIMED)} == on_these


def test_claims_are_on_components_of_the_contract() -> None:
    assert {each.component for each in claims()} <= set(document().schemas)


@pytest.mark.parametrize("component", GOOD)
def test_every_break_of_nonsense_has_one_claim(component: str) -> None:
    random = Random(component)  # noqa: S311 - nonsense that can be repeated, nothing secret
    known = {UNCLAIMED, *(each.name for each in claims() if each.component == component)}
    total = 0
    for _ in range(300):
        value = strict_json.parse(chaos.encoded(chaos.mutated(random, GOOD[component], 0.15)))
        found = list(shape.breaks_of(component, value))
        assert bool(found) != document().validator(component).is_valid(value)
        assert {each.claim for each in found} <= known
        total += len(found)
    assert total > 100


@pytest.mark.parametrize("component", REQUESTS)
def test_the_request_and_the_status_decide_the_schema(component: str) -> None:
    request, status = REQUESTS[component]
    assert shape.component_of(answered({}, status=status, request=request)) == component


@pytest.mark.parametrize(
    "exchange",
    [
        answered({}, status=None),
        answered({}, status=204),
        answered({}, status=301),
        answered({}, request=asked("/v1/elsewhere", "GET")),
    ],
    ids=str,
)
def test_elsewhere_the_contract_says_nothing(exchange: Exchange) -> None:
    assert shape.component_of(exchange) is None
    assert shape.breaks(exchange, UNCLAIMED, *(each.name for each in claims())) == []


def test_breaks_are_numbered_by_event() -> None:
    stream = streamed(head(), head(created=None), "no json", {"error": {"type": "a", "param": None, "code": None}})
    assert [(each.event, each.path) for each in shape.breaks(stream, "created")] == [(2, "created")]
    assert [str(each).partition(": ")[0] for each in shape.breaks(stream, "error message")] == ["event 4"]
    assert shape.breaks(stream, "chunk", "error") == []


def test_what_is_no_chunk_at_all_has_one_claim() -> None:
    stream = streamed(head(), {"detail": "No."})
    found = shape.breaks(stream, *(each.name for each in claims()))
    assert [(each.claim, each.event, each.path) for each in found] == [("chunk", 2, "")]


@pytest.mark.parametrize(
    ("value", "number"),
    [(5, 5), (5.0, 5), (-1.0, -1), (5.5, None), (True, None), ("5", None), (None, None), (1e300, None)],
)
def test_a_whole_number_may_be_written_as_a_fraction(value: Any, number: int | None) -> None:
    assert whole_number(value) == number


@pytest.mark.parametrize(
    ("data", "near"),
    [
        *(("[DONE]", True), ("[done]", True), (" [DONE] ", True), ('"[DONE]"', True), ("DONE", True)),
        *(("{}", False), ("not done", False), ("", False)),
    ],
)
def test_a_slip_of_the_pen_is_known(data: str, near: bool) -> None:
    assert nearly_done(data) == near


def test_an_error_that_is_null_is_none() -> None:
    assert shape.breaks(streamed(head(error=None)), "error", "error message", "error fields", "chunk") == []


def test_lines_of_ndjson_are_numbered() -> None:
    body = b'{"a": 1}\n\n[]\n{"b": 2}\n'
    assert answered(body=body, kind="application/x-ndjson").objects == [(1, {"a": 1}), (4, {"b": 2})]


def test_a_body_that_is_no_json_breaks_no_schema() -> None:
    assert shape.breaks(answered(body=b"<html>"), "completion") == []


def test_half_a_character_breaks_no_judge() -> None:
    broken = answered(body=rb'{"error": {"message": "\ud800", "type": 5, "param": null, "code": null}}', status=400)
    assert [each.path for each in shape.breaks(broken, "error fields")] == ["error.type"]


def test_a_long_message_is_cut() -> None:
    found = list(shape.breaks_of("ChatCompletion", _broken("ChatCompletion", "choices.0.finish_reason", "x" * 5000)))
    assert all(len(each.message) <= 300 for each in found)
