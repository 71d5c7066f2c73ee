"""Files and forms: spec/rules/files/files.md."""

from __future__ import annotations

import unicodedata

from wirecheck.areas.files import probes as files
from wirecheck.areas.files.asking import path_of
from wirecheck.areas.http.pools import answered
from wirecheck.evidence.exchange import ABSENT, Exchange, at, items, whole_number
from wirecheck.evidence.unseen import Unseen, decision
from wirecheck.judging import shape
from wirecheck.judging.pool import Pool
from wirecheck.judging.requirement import Broken, Violations, requirement


def _shows(*components: str) -> Pool:
    return Pool(
        "file", lambda it: answered(it) and it.status == 200 and shape.component_of(it) in components, (files.life,)
    )


every_file = _shows("File", "FileList")
every_file_list = _shows("FileList")
every_deletion = _shows("FileDeleted")


@requirement("files.upload", on=files.life, feature="files")
def takes_uploads(seen: files.Life) -> Violations:
    """An upload MUST be answered with 200, where `purpose` and the file are fields of its form."""
    answer = decision(seen.upload)
    if answer.status != 200:
        yield Broken(f"an upload was answered with {answer.status}; 200 is required", answer)


@requirement("files.field-order", on=files.behind, feature="files")
def reads_fields_behind_the_file(seen: files.Behind) -> Violations:
    """The fields of a form MUST be read behind its file as before it."""
    answer = decision(seen.upload)
    if answer.status != 200:
        yield Broken(f"the file before its purpose: {answer.status}; behind it, it is taken", answer)
    elif isinstance(answer.at("purpose"), str) and answer.at("purpose") != seen.purpose:
        yield Broken(f"purpose {seen.purpose!r} behind the file became {answer.at('purpose')!r}", answer)


@requirement("files.shape", on=every_file, feature="files")
def shapes_files(answer: Exchange) -> Violations:
    """A file MUST follow the schema File in `id`, `object`, `bytes`, `created_at`, `filename` and `purpose`."""
    for each in shape.breaks(answer, "file"):
        yield str(each)


@requirement("files.fields", on=every_file, feature="files")
def tells_more_as_agreed(answer: Exchange) -> Violations:
    """What else the schema File has SHOULD follow it."""
    for each in shape.breaks(answer, "more of a file"):
        yield str(each)


@requirement("files.list-shape", on=every_file_list, feature="files")
def shapes_the_list(answer: Exchange) -> Violations:
    """The list MUST follow the schema FileList."""
    for each in shape.breaks(answer, "file list"):
        yield str(each)


@requirement("files.deletion", on=every_deletion, feature="files")
def shapes_deletions(answer: Exchange) -> Violations:
    """A deletion MUST follow the schema FileDeleted."""
    for each in shape.breaks(answer, "file deletion"):
        yield str(each)


@requirement("files.bytes", on=files.life, feature="files")
def counts_bytes(seen: files.Life) -> Violations:
    """`bytes` MUST be the number of bytes that were sent."""
    for answer in _told(seen):
        size = whole_number(answer.at("bytes"))
        if size is not None and size != len(seen.content):
            yield Broken(f"{len(seen.content)} bytes were sent, bytes is {size}", answer)


@requirement("files.filename", on=files.life, feature="files")
def keeps_the_name(seen: files.Life) -> Violations:
    """`filename` MUST be the name that was sent with the file."""
    yield from _kept(seen, "filename", seen.name)


@requirement("files.purpose", on=files.life, feature="files")
def keeps_the_purpose(seen: files.Life) -> Violations:
    """`purpose` MUST be the one that was sent."""
    yield from _kept(seen, "purpose", seen.purpose)


@requirement("files.names", on=files.behind, feature="files")
def reads_names_as_utf_8(seen: files.Behind) -> Violations:
    """A name in UTF-8 SHOULD be kept as it was sent."""
    name = _taken(seen.upload).at("filename")
    if not isinstance(name, str):
        raise Unseen("the file has no name")
    if _composed(name) != _composed(seen.name):
        yield Broken(f"the name {seen.name!r} became {name!r}", seen.upload)


@requirement("files.content", on=files.life, feature="files")
def gives_back_what_was_sent(seen: files.Life) -> Violations:
    """The content of a file MUST be answered with 200, byte for byte as it was sent."""
    yield from _same(seen.content, _there(seen.download))


@requirement("files.any-bytes", on=files.downloads, feature="files")
def gives_back_any_bytes(seen: files.Downloads) -> Violations:
    """No byte MUST be lost or changed, whatever it is: null bytes, line ends, what is no text, what looks like a
    boundary.
    """
    yield from _same(seen.content, seen.whole)


@requirement("files.purpose-filter", on=files.life, feature="files")
def narrows_lists_by_purpose(seen: files.Life) -> Violations:
    """`purpose` MUST narrow the list to the files with that purpose."""
    made = _taken(seen.upload).at("id")
    same, other = _there(seen.same), _there(seen.other)
    if any(each.status != 200 or each.end != "complete" for each in (same, other)):
        raise Unseen(f"no list: {same}, {other}")
    if any(at(each, "id") == made for each in items(other.json, "data")):
        yield Broken(f"{other.request.path} holds a file for {seen.purpose!r}", other)
    others = sorted({str(at(each, "purpose")) for each in items(same.json, "data")} - {seen.purpose, str(ABSENT)})
    if others:
        yield Broken(f"{same.request.path} holds files for {', '.join(others)}", same)
    elif at(same.json, "has_more") is not True and all(at(each, "id") != made for each in items(same.json, "data")):
        yield Broken(f"{same.request.path} does not hold the file", same)


