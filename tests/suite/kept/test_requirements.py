"""Requirements on things that are kept and on lists: one life of a thing, right, and with one answer otherwise."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from wirecheck.areas.kept.probes import LABELS
from wirecheck.areas.kept.reading import Life, Others, Page, Thing, Walk
from wirecheck.evidence.exchange import Exchange

from tests.suite.answers import FAILED, PASSED, UNTESTABLE, graded
from tests.suite.exchanges import answered, asked

LIST = "/v1/things"


def one(id_: str, method: str = "GET", status: int = 200, **fields: Any) -> Exchange:
    return answered({"id": id_, **fields}, status=status, request=asked(f"{LIST}/{id_}", method))


def page(*ids: str, limit: int, more: bool, wanted: tuple[str, ...] = (), **fields: Any) -> Page:
    edges = {"first_id": ids[0], "last_id": ids[-1]} if ids else {}
    body = {"object": "list", "data": [{"id": each} for each in ids], "has_more": more, **edges, **fields}
    return Page(answered(body, request=asked(LIST, "GET")), limit, wanted)


def thing(id_: str) -> Thing:
    made = answered({"id": id_, "created_at": 7}, request=asked(LIST, body={"metadata": {"a": "b"}}))
    return Thing(id_, made)


LIFE = Life(
    "listThings",
    thing("two"),
    one("two", created_at=7, metadata={"a": "b"}),
    Walk(
        page("three", "two", limit=2, more=True, wanted=("three", "two")),
        page("one", "old", limit=2, more=True, wanted=("one",)),
    ),
    one("two", "DELETE", deleted=True),
    one("two", status=404),
    page("four", "three", "one", "old", limit=10, more=False, wanted=("four", "three", "one")),
    Walk(
        page("two", limit=1, more=True, wanted=("two",)),
        page("three", "four", limit=100, more=False, wanted=("three", "four")),
    ),
    one("two", "DELETE", status=404),
    page(limit=2, more=False),
    (one("two", "POST", metadata=LABELS), one("two", metadata=LABELS)),
    (one("nobody", status=404), one("nobody", "DELETE", status=404)),
    Others(
        thing("one"),
        (one("one", status=404), one("one", "DELETE", status=404)),
        page("theirs", limit=2, more=False),
        one("one"),
    ),
)
SHORT = replace(LIFE, oldest=None, deleted_again=None, unknown_after=None, changed=(), unknown=(), others=None)
WRONG: dict[str, dict[str, Any]] = {
    "kept.found": {"found": one("two", created_at=8)},
    "kept.listed": {
        "newest": Walk(page("old", limit=2, more=True, wanted=("three",)), page(limit=2, more=False)),
        "oldest": None,
    },
    "kept.changed": {"changed": (one("two", "POST", metadata=LABELS), one("two", metadata={"a": "b"}))},
    "kept.deletion": {"deleted": one("two", "DELETE")},
    "kept.gone": {"gone": one("two")},
    "kept.unlisted": {"rest": page("three", "two", limit=10, more=False)},
    "kept.unknown": {"unknown": (one("nobody", "DELETE", deleted=True),)},
    "kept.tenant": {"others": replace(LIFE.others, answers=(one("one"),)) if LIFE.others else None},
    "kept.tenant-list": {"others": replace(LIFE.others, page=page("one", limit=2, more=True)) if LIFE.others else None},
    "lists.limit": {"rest": page(*(str(number) for number in range(11)), limit=10, more=False)},
    "lists.whole": {"newest": Walk(LIFE.newest.first, page("two", "one", limit=2, more=True, wanted=("one",)))},
    "lists.order": {
        "newest": Walk(
            page("one", "two", limit=2, more=True, wanted=("three", "two")),
            page("three", limit=2, more=False, wanted=("one",)),
        )
    },
    "lists.more": {"newest": Walk(page("three", "two", limit=2, more=False), LIFE.newest.second)},
    "lists.edges": {"rest": page("four", "three", limit=10, more=False, last_id="four")},
    "lists.unknown": {"unknown_after": page("four", "three", limit=2, more=True)},
}


@pytest.mark.parametrize("id_", WRONG)
def test_a_life_without_blame_breaks_nothing(id_: str) -> None:
    assert graded(id_, (LIFE,)) == PASSED
    assert graded(id_, (SHORT,)) in (PASSED, UNTESTABLE)


@pytest.mark.parametrize(("id_", "wrong"), WRONG.items())
def test_one_wrong_answer_breaks_one_sentence(id_: str, wrong: dict[str, Any]) -> None:
    life = replace(LIFE, **wrong)
    failed = {each for each in WRONG if graded(each, (life,)) == FAILED}
    assert failed == {id_}


def test_a_list_without_edges_tells_none() -> None:
    bare = replace(LIFE, newest=Walk(page(limit=2, more=False), page(limit=2, more=False)), oldest=None)
    assert graded("lists.edges", (replace(bare, rest=page(limit=10, more=False)),)) == UNTESTABLE


def test_another_caller_may_get_what_everybody_gets_for_an_unknown_id() -> None:
    assert LIFE.others is not None
    forbidden = one("one", "PUT", status=403)
    life = replace(LIFE, others=replace(LIFE.others, answers=(forbidden,)), unknown=(one("x", "PUT", status=403),))
    assert graded("kept.tenant", (life,)) == PASSED


def test_what_is_not_found_at_all_was_deleted_by_nobody() -> None:
    assert LIFE.others is not None
    gone = replace(LIFE, others=replace(LIFE.others, after=one("one", status=404)))
    assert graded("kept.tenant", (gone,)) == FAILED
    lost = replace(gone, found=one("two", status=404))
    assert (graded("kept.tenant", (lost,)), graded("kept.found", (lost,))) == (PASSED, FAILED)


@pytest.mark.parametrize("path", ["two/content", "two/messages"])
def test_what_belongs_to_a_thing_is_kept_apart_too(path: str) -> None:
    assert LIFE.others is not None
    for status, outcome in ((404, PASSED), (200, FAILED), (403, FAILED)):
        others = replace(LIFE.others, answers=(*LIFE.others.answers, one(path, status=status)))
        assert graded("kept.tenant", (replace(LIFE, others=others),)) == outcome


def test_a_thing_in_the_list_that_answers_its_making() -> None:
    made = answered({"object": "list", "data": [{"id": "two", "object": "item"}]}, request=asked(f"{LIST}/x/items"))
    life = replace(LIFE, thing=Thing("two", made, ("data", 0)), found=one("two", object="item"))
    assert graded("kept.found", (life,)) == PASSED
    assert graded("kept.found", (replace(life, found=one("two", object="list")),)) == FAILED


def test_a_deletion_that_is_answered_otherwise_by_the_contract() -> None:
    otherwise = replace(LIFE, deleted=one("list", "DELETE", object="things"), says_deleted=False)
    assert graded("kept.deletion", (otherwise,)) == PASSED
    assert graded("kept.deletion", (replace(otherwise, deleted=one("two", "DELETE", status=500)),)) == FAILED
