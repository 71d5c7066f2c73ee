"""Bodies made cheap and sharp, without a change to what they say of the server."""

from __future__ import annotations

from typing import Any

import pytest
from wirecheck.area import smallest
from wirecheck.areas.chat.generated import MOST_CHOICES, MOST_TOKENS, plain
from wirecheck.contract.document import document
from wirecheck.contract.operations import JSON, Operation, operations
from wirecheck.judging import oracle
from wirecheck.sweeping.bodies import answerable, sharp
from wirecheck.sweeping.cases import Contract

CHAT = "createChatCompletion"
PLAIN: dict[str, Any] = {"model": "m", "messages": [{"role": "user", "content": "hi"}]}
REQUEST = "ChatCompletionRequest"


def _chat() -> Operation:
    return operations()[CHAT]


@pytest.fixture(scope="module")
def drawn() -> list[dict[str, Any]]:
    """The generated bodies that are objects."""
    source = Contract()
    random = source.fuzz(CHAT, positive=True, seed=3, count=20) + source.fuzz(CHAT, positive=False, seed=3, count=10)
    return [each.value for each in [*source.coverage(CHAT), *random] if isinstance(each.value, dict)]


def test_a_sharp_body_breaks_one_field_and_the_same(drawn: list[dict[str, Any]]) -> None:
    lean = 0
    for body in drawn:
        made = sharp(_chat(), body)
        before, after = oracle.first_fault(_chat(), body), oracle.first_fault(_chat(), made)
        assert (before is None) == (after is None)
        if before and after and made is not body:
            lean += 1
            assert before.path.split(".")[0] == after.path.split(".")[0]
            assert len(made) <= 3
            assert not oracle.forgivable(_chat(), made)
    assert lean > 500


def test_a_plain_body_is_valid_and_plain(drawn: list[dict[str, Any]]) -> None:
    valid = [body for body in drawn if document().validator(REQUEST).is_valid(body)]
    assert len(valid) > 15
    for body in valid:
        made = plain(body)
        assert document().validator(REQUEST).is_valid(made)
        assert plain(made) == made
        assert not {"tools", "audio", "response_format"} & set(made)


def test_what_is_cheap_stays_valid_or_broken(drawn: list[dict[str, Any]]) -> None:
    for body in drawn:
        made = answerable(_chat(), body, "echo")
        assert document().validator(REQUEST).is_valid(made) == document().validator(REQUEST).is_valid(body), body


def test_cheap_clamps_what_costs() -> None:
    made = answerable(_chat(), {**PLAIN, "max_tokens": 5000, "n": 100}, "echo", True)
    assert made == {
        "model": "echo",
        "messages": PLAIN["messages"],
        "max_tokens": MOST_TOKENS,
        "n": MOST_CHOICES,
        "stream": True,
    }
    assert answerable(_chat(), PLAIN, "echo")["max_tokens"] == MOST_TOKENS


def test_cheap_leaves_broken_fields_broken() -> None:
    broken = {"model": 5, "messages": [], "max_tokens": "many", "n": 129, "stream": "yes"}
    assert answerable(_chat(), broken, "echo", True) == broken
    assert answerable(_chat(), [1], "echo") == [1]


def test_the_smallest_body_of_an_operation_is_valid() -> None:
    taking = [each for each in operations() if JSON in each.request]
    assert taking
    for operation in taking:
        assert oracle.first_fault(operation, smallest(operation)) is None
