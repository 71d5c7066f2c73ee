"""Conversations: spec/rules/conversations/conversations.md."""

from __future__ import annotations

from wirecheck.areas.conversations import pools
from wirecheck.areas.conversations import probes as conversations
from wirecheck.areas.conversations.probes import Life
from wirecheck.evidence.exchange import Exchange
from wirecheck.evidence.unseen import Unseen, answer_or_unseen, decision
from wirecheck.judging import shape
from wirecheck.judging.requirement import Broken, Violations, requirement


@requirement("conversations.create", on=conversations.life, feature="conversations")
def takes_conversations(seen: Life) -> Violations:
    """A conversation of messages of the roles `user`, `assistant`, `system` and `developer` MUST be taken, with
    metadata, and answered with 200.
    """
    for answer in [decision(each) for each in (seen.made, seen.added) if each is not None]:
        if answer.status != 200:
            yield Broken(f"messages were answered with {answer.status}; 200 is required", answer)


@requirement("conversations.shape", on=pools.every_conversation, feature="conversations")
def shapes_conversations(answer: Exchange) -> Violations:
    """A conversation MUST follow the schema Conversation."""
    for each in shape.breaks(answer, "conversation"):
        yield str(each)


@requirement("conversations.list-shape", on=pools.every_list, feature="conversation_lists")
def shapes_lists(answer: Exchange) -> Violations:
    """A list of conversations MUST follow the schema ConversationList."""
    for each in shape.breaks(answer, "conversation list"):
        yield str(each)


@requirement("conversations.deletion", on=pools.every_deletion, feature="conversations")
def shapes_deletions(answer: Exchange) -> Violations:
    """A deletion MUST follow the schema ConversationDeleted."""
    for each in shape.breaks(answer, "conversation deletion"):
        yield str(each)


@requirement("conversations.gone", on=conversations.life, feature="conversations")
def takes_items_with_their_conversation(seen: Life) -> Violations:
    """The items of a conversation that was deleted MUST NOT be found any more: 404."""
    if seen.ended is None or seen.after is None or seen.ended.status not in (200, 202, 204):
        raise Unseen("no conversation was deleted")
    answer = answer_or_unseen(seen.after)
    if answer.status != 404:
        yield Broken(f"the items of a conversation that was deleted: {answer.status}; 404 is required", answer)
