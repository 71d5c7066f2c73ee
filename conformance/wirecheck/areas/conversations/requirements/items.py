"""What is kept of items: spec/rules/conversations/items.md."""

from __future__ import annotations

import re
from typing import Any, Final

from wirecheck.areas.conversations import pools
from wirecheck.areas.conversations import probes as conversations
from wirecheck.areas.conversations.asking import entries, ids, text_of
from wirecheck.areas.conversations.probes import ADDED, BEGUN, Life, Told, Two
from wirecheck.areas.conversations.steps import of_type
from wirecheck.evidence.exchange import ABSENT, Exchange, at
from wirecheck.evidence.unseen import Unseen, answer_or_unseen, decision
from wirecheck.judging import shape
from wirecheck.judging.requirement import Broken, Violations, requirement

_SENT: Final = (*BEGUN, *ADDED)
_TOLD: Final = ("id", "type", "role", "status")
_SCHEMAS: Final = {
    "message": "ConversationMessage",
    "function_call": "ConversationFunctionCall",
    "function_call_output": "ConversationFunctionCallOutput",
    "reasoning": "ConversationReasoning",
}


@requirement("conversations.item-shape", on=pools.every_item, feature="conversations")
def shapes_items(answer: Exchange) -> Violations:
    """An item MUST follow the schema ConversationItem."""
    for each in shape.breaks(answer, "conversation item"):
        yield from _closer(answer, each)


@requirement("conversations.item-list-shape", on=pools.every_item_list, feature="conversations")
def shapes_lists_of_items(answer: Exchange) -> Violations:
    """A list of items MUST follow the schema ConversationItemList."""
    for each in shape.breaks(answer, "conversation items"):
        yield str(each)


@requirement("conversations.text", on=conversations.life, feature="conversations")
def keeps_texts(seen: Life) -> Violations:
    """Each message MUST come back with the text that was sent, whatever its script."""
    answer = _whole(seen)
    found = [text_of(each) for each in entries(answer)]
    for message in _SENT:
        if message.text not in found:
            yield Broken(f"{message.text!r} was sent, and is none of {found!r}", answer)


@requirement("conversations.role", on=conversations.life, feature="conversations")
def keeps_roles(seen: Life) -> Violations:
    """Each message MUST come back with the role that was sent."""
    answer = _whole(seen)
    for message in _SENT:
        roles = [at(each, "role") for each in entries(answer) if text_of(each) == message.text]
        # One that did not come back is for `conversations.text`.
        if roles and message.role not in roles:
            yield Broken(f"a message of the role {message.role!r} came back as one of {roles[0]!r}", answer)


@requirement("conversations.order", on=conversations.life, feature="conversations")
def keeps_the_order(seen: Life) -> Violations:
    """`order=asc` MUST list the items in the order in which they were sent, those that were added later behind the
    others.
    """
    answer = _whole(seen)
    sent = [message.text for message in _SENT]
    places = [sent.index(text) for each in entries(answer) if (text := text_of(each)) in sent]
    if places != sorted(places):
        yield Broken(f"items came in the order {[place + 1 for place in places]} of those that were sent", answer)


@requirement("conversations.unique", on=conversations.life, feature="conversations")
def gives_each_item_an_id_of_its_own(seen: Life) -> Violations:
    """Two items of a conversation MUST NOT have the same `id`."""
    answer = _whole(seen)
    found = ids(answer)
    if len(set(found)) != len(found):
        yield Broken(f"{len(found)} items have {len(set(found))} ids: {found}", answer)


@requirement("conversations.item", on=conversations.life, feature="conversations")
def finds_items(seen: Life) -> Violations:
    """An item MUST be found by its id as it was answered when it was added."""
    added = ids(seen.added)
    if seen.fetched is None or not added:
        raise Unseen("no item was added")
    answer = answer_or_unseen(seen.fetched)
    if answer.status != 200:
        yield Broken(f"an item that was added: {answer.status}; 200 is required", answer)
        return
    item = next((each for each in entries(seen.added) if at(each, "id") == added[0]), None)
    before, now = _said(item), _said(answer.json)
    if before != now:
        yield Broken(f"it was {before} when it was added, and is {now}", answer)


@requirement("conversations.elsewhere", on=conversations.two, feature="conversations")
def keeps_conversations_apart(seen: Two) -> Violations:
    """An item of another conversation MUST be answered with 404."""
    for answer in map(answer_or_unseen, (seen.found, seen.deleted)):
        if answer.status != 404:
            told = f"{answer.request.method} {answer.request.path}: {answer.status}; 404 is required"
            yield Broken(f"an item of another conversation: {told}", answer)


@requirement("conversations.messages", on=conversations.told, feature="conversation_lists")
def narrows_messages_by_role(seen: Told) -> Violations:
    """`role` MUST narrow the messages of a conversation to all those of that role."""
    if seen.whole.status != 200:
        raise Unseen(f"no items are listed: {seen.whole}")
    for role, answer in seen.narrowed:
        if decision(answer).status != 200:
            yield Broken(f"the messages of {role}: {answer.status}; 200 is required", answer)
            continue
        wanted = [at(each, "id") for each in _messages(seen.whole) if at(each, "role") == role]
        # What is no message is for `conversations.messages-alone`.
        if sorted(str(at(each, "id")) for each in _messages(answer)) != sorted(map(str, wanted)):
            roles = [at(each, "role") for each in entries(answer)]
            yield Broken(f"{len(wanted)} messages are of the role {role}; the list holds {roles}", answer)


@requirement("conversations.messages-alone", on=conversations.told, feature="conversation_lists")
def shows_messages_alone(seen: Told) -> Violations:
    """The messages of a role MUST NOT hold an item that is no message."""
    if decision(seen.calls).status != 200:
        raise Unseen("no item that is no message was taken")
    for role, answer in seen.narrowed:
        types = [at(each, "type") for each in entries(answer)]
        if any(each != "message" for each in types):
            yield Broken(f"the messages of {role} are of the types {types}", answer)


def _said(item: Any) -> dict[str, Any]:
    """What an item tells; what is left out says nothing."""
    told = {name: at(item, name) for name in _TOLD if at(item, name) is not ABSENT}
    return {**told, "text": text_of(item)}


def _whole(seen: Life) -> Exchange:
    """The list of all items. Raises `Unseen` where not all were taken: that is for `conversations.create`."""
    if seen.added is None or seen.added.status != 200 or seen.whole is None:
        raise Unseen("the messages were not taken")
    answer = answer_or_unseen(seen.whole)
    if answer.status != 200:
        raise Unseen(f"no items are listed: {answer}")
    return answer


def _messages(answer: Exchange) -> list[Any]:
    return of_type("message", entries(answer))


def _closer(answer: Exchange, found: shape.Break) -> Violations:
    """What is wrong with an item, by the schema of its own type: the union says of each only that it is none."""
    where = re.match(r"data\.(\d+)", found.path)
    item = at(answer.json, "data", int(where[1])) if where else answer.json
    schema = _SCHEMAS.get(str(at(item, "type")))
    closer = list(shape.faults(schema, item)) if schema else []
    for each in closer:
        yield f"{'.'.join(filter(None, (where and where[0], each.path)))}: {each.message}"
    if not closer:
        yield str(found)
