"""Requirements on conversations: one life of a conversation, right, and with one answer otherwise."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from typing import Any, Final

import pytest
from wirecheck.areas.conversations.asking import CONVERSATIONS, Message
from wirecheck.areas.conversations.probes import BEGUN, Life, Two

from tests.suite.answers import FAILED, PASSED, UNTESTABLE, graded
from tests.suite.conversations.items import CONVERSATION, ITEMS, got, item, page

LIFE: Final = Life(
    got(CONVERSATION, "POST", CONVERSATIONS),
    page(*ITEMS[3:]),
    page(*ITEMS),
    got(ITEMS[3]),
    got(CONVERSATION, "DELETE"),
    page(*ITEMS[:3], ITEMS[4]),
    got({"id": "conv", "object": "conversation.deleted", "deleted": True}, "DELETE"),
    got(status=404),
)
COMPOSED: Final = [item("1", Message("user", unicodedata.normalize("NFC", BEGUN[1].text)))]
WRONG: Final[dict[str, dict[str, Any]]] = {
    "conversations.create": {"added": got({"error": {}}, "POST", status=422), "fetched": None, "deleted": None},
    "conversations.gone": {"after": page(ITEMS[0])},
    "conversations.text": {
        "whole": page(ITEMS[0], *COMPOSED, *ITEMS[2:]),
        "rest": page(ITEMS[0], *COMPOSED, ITEMS[2], ITEMS[4]),
    },
    "conversations.role": {"whole": page(*ITEMS[:4], {**ITEMS[4], "role": "system"})},
    "conversations.order": {
        "whole": page(*ITEMS[3:], *ITEMS[:3]),
        "rest": page(ITEMS[4], *ITEMS[:3]),
    },
    "conversations.unique": {
        "whole": page(ITEMS[0], {**ITEMS[1], "id": "0"}, *ITEMS[2:]),
        "rest": page(ITEMS[0], {**ITEMS[1], "id": "0"}, ITEMS[2], ITEMS[4]),
    },
    "conversations.item": {"fetched": got({**ITEMS[3], "status": "incomplete"})},
    "conversations.added": {"added": page(ITEMS[3])},
    "conversations.item-deletion": {"deleted": got({"id": "3", "deleted": True}, "DELETE")},
    "conversations.others-stay": {"rest": page(*ITEMS[:3])},
}


@pytest.mark.parametrize("id_", WRONG)
def test_a_life_without_blame_breaks_nothing(id_: str) -> None:
    assert graded(id_, LIFE) == PASSED


@pytest.mark.parametrize(("id_", "wrong"), WRONG.items())
def test_one_wrong_answer_breaks_one_sentence(id_: str, wrong: dict[str, Any]) -> None:
    life = replace(LIFE, **wrong)
    assert {each for each in WRONG if graded(each, life) == FAILED} == {id_}


def test_what_was_not_taken_says_nothing_of_items() -> None:
    life = Life(got({"error": {}}, "POST", status=422))
    assert {id_ for id_ in WRONG if graded(id_, life) != UNTESTABLE} == {"conversations.create"}


def test_an_item_that_is_still_there_is_for_another_sentence() -> None:
    assert graded("conversations.others-stay", replace(LIFE, rest=LIFE.whole)) == PASSED


@pytest.mark.parametrize("which", ["found", "deleted"])
def test_an_item_of_another_conversation(which: str) -> None:
    right = Two("0", got(status=404), got(None, "DELETE", status=404))
    assert graded("conversations.elsewhere", right) == PASSED
    wrong: dict[str, Any] = {which: got(ITEMS[0])}
    assert graded("conversations.elsewhere", replace(right, **wrong)) == FAILED
