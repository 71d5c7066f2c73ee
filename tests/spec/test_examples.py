"""Every example is valid, and every body has one."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.spec.contract import component_validator, document, validator


def resolve(node: dict[str, Any]) -> dict[str, Any]:
    """What a reference into the bundle leads to."""
    while "$ref" in node:
        _, _, kind, name = node["$ref"].split("/")
        node = document()["components"][kind][name]
    return node


def media() -> list[tuple[str, dict[str, Any]]]:
    """Every media type of every body and answer, with its place."""
    found: list[tuple[str, dict[str, Any]]] = []
    for path, item in {**document()["paths"], **document().get("webhooks", {})}.items():
        for method, operation in item.items():
            bodies = {"body": operation["requestBody"]} if "requestBody" in operation else {}
            for name, holder in {**bodies, **operation["responses"]}.items():
                kinds = resolve(holder).get("content", {})
                found += [(f"{method} {path} {name} {kind}", content) for kind, content in kinds.items()]
    return found


def valid(content: dict[str, Any], value: Any) -> bool:
    """Whether an example is valid against the schema of its media type, or each of its items against the item's."""
    if "schema" in content:
        return bool(validator(content["schema"]).is_valid(value))
    item = validator(content["itemSchema"])
    return isinstance(value, list) and bool(value) and all(item.is_valid(each) for each in value)


@pytest.mark.parametrize(("name", "content"), media(), ids=[each[0] for each in media()])
def test_examples_are_valid(name: str, content: dict[str, Any]) -> None:
    assert content["examples"], f"{name} has no example"
    for each in content["examples"].values():
        example = resolve(each)
        assert example["summary"].strip()
        assert valid(content, example["value"]), (name, example["summary"])


def test_a_wrong_example_is_found_out() -> None:
    streams = [content for name, content in media() if name.endswith("200 text/event-stream")]
    assert streams
    for stream in streams:
        assert not valid(stream, [{"event": "message"}])
        assert not valid(stream, [])
    assert not valid({"schema": {"$ref": "#/components/schemas/Health"}}, {"status": "fine"})


def test_data_of_example_events_is_valid() -> None:
    for name in ("ChatEvents", "ChatFailedEvents"):
        for event in document()["components"]["examples"][name]["value"]:
            if event["data"] != "[DONE]":
                payload = json.loads(event["data"])
                schema = "ErrorResponse" if "error" in payload else "ChatCompletionChunk"
                assert component_validator(schema).is_valid(payload), event


@pytest.mark.parametrize("kind", ["headers", "parameters"])
def test_examples_of_headers_and_parameters_are_valid(kind: str) -> None:
    for name, each in document()["components"][kind].items():
        assert validator(each["schema"]).is_valid(each["example"]), name


def test_a_stream_item_is_a_chunk_or_an_error_and_says_which() -> None:
    items = [content["itemSchema"] for name, content in media() if name.endswith("200 application/x-ndjson")]
    item = validator(items[0])
    chunk = document()["components"]["examples"]["ChatLines"]["value"][0]
    error = {"message": "m", "type": "server_error", "param": None, "code": None}
    assert item.is_valid(chunk)
    assert item.is_valid({"error": error})
    assert not item.is_valid({**chunk, "error": "boom"})
    assert not item.is_valid({"choices": []})
    messages = [problem.message for problem in item.iter_errors({**chunk, "created": 1767225600000})]
    assert any("1767225600000" in message for message in messages)
