"""Embeddings over HTTP: every form of input, both encodings, dimensions, limits, models."""

from __future__ import annotations

import base64
import math
import struct
from typing import Any

import httpx2
import pytest
from wirecheck_contract.models import EmbeddingList

from tests.reference.child import Child

NATIVE = 256


def embed(server: Child, given: Any = "hello", **fields: Any) -> httpx2.Response:
    """One request, as the test wants it."""
    return server.client.post("/v1/embeddings", json={"model": "hash-embed", "input": given, **fields})


def vectors(answer: httpx2.Response) -> list[Any]:
    """The vectors of a good answer, which is held to the contract."""
    assert answer.status_code == 200, answer.text
    document = answer.json()
    EmbeddingList.model_validate_json(answer.content)
    assert [each["index"] for each in document["data"]] == list(range(len(document["data"])))
    return [each["embedding"] for each in document["data"]]


def unpacked(text: str) -> list[float]:
    data = base64.b64decode(text, validate=True)
    return list(struct.unpack(f"<{len(data) // 4}f", data))


@pytest.mark.parametrize(
    ("given", "count", "tokens"),
    [
        ("hello", 1, 2),
        (["hello"], 1, 2),
        (["hello", "hello", "a"], 3, 5),
        ([1, 2, 3], 1, 3),
        ([1.0, 2], 1, 2),
        ([[1, 2, 3], [4]], 2, 4),
        (["a"] * 2048, 2048, 2048),
        (["naïve", "日本語", "🦊", " "], 4, None),
    ],
)
def test_forms_of_input(server: Child, given: Any, count: int, tokens: int | None) -> None:
    answer = embed(server, given)
    found = vectors(answer)
    assert [len(each) for each in found] == [NATIVE] * count
    assert all(math.hypot(*each) == pytest.approx(1, abs=1e-6) for each in found[:10])
    usage = answer.json()["usage"]
    assert usage["prompt_tokens"] == usage["total_tokens"]
    assert tokens in (None, usage["prompt_tokens"])


def test_a_list_of_one_is_the_text_and_order_is_kept(server: Child) -> None:
    texts = ["hello", "good bye", "日本語"]
    singles = [vectors(embed(server, text))[0] for text in texts]
    assert vectors(embed(server, texts)) == singles
    assert vectors(embed(server, texts[:1])) == singles[:1]
    assert vectors(embed(server, texts[::-1])) == singles[::-1]


@pytest.mark.parametrize("given", ["hello", ["hello", "good bye"], [1, 2, 3], [[1], [2]]])
def test_base64_is_the_floats(server: Child, given: Any) -> None:
    floats = vectors(embed(server, given, encoding_format="float"))
    assert [unpacked(each) for each in vectors(embed(server, given, encoding_format="base64"))] == floats


@pytest.mark.parametrize("dimensions", [1, 2, 64, 255, 256, 64.0])
def test_dimensions_shorten_and_normalise(server: Child, dimensions: float) -> None:
    (whole,), (short,) = vectors(embed(server)), vectors(embed(server, dimensions=dimensions))
    assert len(short) == dimensions
    assert math.hypot(*short) == pytest.approx(1, abs=1e-6)
    kept = whole[: int(dimensions)]
    assert short == pytest.approx([each / math.hypot(*kept) for each in kept], abs=1e-6)


def test_null_is_as_good_as_nothing(server: Child) -> None:
    assert vectors(embed(server, encoding_format=None, dimensions=None, user=None)) == vectors(embed(server))
    assert embed(server, user="somebody").status_code == 200


@pytest.mark.parametrize(
    ("given", "param"),
    [
        ("", "input"),
        ([], "input"),
        ([""], "input.0"),
        (["a", ""], "input.1"),
        ([[]], "input.0"),
        (["a", 1], "input.1"),
        ([-1], "input.0"),
        ([1.5], "input.0"),
        ({"text": "a"}, "input"),
        (7, "input"),
        (None, "input"),
        ("a\x00b", "input"),
        (["a"] * 2049, "input"),
        ("a" * 100_001, "input"),
        ([["a"]], "input.0.0"),
    ],
)
def test_input_that_breaks_the_contract_is_refused(server: Child, given: Any, param: str) -> None:
    answer = embed(server, given)
    assert (answer.status_code, answer.json()["error"]["param"]) == (422, param), answer.text


@pytest.mark.parametrize(
    "fields",
    [{"dimensions": 0}, {"dimensions": "3"}, {"encoding_format": "hex"}, {"user": 5}, {"model": 5}, {"stream": True}],
)
def test_other_fields_that_break_the_contract_are_refused(server: Child, fields: dict[str, Any]) -> None:
    answer = embed(server, **fields)
    assert (answer.status_code, answer.json()["error"]["param"]) == (422, next(iter(fields)))


@pytest.mark.parametrize(
    ("given", "fields", "code", "param"),
    [
        ("word " * 9000, {}, "context_length_exceeded", "input"),
        (["a", "word " * 9000], {}, "context_length_exceeded", "input.1"),
        ([1] * 8193, {}, "context_length_exceeded", "input"),
        ("a", {"dimensions": 257}, "invalid_value", "dimensions"),
        ("a", {"model": "echo"}, "invalid_value", "model"),
    ],
)
def test_what_cannot_be_done_is_400(server: Child, given: Any, fields: dict[str, Any], code: str, param: str) -> None:
    answer = embed(server, given, **fields)
    error = answer.json()["error"]
    assert (answer.status_code, error["code"], error["param"]) == (400, code, param)


def test_a_model_that_nobody_has_is_404(server: Child) -> None:
    answer = embed(server, model="nobody")
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "model_not_found")


def test_the_model_tells_what_it_does_and_does_not_chat(server: Child) -> None:
    model = server.client.get("/v1/models/hash-embed").json()
    assert model["capabilities"] == ["embeddings"]
    answer = server.chat(model="hash-embed")
    assert (answer.status_code, answer.json()["error"]["param"]) == (400, "model")
    assert "hash-embed" in answer.json()["error"]["message"]
