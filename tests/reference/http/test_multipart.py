"""Parts of forms: whatever the pieces they come in, and bounded."""

from __future__ import annotations

import random

import pytest
from wirecheck_reference.errors import ApiError
from wirecheck_reference.http.multipart import Part, Parts, Piece

from tests.reference.files.forms import BOUNDARY, cut, field, file, form, joined, part

LOOKALIKE = b"\r\n--a-bound\r\n--a-boundaries\r\n\r\n--a-boundar\r\r\n-\n--a-boundary\r\n"


def told(body: bytes, size: int = 7) -> list[Piece]:
    parts = Parts(BOUNDARY.encode())
    found = [piece for data in cut(body, size) for piece in parts.take(data)]
    parts.end()
    return found


@pytest.mark.parametrize("size", [1, 2, 3, 5, 64, 10_000])
def test_every_byte_comes_through_in_pieces_of_any_size(size: int) -> None:
    content = bytes(range(256)) + LOOKALIKE[2:-16] + random.Random(1).randbytes(999)  # noqa: S311  # no secret
    found = told(form(field("purpose", "batch"), file(content)), size)
    assert [each for each in found if not isinstance(each, bytes)] == [
        Part("purpose", None),
        None,
        Part("file", "a.txt"),
        None,
    ]
    assert joined(found) == b"batch" + content


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ('filename="a.txt"', "a.txt"),
        ("filename=a.txt", "a.txt"),
        ('filename="naïve 日本.txt"', "naïve 日本.txt"),
        ("filename*=UTF-8''na%C3%AFve.txt", "naïve.txt"),
        ("filename=\"x\"; filename*=utf-8'en'a%20b", "a b"),
        ("filename=\"x\"; filename*=latin1''%e9", "x"),
        (r'filename="a\"b\\c.txt"', r'a"b\c.txt'),
        (r'filename="C:\dir\b.txt"', r"C:\dir\b.txt"),
        ('filename="a%22b%0D%0Ac%41"', 'a"b\r\nc%41'),
        ('filename="a;b=c"', "a;b=c"),
        ('filename=""', ""),
        ('filename = "a" ;', "a"),
        ('FILENAME="a"', "a"),
    ],
)
def test_names_as_clients_write_them(disposition: str, name: str) -> None:
    assert told(form(part(f'form-data; name="file"; {disposition}', b"x")))[0] == Part("file", name)


def test_a_name_that_is_no_utf_8_is_latin_1() -> None:
    body = form(part('form-data; name="file"; filename="X"', b"x")).replace(b'"X"', b'"\xe9"')
    assert told(body)[0] == Part("file", "é")


@pytest.mark.parametrize(
    "disposition",
    [
        "",
        "form-data",
        "form-data; filename=a",
        'attachment; name="file"',
        'form-data; name="file',
        'form-data; name="file"; filename="a\\"',
        'form-data; name="file" filename',
        'form-data; name="file"; =a',
    ],
)
def test_a_part_that_is_no_field_is_refused(disposition: str) -> None:
    with pytest.raises(ApiError) as refused:
        told(form(part(disposition, b"x")))
    assert (refused.value.status, refused.value.code) == (400, "invalid_multipart")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"hello",
        b"--another\r\n\r\n",
        form(file())[:-6],
        form(file())[:40],
        b"--a-boundary\r\nno header\r\n\r\n",
        form(*[field(f"f{number}", "x") for number in range(33)]),
        form(part('form-data; name="file"', b"x", *[f"x-{number}: y" for number in range(8)])),
        form(part(f'form-data; name="{"x" * 9000}"', b"x")),
        form(part('form-data; name="file"; filename="a"', b"aGk=", "Content-Transfer-Encoding: base64")),
    ],
)
def test_what_is_no_form_is_refused(body: bytes) -> None:
    for size in (1, 100_000):
        with pytest.raises(ApiError) as refused:
            told(body, size)
        assert refused.value.status == 400


def test_what_stands_around_the_parts_says_nothing() -> None:
    assert told(b"\r\n" + form(file(b"x")) + b"an epilogue\r\n--a-boundary--")[1:] == [b"x", None]
