"""Adding and deleting items: spec/rules/conversations/items.md."""

from __future__ import annotations

from wirecheck.areas.conversations import probes as conversations
from wirecheck.areas.conversations.asking import entries, ids, text_of
from wirecheck.areas.conversations.probes import ADDED, MOST, Life, Many, Wrong
from wirecheck.evidence.exchange import Exchange
from wirecheck.evidence.unseen import Unseen, answer_or_unseen, decision
from wirecheck.judging.requirement import Broken, Violations, requirement


@requirement("conversations.added", on=conversations.life, feature="conversations")
def shows_what_was_added(seen: Life) -> Violations:
    """Adding items MUST be answered with a list of those, in their order, and of no other."""
    if seen.added is None or decision(seen.added).status != 200:
        raise Unseen("no items were added")
    found, wanted = [text_of(each) for each in entries(seen.added)], [each.text for each in ADDED]
    if found != wanted:
        yield Broken(f"{wanted} were added, and {found} are shown", seen.added)


@requirement("conversations.twenty", on=conversations.many, feature="conversations")
def takes_twenty_items(seen: Many) -> Violations:
    """20 items at a time MUST be taken."""
    answer = decision(seen.twenty)
    if answer.status != 200:
        yield Broken(f"{MOST} items at a time: {answer.status}; 200 is required", answer)
    elif seen.kept is not None and seen.kept.status == 200 and len(entries(seen.kept)) != MOST:
        yield Broken(f"{MOST} items were taken, and {len(entries(seen.kept))} are kept", seen.kept)


@requirement("conversations.too-many", on=conversations.many, feature="conversations")
def refuses_more_than_twenty(seen: Many) -> Violations:
    """More than 20 items at a time SHOULD be refused with 400 or 422."""
    yield from _accepted(seen.more)


@requirement("conversations.unknown-role", on=conversations.wrong, feature="conversations")
def knows_its_roles(seen: Wrong) -> Violations:
    """A message of a role that there is not SHOULD be refused with 400 or 422."""
    yield from _accepted(seen.role)


@requirement("conversations.unknown-type", on=conversations.wrong, feature="conversations")
def knows_its_types(seen: Wrong) -> Violations:
    """An item of a type that there is not SHOULD be refused with 400 or 422."""
    yield from _accepted(seen.type)


@requirement("conversations.param", on=conversations.wrong, feature="conversations")
def names_items(seen: Wrong) -> Violations:
    """The `param` of such a refusal SHOULD name `items`."""
    refused = [each for each in (seen.role, seen.type) if each.status in (400, 422)]
    if not refused:
        raise Unseen("nothing was refused")
    for answer in refused:
        param = answer.at("error", "param")
        if not isinstance(param, str) or not param.startswith("items"):
            yield Broken(f"{answer.intent.case}: param is {param!r}; 'items' is at fault", answer)


@requirement("conversations.item-deletion", on=conversations.life, feature="conversations")
def answers_deletions_with_the_conversation(seen: Life) -> Violations:
    """The deletion of an item MUST be answered with its conversation."""
    if seen.deleted is None:
        raise Unseen("no item was added")
    answer = answer_or_unseen(seen.deleted)
    told = (answer.status, answer.at("object"), answer.at("id"))
    if told != (200, "conversation", seen.made.at("id")):
        yield Broken(f"{told[0]}, object {told[1]!r}, id {told[2]!r}; the conversation is required", answer)


@requirement("conversations.others-stay", on=conversations.life, feature="conversations")
def deletes_one_item_alone(seen: Life) -> Violations:
    """The deletion of an item MUST leave the others, in their order."""
    if seen.deleted is None or seen.deleted.status != 200 or seen.rest is None or seen.whole is None:
        raise Unseen("no item was deleted")
    if answer_or_unseen(seen.rest).status != 200 or seen.whole.status != 200:
        raise Unseen("no items are listed")
    gone = ids(seen.added)[:1]
    # Whether it is gone itself is for `kept.unlisted`.
    before, after = ([each for each in ids(page) if each not in gone] for page in (seen.whole, seen.rest))
    if before != after:
        yield Broken(f"beside it there were {before}, and are {after}", seen.rest)


def _accepted(answer: Exchange) -> Violations:
    if decision(answer).status not in (400, 422):
        yield Broken(f"{answer.intent.case}: {answer.status}; 400 or 422 is required", answer)
