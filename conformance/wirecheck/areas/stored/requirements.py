"""Stored chat completions: spec/rules/stored/stored.md."""

from __future__ import annotations

from typing import Any

from wirecheck.areas.stored import probes as stored
from wirecheck.areas.stored.probes import Kept, Narrowed, id_of, ids, told_by
from wirecheck.evidence.exchange import ABSENT, Exchange, at, items
from wirecheck.evidence.unseen import Unseen, answer_or_unseen
from wirecheck.judging.requirement import Broken, Violations, requirement


@requirement("stored.as-answered", on=stored.whole, feature="stored")
def keeps_it_as_it_was_answered(seen: Kept) -> Violations:
    """A chat that was sent with `store: true` MUST be found as it was answered: its model, its choices and its
    usage.
    """
    fetched = _fetched(seen)
    for name, before in _told(seen.answer).items():
        now = _told(fetched)[name]
        if before not in (None, ABSENT) and before != now:
            yield Broken(f"{name} was answered as {before!r}, and is kept as {now!r}", fetched)


def _told(answer: Exchange) -> dict[str, Any]:
    """What an answer tells, but for fields that the contract does not know."""
    counts = {f"usage.{name}": answer.at("usage", name) for name in ("prompt_tokens", "completion_tokens")}
    return {"model": answer.at("model"), "choices": told_by(answer), **counts}


@requirement("stored.as-streamed", on=stored.streamed, feature="stored")
def keeps_it_as_it_was_streamed(seen: Kept) -> Violations:
    """A chat that was streamed with `store: true` MUST be found with the text of its choices."""
    fetched = answer_or_unseen(seen.fetched)
    if fetched.status != 200:
        yield Broken(f"a stream that was to be stored is not to be had: {fetched.status}", fetched)
    elif told_by(seen.answer) != told_by(fetched):
        yield Broken(f"{told_by(seen.answer)} was streamed, and {told_by(fetched)} is kept", fetched)


@requirement("stored.not-unasked", on=stored.unasked, feature="stored")
def keeps_nothing_unasked(seen: Kept) -> Violations:
    """A chat that was sent with `store: false` MUST NOT be kept."""
    fetched = answer_or_unseen(seen.fetched)
    if fetched.status == 200 and fetched.at("id") == id_of(seen.answer):
        yield Broken(f"{id_of(seen.answer)} was not to be stored, and is kept", fetched)


@requirement("stored.messages", on=stored.whole, feature="stored")
def keeps_the_messages(seen: Kept) -> Violations:
    """The messages of a stored chat MUST be those that were sent, in their order."""
    if seen.messages is None or _fetched(seen).status != 200:
        raise Unseen("no messages were asked for")
    answer = answer_or_unseen(seen.messages)
    found = [(at(each, "role"), at(each, "content")) for each in items(answer.json, "data")]
    wanted = [(each["role"], each["content"]) for each in stored.MESSAGES]
    if found != wanted:
        yield Broken(f"{answer.status}: {found}, where {wanted} is required", answer)


@requirement("stored.model", on=stored.narrowed, feature="stored")
def narrows_by_model(seen: Narrowed) -> Violations:
    """`model` MUST narrow the list to the completions of that model."""
    both = {id_of(seen.first), id_of(seen.second)}
    if _page(seen.modelled) and not both & set(ids(seen.modelled)):
        yield Broken("the list of a model lacks what was stored of it", seen.modelled)
    if _page(seen.nobodys) and ids(seen.nobodys):
        yield Broken(f"the list of a model that nobody has holds {len(ids(seen.nobodys))} entries", seen.nobodys)


@requirement("stored.metadata", on=stored.narrowed, feature="stored")
def narrows_by_metadata(seen: Narrowed) -> Violations:
    """`metadata[KEY]=VALUE` MUST narrow the list to the completions that have that label."""
    if _page(seen.labelled) and ids(seen.labelled) != [id_of(seen.first)]:
        wanted = [id_of(seen.first)]
        yield Broken(f"the list of those with a label holds {ids(seen.labelled)}, not {wanted}", seen.labelled)


def _page(answer: Exchange) -> bool:
    """Whether a page came; a refusal is for others."""
    if answer_or_unseen(answer).status != 200:
        raise Unseen(f"no list came: {answer}")
    return True


def _fetched(seen: Kept) -> Exchange:
    """It as it was fetched. Raises `Unseen` where it was not: that is for `kept.found`."""
    fetched = answer_or_unseen(seen.fetched)
    if fetched.status != 200:
        raise Unseen(f"it is not to be had: {fetched}")
    return fetched
