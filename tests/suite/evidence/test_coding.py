"""Content codings: what is undone, and what is told of bodies that are not coded as their label says."""

from __future__ import annotations

import gzip
import zlib

import pytest
from wirecheck.evidence.coding import NotCoded, decoder

TEXT = b"one two three " * 50
MOST = 10_000


def read(label: str | None, *pieces: bytes) -> bytes:
    """What pieces say under a label."""
    found = decoder(label, MOST)
    assert found is not None
    text = b"".join(map(found.take, pieces))
    found.end()
    return text


def bare(text: bytes) -> bytes:
    """Deflate without the head of zlib's format."""
    packing = zlib.compressobj(wbits=-15)
    return packing.compress(text) + packing.flush()


@pytest.mark.parametrize(
    ("label", "body"),
    [
        ("gzip", gzip.compress(TEXT, mtime=0)),
        ("GZIP", gzip.compress(TEXT, mtime=0)),
        ("x-gzip", gzip.compress(TEXT, mtime=0)),
        ("gzip", gzip.compress(TEXT[:10], mtime=0) + gzip.compress(TEXT[10:], mtime=0)),
        ("deflate", zlib.compress(TEXT)),
        ("deflate", bare(TEXT)),
    ],
)
@pytest.mark.parametrize("size", [1, 7, 10_000])
def test_codings_are_undone_however_they_are_cut(label: str, body: bytes, size: int) -> None:
    assert read(label, *(body[at : at + size] for at in range(0, len(body), size))) == TEXT


@pytest.mark.parametrize("label", [None, "", "identity"])
def test_no_coding_is_none(label: str | None) -> None:
    assert decoder(label, MOST) is None


@pytest.mark.parametrize(
    ("label", "body"), [("gzip", TEXT), ("deflate", TEXT), ("gzip", gzip.compress(TEXT, mtime=0)[:-9])]
)
def test_what_is_not_coded_is_told(label: str, body: bytes) -> None:
    with pytest.raises(NotCoded):
        read(label, body)


def test_codings_that_nobody_offers_are_told() -> None:
    with pytest.raises(NotCoded, match="br"):
        decoder("br", MOST)


def test_a_small_body_does_not_become_a_huge_one() -> None:
    found = decoder("gzip", MOST)
    assert found is not None
    assert len(found.take(gzip.compress(b"\0" * 10**7, mtime=0))) == MOST
