"""Files: one from its upload to its end, bytes in whole and in part, names, wrong forms. All are deleted again."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final

from wirecheck.areas.files.asking import ANCHOR, FILES, PURPOSES, Field, Sent, lines, nonce, path_of, sent, upload
from wirecheck.asking.draft import Draft
from wirecheck.asking.probe import Asker, only_longer, probe
from wirecheck.evidence.exchange import Exchange, Intent
from wirecheck.evidence.unseen import Gone, Unseen, Untried

HOUR: Final = 3600
ODD: Final = "x-wirecheck-broken"
"""A header that a name spells, which no answer must have."""

# What comes first and last is ASCII: ranges are asked of it, whatever became of the bytes between.
_BYTES: Final = b"0123456789" + bytes(range(256)) + b"\r\n\r\n\n\n\r\r\n--wirecheck-\r\n--\r\n\r\n" + b"abcdefghij"
_LARGE: Final = 100_000
# Entries of a list: the newest come first, and all may be too many.
_PAGE: Final = 100
# As browsers, curl and others write what a quoted name cannot hold, and names that no file should have.
_ODD_NAMES: Final = (
    ("a quote as %22", 'filename="say %22hi%22.jsonl"'),
    ("a quote behind a backslash", r'filename="say \"hi\".jsonl"'),
    ("a line break as %0D%0A", f'filename="a%0D%0A{ODD}: yes%0D%0Ab.jsonl"'),
    ("a name that leads elsewhere", 'filename="../../wirecheck/a.jsonl"'),
    ("a name of 255 characters", f'filename="{"x" * 249}.jsonl"'),
)


@dataclass(frozen=True)
class Life:
    """A file from its upload to its end: what was sent, and what was seen of it.

    `same` and `other` are the lists of its own purpose and of another. None: not asked for, or no upload was taken.
    """

    content: bytes
    name: str
    purpose: str
    upload: Exchange
    found: Exchange | None = None
    download: Exchange | None = None
    same: Exchange | None = None
    other: Exchange | None = None
    deleted: Exchange | None = None


@dataclass(frozen=True)
class Behind:
    """A file sent before the fields that belong to it, and (not in quick runs) its download."""

    name: str
    purpose: str
    upload: Exchange
    download: Exchange | None


@dataclass(frozen=True)
class Downloads:
    """A file of any bytes: downloaded whole, in parts, and on conditions (in quick runs: whole alone)."""

    content: bytes
    upload: Exchange
    whole: Exchange
    parts: tuple[tuple[int, int, Exchange], ...] = ()
    beyond: Exchange | None = None
    known: Exchange | None = None
    unknown: Exchange | None = None
    conditional: Exchange | None = None
    head: Exchange | None = None


@dataclass(frozen=True)
class Refusal:
    """An upload that lacks something, or says something wrong, by the name of its field."""

    field: str
    answer: Exchange


@dataclass(frozen=True)
class Refusals:
    """Uploads without what they need, with a purpose that there is not, and with an expiry that cannot be."""

    lacking: tuple[Refusal, ...]
    purpose: Refusal
    expiry: tuple[Refusal, ...]


@dataclass(frozen=True)
class Expiring:
    """Uploads that are to expire so many seconds after they were made, and one without."""

    seconds: int
    plain: Exchange
    uploads: tuple[Exchange, ...]


@asynccontextmanager
async def uploaded(asker: Asker, *fields: Field, intent: Intent) -> AsyncIterator[tuple[Exchange, str | None]]:
    """An upload, and the path of what it made; with the block that is deleted again."""
    answer = await asker.send(upload(asker, *fields, intent=intent))
    path = path_of(answer)
    try:
        yield answer, path
    finally:
        if path is not None:
            try:
                await asker.send(Draft("DELETE", path, intent=Intent("", case="deleted again")))
            except Gone:
                path = None  # Nothing more is sent.


async def _purpose(asker: Asker) -> str:
    """A purpose that the server takes. Raises `Unseen` where no upload was taken."""
    seen = await asker.see(life)
    if path_of(seen.upload) is None:
        raise Unseen(f"no upload was taken: {seen.upload}")
    return seen.purpose


async def made(asker: Asker, _: str, number: int) -> Exchange:
    """The n-th file of a run. Raises `Unseen` where no upload was taken."""
    purpose = await _purpose(asker)
    fields: Sequence[Field] = (("purpose", purpose), ("file", sent(lines(asker), f"thing-{number}.jsonl")))
    return await asker.send(upload(asker, *fields, intent=Intent("", case="an upload")))


@probe(len(PURPOSES) + 5, quick=len(PURPOSES) + 3)
async def life(asker: Asker) -> Life:
    """A file that is uploaded as SDKs do it, fetched, downloaded, in longer runs listed by purpose, and deleted."""
    content, name = lines(asker), f"wirecheck-{nonce(asker)}.jsonl"

    async def asked(purpose: str) -> Exchange:
        fields: Sequence[Field] = (("purpose", purpose), ("file", sent(content, name)))
        return await asker.send(upload(asker, *fields, intent=Intent("", case="an upload")))

    purpose, *others = PURPOSES
    answer = await asked(purpose)
    while others and answer.status in (400, 422):
        purpose = others.pop(0)
        answer = await asked(purpose)
    path = path_of(answer)
    if path is None:
        return Life(content, name, purpose, answer)
    found = await asker.send(Draft("GET", path))
    download = await asker.send(Draft("GET", f"{path}/content"))
    same = other = None
    if not asker.quick:
        another = next(each for each in PURPOSES if each != purpose)
        same = await asker.send(Draft("GET", f"{FILES}?purpose={purpose}&limit={_PAGE}"))
        other = await asker.send(Draft("GET", f"{FILES}?purpose={another}&limit={_PAGE}"))
    deleted = await asker.send(Draft("DELETE", path))
    return Life(content, name, purpose, answer, found, download, same, other, deleted)


@probe(0, sees=(life,))
async def has_files(asker: Asker) -> bool:
    """Whether there is a place for uploads: one that refuses this file is one."""
    answer = (await asker.see(life)).upload
    if answer.status is None or answer.shed or answer.status in (401, 403, 408):
        raise Untried(f"cannot tell whether the server has files: {answer}")
    return answer.status not in (404, 405, 501)


@probe(3, quick=2, sees=(life,))
async def behind(asker: Asker) -> Behind:
    """An upload with the file before its purpose, as OpenAI's SDK for Node sends it, under a name beyond ASCII."""
    purpose, name = await _purpose(asker), f"naïve 日本語 {nonce(asker)}.jsonl"
    fields: Sequence[Field] = (("file", sent(lines(asker), name)), ("purpose", purpose))
    async with uploaded(asker, *fields, intent=Intent("", case="the file before its purpose")) as (answer, path):
        asks = path is not None and not asker.quick
        download = await asker.send(Draft("GET", f"{path}/content")) if asks else None
    return Behind(name, purpose, answer, download)


