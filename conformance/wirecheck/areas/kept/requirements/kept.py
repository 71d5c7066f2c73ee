"""Things: spec/rules/kept/kept.md."""

from __future__ import annotations

from typing import Final

from wirecheck.areas.kept import probes as kept
from wirecheck.areas.kept.reading import Life, Others
from wirecheck.evidence.exchange import ABSENT, Exchange, at
from wirecheck.evidence.unseen import Unseen, answer_or_unseen
from wirecheck.judging.requirement import Broken, Violations, requirement

# What a thing has from its beginning, by the names that OpenAI's objects have for it.
_LASTING: Final = ("id", "object", "created", "created_at", "metadata")


def _said(answer: Exchange) -> str:
    return f"{answer.request.method} {answer.request.path}: {answer.status}"


@requirement("kept.found", on=kept.lives, feature="kept")
def finds_what_was_made(lives: tuple[Life, ...]) -> Violations:
    """What was made MUST be found by its id, with the time and the metadata that it was made with."""
    for life in lives:
        made, found = life.thing.answer, answer_or_unseen(life.found)
        if found.status != 200:
            yield Broken(f"{_said(found)}, two seconds after it was made", found)
            continue
        for name in _LASTING:
            asked = at(made.request.json, name)
            told = made.at(*life.thing.place, name)
            before, now = asked if name == "metadata" and asked is not ABSENT else told, found.at(name)
            # What an answer leaves out says nothing.
            if before not in (None, ABSENT) and before != now:
                yield Broken(f"{name} was {before!r} when it was made, and is {now!r}", found)


@requirement("kept.listed", on=kept.lives, feature="kept")
def lists_what_was_made(lives: tuple[Life, ...]) -> Violations:
    """What was made MUST stand in its list."""
    for life in lives:
        page = life.newest.first
        if answer_or_unseen(page.answer).status != 200:
            yield Broken(_said(page.answer), page.answer)
        elif not any(walk.walked for walk in life.walks):
            yield Broken(f"none of those that were made stands on a page: {page.ids}", page.answer)


@requirement("kept.changed", on=kept.lives, feature="kept")
def changes_metadata(lives: tuple[Life, ...]) -> Violations:
    """A change of `metadata` MUST replace it, and be seen by whoever fetches the thing next."""
    changed = [life for life in lives if life.changed]
    if not changed:
        raise Unseen("nothing was changed")
    for life in changed:
        for answer in map(answer_or_unseen, life.changed):
            if answer.status != 200:
                yield Broken(_said(answer), answer)
            elif answer.at("metadata") != kept.LABELS:
                yield Broken(f"metadata was set to {kept.LABELS}, and is {answer.at('metadata')!r}", answer)


@requirement("kept.deletion", on=kept.lives, feature="kept")
def says_what_was_deleted(lives: tuple[Life, ...]) -> Violations:
    """A deletion MUST be answered with 200, the `id` of what was deleted, and `deleted: true`."""
    ended = [(life, life.deleted) for life in lives if life.deleted is not None]
    if not ended:
        raise Unseen("nothing was to be deleted")
    for life, deleted in ended:
        answer = answer_or_unseen(deleted)
        if answer.status != 200:
            yield Broken(_said(answer), answer)
        elif not life.says_deleted:
            continue  # Its area has a sentence of its own.
        elif answer.at("id") != life.thing.id or answer.at("deleted") is not True:
            yield Broken(f"id {answer.at('id')!r}, deleted {answer.at('deleted')!r}", answer)


@requirement("kept.gone", on=kept.lives, feature="kept")
def has_nothing_of_what_was_deleted(lives: tuple[Life, ...]) -> Violations:
    """What was deleted MUST NOT be found by its id any more: 404."""
    for life in _deleted(lives):
        for answer in [answer_or_unseen(each) for each in (life.gone, life.deleted_again) if each is not None]:
            if answer.status != 404:
                yield Broken(f"{_said(answer)}, after it was deleted; 404 is required", answer)


@requirement("kept.unlisted", on=kept.lives, feature="kept")
def lists_nothing_that_was_deleted(lives: tuple[Life, ...]) -> Violations:
    """What was deleted MUST NOT stand in its list any more."""
    for life in _deleted(lives):
        # Where it is still to be found nothing was deleted: that is for `kept.gone`.
        if life.gone is not None and life.gone.status == 404 and life.thing.id in life.rest.ids:
            yield Broken(f"{life.thing.id} was deleted, and stands in the list", life.rest.answer)


def _deleted(lives: tuple[Life, ...]) -> list[Life]:
    """Those of which something was deleted."""
    found = [life for life in lives if life.deleted is not None and life.deleted.status in (200, 202, 204)]
    if not found:
        raise Unseen("nothing was deleted")
    return found


@requirement("kept.unknown", on=kept.lives, feature="kept")
def knows_no_unknown_id(lives: tuple[Life, ...]) -> Violations:
    """An id that nobody has MUST be answered with 404, whatever is done with it."""
    asked = [answer for life in lives for answer in life.unknown]
    if not asked:
        raise Unseen("a quick run does not ask for it")
    for answer in map(answer_or_unseen, asked):
        if answer.status != 404:
            yield Broken(f"{_said(answer)}; 404 is required", answer)


@requirement("kept.tenant", on=kept.lives, feature="tenants")
def keeps_tenants_apart(lives: tuple[Life, ...]) -> Violations:
    """What one caller keeps MUST NOT be found, changed or deleted with another caller's key: as for an id that nobody
    has.
    """
    for life, others in _others(lives):
        for answer in map(answer_or_unseen, others.answers):
            nobodys = {each.status for each in life.unknown if each.request.method == answer.request.method}
            if answer.status != 404 and answer.status not in nobodys:
                yield Broken(f"{_said(answer)} with another caller's key; 404 is required", answer)
        # Where what was made is not found at all, nobody has deleted it: that is for `kept.found`.
        gone = others.after.status == 404 and life.found.status != 404
        if gone or at(others.after.json, "metadata") == kept.LABELS:
            yield Broken(f"{_said(others.after)}: another caller has changed or deleted it", others.after)


@requirement("kept.tenant-list", on=kept.lives, feature="tenants")
def lists_of_each_tenant_its_own(lives: tuple[Life, ...]) -> Violations:
    """A list MUST NOT hold what another caller keeps."""
    for _, others in _others(lives):
        page = others.page
        if others.thing.id in page.ids or set(page.ids) & {each for life in lives for each in life.newest.wanted}:
            yield Broken("the list of one caller holds what another keeps", page.answer)


def _others(lives: tuple[Life, ...]) -> list[tuple[Life, Others]]:
    """The lives of which other callers asked for something, with what they got."""
    found = [(life, life.others) for life in lives if life.others is not None]
    if not found:
        raise Unseen("a quick run does not ask for it")
    return found
