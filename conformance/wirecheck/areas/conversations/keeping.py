"""How conversations and their items are made, to be followed as everything is that is kept."""

from __future__ import annotations

from wirecheck.area import Keeping
from wirecheck.areas.conversations.probes import has_conversations, has_lists, inside, make, make_item

KEEPINGS = (
    Keeping("listConversations", has_lists, make),
    Keeping(
        "listConversationItems",
        has_conversations,
        make_item,
        within=inside,
        requests=2,
        place=("data", 0),
        says_deleted=False,
        quick=False,
    ),
)
