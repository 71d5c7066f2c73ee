"""Pages of lists."""

from __future__ import annotations

import pytest
from wirecheck_reference.errors import ApiError
from wirecheck_reference.store.pages import Cut, Page, page_of

ITEMS = ["a", "b", "c", "d", "e"]


def page(**given: object) -> Page[str]:
    return page_of(ITEMS, str, Cut(**given))  # type: ignore[arg-type]  # as each test writes it


def test_without_a_limit_all_is_one_page() -> None:
    assert page() == Page(ITEMS, has_more=False, first_id="a", last_id="e")


def test_a_page_tells_its_edges_and_whether_there_is_more() -> None:
    assert page(after="a", limit=2) == Page(["b", "c"], has_more=True, first_id="b", last_id="c")
    assert page(after="c", limit=2) == Page(["d", "e"], has_more=False, first_id="d", last_id="e")


def test_after_the_last_is_nothing() -> None:
    assert page(after="e") == Page([], has_more=False, first_id=None, last_id=None)


def test_the_other_order_is_the_same_list_backwards() -> None:
    assert page(descending=True, after="d", limit=2) == Page(["c", "b"], has_more=True, first_id="c", last_id="b")


@pytest.mark.parametrize("limit", [1, 2, 3, 5, 9])
@pytest.mark.parametrize("descending", [False, True])
def test_pages_hold_the_list(limit: int, descending: bool) -> None:
    seen: list[str] = []
    after: str | None = None
    while True:
        part = page(after=after, limit=limit, descending=descending)
        seen += part.items
        after = part.last_id
        if not part.has_more:
            break
    assert seen == sorted(ITEMS, reverse=descending)


def test_after_nobody_is_refused() -> None:
    with pytest.raises(ApiError) as refused:
        page(after="z")
    assert (refused.value.status, refused.value.param) == (400, "after")
