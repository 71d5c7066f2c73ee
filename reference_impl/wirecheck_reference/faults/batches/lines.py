"""Lines of batches gone wrong: answers, counts, files."""

from __future__ import annotations

from typing import Any, Final

from pydantic_core import to_json

from wirecheck_reference.errors import ApiError, internal_error
from wirecheck_reference.faults.auth.reading import key_of
from wirecheck_reference.faults.batches.reading import CONTENT, each_result, is_success, results, write
from wirecheck_reference.faults.kinds.fault import on_answer, on_json
from wirecheck_reference.faults.kinds.parts import Answer

_OUTPUT: Final = "batch_output"
_FILES: Final = ("output_file_id", "error_file_id")


def _missing(answer: Answer) -> None:
    answer.status = 404
    answer.document = ApiError(404, "not_found", "There is no such file.").document()


@on_answer(at=CONTENT, breaks=("batches.custom-ids",), rows=("BAT-11",))
def loses_the_last_line(answer: Answer) -> None:
    """Leaves the last of several answers out of an output file."""
    lines = results(answer)
    if len(lines) > 1:
        write(answer, lines[:-1])


@on_answer(at=CONTENT, breaks=("batches.custom-ids",))
def writes_a_line_twice(answer: Answer) -> None:
    """Writes the first of several answers twice."""
    lines = results(answer)
    if len(lines) > 1:
        write(answer, [lines[0], *lines])


@on_answer(at=CONTENT, breaks=("batches.answer",))
def writes_answers_as_text(answer: Answer) -> None:
    """Writes the answer of a line as JSON in a text."""

    def change(line: dict[str, Any]) -> None:
        if is_success(line):
            line["response"]["body"] = to_json(line["response"]["body"]).decode()

    each_result(answer, change)


@on_answer(at=CONTENT, breaks=("batches.own-answer",))
def shifts_answers(answer: Answer) -> None:
    """Writes the answers of an output file a line further than the requests that they are to."""
    lines = results(answer)
    if len(lines) > 1 and all(map(is_success, lines)):
        told = [line["response"] for line in lines]
        shifted = zip(lines, [*told[1:], told[0]], strict=True)
        write(answer, [{**line, "response": response} for line, response in shifted])


@on_answer(at=CONTENT, breaks=("batches.refused-line",), rows=("BAT-07",))
def keeps_no_refusal(answer: Answer) -> None:
    """Puts what became of a line that was refused into `error`, and leaves its status and its body out."""

    def change(line: dict[str, Any]) -> None:
        if line["response"] is not None and not is_success(line):
            message = line["response"]["body"]["error"]["message"]
            line.update(response=None, error={"code": "request_failed", "message": message})

    each_result(answer, change)


@on_json(at="getBatch", breaks=("batches.total",), rows=("BAT-08",))
def counts_the_end_of_a_file_as_a_line(document: dict[str, Any]) -> None:
    """Counts what is behind the last line end of an input file as a line."""
    if document["status"] == "completed":
        document["request_counts"]["total"] += 1


@on_json(at="getBatch", breaks=("batches.counts",), rows=("BAT-12",))
def counts_every_line_as_completed(document: dict[str, Any]) -> None:
    """Counts lines that were refused as completed."""
    counts = document["request_counts"]
    document["request_counts"] = {**counts, "completed": counts["completed"] + counts["failed"], "failed": 0}


@on_json(at="getBatch", breaks=("batches.files",), rows=("BAT-13",))
def names_files_of_somebody_else(document: dict[str, Any]) -> None:
    """Names the files of a batch by ids that are good elsewhere."""
    for name in _FILES:
        if document[name] is not None and document["status"] == "completed":
            document[name] = f"azure_{document[name]}"


@on_answer(at="getFile", breaks=("batches.files",))
def has_contents_without_files(answer: Answer) -> None:
    """Finds no file that a batch has made, though it has its content."""
    if answer.status == 200 and answer.document["purpose"] == _OUTPUT:
        _missing(answer)


@on_json(at="listFiles", breaks=("batches.file-listed",), rows=("FIL-05",))
def lists_no_file_of_a_batch(document: dict[str, Any]) -> None:
    """Leaves the files that batches have made out of the list."""
    data = [each for each in document["data"] if each["purpose"] != _OUTPUT]
    edges = {"first_id": data[0]["id"] if data else None, "last_id": data[-1]["id"] if data else None}
    document.update(data=data, **edges)


@on_answer(at="listFiles", breaks=("batches.file-listed", "errors.no-5xx"), rows=("FIL-04",))
def lists_no_file_once_a_batch_is_done(answer: Answer) -> None:
    """Falls over where a list holds a file that a batch has made."""
    if answer.status == 200 and any(each["purpose"] == _OUTPUT for each in answer.document["data"]):
        answer.status, answer.document = 500, internal_error().document()


@on_json(at="getFile", breaks=("batches.file-purpose",))
def calls_answers_uploads(document: dict[str, Any]) -> None:
    """Says of the files that batches have made that they are for batches."""
    if document["purpose"] == _OUTPUT:
        document["purpose"] = "batch"


@on_answer(at=CONTENT, breaks=("batches.file-tenant",), remembers=dict)
def keeps_answers_for_all(answer: Answer, memory: dict[str, tuple[bytes, dict[str, str]]]) -> None:
    """Gives the answers of a batch to whoever knows the id of their file."""
    id_ = answer.request.parameters["file_id"]
    if results(answer):
        memory[id_] = answer.body, dict(answer.headers)
    elif answer.status == 404 and id_ in memory and key_of(answer.request) in answer.request.keys:
        answer.status = 200
        answer.body, answer.headers = memory[id_][0], dict(memory[id_][1])
