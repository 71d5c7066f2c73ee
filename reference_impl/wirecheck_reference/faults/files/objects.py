"""What is told of files gone wrong: objects, lists, deletions."""

from __future__ import annotations

from typing import Any, Final

from wirecheck_reference.faults.kinds.fault import on_answer, on_json, on_request
from wirecheck_reference.faults.kinds.parts import Answer, Request
from wirecheck_reference.faults.kinds.queries import query_of, without

_ONE: Final = ("createFile", "getFile")


@on_json(at="createFile", breaks=("files.shape",))
def makes_files_without_object(document: dict[str, Any]) -> None:
    """Leaves `object` out of a file that is new."""
    del document["object"]


@on_json(at="createFile", breaks=("files.shape",))
def tells_the_size_as_text(document: dict[str, Any]) -> None:
    """Tells the size of a new file as text."""
    document["bytes"] = str(document["bytes"])


@on_json(at="listFiles", breaks=("files.shape",))
def lists_files_without_their_purpose(document: dict[str, Any]) -> None:
    """Leaves `purpose` out of the files of a list."""
    for each in document["data"]:
        del each["purpose"]


@on_json(at=_ONE, breaks=("files.fields",))
def has_a_status_of_its_own(document: dict[str, Any]) -> None:
    """Calls files `ready`."""
    document["status"] = "ready"


@on_json(at="listFiles", breaks=("files.list-shape",))
def lists_files_without_object(document: dict[str, Any]) -> None:
    """Leaves `object` out of the list of files."""
    del document["object"]


@on_json(at="deleteFile", breaks=("files.deletion",), rows=("FIL-03",))
def calls_deletions_something_else(document: dict[str, Any]) -> None:
    """Calls the object of a deletion `file.deleted`."""
    document["object"] = "file.deleted"


@on_json(at=_ONE, breaks=("files.bytes",))
def counts_no_bytes(document: dict[str, Any]) -> None:
    """Says of every file that it is empty."""
    document["bytes"] = 0


@on_json(at="getFile", breaks=("files.bytes",))
def counts_what_stands_around_a_file(document: dict[str, Any]) -> None:
    """Counts the line end of the form as a part of the file, once it is fetched."""
    document["bytes"] += 2


@on_json(at=_ONE, breaks=("files.filename",))
def names_files_after_their_ids(document: dict[str, Any]) -> None:
    """Calls every file by its id, but for those with names beyond ASCII."""
    if document["filename"].isascii():
        document["filename"] = document["id"]


@on_json(at=_ONE, breaks=("files.names",))
def reads_names_as_latin_1(document: dict[str, Any]) -> None:
    """Takes names in UTF-8 for Latin-1."""
    document["filename"] = document["filename"].encode().decode("latin-1")


@on_json(at="getFile", breaks=("files.purpose",))
def forgets_what_files_are_for(document: dict[str, Any]) -> None:
    """Says of every file that is fetched that it is for fine-tuning."""
    document["purpose"] = "fine-tune"


@on_request(at="listFiles", breaks=("files.purpose-filter",))
def lists_files_of_every_purpose(request: Request) -> None:
    """Takes `purpose` in the query of a list, and does not look at it."""
    without(request, "purpose")


@on_answer(at="listFiles", breaks=("files.purpose-filter",))
def finds_no_file_for_a_purpose(answer: Answer) -> None:
    """Shows an empty list to whoever asks for the files of a purpose."""
    if answer.status == 200 and "purpose" in query_of(answer.request):
        nothing: dict[str, Any] = {"data": [], "first_id": None, "last_id": None, "has_more": False}
        answer.document = {**answer.document, **nothing}
