"""Input files that are wrong, and what becomes of them: nothing, or something else than should."""

from __future__ import annotations

from typing import Any

from wirecheck_reference.errors import ApiError
from wirecheck_reference.faults.batches.reading import CONTENT, Inputs, completes, each_result, is_json
from wirecheck_reference.faults.kinds.fault import on_answer, on_json
from wirecheck_reference.faults.kinds.parts import Answer

_NO_JSON = "invalid_json_line"


@on_json(at="getBatch", breaks=("batches.no-json",))
def passes_over_what_it_cannot_read(document: dict[str, Any]) -> None:
    """Completes batches as if lines that are no JSON were not there."""
    completes(document, _NO_JSON)


@on_answer(at=("createFile", "createBatch"), breaks=("batches.validated",), rows=("BAT-10",), remembers=Inputs)
def reads_input_files_at_once(answer: Answer, memory: Inputs) -> None:
    """Refuses to begin a batch whose input file has a line that is no JSON."""
    memory.saw(answer)
    content = memory.get(str(answer.request.field("input_file_id")), b"")
    if answer.status == 200 and not all(map(is_json, filter(bytes.strip, content.split(b"\n")))):
        answer.status = 400
        answer.document = ApiError(400, "invalid_value", "A line is no JSON.", param="input_file_id").document()


@on_json(at="getBatch", breaks=("batches.error-line",))
def does_not_say_which_line(document: dict[str, Any]) -> None:
    """Names no line where it tells what is wrong with an input file."""
    for each in (document["errors"] or {}).get("data", []):
        each["line"] = None


@on_answer(at=("createFile", "getBatch"), breaks=("batches.blank-lines",), rows=("BAT-08",), remembers=Inputs)
def takes_blank_lines_for_requests(answer: Answer, memory: Inputs) -> None:
    """Says of the blank lines of an input file that they are no JSON."""
    memory.saw(answer)
    document = answer.document
    if answer.request.method == "GET" and answer.status == 200 and document["errors"]:
        lines = memory.get(document["input_file_id"], b"").split(b"\n")[:-1]
        blank = [number for number, line in enumerate(lines, 1) if not line.strip()]
        told = [{"code": _NO_JSON, "message": "No JSON.", "param": None, "line": number} for number in blank]
        document["errors"]["data"] += told
        answer.document = document


@on_json(at="getBatch", breaks=("batches.duplicate",))
def takes_any_custom_id(document: dict[str, Any]) -> None:
    """Answers all lines that have one `custom_id`."""
    completes(document, "duplicate_custom_id")


@on_json(at="getBatch", breaks=("batches.line-url",))
def sends_every_line_to_one_endpoint(document: dict[str, Any]) -> None:
    """Answers lines for another endpoint as if they were for that of the batch."""
    completes(document, "mismatched_endpoint")


@on_answer(at=CONTENT, breaks=("batches.line-stream",), rows=("BAT-03",))
def streams_into_files(answer: Answer) -> None:
    """Answers a line that asks for a stream with what it would have sent."""

    def change(line: dict[str, Any]) -> None:
        response = line["response"]
        if response is not None and (response["body"].get("error") or {}).get("param") == "stream":
            response.update(status_code=200, body="data: {}\n\ndata: [DONE]\n\n")

    each_result(answer, change)
