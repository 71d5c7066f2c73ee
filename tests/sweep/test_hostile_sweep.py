"""Whatever a server does, a sweep ends in its time, and keeps little of what it got."""

from __future__ import annotations

import time

import pytest
from wirecheck.asking.answer import LARGEST_ANSWER
from wirecheck.sweeping.sweep import UNENDING

from tests.hostile.behaviours import BEHAVIOURS
from tests.hostile.talk import serving
from tests.sweep.sweeping import swept

SECONDS = 15
# The last draw and the last answer may be under way when the time is over.
GRACE = 15


@pytest.mark.parametrize(
    "name",
    [
        "says_nothing",
        "hangs_up",
        "drips_headers",
        "sends_a_gigabyte",
        "chats_without_end",
        "streams_without_end",
        "falls_silent_in_streams",
        "breaks_in_the_middle",
        "nests_deep_in_chats",
        "counts_wrong",
        "dies_after_a_while",
    ],
)
def test_a_sweep_ends(name: str) -> None:
    with serving(BEHAVIOURS[name]) as (url, visits):
        began = time.monotonic()
        found = swept(url, seconds=SECONDS, most=300, timeout=1)
        took = time.monotonic() - began
    assert took < SECONDS + GRACE
    assert 0 < len(found) <= 300
    # A client may ask once more where a connection ended before it was used.
    assert len(visits) <= 2 * len(found)
    assert sum(each.end in ("timeout", "too long") for each in found) <= UNENDING
    assert all(len(each.body) <= 2 * LARGEST_ANSWER for each in found)
