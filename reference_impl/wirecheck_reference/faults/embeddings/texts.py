"""Vectors that are not those of their texts."""

from __future__ import annotations

from itertools import count
from typing import Any, Final

from wirecheck_reference.errors import ApiError
from wirecheck_reference.faults.embeddings.reading import (
    OPERATION,
    Vector,
    noise,
    revector,
    several,
    texts_of,
    unit,
)
from wirecheck_reference.faults.kinds.fault import on_answer, on_request
from wirecheck_reference.faults.kinds.parts import Answer, Request

# Characters of a text that are read.
_READ: Final = 2000
# What two lists of texts have to have in common to be taken for one: their number, and their length in hundreds.
_LENGTH: Final = 100
_SHARE: Final = 0.3
_SHAKE: Final = 0.05


@on_answer(at=OPERATION, breaks=("embeddings.order",))
def answers_texts_by_their_length(answer: Answer) -> None:
    """Sorts a list of texts by length before it embeds them, and does not put the vectors back in order."""
    texts = texts_of(answer.request)
    if several(answer.request):
        order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
        revector(answer, lambda vectors: [vectors[place] for place in order])


@on_answer(at=OPERATION, breaks=("embeddings.order",))
def moves_vectors_on_by_one(answer: Answer) -> None:
    """Gives each text of a list the vector of the one behind it."""
    if several(answer.request, 3):
        revector(answer, lambda vectors: [*vectors[1:], vectors[0]])


@on_answer(at=OPERATION, breaks=("embeddings.alone",))
def mixes_texts_with_their_company(answer: Answer) -> None:
    """Lets the other texts of a list of three or more into each vector."""

    def mixed(vectors: list[Vector]) -> list[Vector]:
        mean = [sum(column) / len(vectors) for column in zip(*vectors, strict=True)]
        pairs = [zip(each, mean, strict=True) for each in vectors]
        return [unit([(1 - _SHARE) * own + _SHARE * all_ for own, all_ in pair]) for pair in pairs]

    if several(answer.request, 3):
        revector(answer, mixed)


@on_answer(at=OPERATION, breaks=("embeddings.again",), remembers=count)
def shakes(answer: Answer, memory: Any) -> None:
    """Gives the same text a vector that is a little another one each time."""

    def shaken(vector: Vector) -> Vector:
        change = noise(str(next(memory)), len(vector))
        return unit([own + _SHAKE * other for own, other in zip(vector, change, strict=True)])

    revector(answer, lambda vectors: [shaken(each) for each in vectors])


@on_answer(at=OPERATION, breaks=("embeddings.differ",))
def has_one_vector_for_all_texts(answer: Answer) -> None:
    """Answers every text with the same vector."""
    revector(answer, lambda vectors: [unit([1.0] * len(each)) for each in vectors])


@on_answer(at=OPERATION, breaks=("embeddings.related",))
def embeds_checksums(answer: Answer) -> None:
    """Answers with a vector that says nothing of a text but whether it is the same."""
    texts = texts_of(answer.request)
    if texts:
        revector(
            answer,
            lambda vectors: [noise(text, len(vector)) for text, vector in zip(texts, vectors, strict=True)],
        )


@on_request(at=OPERATION, breaks=("embeddings.list-of-one",))
def spells_the_text_of_a_list_of_one(request: Request) -> None:
    """Embeds the letters of a text that stands alone in a list, one by one, as if they were words."""
    if isinstance(request.field("input"), list) and len(texts_of(request)) == 1:
        request.body["input"] = " ".join(texts_of(request)[0])


@on_request(at=OPERATION, breaks=("embeddings.list-of-one",))
def refuses_lists_of_one(request: Request) -> Answer | None:
    """Refuses a list of one text."""
    if not isinstance(request.field("input"), list) or len(texts_of(request)) != 1:
        return None
    error = ApiError(400, "invalid_value", "A list holds several texts.", param="input")
    return Answer(request, 400, {"content-type": "application/json"}, error.body())


@on_request(at=OPERATION, breaks=("embeddings.end",))
def reads_the_beginning_of_texts(request: Request) -> None:
    """Embeds the first two thousand characters of a text, and drops the others in silence."""
    if several(request, 1):
        request.body["input"] = [each[:_READ] for each in texts_of(request)]
    elif texts_of(request):
        request.body["input"] = request.body["input"][:_READ]


@on_request(at=OPERATION, breaks=("embeddings.mixed",), remembers=dict)
def answers_with_what_others_asked(request: Request, memory: dict[tuple[int, int], list[str]]) -> None:
    """Answers a list of texts with the vectors of an earlier one that is about as long."""
    texts = texts_of(request)
    if several(request):
        request.body["input"] = memory.setdefault((len(texts), sum(map(len, texts)) // _LENGTH), texts)
