"""Answers as models give them, in a word each, and what a requirement makes of them."""

from __future__ import annotations

from typing import Any

from wirecheck.evidence.exchange import Exchange
from wirecheck.judging.requirement import requirements
from wirecheck.judging.verdict import judge

from tests.suite.exchanges import QUESTION, answered, asked, delta, head, streamed

PASSED, FAILED, UNTESTABLE = "passed", "failed", "untestable"


def graded(name: str, evidence: Any) -> str:
    """What becomes of a requirement on some evidence."""
    found = next(each for each in requirements() if each.id == name)
    result = judge(found, evidence)
    assert result.outcome != "errored", result.reason
    return result.outcome


def usage(prompt: Any = 20, completion: Any = 16, **more: Any) -> dict[str, Any]:
    """A usage object that adds up."""
    given = {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion}
    return given | more


def says(
    text: str | None, finish: str = "stop", counts: Any = None, fields: dict[str, Any] | None = None, **message: Any
) -> Exchange:
    """A plain answer; `fields` are those of its request, beside the prompt."""
    choice = {"index": 0, "message": {"role": "assistant", "content": text, **message}, "finish_reason": finish}
    request = asked(body=QUESTION | (fields or {}))
    return answered(head(object="chat.completion", choices=[choice], usage=counts or usage()), request=request)


def streams(*texts: str, finish: str | None = "stop", **fields: Any) -> Exchange:
    """A stream, a delta for each text; `fields` are those of its request."""
    request = asked(body=QUESTION | {"stream": True} | fields)
    return streamed(delta(role="assistant"), *(delta(content=text) for text in texts), delta(finish), request=request)


def refused(status: int | None = 400) -> Exchange:
    """A refusal; None for no answer at all."""
    return answered({"error": {"message": "No."}}, status=status)
