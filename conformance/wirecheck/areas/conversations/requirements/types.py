"""Function calls, reasoning, images, files and refusals in conversations: spec/rules/conversations/types.md."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wirecheck.areas.conversations import probes as conversations
from wirecheck.areas.conversations.asking import entries
from wirecheck.areas.conversations.probes import ADDED, BEGUN, Told
from wirecheck.areas.conversations.steps import (
    CALLS,
    FILE,
    IMAGE,
    OUTPUTS,
    REASONING,
    REFUSAL,
    SHOWN,
    first_call,
    name_of,
    of_type,
    output_of,
    summary_of,
)
from wirecheck.evidence.exchange import ABSENT, Exchange, at, items
from wirecheck.evidence.unseen import Unseen, answer_or_unseen, decision
from wirecheck.judging.requirement import Broken, Violations, requirement


@requirement("conversations.call", on=conversations.told, feature="conversation_calls")
def keeps_calls(seen: Told) -> Violations:
    """A function call MUST come back with the `call_id`, the `name` and the `arguments` that were sent, byte for
    byte.
    """
    answer = _listed(seen.whole, seen.calls)
    found = [_call(each) for each in of_type("function_call", entries(answer))]
    for call in map(_call, CALLS):
        if call not in found:
            yield Broken(f"the call {call!r} was sent, and is none of {found!r}", answer)


@requirement("conversations.call-output", on=conversations.told, feature="conversation_calls")
def keeps_outputs(seen: Told) -> Violations:
    """The output of a function call MUST come back with the `call_id` and the text that were sent, whole or in
    parts.
    """
    answer = _listed(seen.whole, seen.calls)
    found = [(at(each, "call_id"), output_of(each)) for each in of_type("function_call_output", entries(answer))]
    for output in ((each["call_id"], output_of(each)) for each in OUTPUTS):
        if output not in found:
            yield Broken(f"the output {output!r} was sent, and is none of {found!r}", answer)


@requirement("conversations.reasoning", on=conversations.told, feature="conversation_reasoning")
def keeps_reasoning(seen: Told) -> Violations:
    """Reasoning MUST come back with the texts of its summary, in their order."""
    answer = _listed(seen.whole, seen.reasoning)
    found = [summary_of(each) for each in of_type("reasoning", entries(answer))]
    if summary_of(REASONING) not in found:
        yield Broken(f"the summary {summary_of(REASONING)!r} was sent, and is none of {found!r}", answer)


@requirement("conversations.image", on=conversations.told, feature="conversation_images")
def keeps_images(seen: Told) -> Violations:
    """An image in a message MUST come back as a part `input_image`, with the `detail` that was sent, and with no other
    `image_url`.
    """
    answer = _listed(seen.whole, seen.shown)
    parts = _parts("input_image", answer)
    if not parts:
        yield Broken("the message came back without its image", answer)
    for part in parts:
        if at(part, "detail") != IMAGE["detail"] or _other(part, IMAGE, "image_url"):
            yield Broken(f"the image {IMAGE!r} came back as {part!r}", answer)


@requirement("conversations.file", on=conversations.told, feature="conversation_images")
def keeps_files(seen: Told) -> Violations:
    """A file in a message MUST come back as a part `input_file`, with no other `filename` and no other `file_data` than
    were sent.
    """
    answer = _listed(seen.whole, seen.shown)
    parts = _parts("input_file", answer)
    if not parts:
        yield Broken("the message came back without its file", answer)
    for part in parts:
        if _other(part, FILE, "filename", "file_data"):
            yield Broken(f"the file {FILE!r} came back as {part!r}", answer)


@requirement("conversations.refusal", on=conversations.told, feature="conversation_refusals")
def keeps_refusals(seen: Told) -> Violations:
    """A refusal in a message MUST come back as a part `refusal`, with the words that were sent."""
    answer = _listed(seen.whole, seen.refused)
    found = [at(part, "refusal") for part in _parts("refusal", answer)]
    if REFUSAL["refusal"] not in found:
        yield Broken(f"the refusal {REFUSAL['refusal']!r} was sent, and is none of {found!r}", answer)


@requirement("conversations.types-order", on=conversations.told, feature="conversation_calls")
def keeps_the_order_of_types(seen: Told) -> Violations:
    """`order=asc` MUST list items of all types in the order in which they were sent."""
    answer = _listed(seen.whole, seen.calls)
    # The messages that it began with are one place: their order is for `conversations.order`.
    sent = [name_of(each) for each in (*CALLS, *OUTPUTS, REASONING, SHOWN)]
    begun = [("message", message.text) for message in (*BEGUN, *ADDED)]
    names = [name_of(each) for each in entries(answer)]
    places = [0 if name in begun else sent.index(name) + 1 for name in names if name in begun or name in sent]
    if places != sorted(places):
        yield Broken(f"items came in the order {[name[0] for name in names]}", answer)


@requirement("conversations.call-found", on=conversations.told, feature="conversation_calls")
def finds_calls(seen: Told) -> Violations:
    """A function call MUST be found by its id as it was answered when it was added."""
    call = first_call(seen.calls)
    if seen.fetched is None or call is None:
        raise Unseen("no function call was added")
    answer = answer_or_unseen(seen.fetched)
    before, now = _call(call[1]), _call(answer.json)
    if answer.status != 200:
        yield Broken(f"a function call that was added: {answer.status}; 200 is required", answer)
    elif before != now:
        yield Broken(f"it was {before!r} when it was added, and is {now!r}", answer)


@requirement("conversations.call-gone", on=conversations.told, feature="conversation_calls")
def deletes_calls(seen: Told) -> Violations:
    """A function call that was deleted MUST NOT be found by its id any more: 404."""
    if seen.deleted is None or seen.gone is None:
        raise Unseen("no function call was added")
    deleted, answer = decision(seen.deleted), answer_or_unseen(seen.gone)
    if deleted.status not in (200, 202, 204):
        yield Broken(f"the deletion of a function call: {deleted.status}; 200 is required", deleted)
    elif answer.status != 404:
        yield Broken(f"a function call that was deleted: {answer.status}; 404 is required", answer)


def _listed(whole: Exchange, added: Exchange) -> Exchange:
    """The list of all items. Raises `Unseen` where those of which a sentence speaks were not taken."""
    if decision(added).status != 200:
        raise Unseen(f"they were not taken: {added}")
    if answer_or_unseen(whole).status != 200:
        raise Unseen(f"no items are listed: {whole}")
    return whole


def _call(item: Any) -> tuple[Any, Any, Any]:
    return at(item, "call_id"), at(item, "name"), at(item, "arguments")


def _parts(kind: str, answer: Exchange) -> list[Any]:
    return [part for each in of_type("message", entries(answer)) for part in of_type(kind, items(each, "content"))]


def _other(part: Any, sent: Mapping[str, Any], *fields: str) -> bool:
    """Whether a part tells something else than was sent; what it leaves out it does not tell."""
    return any(at(part, field) not in (ABSENT, None, sent[field]) for field in fields)
