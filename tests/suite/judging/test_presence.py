"""Which operations a server lacks: by what it answers once it has looked at the path."""

from __future__ import annotations

import pytest
from wirecheck.evidence.exchange import Intent
from wirecheck.judging.presence import absent_operations, settled

from tests.suite.exchanges import answered, asked

MODEL = "/v1/models/m"
NOT_THERE = answered({"detail": "Not Found"}, status=404, request=asked(MODEL, "GET"))


@pytest.mark.parametrize("status", [401, 403, 429])
def test_a_refusal_before_the_path_is_looked_at_shows_no_operation(status: int) -> None:
    refused = answered({"error": "no"}, status=status, request=asked(MODEL, "GET"))
    assert [each.id for each in absent_operations([NOT_THERE, refused])] == ["getModel"]
    assert absent_operations([refused]) == [], "nobody knows"
    wrong = Intent("test", provokes="wrong method")
    put = answered({"detail": "Not Found"}, status=404, request=asked(MODEL, "PUT"), intent=wrong)
    assert settled([NOT_THERE, refused, put])[2].intent.provokes == "", "the whole path is not there"


def test_an_operation_that_answered_once_is_there() -> None:
    assert absent_operations([NOT_THERE, answered({"id": "m"}, request=asked(MODEL, "GET"))]) == []
