"""Requirements on items of all types: a conversation that holds them, right, and with one of them otherwise."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from dataclasses import replace
from typing import Any, Final, cast

import pytest
from wirecheck.areas.conversations.probes import Told, has_calls, has_images, has_reasoning, has_refusals, told
from wirecheck.areas.conversations.steps import CALLS, FILE, IMAGE, OUTPUTS, REASONING, REFUSAL, REFUSED, SHOWN
from wirecheck.asking.draft import Draft
from wirecheck.asking.probe import Probe
from wirecheck.evidence.exchange import Exchange
from wirecheck.judging.requirement import requirements
from wirecheck.judging.verdict import judge

from tests.suite.answers import FAILED, PASSED, UNTESTABLE, graded
from tests.suite.conversations.items import CONVERSATION, ITEMS, ONE, got, page


def step(number: int, **fields: Any) -> dict[str, Any]:
    """One of the items that are no plain messages as it is answered, with other fields."""
    return {"status": "completed", **SENT[number], "id": f"item_{number}", **fields}


SENT: Final = (*CALLS, *OUTPUTS, REASONING, SHOWN, REFUSED)
STEPS: Final = [step(number) for number in range(len(SENT))]
NOT_TAKEN: Final = got({"error": {}}, "POST", status=422)
TOLD: Final = Told(
    page(*ITEMS, *STEPS),
    (),
    page(*STEPS[:4]),
    page(STEPS[4]),
    page(STEPS[5]),
    page(STEPS[6]),
    got(STEPS[0]),
    got(CONVERSATION, "DELETE"),
    got(status=404),
)


def listed(*changed: dict[str, Any]) -> dict[str, Any]:
    """The list of all items with these in the place of those that have their ids."""
    by_id = {each["id"]: each for each in changed}
    return {"whole": page(*ITEMS, *(by_id.get(each["id"], each) for each in STEPS))}


def parts(place: int, *parts: Any) -> dict[str, Any]:
    """The list of all items, with these in the place of a part of the message that shows something."""
    content = SHOWN["content"]
    return listed(step(5, content=[*content[:place], *parts, *content[place + 1 :]]))


SHOULD_PASS: Final[tuple[dict[str, Any], ...]] = (
    {},
    listed(step(2, output=[{"type": "output_text", "text": OUTPUTS[0]["output"]}]), step(3, output="Nothing found.")),
    listed(step(4, content=[], encrypted_content=None)),
    parts(1, {"type": "input_image", "detail": "low", "image_url": None}),
    parts(2, {"type": "input_file", "file_id": "file-1"}),
    listed(step(6, content=[{"type": "output_text", "text": ""}, REFUSAL])),
    {"whole": page(*ITEMS, *STEPS[:2], {"id": "ws_1", "type": "web_search_call"}, *STEPS[2:])},
)
BROKEN: Final[tuple[tuple[str, dict[str, Any]], ...]] = (
    ("call", listed(step(0, arguments='{"city":"Zürich"}'))),
    ("call", listed(step(0, name="look"))),
    ("call", listed(step(1, call_id="item_1"))),
    ("call", {"whole": page(*ITEMS, *STEPS[1:])}),
    ("call-output", listed(step(2, output=""))),
    ("call-output", listed(step(3, output=OUTPUTS[1]["output"][:1]))),
    ("call-output", listed(step(3, call_id=None))),
    ("reasoning", listed(step(4, summary=REASONING["summary"][::-1]))),
    ("image", parts(1)),
    ("image", parts(1, {**IMAGE, "detail": "auto"})),
    ("image", parts(1, {**IMAGE, "image_url": "https://files.example/1"})),
    ("file", parts(2)),
    ("file", parts(2, {**FILE, "filename": "file"})),
    ("file", parts(2, {**FILE, "file_data": ""})),
    ("refusal", {"whole": page(*ITEMS, *STEPS[:6])}),
    ("refusal", listed(step(6, content=[{"type": "output_text", "text": REFUSAL["refusal"]}]))),
    ("refusal", listed(step(6, content=[{**REFUSAL, "refusal": "No."}]))),
    ("types-order", {"whole": page(*ITEMS, *STEPS[2:4], *STEPS[:2], *STEPS[4:])}),
    ("types-order", {"whole": page(*STEPS, *ITEMS)}),
    ("call-found", {"fetched": got(status=404)}),
    ("call-found", {"fetched": got(step(0, arguments="{}"))}),
    ("call-gone", {"deleted": got(status=404)}),
    ("call-gone", {"gone": got(STEPS[0])}),
)
OF_TYPES: Final = sorted({id_ for id_, _ in BROKEN})


def failing(told: Told) -> list[str]:
    """Which of the sentences on types fail, without their area."""
    return [id_ for id_ in OF_TYPES if graded(f"conversations.{id_}", told) == FAILED]


@pytest.mark.parametrize("right", SHOULD_PASS)
def test_items_of_all_types_may_be_told_in_their_own_ways(right: dict[str, Any]) -> None:
    assert failing(replace(TOLD, **right)) == []


@pytest.mark.parametrize(("id_", "wrong"), BROKEN)
def test_one_wrong_item_breaks_one_sentence(id_: str, wrong: dict[str, Any]) -> None:
    assert failing(replace(TOLD, **wrong)) == [id_]


def found(feature: Probe[bool], told: Told) -> bool:
    """What a feature's probe makes of a record."""

    class Seen:
        async def see(self, _: Probe[Any]) -> Told:
            return told

    asker: Any = Seen()
    return asyncio.run(cast("Coroutine[Any, Any, bool]", feature.ask(asker)))


