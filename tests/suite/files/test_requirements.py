"""The sentences on files, on answers that no fault gives."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from wirecheck.areas.files import probes as files
from wirecheck.evidence.exchange import Exchange, Intent
from wirecheck.judging.requirement import requirements
from wirecheck.judging.verdict import judge

from tests.suite.exchanges import answered, asked

JUDGES = {each.id: each for each in requirements()}
CONTENT = b"0123456789"
PATH = "/v1/files/file-1"
FILE: dict[str, Any] = {
    "id": "file-1",
    "object": "file",
    "bytes": 10,
    "created_at": 1_767_225_600,
    "expires_at": None,
    "filename": "a.jsonl",
    "purpose": "batch",
    "status": "processed",
}


def outcome(id_: str, evidence: Any) -> str:
    return judge(JUDGES[id_], evidence).outcome


def upload(status: int = 200, **fields: Any) -> Exchange:
    return answered(FILE | fields, status=status, request=asked("/v1/files"))


def refused(status: int = 422, param: str | None = None) -> Exchange:
    error = {"message": "no", "type": "invalid_request_error", "param": param, "code": None}
    return answered({"error": error}, status=status, request=asked("/v1/files"))


def listed(*found: dict[str, Any], **fields: Any) -> Exchange:
    return answered({"object": "list", "data": list(found), "has_more": False} | fields)


def content(body: bytes = CONTENT, status: int = 200, **headers: str) -> Exchange:
    pairs = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    kind = "application/octet-stream"
    return answered(body=body, status=status, kind=kind, headers=pairs, request=asked(f"{PATH}/content", "GET"))


def life(**given: Any) -> files.Life:
    whole = files.Life(
        CONTENT,
        "a.jsonl",
        "batch",
        upload(),
        found=upload(),
        download=content(),
        same=listed(FILE),
        other=listed(),
        deleted=answered({"id": "file-1", "object": "file", "deleted": True}),
    )
    return replace(whole, **given)


def downloads(**given: Any) -> files.Downloads:
    part = content(b"234", 206, content_range="bytes 2-4/10")
    beyond, head = content(status=416), content(b"", content_length="10")
    whole = files.Downloads(
        CONTENT,
        upload(),
        content(),
        ((2, 5, part),),
        beyond=beyond,
        unknown=content(),
        conditional=content(),
        head=head,
    )
    return replace(whole, **given)


ON_A_LIFE = ("upload", "bytes", "filename", "purpose", "content", "purpose-filter")


@pytest.mark.parametrize("name", ON_A_LIFE)
def test_a_right_life_passes_and_one_without_an_upload_is_blamed_once(name: str) -> None:
    assert outcome(f"files.{name}", life()) == "passed"
    nothing = files.Life(CONTENT, "a.jsonl", "assistants", refused())
    assert outcome(f"files.{name}", nothing) == ("failed" if name == "upload" else "untestable")
    full = files.Life(CONTENT, "a.jsonl", "batch", refused(503))
    assert outcome(f"files.{name}", full) == "untestable"


@pytest.mark.parametrize(
    ("same", "other", "expected"),
    [
        (listed(FILE), listed(FILE | {"id": "file-2", "purpose": "batch"}), "passed"),
        (listed(FILE), listed(FILE), "failed"),
        (listed(FILE, FILE | {"purpose": "vision"}), listed(), "failed"),
        (listed(), listed(), "failed"),
        (listed(has_more=True), listed(), "passed"),
        (listed({"id": "file-1"}), listed(), "passed"),
        (refused(400), refused(400), "untestable"),
        (replace(listed(), end="too long"), listed(), "untestable"),
    ],
)
def test_lists_by_purpose(same: Exchange, other: Exchange, expected: str) -> None:
    assert outcome("files.purpose-filter", life(same=same, other=other)) == expected


def test_bytes_are_counted_wherever_they_are_told() -> None:
    assert outcome("files.bytes", life(found=upload(bytes=11))) == "failed"
    assert outcome("files.bytes", life(upload=upload(bytes=10.0))) == "passed"
    # What is no number at all is for files.shape to judge.
    assert outcome("files.bytes", life(upload=upload(bytes="10"))) == "passed"


ON_DOWNLOADS = ("any-bytes", "range", "range-beyond", "condition", "if-range", "head")


@pytest.mark.parametrize("name", ON_DOWNLOADS)
def test_right_downloads_pass(name: str) -> None:
    assert outcome(f"files.{name}", downloads()) == "passed"


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (content(), "passed"),
        (content(b"234", 206, content_range="bytes 2-4/*"), "passed"),
        (content(b"234", 206, content_range="bytes 2-4/11"), "failed"),
        (content(b"23", 206, content_range="bytes 2-3/10"), "failed"),
        (content(b"2345", 206, content_range="bytes 2-4/10"), "failed"),
        (content(b"234", 206), "failed"),
        (content(CONTENT, 206, content_range="bytes 0-9/10"), "failed"),
        (content(b"234"), "failed"),
        (answered(body=b"--x", status=206, kind="multipart/byteranges; boundary=x"), "failed"),
        (refused(400), "passed"),
        (refused(500), "untestable"),
    ],
)
def test_a_part(answer: Exchange, expected: str) -> None:
    assert outcome("files.range", downloads(parts=((2, 5, answer),))) == expected


def test_parts_are_held_against_the_plain_download() -> None:
    lost = b"0123456789?"
    seen = downloads(whole=content(lost), parts=((2, 5, content(lost)),))
    assert outcome("files.range", seen) == "passed"
    assert outcome("files.any-bytes", seen) == "failed"
    for name in ON_DOWNLOADS[1:]:
        assert outcome(f"files.{name}", downloads(whole=refused(404))) == "untestable"


@pytest.mark.parametrize(
    ("known", "expected"),
    [(content(b"", 304), "passed"), (content(b"x", 304), "failed"), (refused(412), "failed"), (content(), "passed")],
)
def test_what_a_caller_has(known: Exchange, expected: str) -> None:
    assert outcome("files.condition", downloads(known=known)) == expected


def test_what_a_caller_does_not_have() -> None:
    assert outcome("files.condition", downloads(unknown=content(b"", 304))) == "failed"
    assert outcome("files.if-range", downloads(conditional=content(b"234", 206))) == "failed"


@pytest.mark.parametrize(
    ("lasts", "plain", "must", "should"),
    [
        ([7200, 7200], None, "passed", "passed"),
        ([7200, 7201], None, "failed", "passed"),
        ([None, 7200], None, "passed", "failed"),
        ([None, None], None, "untestable", "failed"),
        # A server that keeps every file for as long as every other has not read the field.
        ([99, 99], 99, "untestable", "failed"),
        ([7200, 7200], 99, "passed", "passed"),
    ],
)
def test_expiry(lasts: list[int | None], plain: int | None, must: str, should: str) -> None:
    def made(seconds: int | None) -> Exchange:
        return upload(expires_at=None if seconds is None else FILE["created_at"] + seconds)

    seen = files.Expiring(7200, made(plain), tuple(map(made, lasts)))
    assert outcome("files.expires", seen) == must
    assert outcome("files.expires-obeyed", seen) == should


def test_a_server_that_refuses_an_expiry_is_not_blamed() -> None:
    seen = files.Expiring(7200, upload(), (refused(400), refused(400)))
    assert (outcome("files.expires", seen), outcome("files.expires-obeyed", seen)) == ("untestable", "passed")


@pytest.mark.parametrize(("param", "expected"), [("purpose", "passed"), (None, "failed"), ("file", "failed")])
def test_the_field_that_is_missing(param: str | None, expected: str) -> None:
    right = files.Refusal("purpose", refused(param="purpose"))
    seen = files.Refusals((files.Refusal("purpose", refused(param=param)),), right, ())
    assert outcome("files.param", seen) == expected
    assert outcome("files.missing", seen) == "passed"
    taken = files.Refusal("purpose", upload())
    wrong = files.Refusals((taken,), taken, (taken,))
    for name in ("missing", "unknown-purpose", "expires-refused"):
        assert outcome(f"files.{name}", seen) == "passed"
        assert outcome(f"files.{name}", wrong) == "failed"


@pytest.mark.parametrize(
    ("download", "expected"),
    [
        (content(content_disposition="attachment; filename=\"na_ve\"; filename*=UTF-8''na%C3%AFve"), "passed"),
        (content(content_disposition='attachment; filename="naïve"'), "passed"),
        (content(content_disposition="attachment; filename*=UTF-8''nai%CC%88ve"), "passed"),
        (content(content_disposition="inline; filename*=UTF-8''na%C3%AFve"), "failed"),
        (content(content_disposition="attachment"), "failed"),
        (content(), "failed"),
        (content(content_disposition='attachment; filename="a"b"'), "untestable"),
        (None, "untestable"),
    ],
)
def test_names_of_downloads(download: Exchange | None, expected: str) -> None:
    seen = files.Behind("naïve", "batch", upload(filename="naïve"), download)
    assert outcome("files.attachment", seen) == expected


def test_no_name_leaves_its_header() -> None:
    safe = content(content_disposition='attachment; filename="a"')
    torn = content(content_disposition='attachment; filename="a"b"')
    assert outcome("files.disposition", [safe, content()]) == "passed"
    assert outcome("files.disposition", [safe, torn]) == "failed"
    odd = answered(headers=((files.ODD, "yes"),), request=asked(f"{PATH}/content", "GET"))
    assert outcome("files.disposition", [odd]) == "failed"
    assert outcome("files.disposition", [content()]) == "untestable"


def test_what_callers_sent_is_no_answer_of_the_servers() -> None:
    looks = answered({"error": {"message": "no"}}, kind="application/x-ndjson", request=asked(f"{PATH}/content", "GET"))
    for id_ in ("http.json-label", "errors.never-200"):
        assert outcome(id_, [looks]) == "untestable"
    lines = answered(body=b"{}\n{}\n", request=asked(f"{PATH}/content", "GET"), intent=Intent("test"))
    assert outcome("http.json", [lines]) == "untestable"
    assert outcome("http.json", [answered(body=b"{}\n{}\n", request=asked(PATH, "GET"))]) == "failed"
