"""Downloads gone wrong: bytes, parts, conditions, names."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import unquote

from wirecheck_reference.errors import ApiError
from wirecheck_reference.faults.kinds.fault import EVERY, on_answer, on_request
from wirecheck_reference.faults.kinds.parts import Answer, Request

_AT: Final = "getFileContent"
_DISPOSITION: Final = "content-disposition"


def _name(answer: Answer) -> str:
    """The name in a disposition of this server."""
    told = answer.headers[_DISPOSITION]
    if "filename*=" in told:
        return unquote(told.rpartition("''")[2])
    return told.partition('"')[2].rpartition('"')[0]


def _is_whole(answer: Answer) -> bool:
    return answer.status == 200


def _is_text(body: bytes) -> bool:
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True


@on_answer(at=_AT, breaks=("files.content",))
def cuts_the_last_line_end(answer: Answer) -> None:
    """Leaves the line end behind the last line of a text out of its download."""
    if _is_whole(answer) and _is_text(answer.body):
        answer.body = answer.body.rstrip(b"\n")


@on_answer(at=_AT, breaks=("files.content",))
def quotes_texts(answer: Answer) -> None:
    """Sends a text as one JSON string."""
    if _is_whole(answer) and _is_text(answer.body):
        answer.document = answer.body.decode()


@on_answer(at=_AT, breaks=("files.any-bytes",))
def reads_files_as_text(answer: Answer) -> None:
    """Takes every content for text in UTF-8: what is none is replaced."""
    if _is_whole(answer):
        answer.body = answer.body.decode("utf-8", "replace").encode()


@on_answer(at=_AT, breaks=("files.any-bytes",))
def ends_lines_its_own_way(answer: Answer) -> None:
    """Ends every line of a content with LF alone."""
    if _is_whole(answer):
        answer.body = answer.body.replace(b"\r\n", b"\n")


@on_answer(at=_AT, breaks=("files.range",))
def leaves_the_last_byte_of_a_part_out(answer: Answer) -> None:
    """Takes the last byte of a range for the first that is not wanted."""
    if answer.status == 206:
        answer.body = answer.body[:-1]


@on_answer(at=_AT, breaks=("files.range",))
def does_not_say_which_part_it_is(answer: Answer) -> None:
    """Sends parts without `Content-Range`."""
    if answer.status == 206:
        del answer.headers["content-range"]


@on_answer(at=_AT, breaks=("files.range-beyond",))
def sends_nothing_as_a_part(answer: Answer) -> None:
    """Answers a range behind the end with 206 and no bytes."""
    if answer.status == 416:
        answer.status, answer.body = 206, b""
        answer.headers["content-type"] = "application/octet-stream"


@on_answer(at=_AT, breaks=("files.condition",))
def says_that_nothing_changed(answer: Answer) -> None:
    """Answers every `If-None-Match` with 304."""
    if answer.status == 200 and "if-none-match" in answer.request.headers:
        answer.status, answer.body = 304, b""


@on_answer(at=_AT, breaks=("files.condition",))
def refuses_who_has_it_already(answer: Answer) -> None:
    """Answers 412 to those who have the content already."""
    if answer.status == 304:
        answer.status = 412
        answer.document = ApiError(412, "precondition_failed", "You have it.").document()


@on_request(at=_AT, breaks=("files.if-range",))
def goes_on_with_another_content(request: Request) -> None:
    """Does not look at `If-Range`: a part of another content is sent."""
    request.headers.pop("if-range", None)


@on_answer(at=EVERY, breaks=("files.head",))
def takes_no_head_of_contents(answer: Answer) -> None:
    """Refuses HEAD where a content is."""
    if answer.request.method == "HEAD" and re.fullmatch(r"/v1/files/.+/content", answer.request.path):
        answer.status, answer.body = 405, b""
        answer.headers["allow"] = "GET"


@on_answer(at=_AT, breaks=("files.disposition",))
def quotes_names_carelessly(answer: Answer) -> None:
    """Puts a name between quotes as it is, quotes in it included."""
    if _DISPOSITION in answer.headers and _name(answer).isascii():
        answer.headers[_DISPOSITION] = f'attachment; filename="{_name(answer)}"'


@on_answer(at=("createFile", _AT), breaks=("files.disposition",), remembers=dict)
def breaks_lines_in_its_headers(answer: Answer, memory: dict[str, str]) -> None:
    """Writes a name with line breaks into its header as it is: what follows them are headers."""
    if answer.request.method == "POST":
        if answer.status == 200:
            memory[answer.document["id"]] = answer.document["filename"]
        return
    _, *more = memory.get(answer.request.parameters["file_id"], "").split("\r\n")
    for line in more:
        name, colon, value = line.partition(": ")
        if colon:
            answer.headers[name] = value


@on_answer(at=_AT, breaks=("files.attachment",))
def shows_what_should_be_saved(answer: Answer) -> None:
    """Has browsers show every content."""
    if _DISPOSITION in answer.headers:
        answer.headers[_DISPOSITION] = "inline"


@on_answer(at=_AT, breaks=("files.attachment",))
def names_every_download_alike(answer: Answer) -> None:
    """Calls every download `download`."""
    if _DISPOSITION in answer.headers:
        answer.headers[_DISPOSITION] = 'attachment; filename="download"'
