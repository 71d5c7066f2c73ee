"""Answers with embeddings gone wrong: fields, places, numbers, counts."""

from __future__ import annotations

from typing import Any

from wirecheck_reference.faults.embeddings.reading import OPERATION, revector, rewrite, several, texts_of
from wirecheck_reference.faults.kinds.fault import on_answer, on_json
from wirecheck_reference.faults.kinds.parts import Answer

# Letters of a text that is a long one.
_LONG = 1000


@on_json(at=OPERATION, breaks=("embeddings.shape",), rows=("EMB-07",))
def does_not_call_vectors_embeddings(document: dict[str, Any]) -> None:
    """Leaves `object` out of each vector."""
    for item in document["data"]:
        del item["object"]


@on_json(at=OPERATION, breaks=("embeddings.shape",), rows=("EMB-07",))
def does_not_call_embeddings_a_list(document: dict[str, Any]) -> None:
    """Leaves `object` out of the answer."""
    del document["object"]


@on_json(at=OPERATION, breaks=("embeddings.shape",))
def does_not_say_which_model_embeds(document: dict[str, Any]) -> None:
    """Answers with null for the model of the vectors."""
    document["model"] = None


@on_answer(at=OPERATION, breaks=("embeddings.count",))
def loses_the_last_text(answer: Answer) -> None:
    """Leaves out the vector of the last of several texts."""
    if several(answer.request):
        rewrite(answer, lambda document: document["data"].pop())


@on_answer(at=OPERATION, breaks=("embeddings.count",))
def embeds_a_text_too_many(answer: Answer) -> None:
    """Answers one vector more than there are texts in a list, its filling."""

    def add(document: dict[str, Any]) -> None:
        last = document["data"][-1]
        document["data"].append({**last, "index": last["index"] + 1})

    if several(answer.request):
        rewrite(answer, add)


@on_answer(at=OPERATION, breaks=("embeddings.count",), rows=("EMB-12",))
def packs_nothing(answer: Answer) -> None:
    """Answers with no vectors at all where base64 is asked for."""
    if answer.request.field("encoding_format") == "base64":
        rewrite(answer, lambda document: document["data"].clear())


@on_json(at=OPERATION, breaks=("embeddings.index",), rows=("EMB-09",))
def lists_vectors_backwards(document: dict[str, Any]) -> None:
    """Lists the vectors from the last to the first, each with its own index."""
    document["data"].reverse()


@on_json(at=OPERATION, breaks=("embeddings.index",))
def counts_vectors_from_one(document: dict[str, Any]) -> None:
    """Gives the first vector the index 1."""
    for item in document["data"]:
        item["index"] += 1


@on_json(at=OPERATION, breaks=("embeddings.index",))
def calls_every_vector_the_first(document: dict[str, Any]) -> None:
    """Gives every vector the index 0."""
    for item in document["data"]:
        item["index"] = 0


@on_answer(at=OPERATION, breaks=("embeddings.numbers",), rows=("EMB-11",))
def embeds_nothing_of_a_list_of_one(answer: Answer) -> None:
    """Answers a list of one text with an empty vector."""
    if isinstance(answer.request.field("input"), list) and len(texts_of(answer.request)) == 1:
        revector(answer, lambda vectors: [[] for _ in vectors])


@on_answer(at=OPERATION, breaks=("embeddings.numbers",))
def fills_up_with_zeros(answer: Answer) -> None:
    """Answers zeros for every text of a list after the third."""
    if several(answer.request, 4):
        revector(answer, lambda vectors: [*vectors[:3], *([0.0] * len(each) for each in vectors[3:])])


@on_json(at=OPERATION, breaks=("embeddings.numbers",))
def writes_null_for_what_is_no_number(document: dict[str, Any]) -> None:
    """Answers null for one number of each vector, as JSON has no NaN."""
    for item in document["data"]:
        if isinstance(item["embedding"], list):
            item["embedding"][-1] = None


@on_answer(at=OPERATION, breaks=("embeddings.same-length",))
def shortens_the_vectors_of_long_texts(answer: Answer) -> None:
    """Answers long texts with vectors that lack their last number."""
    if any(len(text) > _LONG for text in texts_of(answer.request)):
        revector(answer, lambda vectors: [each[:-1] for each in vectors])


@on_json(at=OPERATION, breaks=("embeddings.usage",), rows=("EMB-06",))
def does_not_count_the_prompt(document: dict[str, Any]) -> None:
    """Leaves `prompt_tokens` out of the usage."""
    del document["usage"]["prompt_tokens"]


@on_json(at=OPERATION, breaks=("embeddings.usage",), rows=("EMB-06",))
def tells_no_usage_of_embeddings(document: dict[str, Any]) -> None:
    """Leaves the usage out."""
    del document["usage"]


@on_json(at=OPERATION, breaks=("embeddings.usage",))
def counts_nothing_in_all(document: dict[str, Any]) -> None:
    """Says that 0 tokens were used in all."""
    document["usage"]["total_tokens"] = 0


@on_json(at=OPERATION, breaks=("embeddings.usage-counts",))
def counts_one_token_for_everything(document: dict[str, Any]) -> None:
    """Counts one token, whatever was embedded."""
    document["usage"] = {"prompt_tokens": 1, "total_tokens": 1}