def test_what_is_refused_is_not_there() -> None:
    lacking = Told(TOLD.whole, (), calls=NOT_TAKEN, reasoning=NOT_TAKEN, shown=NOT_TAKEN, refused=NOT_TAKEN)
    assert {graded(f"conversations.{id_}", lacking) for id_ in OF_TYPES} == {UNTESTABLE}
    for find in (has_calls, has_reasoning, has_images, has_refusals):
        assert found(find, lacking) is False
        assert found(find, TOLD) is True


@pytest.mark.parametrize(
    ("item", "said"),
    [
        (step(0, status="done"), "data.0.status: "),
        ({"id": "rs_1", "type": "reasoning"}, "data.0.summary: "),
        (step(5, content=[{"type": "input_image"}]), "data.0.content.0.detail: "),
        (step(6, content=[{"type": "refusal"}]), "data.0.content.0.refusal: "),
        ({"type": "web_search_call"}, "data.0: "),
    ],
)
def test_what_is_wrong_with_an_item_is_told_by_its_type(item: dict[str, Any], said: str) -> None:
    answer = got({"object": "list", "data": [item], "has_more": False}, path=f"{ONE}/items")
    shape = next(each for each in requirements() if each.id == "conversations.item-shape")
    violations = judge(shape, [answer]).violations
    assert [each.message.startswith(said) for each in violations] == [True]


@pytest.mark.parametrize("status", [200, 422])
def test_what_is_told_on_demand_is_asked_for(status: int) -> None:
    """And asked for without it, where a server does not serve that, in no more requests than were announced."""
    sent: list[Draft] = []

    class Scripted:
        quick = False

        async def send(self, draft: Draft) -> Exchange:
            sent.append(draft)
            if "include" in draft.path:
                return got({"error": {}}, path=draft.path, status=status)
            return got(CONVERSATION if draft.method == "POST" else STEPS[0], draft.method, draft.path)

    asker: Any = Scripted()
    seen = asyncio.run(cast("Coroutine[Any, Any, Told]", told.ask(asker)))
    assert len(sent) <= told.most(quick=False)
    asked = [each.path for each in sent if "/items?" in each.path]
    assert ["include%5B%5D=message.input_image.image_url" in each for each in asked] == [True, False][: len(asked)]
    assert len(asked) == (1 if status == 200 else 2)
    assert (seen.whole.status, seen.whole.request.path) == (200, asked[-1])


def test_messages_of_a_role_are_all_of_them_and_no_other() -> None:
    def narrowed(*shown: Exchange) -> Told:
        return replace(TOLD, narrowed=tuple(zip(("user", "assistant"), shown, strict=True)))

    users, assistants = page(ITEMS[1], ITEMS[3], STEPS[5]), page(ITEMS[2], STEPS[6])
    assert graded("conversations.messages", narrowed(users, assistants)) == PASSED
    for wrong in (page(*ITEMS), page(ITEMS[1]), page(), page(status=404)):
        assert graded("conversations.messages", narrowed(wrong, assistants)) == FAILED
    beside = narrowed(page(ITEMS[1], ITEMS[3], STEPS[5], STEPS[0]), assistants)
    assert graded("conversations.messages", beside) == PASSED
    assert graded("conversations.messages-alone", narrowed(users, assistants)) == PASSED
    assert graded("conversations.messages-alone", beside) == FAILED
    assert graded("conversations.messages-alone", replace(beside, calls=NOT_TAKEN)) == UNTESTABLE