@probe(10, quick=3, sees=(life,))
async def downloads(asker: Asker) -> Downloads:
    """A file of all bytes and more, whole and in parts; in longer runs a large one, with conditions and HEAD."""
    await _purpose(asker)
    content = _BYTES if asker.quick else _BYTES[:-10] + asker.random.randbytes(_LARGE) + _BYTES[-10:]
    fields: Sequence[Field] = (("purpose", "user_data"), ("file", sent(content, "bytes.bin")))
    async with uploaded(asker, *fields, intent=Intent("", case="a file of any bytes")) as (answer, path):
        if path is None:
            raise Unseen(f"a file of any bytes is not taken: {answer}")

        async def get(case: str = "", method: str = "GET", **headers: str) -> Exchange:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            return await asker.send(Draft(method, f"{path}/content", headers=named, intent=Intent("", case=case)))

        whole = await get()
        if asker.quick:
            return Downloads(content, answer, whole)
        size = len(content)
        parts = (
            (2, 5, await get("Range: bytes=2-4", range="bytes=2-4")),
            (size - 3, size, await get("Range: bytes=-3", range="bytes=-3")),
        )
        beyond = await get("a range behind the end", range=f"bytes={size}-")
        unknown = await get("If-None-Match with another tag", if_none_match='"wirecheck"')
        conditional = await get("If-Range with another tag", range="bytes=2-4", if_range='"wirecheck"')
        tag, known = whole.header("etag"), None
        if tag is not None:
            known = await get("If-None-Match with the tag of the content", if_none_match=tag)
        head = await get("HEAD", "HEAD")
    return Downloads(content, answer, whole, parts, beyond, known, unknown, conditional, head)


@probe(3 * len(_ODD_NAMES), quick=0, sees=(life,))
async def names(asker: Asker) -> tuple[Exchange, ...]:
    """Downloads of files with odd names; those that a server does not take are left out."""
    only_longer(asker)
    purpose, found = await _purpose(asker), []
    for case, disposition in _ODD_NAMES:
        fields: Sequence[Field] = (("purpose", purpose), ("file", Sent(lines(asker), disposition)))
        async with uploaded(asker, *fields, intent=Intent("", case=case)) as (_, path):
            if path is not None:
                intent = Intent("", case=f"the download of a file with {case}")
                found.append(await asker.send(Draft("GET", f"{path}/content", intent=intent)))
    if not found:
        raise Unseen("no file with an odd name is taken")
    return tuple(found)


@probe(10, quick=0, sees=(life,))
async def refusals(asker: Asker) -> Refusals:
    """Uploads without a purpose, without a file, and with what there is not. What is taken is deleted."""
    only_longer(asker)
    purpose, file = await _purpose(asker), ("file", sent(lines(asker), "wrong.jsonl"))

    async def refused(field: str, case: str, *fields: Field) -> Refusal:
        intent = Intent("", case=case, field=field)
        async with uploaded(asker, *fields, intent=intent) as (answer, _):
            return Refusal(field, answer)

    lacking = (
        await refused("purpose", "an upload without a purpose", file),
        await refused("file", "an upload without a file", ("purpose", purpose)),
    )
    none = await refused("purpose", "a purpose that there is not", ("purpose", "wirecheck"), file)
    right = (("purpose", purpose), file)
    short = ("expires_after[seconds]", "60")
    expiry = (
        await refused("expires_after", "an expiry after a minute", *right, ANCHOR, short),
        await refused("expires_after", "an expiry without its seconds", *right, ANCHOR),
    )
    return Refusals(lacking, none, expiry)


@probe(4, quick=0, sees=(life,))
async def expiring(asker: Asker) -> Expiring:
    """Two uploads that are to expire after two hours: said before the file, and behind it."""
    only_longer(asker)
    purpose, plain = await _purpose(asker), (await asker.see(life)).upload
    after: Sequence[Field] = (ANCHOR, ("expires_after[seconds]", str(2 * HOUR)))
    file: Field = ("file", sent(lines(asker), "expires.jsonl"))
    answers = []
    for case, fields in (("before", (*after, file)), ("behind", (file, *after))):
        intent = Intent("", case=f"expires_after {case} the file")
        async with uploaded(asker, ("purpose", purpose), *fields, intent=intent) as (answer, _):
            answers.append(answer)
    return Expiring(2 * HOUR, plain, tuple(answers))
