"""Downloads: the bytes that were sent, under a safe name, whole or in part."""

from __future__ import annotations

import random
import re
from urllib.parse import quote

import pytest

from tests.reference.child import Child
from tests.reference.files.forms import FILES, uploaded

EVERY_BYTE = bytes(range(256)) * 3
CONTENTS = {
    "every byte": EVERY_BYTE,
    "one byte": b"\x00",
    "lines": b"\r\n\r\n\n\n\rdata\r\n",
    "boundaries": b"\r\n--a-bound\r\n--a-boundar-\r\n--\r\n",
    "much": random.Random(1).randbytes(3_000_001),  # noqa: S311  # no secret
}


def path(id_: str) -> str:
    return f"{FILES}/{id_}/content"


@pytest.mark.parametrize("case", CONTENTS)
def test_the_bytes_are_those_that_were_sent(server: Child, case: str) -> None:
    id_ = uploaded(server, CONTENTS[case])
    answer = server.client.get(path(id_))
    assert answer.content == CONTENTS[case]
    assert answer.headers["content-length"] == str(len(CONTENTS[case]))
    assert server.client.get(f"{FILES}/{id_}").json()["bytes"] == len(CONTENTS[case])


def test_the_headers_of_a_download(server: Child) -> None:
    answer = server.client.get(path(uploaded(server, name="<b>.html")))
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-disposition"] == 'attachment; filename="<b>.html"'
    assert answer.headers["accept-ranges"] == "bytes"
    assert re.fullmatch(r'"[0-9a-f]{64}"', answer.headers["etag"])


def test_the_tag_is_of_the_content(server: Child) -> None:
    tags = [server.client.get(path(uploaded(server, each))).headers["etag"] for each in (b"a", b"a", b"b")]
    assert tags[0] == tags[1] != tags[2]


def test_head_is_get_without_the_content(server: Child) -> None:
    id_ = uploaded(server)
    own = ("date", "x-request-id", "x-process-time")
    for each in (path(id_), f"{FILES}/{id_}", FILES):
        get, head = server.client.get(each), server.client.head(each)
        assert (head.status_code, head.content) == (200, b"")
        assert [pair for pair in head.headers.items() if pair[0] not in own] == [
            pair for pair in get.headers.items() if pair[0] not in own
        ]


def test_parts(server: Child) -> None:
    id_ = uploaded(server, EVERY_BYTE)
    for first, last in ((0, 0), (250, 300), (0, 767), (767, 767)):
        answer = server.client.get(path(id_), headers={"range": f"bytes={first}-{last}"})
        assert answer.status_code == 206
        assert answer.content == EVERY_BYTE[first : last + 1]
        assert answer.headers["content-range"] == f"bytes {first}-{last}/768"
        assert answer.headers["content-length"] == str(last - first + 1)
    beyond = server.client.get(path(id_), headers={"range": "bytes=768-"})
    assert (beyond.status_code, beyond.headers["content-range"]) == (416, "bytes */768")
    assert beyond.json()["error"]["code"] == "range_not_satisfiable"


def test_what_the_caller_has(server: Child) -> None:
    id_ = uploaded(server)
    tag = server.client.get(path(id_)).headers["etag"]
    unchanged = server.client.get(path(id_), headers={"if-none-match": tag})
    assert (unchanged.status_code, unchanged.content, unchanged.headers["etag"]) == (304, b"", tag)
    assert server.client.get(path(id_), headers={"if-none-match": '"x"'}).status_code == 200
    assert server.client.get(path(id_), headers={"if-match": '"x"'}).status_code == 412
    part = {"range": "bytes=1-2", "if-range": tag}
    assert server.client.get(path(id_), headers=part).content == b"el"
    assert server.client.get(path(id_), headers={**part, "if-range": '"x"'}).content == b"hello"


def test_ids_may_come_encoded(server: Child) -> None:
    id_ = uploaded(server)
    encoded = "".join(f"%{ord(letter):02X}" for letter in id_)
    assert server.client.get(f"{FILES}/{encoded}").json()["id"] == id_
    assert server.client.get(path(encoded)).content == b"hello"


@pytest.mark.parametrize(
    "id_", ["nobody", "..", "../..", "../../etc/passwd", "a/b", "/etc/passwd", "a\\b", "%", "é", "x" * 5000, "a\x00b"]
)
@pytest.mark.parametrize("end", ["", "/content"])
def test_an_id_that_nobody_has_is_404(server: Child, id_: str, end: str) -> None:
    answer = server.client.get(f"{FILES}/{quote(id_, safe='')}{end}")
    assert (answer.status_code, answer.json()["error"]["type"]) == (404, "not_found_error")
    if not end:
        assert server.client.delete(f"{FILES}/{quote(id_, safe='')}").status_code == 404
