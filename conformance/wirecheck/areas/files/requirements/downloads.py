"""Downloads: parts, conditions, names: spec/rules/files/downloads.md."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from wirecheck.areas.files import probes as files
from wirecheck.areas.files.reading import disposition, name_of
from wirecheck.areas.http.conditions import breaches
from wirecheck.areas.http.pools import answered
from wirecheck.evidence.exchange import Exchange
from wirecheck.evidence.unseen import Unseen, answer_or_unseen, decision
from wirecheck.judging.pool import Pool
from wirecheck.judging.requirement import Broken, Violations, requirement

_HEADER: Final = "content-disposition"

every_named_download = Pool(
    "download that says how it is to be saved",
    lambda it: (
        answered(it)
        and it.operation is not None
        and it.operation.id == "getFileContent"
        and it.status in (200, 206)
        and (it.header(_HEADER) is not None or it.header(files.ODD) is not None)
    ),
    (files.behind, files.names),
)


@requirement("files.range", on=files.downloads, feature="files")
def sends_the_bytes_that_are_asked_for(seen: files.Downloads) -> Violations:
    """A request with `Range` MUST be answered with 206, those bytes and `Content-Range`, or with 200 and all."""
    whole = _whole(seen)
    if not seen.parts:
        raise Unseen("a quick run does not ask for it")
    for start, end, answer in seen.parts:
        status = decision(answer).status
        if status == 200:
            yield from _all_of(whole, answer)
        elif status == 206:
            yield from _part(seen, start, end, answer)


@requirement("files.range-beyond", on=files.downloads, feature="files")
def has_no_bytes_behind_the_end(seen: files.Downloads) -> Violations:
    """A range that begins behind the end MUST be answered with 416, or with 200 and all."""
    answer = _asked(seen, seen.beyond)
    if answer.status == 200:
        yield from _all_of(_whole(seen), answer)
    elif answer.status != 416:
        yield Broken(f"{answer.intent.case}: {answer.status}; 416 or 200 is required", answer)


@requirement("files.condition", on=files.downloads, feature="files")
def knows_what_a_caller_has(seen: files.Downloads) -> Violations:
    """`If-None-Match` MUST be answered with 304 where it names the tag of the content, or with 200 and all; where it
    names another, with 200 and all.
    """
    whole, other = _whole(seen), _asked(seen, seen.unknown)
    yield from breaches(seen.known, other)
    for answer in (other, seen.known):
        if answer is not None and answer.status == 200:
            yield from _all_of(whole, answer)


@requirement("files.if-range", on=files.downloads, feature="files")
def sends_no_part_of_another_content(seen: files.Downloads) -> Violations:
    """A request with `Range` MUST be answered with 200 and all, where its `If-Range` names another content."""
    answer = _asked(seen, seen.conditional)
    if answer.status != 200:
        yield Broken(f"{answer.intent.case}: {answer.status}; 200 and all is required", answer)
    else:
        yield from _all_of(_whole(seen), answer)


@requirement("files.head", on=files.downloads, feature="files")
def tells_heads_of_downloads(seen: files.Downloads) -> Violations:
    """HEAD of a content SHOULD be answered as GET is, with its `Content-Length`."""
    whole, head = _whole(seen), _asked(seen, seen.head)
    told = head.header("content-length")
    if head.status != 200:
        yield Broken(f"HEAD: {head.status}; GET is answered with 200", head)
    elif told not in (str(len(whole.body)), str(len(seen.content))):
        yield Broken(f"HEAD: Content-Length {told}; GET has {len(whole.body)} bytes", head)


@requirement("files.disposition", on=every_named_download, feature="files")
def lets_no_name_out_of_its_header(answer: Exchange) -> Violations:
    """The `Content-Disposition` of a download MUST be one that RFC 6266 reads: no name, whatever is in it, ends its
    quotes or its header.
    """
    header = answer.header(_HEADER)
    case = answer.intent.case or answer.request.path
    if answer.header(files.ODD) is not None:
        yield f"{case}: a part of the name became the header {files.ODD}"
    elif header is not None and disposition(header) is None:
        yield f"{case}: Content-Disposition: {header}"


@requirement("files.attachment", on=files.behind, feature="files")
def names_downloads(seen: files.Behind) -> Violations:
    """A download SHOULD be an attachment under the name of its file: `filename*` where that is beyond ASCII."""
    if seen.download is None or seen.download.status != 200:
        raise Unseen(f"no download, or a quick run does not ask for it: {seen.download or seen.upload}")
    name, header = seen.upload.at("filename"), seen.download.header(_HEADER)
    if header is None:
        yield Broken("no Content-Disposition", seen.download)
        return
    read = disposition(header)
    if read is None or not isinstance(name, str):
        raise Unseen("the header cannot be read, or the file has no name")
    kind, parameters = read
    if kind != "attachment":
        yield Broken(f"Content-Disposition: {header}; attachment is required", seen.download)
    elif _composed(name_of(parameters) or "") not in (_composed(name), _composed(seen.name)):
        yield Broken(f"the file is {name!r}; Content-Disposition: {header}", seen.download)


def _whole(seen: files.Downloads) -> Exchange:
    """The plain download, which parts are held against. Raises `Unseen` where there is none."""
    if answer_or_unseen(seen.whole).status != 200 or seen.whole.end != "complete":
        raise Unseen(f"the content is not to be had: {seen.whole}")
    return seen.whole


def _asked(seen: files.Downloads, answer: Exchange | None) -> Exchange:
    _whole(seen)
    if answer is None:
        raise Unseen("a quick run does not ask for it")
    return decision(answer)


def _all_of(whole: Exchange, answer: Exchange) -> Violations:
    if answer.body != whole.body:
        case = answer.intent.case
        yield Broken(f"{case}: 200 with {len(answer.body)} bytes; all are {len(whole.body)}", answer)


def _part(seen: files.Downloads, start: int, end: int, answer: Exchange) -> Violations:
    case, size = answer.intent.case, len(seen.content)
    if answer.media_type == "multipart/byteranges":
        yield Broken(f"{case}: one range, and the answer is multipart/byteranges", answer)
    elif answer.body != seen.content[start:end]:
        yield Broken(f"{case}: {answer.body[:20]!r}; {seen.content[start:end]!r} is required", answer)
    elif not re.fullmatch(rf"bytes {start}-{end - 1}/({size}|\*)", answer.header("content-range") or ""):
        told = answer.header("content-range")
        yield Broken(f"{case}: Content-Range: {told}; bytes {start}-{end - 1}/{size} is required", answer)


def _composed(name: str) -> str:
    return unicodedata.normalize("NFC", name)
