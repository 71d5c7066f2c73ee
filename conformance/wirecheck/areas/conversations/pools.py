"""The answers that show conversations and items. Knows no sentence."""

from __future__ import annotations

from typing import Final

from wirecheck.areas.conversations.probes import life
from wirecheck.areas.http.pools import answered
from wirecheck.evidence.exchange import Exchange
from wirecheck.judging import shape
from wirecheck.judging.pool import Pool

# Its answer has a sentence of its own.
_ITEM_DELETION: Final = "deleteConversationItem"


def _shows(*components: str) -> Pool:
    def shows(answer: Exchange) -> bool:
        operation = answer.operation
        fits = answered(answer) and answer.status == 200 and shape.component_of(answer) in components
        return fits and operation is not None and operation.id != _ITEM_DELETION

    return Pool("conversation", shows, (life,))


every_conversation = _shows("Conversation", "ConversationList")
every_list = _shows("ConversationList")
every_deletion = _shows("ConversationDeleted")
every_item = _shows("ConversationItem", "ConversationItemList")
every_item_list = _shows("ConversationItemList")
