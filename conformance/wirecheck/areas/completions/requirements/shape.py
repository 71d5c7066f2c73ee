"""The form of completions: spec/rules/completions/shape.md."""

from __future__ import annotations

from wirecheck.areas.chat.reading import documents, says_nothing
from wirecheck.areas.completions.pools import all_answers, every_answer, every_completion, every_stream
from wirecheck.evidence.exchange import Exchange, at
from wirecheck.evidence.unseen import Unseen
from wirecheck.judging import shape
from wirecheck.judging.requirement import Broken, Violations, requirement


@requirement("completions.shape", on=every_completion, feature="completions")
def follows_the_schema(answer: Exchange) -> Violations:
    """An answer without a stream MUST follow the schema Completion."""
    for each in shape.breaks(answer, "text")[:3]:
        yield str(each)


@requirement("completions.chunk-shape", on=every_stream, feature="completions")
def shapes_its_chunks(answer: Exchange) -> Violations:
    """Each chunk of a stream MUST follow the schema CompletionChunk."""
    beside = {number for number, value in answer.objects if says_nothing(value)}
    for each in [found for found in shape.breaks(answer, "text chunk") if found.event not in beside][:3]:
        yield str(each)


@requirement("completions.object", on=every_answer, feature="completions")
def names_its_object(answer: Exchange) -> Violations:
    """`object` MUST be `text_completion`, in answers and in chunks."""
    for each in shape.breaks(answer, "text object")[:1]:
        yield str(each)


@requirement("completions.finish-reason", on=every_answer, feature="completions")
def gives_a_known_reason(answer: Exchange) -> Violations:
    """Each choice MUST have the key `finish_reason`: `stop`, `length` or `content_filter`, and null in all chunks of a
    choice but its last.
    """
    for each in shape.breaks(answer, "text finish reason")[:3]:
        yield str(each)


@requirement("completions.id-unique", on=all_answers, feature="completions")
def gives_each_answer_its_own_id(answers: tuple[Exchange, ...]) -> Violations:
    """Answers to different requests MUST NOT have the same `id`."""
    asked: dict[str, Exchange] = {}
    for answer in answers:
        name = _id(answer)
        if name:
            before = asked.setdefault(name, answer)
            # A cache may answer the same request with the same answer.
            if before.request.body != answer.request.body:
                yield Broken(f"two of {len(answers)} answers have the id {name!r}", answer, before)
    if sum(bool(_id(answer)) for answer in answers) < 2:
        raise Unseen("fewer than two answers with an id")


@requirement("completions.id-prefix", on=every_answer, feature="completions")
def names_no_chat(answer: Exchange) -> Violations:
    """The `id` SHOULD NOT begin with `chatcmpl-`, which is the beginning of a chat's."""
    name = _id(answer)
    if name and name.startswith("chatcmpl-"):
        yield f"the id of a completion is {name!r}"


def _id(answer: Exchange) -> str | None:
    """The first id of an answer that is a text, and not empty."""
    return next((name for value in documents(answer) if isinstance(name := at(value, "id"), str) and name), None)