@requirement("files.missing", on=files.refusals, feature="files")
def wants_what_it_needs(seen: files.Refusals) -> Violations:
    """An upload without a purpose, or without a file, MUST be refused with 400 or 422."""
    for each in seen.lacking:
        yield from _accepted(each.answer)


@requirement("files.unknown-purpose", on=files.refusals, feature="files")
def knows_its_purposes(seen: files.Refusals) -> Violations:
    """An upload for a purpose that there is not SHOULD be refused with 400 or 422."""
    yield from _accepted(seen.purpose.answer)


@requirement("files.param", on=files.refusals, feature="files")
def names_the_field(seen: files.Refusals) -> Violations:
    """The `param` of the refusal SHOULD name the field that is missing or wrong."""
    refused = [each for each in (*seen.lacking, seen.purpose, *seen.expiry) if _is_refused(each.answer)]
    if not refused:
        raise Unseen("nothing was refused with an envelope")
    for each in refused:
        param = each.answer.at("error", "param")
        if not isinstance(param, str) or not param.startswith(each.field):
            yield Broken(f"{each.answer.intent.case}: param is {param!r}; {each.field!r} is at fault", each.answer)


@requirement("files.expires", on=files.expiring, feature="files")
def counts_from_when_a_file_was_made(seen: files.Expiring) -> Violations:
    """Where `expires_after` has an effect on `expires_at`, that MUST be `created_at` and the seconds."""
    plain = _lifetime(seen.plain)
    told = [(each, life) for each in seen.uploads if (life := _lifetime(each)) not in (None, plain)]
    if not told:
        raise Unseen("it had no effect, or was not taken")
    for each, life in told:
        if life != seen.seconds:
            yield Broken(f"{each.intent.case}: {seen.seconds} s became {life}", each)


@requirement("files.expires-obeyed", on=files.expiring, feature="files")
def obeys_an_expiry_or_refuses_it(seen: files.Expiring) -> Violations:
    """`expires_after` SHOULD have its effect, or be refused, wherever in the form it stands."""
    plain = _lifetime(seen.plain)
    for each in map(decision, seen.uploads):
        if each.status == 200 and _lifetime(each) in (None, plain):
            yield Broken(f"{each.intent.case}: no effect, expires_at is {each.at('expires_at')!r}", each)


@requirement("files.expires-refused", on=files.refusals, feature="files")
def refuses_a_wrong_expiry(seen: files.Refusals) -> Violations:
    """An `expires_after` out of its range, or without its seconds, SHOULD be refused with 400 or 422."""
    for each in seen.expiry:
        yield from _accepted(each.answer)


def _told(seen: files.Life) -> list[Exchange]:
    """What was shown of a file. Raises `Unseen` where it was not taken."""
    shown = [_taken(seen.upload), seen.found]
    return [each for each in shown if each is not None and each.status == 200]


def _kept(seen: files.Life, field: str, value: str) -> Violations:
    for answer in _told(seen):
        found = answer.at(field)
        if isinstance(found, str) and found != value:
            yield Broken(f"{field} {value!r} was sent, {found!r} is told", answer)


def _taken(upload: Exchange) -> Exchange:
    if path_of(upload) is None:
        raise Unseen(f"no upload was taken: {upload}")
    return upload


def _there(answer: Exchange | None) -> Exchange:
    if answer is None:
        raise Unseen("no upload was taken, or a quick run does not ask for it")
    return decision(answer)


def _same(content: bytes, answer: Exchange) -> Violations:
    answer = decision(answer)
    if answer.status != 200:
        yield Broken(f"the content of a file that was taken: {answer.status}; 200 is required", answer)
    elif answer.body != content and answer.end == "complete":
        place = next((n for n, (a, b) in enumerate(zip(content, answer.body, strict=False)) if a != b), None)
        where = min(len(content), len(answer.body)) if place is None else place
        shown = f"{content[where : where + 20]!r} became {answer.body[where : where + 20]!r}"
        yield Broken(f"{len(content)} bytes were sent, {len(answer.body)} came; at byte {where}: {shown}", answer)


def _accepted(answer: Exchange) -> Violations:
    if decision(answer).status not in (400, 422):
        yield Broken(f"{answer.intent.case}: {answer.status}; 400 or 422 is required", answer)


def _is_refused(answer: Exchange) -> bool:
    return answer.status in (400, 422) and isinstance(answer.at("error"), dict)


def _lifetime(upload: Exchange) -> int | None:
    """The seconds from `created_at` to `expires_at`, None where the file stays, or was not taken."""
    made, ends = whole_number(upload.at("created_at")), whole_number(upload.at("expires_at"))
    return None if made is None or ends is None or upload.status != 200 else ends - made


def _composed(name: str) -> str:
    return unicodedata.normalize("NFC", name)
