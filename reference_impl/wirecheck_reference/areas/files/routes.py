"""POST and GET /v1/files, and what is below. Knows neither how a form is read nor where contents lie."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from wirecheck_contract.models import FileUploadRequest
from wirecheck_contract.params import ListFilesParametersQuery

from wirecheck_reference.areas.files.downloads import Download
from wirecheck_reference.creating import FromOnce
from wirecheck_reference.http.disposition import attachment
from wirecheck_reference.http.forms import Form
from wirecheck_reference.http.inbound import Inbound
from wirecheck_reference.http.operations import Operation
from wirecheck_reference.http.queries import given
from wirecheck_reference.http.requests import form_with_file
from wirecheck_reference.http.responses import Answer
from wirecheck_reference.http.selection import selected
from wirecheck_reference.services import ADMITTED, FromCaller, FromClock, FromContents, FromDatabase
from wirecheck_reference.store.files import Files
from wirecheck_reference.store.pages import Cut, kept

router = APIRouter(prefix="/v1/files", route_class=Operation, dependencies=[ADMITTED])

Upload = Form[FileUploadRequest]


def own(database: FromDatabase, contents: FromContents, caller: FromCaller, clock: FromClock) -> Files:
    """What the caller keeps, now."""
    return Files(database, contents, caller.tenant, int(clock()))


FromFiles = Annotated[Files, Depends(own)]


@router.post("")
async def create_file(
    form: Annotated[Upload, form_with_file(FileUploadRequest, "file")],
    contents: FromContents,
    files: FromFiles,
    once: FromOnce,
) -> dict[str, Any] | Answer:
    """Keeps a file: on disk as it arrives, and acknowledged once it is durable."""
    async with once.attempt() as attempt:
        if attempt.repeats:
            return attempt.again((await form.read(_nowhere)).digest)
        async with contents.draft() as draft:
            received = await form.read(draft.write)
            fields, also = received.fields, attempt.also(received.digest)
            seconds = given(fields.expires_after_seconds_)
            return (await files.keep(draft, received.filename, fields.purpose, seconds, also)).document


async def _nowhere(_: bytes) -> None:
    """Where the content goes of a file that there is already."""


@router.get("")
async def list_files(files: FromFiles, query: Annotated[ListFilesParametersQuery, Query()]) -> dict[str, Any]:
    """A page of them, the newest first. 400 for an `after` that none of them has."""
    cut = Cut(given(query.after), query.limit, descending=query.order != "asc")
    return (await files.page(cut, given(query.purpose))).document(kept)


@router.get("/{file_id}")
async def get_file(file_id: str, files: FromFiles) -> dict[str, Any]:
    """One of them."""
    return (await files.get(file_id)).document


@router.get("/{file_id}/content")
async def get_file_content(file_id: str, files: FromFiles, request: Request) -> Answer:
    """The content of one of them."""
    row, content = await files.open(file_id)
    tag = f'"{row.digest}"'
    try:
        selection = selected(Inbound.of(request.scope), request.method, content.size, tag)
    except BaseException:
        content.close()
        raise
    return Download(content, selection, tag, partial(attachment, row.document["filename"]))


@router.delete("/{file_id}")
async def delete_file(file_id: str, files: FromFiles) -> dict[str, Any]:
    """Deletes one of them."""
    await files.delete(file_id)
    return {"id": file_id, "object": "file", "deleted": True}
