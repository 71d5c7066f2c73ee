"""Encodings, dimensions and tokens: spec/rules/embeddings/forms.md."""

from __future__ import annotations

import math
from typing import Final

from wirecheck.areas.embeddings.pools import every_answer
from wirecheck.areas.embeddings.probes import forms
from wirecheck.areas.embeddings.reading import SAME, cosine, distance, is_numbers, only, unpacked, usable, written
from wirecheck.evidence.exchange import ABSENT, Exchange, at, items
from wirecheck.evidence.unseen import Unseen, decision
from wirecheck.judging.requirement import Broken, Violations, requirement

# A vector whose length is so near to 1 is normalised.
_UNIT: Final = 0.02
_REFUSED: Final = (400, 422)


@requirement("embeddings.float", on=every_answer, feature="embeddings")
def writes_numbers_as_numbers(answer: Exchange) -> Violations:
    """Where `encoding_format` is `float` or nothing, vectors MUST be lists of numbers."""
    asked = at(answer.request.json, "encoding_format")
    if asked not in (ABSENT, None, "float"):
        raise Unseen("another format was asked for")
    if any(isinstance(each, str) for each in written(answer)):
        yield f"encoding_format is {asked or 'not given'}, and a vector came as text"


@requirement("embeddings.base64", on=forms.base64, feature="embedding_base64")
def packs_what_it_writes(seen: forms.Other) -> Violations:
    """Base64 MUST hold the numbers that are answered as `float`, as little-endian 32-bit floats."""
    found = written(seen.other)
    if not found or not isinstance(found[0], str):
        raise Unseen("nothing came as base64")
    plain = only(seen.plain)
    try:
        packed = unpacked(found[0])
    except ValueError as error:
        yield Broken(f"the text is not to be read: {error}", seen.other)
        return
    if len(packed) != len(plain):
        yield Broken(f"{len(packed)} 32-bit floats as base64, {len(plain)} numbers as float", seen.other, seen.plain)
    elif not usable(packed):
        yield Broken("as little-endian 32-bit floats they are not finite, or zeros alone", seen.other)
    elif distance(plain, packed) > SAME:
        lengths = f"lengths of {math.hypot(*plain):.4g} and {math.hypot(*packed):.4g}"
        told = f"a cosine of {cosine(plain, packed):.4f}, {lengths}"
        yield Broken(f"as float and as base64: {told}", seen.other, seen.plain)


@requirement("embeddings.base64-given", on=forms.base64, feature="embedding_base64")
def answers_in_base64(seen: forms.Other) -> Violations:
    """Where `base64` is asked for, and not refused, vectors SHOULD come as base64."""
    if seen.other.status != 200:
        raise Unseen(f"no answer as base64: {seen.other}")
    if any(is_numbers(each) for each in written(seen.other)):
        yield Broken("base64 was asked for, and lists of numbers came", seen.other)


@requirement("embeddings.null", on=forms.nulls, feature="embeddings")
def takes_null_for_nothing(seen: forms.Nulls) -> Violations:
    """`encoding_format`, `dimensions` and `user` SHOULD be accepted as null, which is the same as absent."""
    if decision(seen.together).status not in _REFUSED:
        return
    refused = [(name, answer) for name, answer in seen.alone if answer.status in _REFUSED]
    for name, answer in refused:
        yield Broken(f"{name} is null: {answer.status}", answer)
    if not refused:
        yield Broken(f"{', '.join(forms.NULLABLE)} are null: {seen.together.status}", seen.together)


@requirement("embeddings.dimensions", on=forms.fewer, feature="embedding_dimensions")
def obeys_dimensions(seen: forms.Sized) -> Violations:
    """`dimensions` MUST be honoured, or refused with 400 or 422."""
    length = len(only(seen.sized))
    if seen.native > 1 and length != seen.dimensions:
        yield Broken(f"dimensions is {seen.dimensions}, the vector has {length} numbers", seen.sized)


@requirement("embeddings.native", on=forms.native, feature="embeddings")
def takes_its_own_dimensions(seen: forms.Sized) -> Violations:
    """The model's own length SHOULD be accepted as `dimensions`."""
    if decision(seen.sized).status != 200:
        yield Broken(f"dimensions is {seen.native}, as the model has: {seen.sized.status}", seen.sized, seen.plain)


@requirement("embeddings.shortened", on=forms.fewer, feature="embedding_dimensions")
def normalises_what_it_shortens(seen: forms.Sized) -> Violations:
    """Where the model's own vectors have the length 1, shortened ones SHOULD have it too."""
    if abs(math.hypot(*only(seen.plain)) - 1) > _UNIT or len(only(seen.sized)) == seen.native:
        raise Unseen("the model's own vectors do not have the length 1, or none was shortened")
    length = math.hypot(*only(seen.sized))
    if abs(length - 1) > _UNIT:
        yield Broken(f"a vector of {seen.dimensions} numbers has the length {length:.4f}", seen.sized)


@requirement("embeddings.tokens", on=forms.tokens, feature="embedding_tokens")
def embeds_tokens(seen: forms.Tokens) -> Violations:
    """A list of tokens MUST be embedded as one input, and a list of such lists as one input each, where tokens are not
    refused.
    """
    wanted = ((seen.flat, 1, "one list"), (seen.lists, len(forms.TOKEN_LISTS), "two lists"))
    served = [each for each in wanted if each[0].status == 200]
    if not served:
        raise Unseen("neither form of tokens was served")
    for answer, count, what in served:
        found = len(items(answer.json, "data"))
        if found != count:
            yield Broken(f"{found} vectors for {what} of tokens", answer)
