"""Exchanges: headers whatever their case, values at paths, bodies that are no JSON."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from wirecheck.contract.operations import operations
from wirecheck.evidence.exchange import ABSENT, Chunk, Exchange, at

from tests.suite.exchanges import answered, asked, streamed


def test_headers_are_found_whatever_their_case() -> None:
    exchange = answered({}, headers=(("X-Request-ID", "a"), ("x-request-id", "b")))
    assert exchange.header("x-REQUEST-id") == "a"
    assert exchange.header("x-nothing") is None


@pytest.mark.parametrize(
    ("kind", "media_type"),
    [("Text/Event-Stream; charset=utf-8", "text/event-stream"), (" application/json ", "application/json"), ("", "")],
)
def test_the_media_type_has_no_parameters(kind: str, media_type: str) -> None:
    assert answered({}, kind=kind).media_type == media_type


def test_an_answer_without_a_content_type_has_no_media_type() -> None:
    assert Exchange(asked(), 200).media_type == ""


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ((), {"a": [{"b": None}, 5], "": 0}),
        (("a", 0, "b"), None),
        (("a", -1), 5),
        (("a", 2), ABSENT),
        (("a", -3), ABSENT),
        (("a", "0"), ABSENT),
        ((0,), ABSENT),
        (("a", 1, "c"), ABSENT),
        (("",), 0),
        (("nothing", "at", "all"), ABSENT),
    ],
)
def test_values_at_paths(path: tuple[str | int, ...], value: Any) -> None:
    found = answered({"a": [{"b": None}, 5], "": 0}).at(*path)
    assert found is ABSENT if value is ABSENT else found == value


def test_a_text_is_not_indexed() -> None:
    assert at("text", 0) is ABSENT


def test_absent_is_falsy_and_not_null() -> None:
    assert not ABSENT
    assert ABSENT is not None
    assert repr(ABSENT) == "absent"


def test_chunks_make_the_body() -> None:
    exchange = Exchange(asked(), 200, (), (Chunk(0.1, b'{"a"'), Chunk(0.2, b": 1}")))
    assert exchange.body == b'{"a": 1}'
    assert exchange.json == {"a": 1}
    assert exchange.not_json == ""


def test_a_body_that_is_no_json_says_why() -> None:
    exchange = answered(body=b"<html>")
    assert exchange.json is ABSENT
    assert exchange.at("error") is ABSENT
    assert "character 0" in exchange.not_json


def test_a_request_that_is_no_json_has_no_value() -> None:
    assert asked().json is ABSENT
    assert asked(body={"a": 1}).json == {"a": 1}


def test_events_keep_the_times_of_their_chunks() -> None:
    assert [event.at for event in streamed({}, {}).stream.events] == [0.1, 0.2, 0.3]


def test_a_reader_reads_an_exchange_once() -> None:
    read: list[str] = []

    def reader(exchange: Exchange) -> int:
        read.append(str(exchange))
        return len(exchange.body)

    exchange = answered({})
    assert [exchange.once(reader) for _ in range(3)] == [2, 2, 2]
    assert len(read) == 1
    assert replace(exchange, chunks=()).once(reader) == 0, "what was read of another exchange is not its own"


def test_payloads_are_parsed_and_numbered() -> None:
    found = streamed({"a": 1}, "no json").payloads
    assert [(each.number, each.value, each.at) for each in found] == [
        (1, {"a": 1}, 0.1),
        (2, ABSENT, 0.2),
        (3, ABSENT, 0.3),
    ]
    assert found[2].text == "[DONE]"


def test_an_exchange_knows_its_operation() -> None:
    assert answered({}, request=asked("/v1/models/a/b?x=1", "GET")).operation is operations()["getModel"]
    assert answered({}, request=asked("/v1/models", "DELETE")).operation is None
    assert answered({}, request=asked("/v1/models", "DELETE")).path_template == "/v1/models"
    assert answered({}, request=asked("/elsewhere", "GET")).path_template is None


@pytest.mark.parametrize(
    ("exchange", "shown"),
    [
        (answered({}), "POST /v1/chat/completions -> 200"),
        (Exchange(asked("/health", "GET"), None, end="lost", error="refused"), "GET /health -> refused"),
        (Exchange(asked("/health", "GET"), None, end="no answer"), "GET /health -> no answer"),
    ],
)
def test_an_exchange_as_a_text(exchange: Exchange, shown: str) -> None:
    assert str(exchange) == shown
