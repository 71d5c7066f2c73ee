"""Events: spec/rules/events/events.md."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, Final

from wirecheck.areas.events import probes as events
from wirecheck.areas.events.pools import every_event, every_list
from wirecheck.areas.events.probes import OfBatch, OfFiles, Told
from wirecheck.areas.events.reading import FILE_ENDS, about, shown
from wirecheck.evidence.exchange import Exchange, at
from wirecheck.evidence.unseen import Unseen, decision
from wirecheck.judging import shape
from wirecheck.judging.requirement import Broken, Violations, requirement

_REFUSED: Final = (400, 422)
# What a request calls what an event calls otherwise.
_SENT: Final = {"type": "event_type", "data": "event_data"}


def _as_sent(told: Exchange, shown_: Exchange) -> Violations:
    """A violation for each of what was told that is shown otherwise."""
    for name, field in _SENT.items():
        sent, now = at(told.request.json, field), shown_.at(name)
        if now != sent:
            yield Broken(f"{field} {sent!r} was sent, {name} is {now!r}", shown_, told)


@requirement("events.accepted", on=events.told, feature="events")
def takes_events(seen: Told) -> Violations:
    """An event that a client tells of MUST be answered with 202 and the event: its `type` and its `data` are those
    that were sent.
    """
    for answer in map(decision, (seen.first, *seen.unnamed)):
        if answer.status != 202:
            yield Broken(f"{answer.intent.case}: {answer.status}; 202 is required", answer)
        else:
            yield from _as_sent(answer, answer)


@requirement("events.id", on=events.told, feature="events")
def names_events_as_told(seen: Told) -> Violations:
    """The `id` of an event MUST be the `event_id` that was sent; where none was, each request gets another."""
    sent, id_ = at(seen.first.request.json, "event_id"), seen.first.at("id")
    if seen.first.status == 202 and id_ != sent:
        yield Broken(f"event_id {sent!r} was sent, id is {id_!r}", seen.first)
    ids = [each.at("id") for each in seen.unnamed if each.status == 202]
    if len(ids) > 1 and ids[0] == ids[1]:
        yield Broken(f"two events without an id have the id {ids[0]!r}", seen.unnamed[1], seen.unnamed[0])


@requirement("events.kept", on=events.told, feature="events")
def keeps_events(seen: Told) -> Violations:
    """An event MUST be found by its id with the type and the data that it was told with."""
    found = decision(seen.found)
    if seen.first.at("id") != at(seen.first.request.json, "event_id"):
        raise Unseen("it has another id than it was told with")
    if found.status != 200:
        yield Broken(f"{found.request.method} {found.request.path}: {found.status}", found, seen.first)
    else:
        yield from _as_sent(seen.first, found)


@requirement("events.again", on=events.told, feature="events")
def hears_events_again(seen: Told) -> Violations:
    """An event that is told of again, with the same id, type and data, MUST be answered with 202 and the event as it
    was.
    """
    again = decision(seen.again)
    if again.status != 202:
        yield Broken(f"{again.intent.case}: {again.status}; 202 is required", again, seen.first)
    elif seen.first.status == 202 and again.json != seen.first.json:
        yield Broken("it is another event than it was", again, seen.first)


@requirement("events.once", on=events.told, feature="events")
def lists_events_once(seen: Told) -> Violations:
    """An event that is told of again MUST stand in the list once."""
    sent = seen.first.request.json
    mine = [each for each in shown(seen.ofone) if at(each, "data") == at(sent, "event_data")]
    if not mine:
        raise Unseen("it is not listed at all")
    if len(mine) > 1:
        yield Broken(f"it stands in the list {len(mine)} times", seen.ofone, seen.again)


@requirement("events.conflict", on=events.told, feature="events")
def takes_no_id_twice(seen: Told) -> Violations:
    """An `event_id` that comes again with another type or other data MUST be refused with 409, and the event be left
    as it was.
    """
    for answer in map(decision, seen.otherwise):
        if answer.status != 409:
            yield Broken(f"{answer.intent.case}: {answer.status}; 409 is required", answer, seen.first)
    if seen.found.status == 200 and seen.after.status == 200 and seen.after.json != seen.found.json:
        yield Broken("the event is not as it was", seen.after, seen.otherwise[0])


@requirement("events.reserved", on=events.reserved, feature="events")
def keeps_types_to_itself(seen: Exchange) -> Violations:
    """A type that only the server tells of, such as `batch.completed`, SHOULD be refused to clients with 400 or
    422.
    """
    answer = decision(seen)
    if answer.status not in _REFUSED:
        yield Broken(f"{answer.intent.case}: {answer.status}; 400 or 422 is required", answer)


@requirement("events.param", on=events.reserved, feature="events")
def names_what_it_refuses(seen: Exchange) -> Violations:
    """The `param` of that refusal SHOULD name `event_type`."""
    answer = decision(seen)
    if answer.status not in _REFUSED:
        raise Unseen(f"it was not refused: {answer}")
    if answer.at("error", "param") != "event_type":
        yield Broken(f"param is {answer.at('error', 'param')!r}; event_type is required", answer)


@requirement("events.shape", on=every_event, feature="events")
def shapes_events(answer: Exchange) -> Violations:
    """An event MUST follow the schema Event."""
    for each in shape.breaks(answer, "event"):
        yield str(each)


@requirement("events.list-shape", on=every_list, feature="events")
def shapes_the_list(answer: Exchange) -> Violations:
    """The list of events MUST follow the schema EventList."""
    for each in shape.breaks(answer, "event list"):
        yield str(each)


@requirement("events.types", on=events.told, feature="events")
def narrows_to_types(seen: Told) -> Violations:
    """`type` MUST narrow the list to the events of that type, and to those of any of them where it is sent more than
    once.
    """
    one, other = [at(each.request.json, "event_type") for each in (seen.first, seen.unnamed[0])]
    for page, wanted in ((seen.ofone, {one}), (seen.ofboth, {one, other})):
        if decision(page).status != 200:
            yield Broken(f"{page.request.path}: {page.status}; 200 is required", page)
            continue
        types = {str(at(each, "type")) for each in shown(page)}
        if types - wanted:
            yield Broken(f"events of the types {sorted(types - wanted)} are listed", page)
        # One that no list has is for `kept.listed`.
        elif types and types != wanted:
            yield Broken(f"no event of the type {sorted(wanted - types)} is listed", page)


@requirement("events.batch", on=events.of_batch, feature="events")
def tells_of_batches(seen: OfBatch) -> Violations:
    """A batch that is over MUST be told of by an event of the type that its state has, with the id of the batch in
    `data.id`.
    """
    wanted = f"batch.{seen.batch.at('status')}"
    mine = about(shown(decision(seen.page)), str(seen.batch.at("id")))
    types = [at(each, "type") for each in mine]
    if wanted not in types:
        told = f"it is told of by {types}" if types else "no event tells of it"
        yield Broken(f"a batch is {seen.batch.at('status')}; {told}", seen.page, seen.batch)


@requirement("events.file", on=events.of_files, feature="events")
def tells_of_files(seen: OfFiles) -> Violations:
    """A file that was made or deleted SHOULD be told of by `file.created` or `file.deleted`, with the id of the file
    in `data.id`.
    """
    types = [at(each, "type") for each in about(shown(decision(seen.page)), str(seen.upload.at("id")))]
    for wanted, what in zip(FILE_ENDS, (seen.upload, seen.deleted), strict=True):
        if wanted not in types:
            yield Broken(f"no event of the type {wanted} tells of the file {seen.upload.at('id')}", seen.page, what)


@requirement("events.told-once", on=events.of_files, feature="events")
def tells_once(seen: OfFiles) -> Violations:
    """What happened once MUST NOT be told of by two events."""
    mine = about(shown(decision(seen.page)), str(seen.upload.at("id")))
    if not mine:
        raise Unseen("no event tells of the file")
    ids: defaultdict[Any, set[str]] = defaultdict(set)
    for each in mine:
        ids[at(each, "type")].add(str(at(each, "id")))
    for type_, found in ids.items():
        if len(found) > 1:
            yield Broken(f"{len(found)} events of the type {type_} tell of one file", seen.page)


@requirement("events.refused", on=events.of_files, feature="events")
def tells_of_nothing_that_was_refused(seen: OfFiles) -> Violations:
    """What was refused MUST NOT be told of by an event."""
    if not 400 <= (decision(seen.refused).status or 0) < 500:
        raise Unseen(f"it was not refused: {seen.refused}")
    if about(shown(decision(seen.page)), seen.nobody):
        told = f"{seen.refused.request.path}: {seen.refused.status}, and an event tells of its deletion"
        yield Broken(told, seen.page, seen.refused)
