"""Lists: spec/rules/kept/lists.md."""

from __future__ import annotations

from collections.abc import Iterator

from wirecheck.areas.kept import probes as kept
from wirecheck.areas.kept.reading import Life, Page, Walk
from wirecheck.evidence.unseen import Unseen
from wirecheck.judging.requirement import Broken, Violations, requirement


def _pages(lives: tuple[Life, ...]) -> Iterator[Page]:
    """Every page that came."""
    for life in lives:
        pages = [page for walk in life.walks for page in (walk.first, walk.second)]
        yield from (page for page in (*pages, life.rest) if page.answer.status == 200)


def _walks(lives: tuple[Life, ...]) -> Iterator[Walk]:
    """The walks of which both pages came, and kept their limit."""
    for life in lives:
        for walk in life.walks:
            pages = (walk.first, walk.second)
            if all(page.answer.status == 200 and len(page.ids) <= page.limit for page in pages):
                yield walk


@requirement("lists.limit", on=kept.lives, feature="kept")
def keeps_the_limit_of_a_page(lives: tuple[Life, ...]) -> Violations:
    """A page MUST NOT hold more entries than `limit`."""
    for page in _pages(lives):
        if len(page.ids) > page.limit:
            yield Broken(f"limit={page.limit}, and {len(page.ids)} entries came", page.answer)


@requirement("lists.whole", on=kept.lives, feature="kept")
def loses_nothing_between_pages(lives: tuple[Life, ...]) -> Violations:
    """The pages that `after` leads through MUST hold each entry once, and leave none out, also while others are
    made.
    """
    for walk in _walks(lives):
        # Where none of them is listed, or another order is: that is for `kept.listed`, and for `lists.order`.
        if walk.walked and sorted(walk.walked) != sorted(walk.wanted):
            told = f"pages of what was made hold {walk.walked}, where {walk.wanted} is required"
            yield Broken(told, walk.second.answer)


@requirement("lists.order", on=kept.lives, feature="kept")
def leads_both_ways(lives: tuple[Life, ...]) -> Violations:
    """`order=asc` MUST lead through a list backwards to `order=desc`, oldest first."""
    for walk in _walks(lives):
        if walk.walked != walk.wanted and sorted(walk.walked) == sorted(walk.wanted):
            told = f"entries came in the order {walk.walked}, where {walk.wanted} is required"
            yield Broken(told, walk.second.answer)
    for life in lives:
        if life.oldest is not None and life.oldest.walked and not life.newest.walked:
            yield Broken("the newest do not come first", life.newest.first.answer)


@requirement("lists.more", on=kept.lives, feature="kept")
def tells_whether_more_follows(lives: tuple[Life, ...]) -> Violations:
    """`has_more` MUST be true where more follows, and false on the last page."""
    for walk in _walks(lives):
        if walk.second.ids and walk.first.answer.at("has_more") is False:
            yield Broken("has_more is false, and a page follows", walk.first.answer)
    last = [life.rest for life in lives] + [life.oldest.second for life in lives if life.oldest is not None]
    for page in last:
        if page.answer.status == 200 and len(page.ids) < page.limit and page.answer.at("has_more") is True:
            yield Broken(f"has_more is true on a page of {len(page.ids)} with limit={page.limit}", page.answer)


@requirement("lists.edges", on=kept.lives, feature="kept")
def names_the_edges_of_a_page(lives: tuple[Life, ...]) -> Violations:
    """`first_id` and `last_id` MUST be the ids of the first and the last entry of a page."""
    judged = False
    for page in _pages(lives):
        for name, place in (("first_id", 0), ("last_id", -1)):
            told = page.answer.at(name)
            if page.ids and isinstance(told, str):
                judged = True
                if told != page.ids[place]:
                    yield Broken(f"{name} is {told!r}, the entry is {page.ids[place]!r}", page.answer)
    if not judged:
        raise Unseen("no page tells its edges")


@requirement("lists.unknown", on=kept.lives, feature="kept")
def has_nothing_behind_nobody(lives: tuple[Life, ...]) -> Violations:
    """An `after` that nobody has MUST NOT be answered with entries."""
    asked = [life.unknown_after for life in lives if life.unknown_after is not None]
    if not asked:
        raise Unseen("a quick run does not ask for it")
    for page in asked:
        if page.ids:
            yield Broken(f"after an id that nobody has {len(page.ids)} entries came", page.answer)
