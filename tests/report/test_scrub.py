"""Secrets are taken out of text wherever they stand in it, and nothing else is."""

from __future__ import annotations

import base64
import json
from urllib.parse import quote

import pytest
from wirecheck.evidence.exchange import HIDDEN
from wirecheck.report.scrub import Scrubber

KEY = "sk-wire/check-4711+secret"
# Parts of the key that are no secret, so that every text below has places to look at.
PART = "check secret 4711 "
SPELLINGS = [
    KEY,
    KEY.upper(),
    quote(KEY, safe=""),
    quote(quote(KEY, safe=""), safe=""),
    json.dumps({"said": json.dumps({"key": KEY})})[2:-2].replace("/", "\\/"),
    "".join(f"\\u{ord(char):04x}" if not char.isalnum() else char for char in KEY),
    base64.b64encode(KEY.encode()).decode(),
    base64.b64encode(b"user:" + KEY.encode()).decode(),
    KEY.encode().hex(),
    KEY[:14],
]


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("before", ["", "a" * 100_000 + " ", PART * 500, PART + "a " * 5000])
def test_a_key_is_found_wherever_it_stands(spelling: str, before: str) -> None:
    scrub = Scrubber([KEY])
    clean = scrub.text(f"{before}{spelling} {before}")
    assert HIDDEN in clean
    assert spelling not in clean
    assert clean.startswith(before)
    assert clean.endswith(" " + before)


@pytest.mark.parametrize("before", ["", "x " * 4000, "abcd " * 4000])
def test_a_short_key_is_taken_out_behind_its_scheme_only(before: str) -> None:
    text = f'{before}abc, abcd and "abc": 1 (Bearer {{}}) {before}'
    assert Scrubber(["abc"]).text(text.format("abc")) == text.format(HIDDEN)


@pytest.mark.parametrize(("key", "hidden"), [("sk-123", True), ("secret", False), ("12345", False), ("password", True)])
def test_what_may_be_a_key_is_taken_out_everywhere(key: str, hidden: bool) -> None:
    assert (key not in Scrubber([key]).text(f'{{"a": "{key}"}}')) == hidden


def test_a_text_without_keys_stays() -> None:
    assert Scrubber([KEY]).text(PART * 1000) == PART * 1000
    assert Scrubber([]).text(KEY) == KEY


def test_characters_that_grow_in_lower_case_hide_nothing() -> None:
    assert KEY not in Scrubber([KEY]).text("İ" * 5000 + KEY)


def test_a_key_of_signs_alone_is_found() -> None:
    assert Scrubber(["-+-+-+-+"]).text("a" * 5000 + "-+-+-+-+") == "a" * 5000 + HIDDEN
