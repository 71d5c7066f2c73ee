"""Files kept otherwise: other fields, other purposes, other downloads, or no files at all."""

from __future__ import annotations

import re
from typing import Any, Final

from wirecheck_reference.errors import ApiError
from wirecheck_reference.faults.kinds.parts import Answer, Request
from wirecheck_reference.variants.kind import on_answer, on_error, on_headers, on_json, on_request

_ONE: Final = ("createFile", "getFile")
_TOLD: Final = (*_ONE, "listFiles")
_ALL: Final = ("createFile", "listFiles", "getFile", "getFileContent", "deleteFile")
_OBJECT: Final = "OpenAI API reference, The file object (expires_at, status and status_details may be missing)"
_CONTENT: Final = "getFileContent"
_RFC: Final = "RFC 9110 section 14.2 (a server may ignore Range)"


def _files(document: dict[str, Any]) -> list[dict[str, Any]]:
    """The files of a list, or the one file."""
    found: list[dict[str, Any]] = document.get("data", [document])
    return found


@on_request("vLLM documentation, OpenAI-compatible server (it has no files)", at=_ALL)
def has_no_files(request: Request) -> Answer:
    """Has no place for files."""
    answer = Answer(request, 404)
    answer.document = ApiError(404, "not_found", "There is no such path.").document()
    return answer


@on_json(_OBJECT, at=_TOLD)
def tells_of_files_what_it_must(document: dict[str, Any]) -> None:
    """Tells of a file neither its status nor when it expires."""
    for each in _files(document):
        each.pop("status", None)
        each.pop("expires_at", None)


@on_json("openai-python types/file_object.py (status: uploaded, status_details)", at=_TOLD)
def has_files_in_the_making(document: dict[str, Any]) -> None:
    """Calls files `uploaded`, and tells more of them."""
    for each in _files(document):
        each.update(status="uploaded", status_details=None, sha256="9f86d081884c7d65", created_by="user-1")


@on_json("OpenAI API reference, List files (first_id and last_id came later than data and has_more)", at="listFiles")
def lists_files_without_edges(document: dict[str, Any]) -> None:
    """Tells neither the first nor the last id of a page."""
    document.pop("first_id", None)
    document.pop("last_id", None)


@on_error("RFC 9110 section 15.5.1 (400)", at="createFile")
def refuses_forms_with_400(_: dict[str, Any], answer: Answer) -> None:
    """Answers 400 in place of 422."""
    if answer.status == 422:
        answer.status = 400


@on_answer("GroqCloud documentation, Files (purpose: batch alone)", at="createFile")
def takes_files_for_batches_alone(answer: Answer) -> None:
    """Refuses files for anything but batches."""
    purpose = dict(answer.request.form).get("purpose")
    if answer.status == 200 and purpose != b"batch":
        answer.status = 400
        message = "Only files for batches are taken."
        answer.document = ApiError(400, "invalid_value", message, param="purpose").document()


@on_answer("OpenAI API reference, Upload file (expires_after came in 2025)", at="createFile")
def knows_no_expiry(answer: Answer) -> None:
    """Keeps every file until it is deleted, and refuses forms that say otherwise."""
    names = [name for name, _ in answer.request.form]
    if answer.status == 200 and any(name.startswith("expires_after") for name in names):
        answer.status = 400
        answer.document = ApiError(400, "invalid_value", "Unknown field.", param="expires_after").document()
    elif answer.status == 200:
        answer.document = {**answer.document, "expires_at": None}


@on_request(_RFC, at=_CONTENT)
def sends_contents_whole(request: Request) -> None:
    """Knows neither ranges nor conditions: every download is all of a content."""
    for name in ("range", "if-range", "if-none-match", "if-match"):
        request.headers.pop(name, None)


@on_headers("RFC 9110 sections 8.8.3 and 14.3 (ETag and Accept-Ranges are optional)", at=_CONTENT)
def tells_nothing_of_contents(answer: Answer) -> None:
    """Sends downloads without tag, name or what it takes of ranges."""
    for name in ("etag", "content-disposition", "accept-ranges", "x-content-type-options"):
        answer.headers.pop(name, None)


@on_headers("RFC 9110 section 8.8.3 (weak tags)", at=_CONTENT)
def has_weak_tags(answer: Answer) -> None:
    """Marks its tags as weak."""
    if "etag" in answer.headers:
        answer.headers["etag"] = f"W/{answer.headers['etag']}"


@on_headers("RFC 9110 section 14.4 (Content-Range: an unknown length is *)", at=_CONTENT)
def does_not_know_the_length(answer: Answer) -> None:
    """Tells of a part which it is, and not of how much."""
    if "content-range" in answer.headers and answer.status == 206:
        answer.headers["content-range"] = re.sub(r"/[0-9]+$", "/*", answer.headers["content-range"])


@on_headers("OpenAI API reference, Retrieve file content (application/json is declared)", at=_CONTENT)
def calls_contents_json(answer: Answer) -> None:
    """Labels every content `application/json`, whatever it is."""
    if answer.status in (200, 206):
        answer.headers["content-type"] = "application/json"


@on_headers("RFC 9110 section 8.3 (Content-Type)", at=_CONTENT)
def calls_contents_text(answer: Answer) -> None:
    """Labels every content `text/plain; charset=utf-8`."""
    if answer.status in (200, 206):
        answer.headers["content-type"] = "text/plain; charset=utf-8"


@on_headers("RFC 6266 section 4.3 (filename* alone, types and parameters in any case)", at=_CONTENT)
def names_downloads_in_its_own_way(answer: Answer) -> None:
    """Writes `Content-Disposition` with other letters, spaces, and a parameter of its own."""
    told = answer.headers.get("content-disposition")
    if told is not None:
        told = told.replace("attachment", "Attachment").replace("; ", " ;  ")
        answer.headers["content-disposition"] = f"{told} ; size=5"


@on_headers("RFC 6266 section 4.2 (inline)", at=_CONTENT)
def shows_texts(answer: Answer) -> None:
    """Has browsers show contents in place of saving them."""
    if "content-disposition" in answer.headers:
        answer.headers["content-disposition"] = answer.headers["content-disposition"].replace("attachment", "inline")


@on_json("RFC 7578 section 4.2 (a name may be changed, and its directories are not used)", at=_ONE)
def keeps_names_without_folders(document: dict[str, Any]) -> None:
    """Keeps of a name what follows its last slash."""
    document["filename"] = re.split(r"[/\\]", document["filename"])[-1]
