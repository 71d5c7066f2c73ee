"""What an answer with embeddings holds: spec/rules/embeddings/answer.md."""

from __future__ import annotations

from collections import Counter
from typing import Final

from wirecheck.areas.embeddings.pools import all_answers, every_answer
from wirecheck.areas.embeddings.probes import batches
from wirecheck.areas.embeddings.reading import is_numbers, usable, written
from wirecheck.evidence.exchange import ABSENT, Exchange, at, items, whole_number
from wirecheck.evidence.unseen import Unseen
from wirecheck.judging import shape
from wirecheck.judging.requirement import Broken, Violations, requirement

_SHOWN: Final = 80


@requirement("embeddings.shape", on=every_answer, feature="embeddings")
def shapes_the_answer(answer: Exchange) -> Violations:
    """The answer to an embedding request MUST follow the schema EmbeddingList."""
    for each in shape.breaks(answer, "embedding list"):
        yield str(each)


@requirement("embeddings.count", on=every_answer, feature="embeddings")
def embeds_each_input(answer: Exchange) -> Violations:
    """An answer MUST hold one vector for each input, no more and no fewer."""
    given = at(answer.request.json, "input")
    texts = given if isinstance(given, list) else [given]
    if not all(isinstance(each, str) for each in texts) or not isinstance(answer.at("data"), list):
        raise Unseen("no texts, or no list of vectors")
    if len(answer.at("data")) != len(texts):
        yield f"{len(answer.at('data'))} vectors for {len(texts)} texts"


@requirement("embeddings.index", on=every_answer, feature="embeddings")
def counts_its_vectors(answer: Exchange) -> Violations:
    """The `index` of a vector MUST be its place in `data`, from 0."""
    found = [whole_number(at(each, "index")) for each in items(answer.json, "data")]
    if None in found:
        raise Unseen("a vector without an index")
    if found != list(range(len(found))):
        yield f"the indexes of {len(found)} vectors are {found[:10]}"


@requirement("embeddings.numbers", on=every_answer, feature="embeddings")
def answers_with_numbers(answer: Exchange) -> Violations:
    """A vector MUST hold finite numbers, at least one, and not zeros alone."""
    found = written(answer)
    for each in shape.breaks(answer, "embedding vector"):
        place = int(each.path.split(".")[1])
        # Base64 that cannot be read is for `embeddings.base64` to judge.
        if place < len(found) and not isinstance(found[place], str):
            yield str(each)
    for place, vector in enumerate(found):
        if is_numbers(vector) and vector and not usable(vector):
            yield f"data.{place}.embedding has {_what(vector)}: {str(vector)[:_SHOWN]}"


def _what(vector: list[float]) -> str:
    return "a number that is not finite" if any(vector) else f"{len(vector)} zeros"


@requirement("embeddings.same-length", on=all_answers, feature="embeddings")
def answers_with_one_length(answers: tuple[Exchange, ...]) -> Violations:
    """All vectors of one model MUST have the same length, where no `dimensions` are asked for."""
    found: dict[str, list[tuple[int, Exchange]]] = {}
    for answer in answers:
        model, dimensions = at(answer.request.json, "model"), at(answer.request.json, "dimensions")
        if isinstance(model, str) and dimensions in (ABSENT, None):
            lengths = [len(vector) for vector in written(answer) if is_numbers(vector) and vector]
            found.setdefault(model, []).extend((length, answer) for length in lengths)
    if all(len(each) < 2 for each in found.values()):
        raise Unseen("fewer than two vectors of one model came")
    for model, pairs in found.items():
        common = Counter(length for length, _ in pairs).most_common()
        if len(common) > 1:
            length, answer = next(pair for pair in pairs if pair[0] != common[0][0])
            yield Broken(f"model {model!r}: a vector of {length} numbers, where others have {common[0][0]}", answer)


@requirement("embeddings.usage", on=every_answer, feature="embeddings")
def tells_its_usage(answer: Exchange) -> Violations:
    """`usage` MUST hold `prompt_tokens` and `total_tokens`, whole numbers, the second no smaller than the first."""
    for each in shape.breaks(answer, "embedding usage"):
        yield str(each)
    prompt, total = (whole_number(answer.at("usage", name)) for name in ("prompt_tokens", "total_tokens"))
    if prompt is not None and total is not None and total < prompt:
        yield f"total_tokens is {total}, prompt_tokens is {prompt}"


@requirement("embeddings.usage-counts", on=batches.batch, feature="embeddings")
def counts_every_input(seen: batches.Batch) -> Violations:
    """`prompt_tokens` SHOULD count every input: several texts are more than one of them."""
    several, one = (whole_number(each.at("usage", "prompt_tokens")) for each in (seen.batch, seen.singles[0]))
    if several is None or one is None:
        raise Unseen("the tokens were not counted")
    if several <= one:
        yield Broken(f"{several} tokens for all texts, {one} for the first of them alone", seen.batch)
