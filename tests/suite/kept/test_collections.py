"""The collections of the contract: what a run asks of their things is what the contract links from what makes them."""

from __future__ import annotations

import pytest
from wirecheck.area import Keeping, keepings
from wirecheck.contract.document import document
from wirecheck.contract.operations import operations


def _made_in(lists: str) -> list[str]:
    """The operations that make things in a collection; a chat, which keeps nothing unless it is asked to, is none."""
    return [
        each.id for each in operations().at(operations()[lists].path) if each.method == "POST" and not each.stateless
    ]


def _linked(made_by: str) -> set[str]:
    """What the contract links from the answers of an operation that are no refusals."""
    operation = operations()[made_by]
    declared = document().content["paths"][operation.path][operation.method.lower()]["responses"]
    answers = [document().resolved(each) for status, each in declared.items() if status.startswith("2")]
    return {link["operationId"] for answer in answers for link in answer.get("links", {}).values()}


@pytest.mark.parametrize("keeping", keepings(), ids=lambda keeping: keeping.lists)
def test_what_is_asked_of_a_thing_is_what_the_contract_links(keeping: Keeping) -> None:
    asked = {each.id for each in operations().below(operations()[keeping.lists])}
    assert asked
    for maker in _made_in(keeping.lists):
        linked = _linked(maker)
        assert linked, f"the answer of {maker} has no `links`: they lead to what is done with what it made"
        assert linked == asked, f"{maker} links to {sorted(linked)}; a run asks {sorted(asked)}"


def test_each_collection_of_the_contract_says_how_its_things_are_made() -> None:
    found = {each.id for each in operations() if each.method == "GET" and "GET" in operations().on_one(each)}
    found -= {"listModels"}  # Nobody who asks makes one.
    assert found == {each.lists for each in keepings()}, "the area of a collection declares it in `keeping.py`"
