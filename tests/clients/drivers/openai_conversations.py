"""Conversations and their items by the official SDK for Python."""

from __future__ import annotations

from typing import Any

from tests.clients.drivers.lines import ASKED, Call
from tests.clients.drivers.openai_kept import common
from tests.clients.drivers.openai_reading import client


def begun(sdk: Any, **fields: Any) -> Any:
    """A conversation of several turns."""
    return sdk.conversations.create(**{"items": ASKED["turns"], "metadata": ASKED["labels"], **fields})


def text_of(item: Any) -> Any:
    """The role and the text of an item."""
    return [item.type, item.role, "".join(part.text for part in item.content)]


def conversation(url: str) -> Any:
    """A conversation from its beginning to its deletion."""
    sdk = client(url)
    new = begun(sdk)
    items: list[Any] = list(sdk.conversations.items.list(new.id, order="asc", limit=2))
    more = sdk.conversations.items.create(new.id, items=ASKED["turns"][:2])
    one = sdk.conversations.items.retrieve(items[1].id, conversation_id=new.id)
    changed = sdk.conversations.update(new.id, metadata=ASKED["other_labels"])
    found = sdk.conversations.retrieve(new.id)
    after = sdk.conversations.items.delete(items[0].id, conversation_id=new.id)
    left = list(sdk.conversations.items.list(new.id, order="desc"))
    ended = sdk.conversations.delete(new.id)
    return {
        "new": new.metadata,
        "items": [text_of(each) for each in items],
        "distinct": len({each.id for each in items}),
        "more": [text_of(each) for each in more.data],
        "one": [text_of(one), one.id == items[1].id],
        "changed": [changed.metadata, found.metadata, found.id == new.id, found.created_at == new.created_at],
        "after": after.id == new.id,
        "left": [[text_of(each) for each in left], len({each.id for each in left})],
        "ended": [ended.deleted, ended.id == new.id],
    }


def item_pages(url: str) -> Any:
    """How many items a page holds, and whether there is more."""
    sdk = client(url)
    new = begun(sdk)
    page = sdk.conversations.items.list(new.id, limit=2)
    found = [len(page.data), page.has_next_page(), [text_of(each) for each in page]]
    sdk.conversations.delete(new.id)
    return found


def untouched(url: str) -> Any:
    """A text that no one may compose otherwise, and whose lines end as they do."""
    sdk = client(url)
    new = begun(sdk, items=[{"type": "message", "role": "user", "content": ASKED["untouched"]}])
    found = [text_of(each) for each in sdk.conversations.items.list(new.id)]
    sdk.conversations.delete(new.id)
    return found


def shown(item: Any) -> Any:
    """An item of any type, without its id."""
    return {name: value for name, value in item.to_dict(mode="json").items() if name != "id"}


def types(url: str) -> Any:
    """Function calls, their outputs, reasoning, an image and a file."""
    sdk = client(url)
    new = begun(sdk, items=ASKED["typed"])
    found = [shown(each) for each in sdk.conversations.items.list(new.id, order="asc")]
    sdk.conversations.delete(new.id)
    return found


def call(*, deleted: bool) -> Call:
    """A function call is fetched, or deleted and asked for again."""

    def made(url: str) -> Any:
        sdk = client(url)
        new = begun(sdk, items=ASKED["typed"])
        items: list[Any] = list(sdk.conversations.items.list(new.id))
        id_ = next(each.id for each in items if each.type == "function_call")
        try:
            found = sdk.conversations.items.retrieve(id_, conversation_id=new.id)
            if deleted:
                sdk.conversations.items.delete(id_, conversation_id=new.id)
                found = sdk.conversations.items.retrieve(id_, conversation_id=new.id)
            return shown(found)
        finally:
            sdk.conversations.delete(new.id)

    return made


def items_of_ended(url: str) -> Any:
    """The items of a conversation that was deleted."""
    sdk = client(url)
    new = begun(sdk)
    sdk.conversations.items.list(new.id)
    sdk.conversations.delete(new.id)
    return len(sdk.conversations.items.list(new.id).data)


def conversation_of(items: Any, more: Any = None) -> Call:
    """A conversation of other items, to which more are added: how many it has, or what is said to be wrong."""

    def made(url: str) -> Any:
        sdk = client(url)
        new = begun(sdk, items=items)
        try:
            if more is not None:
                sdk.conversations.items.create(new.id, items=more)
            return len(list(sdk.conversations.items.list(new.id)))
        finally:
            sdk.conversations.delete(new.id)

    return made


def item_elsewhere(*, ended: bool) -> Call:
    """An item is asked for in another conversation, or in its own once that is deleted."""

    def made(url: str) -> Any:
        sdk = client(url)
        new, other = begun(sdk), begun(sdk)
        item: Any = next(iter(sdk.conversations.items.list(new.id)))
        if ended:
            sdk.conversations.delete(new.id)
        try:
            asked = new.id if ended else other.id
            return text_of(sdk.conversations.items.retrieve(item.id, conversation_id=asked))
        finally:
            for each in (other,) if ended else (new, other):
                sdk.conversations.delete(each.id)

    return made


def calls() -> dict[str, Call]:
    """All calls on conversations, by name."""
    unknown = [{"type": "nothing", "role": "user", "content": "x"}]
    nobody = [{"type": "message", "role": "nobody", "content": "x"}]
    many = ASKED["turns"][1:2] * 21
    return {
        "conversation": conversation,
        "conversation-pages": item_pages,
        "conversation-untouched": untouched,
        "conversation-items-ended": items_of_ended,
        "conversation-types": types,
        "conversation-call": call(deleted=False),
        "conversation-call-deleted": call(deleted=True),
        "conversation-twenty": conversation_of(many[:20], many[:20]),
        "conversation-too-many": conversation_of(many),
        "conversation-too-many-more": conversation_of(many[:1], many),
        "conversation-unknown-type": conversation_of(unknown),
        "conversation-unknown-role": conversation_of(nobody),
        "conversation-unknown": lambda url: client(url).conversations.retrieve("conv_nobody").metadata,
        "conversation-unknown-change": lambda url: client(url).conversations.update("conv_nobody", metadata={}).id,
        "conversation-item-elsewhere": item_elsewhere(ended=False),
        "conversation-item-ended": item_elsewhere(ended=True),
        **common("conversation", lambda sdk: sdk.conversations, begun, "conv_nobody", listed=False),
    }
