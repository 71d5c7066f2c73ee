"""What is not held against an answer by a schema."""

from __future__ import annotations

import pytest
from wirecheck.areas.chat.probes.chat import Both

from tests.suite.calling import body, found
from tests.suite.exchanges import delta, streamed


@pytest.mark.parametrize(
    ("reason", "outcome"), [("stop", "failed"), ("length", "untestable"), ("content_filter", "untestable")]
)
def test_an_answer_by_a_schema_that_was_cut(reason: str, outcome: str) -> None:
    sync, streaming = body(finish=reason, content='{"na'), streamed(delta(content='{"na'), delta(reason))
    assert found("structured.schema", Both(sync, streaming)).outcome == outcome
    assert found("structured.schema-stream", Both(sync, streaming)).outcome == outcome
    assert found("structured.object", sync).outcome == outcome
