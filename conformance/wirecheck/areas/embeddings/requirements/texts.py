"""Vectors and texts: spec/rules/embeddings/texts.md."""

from __future__ import annotations

from typing import Final

from wirecheck.areas.embeddings.asking import TEXTS
from wirecheck.areas.embeddings.probes import batches, forms
from wirecheck.areas.embeddings.reading import (
    IDENTICAL,
    SAME,
    Vector,
    another,
    cosine,
    distance,
    of_batch,
    only,
    vectors,
)
from wirecheck.evidence.exchange import Exchange
from wirecheck.evidence.unseen import Unseen
from wirecheck.judging.requirement import Broken, Violations, requirement

AGAIN: Final = 0.999
# Below this distance two texts of two subjects count as embedded alike.
_ALIKE: Final = 1e-3


def _known(singles: tuple[Exchange, ...]) -> list[Vector]:
    return [only(each) for each in singles]


@requirement("embeddings.order", on=batches.batch, feature="embeddings")
def keeps_the_order(seen: batches.Batch) -> Violations:
    """The vector in a place MUST be that of the input in this place."""
    found = of_batch(seen.batch, len(TEXTS))
    for place, single in enumerate(_known(seen.singles)):
        nearest = another(place, single, found)
        if nearest is not None:
            yield Broken(f"the vector of input {place} stands in place {nearest}", seen.batch)


@requirement("embeddings.alone", on=batches.batch, feature="embeddings")
def embeds_alike_in_company(seen: batches.Batch) -> Violations:
    """A text SHOULD get the same vector among other texts as alone, but for rounding."""
    found = of_batch(seen.batch, len(TEXTS))
    for place, single in enumerate(_known(seen.singles)):
        # Whichever it is: the order has a sentence of its own.
        nearest = min((distance(single, each), cosine(single, each)) for each in found)
        if nearest[0] > SAME:
            yield Broken(f"input {place} alone and among {len(TEXTS)}: a cosine of {nearest[1]:.4f}", seen.batch)


@requirement("embeddings.differ", on=batches.singles, feature="embeddings")
def tells_texts_apart(singles: tuple[Exchange, ...]) -> Violations:
    """Texts that have nothing in common MUST get different vectors."""
    if len(singles) < 2:
        raise Unseen("one text was asked for")
    if distance(only(singles[0]), only(singles[1])) < _ALIKE:
        yield Broken(f"{TEXTS[0]!r} and {TEXTS[1]!r} have one vector", singles[1], singles[0])


@requirement("embeddings.list-of-one", on=forms.list_of_one, feature="embeddings")
def takes_a_list_of_one_for_the_one(seen: forms.Other) -> Violations:
    """A list of one text MUST be answered as the text alone is."""
    plain = only(seen.plain)
    if seen.other.status in (400, 415, 422):
        yield Broken(f"a list of one text was refused with {seen.other.status}", seen.other, seen.plain)
    elif distance(plain, only(seen.other)) > SAME:
        found = cosine(plain, only(seen.other))
        yield Broken(f"the text alone and in a list: a cosine of {found:.4f}", seen.other, seen.plain)


@requirement("embeddings.mixed", on=batches.crowd, feature="embeddings")
def keeps_clients_apart(seen: batches.Crowd) -> Violations:
    """Requests that run at the same time MUST get the vectors of their own inputs, and no others."""
    known = _known(seen.singles)
    judged = 0
    for own, answer in seen.answers:
        if own >= len(known):
            continue
        try:
            found = vectors(answer)
        except Unseen:  # a server that is full, or a vector that others judge
            continue
        judged += 1
        for vector in found:
            nearest = another(own, vector, known)
            if nearest is not None:
                yield Broken(f"asked for {TEXTS[own]!r}, a vector of {TEXTS[nearest]!r} came", answer)
                break
    if judged < 2:
        raise Unseen("fewer than two of the concurrent requests were answered")


@requirement("embeddings.again", on=batches.again, feature="embeddings")
def repeats_itself(seen: batches.Twice) -> Violations:
    """The same text SHOULD get the same vector again: a cosine above 0.999."""
    found = cosine(only(seen.first), only(seen.second))
    if found <= AGAIN:
        yield Broken(f"the same text twice: a cosine of {found:.4f}", seen.second, seen.first)


@requirement("embeddings.related", on=batches.batch, feature="embeddings")
def puts_like_near_like(seen: batches.Batch) -> Violations:
    """Two texts that say nearly the same in the same words SHOULD be nearer to each other than to one that has another
    subject.
    """
    found = of_batch(seen.batch, len(TEXTS))
    if any(another(place, single, found) is not None for place, single in enumerate(_known(seen.singles))):
        raise Unseen("the vectors are not in the order of their texts")
    like = cosine(found[0], found[2])
    for other in (1, 3):
        if distance(found[0], found[other]) < _ALIKE:
            raise Unseen("texts are not told apart at all")
        if cosine(found[0], found[other]) >= like:
            unlike = cosine(found[0], found[other])
            told = f"to {TEXTS[other]!r} ({unlike:.3f}) than to {TEXTS[2]!r} ({like:.3f})"
            yield Broken(f"{TEXTS[0]!r} is nearer {told}", seen.batch)


@requirement("embeddings.end", on=batches.ends, feature="embeddings")
def reads_texts_to_their_ends(seen: batches.Ends) -> Violations:
    """Two texts that differ at their ends alone SHOULD get different vectors: what is not read is not found."""
    short = of_batch(seen.short, len(TEXTS))
    if distance(short[0], short[1]) < _ALIKE:
        raise Unseen("texts are not told apart at all")
    one, other = of_batch(seen.long, len(batches.ENDS))
    if distance(one, other) <= IDENTICAL:
        yield Broken("two texts of six thousand characters that end otherwise have one vector", seen.long)
