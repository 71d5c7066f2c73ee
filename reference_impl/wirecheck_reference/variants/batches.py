"""Batches kept otherwise: fewer fields, other orders, refusals that come sooner, or no batches at all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from wirecheck_reference.errors import ApiError
from wirecheck_reference.faults.batches.reading import CONTENT, ONE, Inputs, is_json, is_over, results, write
from wirecheck_reference.faults.kinds.parts import Answer, Request
from wirecheck_reference.variants.kind import on_answer, on_json, on_request

_ALL: Final = (*ONE, "listBatches")
_SDK: Final = "openai-python types/batch.py"


def _batches(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The batches of a list, or the one batch."""
    yield from document.get("data", [document])


@on_request("vLLM documentation, OpenAI-compatible server (it has no batches)", at=_ALL)
def has_no_batches(request: Request) -> Answer:
    """Has no place for batches."""
    answer = Answer(request, 404)
    answer.document = ApiError(404, "not_found", "There is no such path.").document()
    return answer


@on_json(f"{_SDK} (all but seven fields may be missing)", at=_ALL)
def tells_of_batches_what_there_is(document: dict[str, Any]) -> None:
    """Leaves out what there is not of a batch, in place of null."""
    for each in _batches(document):
        for name in [name for name, value in each.items() if value is None]:
            del each[name]


@on_json(f"{_SDK} (request_counts may be null)", at=_ALL)
def counts_once_it_has_begun(document: dict[str, Any]) -> None:
    """Tells no counts as long as nobody knows the lines."""
    for each in _batches(document):
        if each["status"] == "validating" or not each["request_counts"]["total"]:
            each["request_counts"] = None


@on_json(f"{_SDK} (errors may be null; in_progress_at and finalizing_at may be missing)", at=_ALL)
def says_little_of_what_it_did(document: dict[str, Any]) -> None:
    """Tells neither what is wrong with an input file, nor when a batch went on."""
    for each in _batches(document):
        each["errors"] = None
        each.pop("in_progress_at", None)
        each.pop("finalizing_at", None)


@on_json("OpenAI guide, Batch (a state may be passed before anybody looks)", at=_ALL)
def shows_only_whether_it_is_over(document: dict[str, Any]) -> None:
    """Shows every batch as `in_progress` until it is over."""
    for each in _batches(document):
        if not is_over(each) and each["status"] != "cancelling":
            each.update(status="in_progress", in_progress_at=each["created_at"])


@on_answer("OpenAI guide, Batch (the order of the output may not be that of the input)", at=CONTENT)
def writes_answers_as_they_came(answer: Answer) -> None:
    """Writes the answers of a batch in another order than its lines, with a field of its own."""
    lines = results(answer)
    if lines:
        write(answer, [{**line, "latency_ms": 5} for line in reversed(lines)])


@on_answer("RFC 9110 section 15.5.1 (400)", at=("createFile", "createBatch"), remembers=Inputs)
def looks_at_input_files_at_once(answer: Answer, memory: Inputs) -> None:
    """Refuses to begin a batch of an input file that has a line which is no JSON."""
    memory.saw(answer)
    content = memory.get(str(answer.request.field("input_file_id")), b"")
    if answer.status == 200 and not all(map(is_json, filter(bytes.strip, content.split(b"\n")))):
        answer.status = 400
        answer.document = ApiError(400, "invalid_value", "A line is wrong.", param="input_file_id").document()


@on_request("DeepInfra documentation, Batch (the endpoint must match the url of every line)", at="createFile")
def looks_at_lines_as_they_come(request: Request) -> Answer | None:
    """Refuses to keep an input file of lines that are no JSON, or have chats for another endpoint."""
    form = dict(request.form)
    lines = list(filter(bytes.strip, form.get("file", b"").split(b"\n")))
    if form.get("purpose") != b"batch" or all(is_json(line) and b"/embeddings" not in line for line in lines):
        return None
    answer = Answer(request, 400)
    answer.document = ApiError(400, "invalid_value", "A line is wrong.", param="file").document()
    return answer


@on_answer("orq.ai documentation, Cancel a batch (200 for one that is over already)", at=ONE, remembers=dict)
def cancels_whatever_there_is(answer: Answer, memory: dict[str, dict[str, Any]]) -> None:
    """Answers 200 to whoever cancels a batch that is over, and leaves it as it is."""
    if answer.status == 200:
        memory[answer.document["id"]] = answer.document
    elif answer.status == 409 and (id_ := answer.request.parameters.get("batch_id")) in memory:
        answer.status, answer.document = 200, memory[str(id_)]


@on_json(f"{_SDK} (status: cancelled)", at="cancelBatch")
def cancels_at_once(document: dict[str, Any]) -> None:
    """Calls a batch cancelled as soon as somebody has cancelled it."""
    if document["status"] == "cancelling":
        document.update(status="cancelled", cancelled_at=document["cancelling_at"])
