"""The sentences on batches, on answers that no fault gives."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from wirecheck.areas.batches.asking import BATCHES
from wirecheck.areas.batches.probes import REFUSED, Cancelled, Life, Refusals, Wrong, Wrongs
from wirecheck.areas.batches.reading import Job, Made
from wirecheck.evidence.exchange import Exchange

from tests.suite.answers import FAILED, PASSED, UNTESTABLE, graded
from tests.suite.exchanges import answered, asked

PATH = f"{BATCHES}/batch_1"
SENT = {"input_file_id": "file-1", "endpoint": "/v1/chat/completions", "completion_window": "24h"}
BATCH: dict[str, Any] = {
    **SENT,
    "id": "batch_1",
    "object": "batch",
    "status": "completed",
    "created_at": 10,
    "in_progress_at": 11,
    "finalizing_at": 12,
    "completed_at": 12,
    "output_file_id": "file-2",
    "error_file_id": "file-3",
    "request_counts": {"total": 3, "completed": 2, "failed": 1},
}
WORDS = {"a": "abc 日本語", "b": "def 日本語"}


def batch(code: int = 200, **fields: Any) -> Exchange:
    return answered(BATCH | fields, status=code, request=asked(PATH, "GET"))


def created(code: int = 200, **fields: Any) -> Exchange:
    told = BATCH | {"status": "validating", "request_counts": None} | fields
    return answered(told if code == 200 else {"error": {}}, status=code, request=asked(BATCHES, body=SENT))


def line(custom_id: str, text: str | None, status: int = 200, **more: Any) -> dict[str, Any]:
    body = {"error": {"message": "no"}} if text is None else {"choices": [{"message": {"content": text}}]}
    return {"custom_id": custom_id, "response": {"status_code": status, "body": body}, "error": None, **more}


def made(id_: str, *lines: Any, others: int | None = 404, **fields: Any) -> Made:
    content = "".join(f"{json.dumps(each)}\n" for each in lines).encode()
    file = answered({"id": id_, "purpose": "batch_output"} | fields, request=asked(f"/v1/files/{id_}", "GET"))
    where = asked(f"/v1/files/{id_}/content", "GET")
    other = None if others is None else answered({"error": {}}, status=others, request=where)
    return Made(id_, file, answered(body=content, request=where), other)


GOOD = (line("a", "abc 日本語"), line("b", "def 日本語"))
BAD = line(REFUSED, None, 400)
OUTPUT, ERROR = made("file-2", *GOOD), made("file-3", BAD)
LISTED = answered({"data": [{"id": "file-3"}, {"id": "file-2"}, {"id": "file-1"}], "has_more": False})
LIFE = Life(
    WORDS,
    Job(created(), (batch(status="in_progress"), batch())),
    batch(),
    OUTPUT,
    ERROR,
    LISTED,
    created(409),
    batch(),
)
ON_A_LIFE = (
    *("create", "as-asked", "forward", "completed", "stays", "times", "time-order", "custom-ids", "answer"),
    *("own-answer", "refused-line", "total", "counts", "files", "file-listed", "file-purpose", "file-tenant"),
    "cancel-over",
)


def looked(*looks: Exchange) -> Life:
    """A life of which this was seen, the last of it at its end too."""
    return replace(LIFE, job=Job(created(), looks), again=looks[-1], after=looks[-1])


@pytest.mark.parametrize("name", ON_A_LIFE)
def test_a_right_life_passes_and_what_is_not_over_shows_nothing(name: str) -> None:
    assert graded(f"batches.{name}", LIFE) == PASSED
    goes_on = Life(WORDS, Job(created(), (batch(status="in_progress"),)))
    early = ("create", "as-asked", "forward")
    assert graded(f"batches.{name}", goes_on) == (PASSED if name in early else UNTESTABLE)
    nothing = Life(WORDS, Job(created(400)))
    assert graded(f"batches.{name}", nothing) == (FAILED if name == "create" else UNTESTABLE)


@pytest.mark.parametrize(
    ("name", "life", "expected"),
    [
        ("create", replace(LIFE, job=Job(created(503))), UNTESTABLE),
        ("as-asked", looked(batch(endpoint="/v1/embeddings")), FAILED),
        ("as-asked", looked(batch(endpoint=None)), PASSED),
        ("forward", looked(batch(status="finalizing"), batch(status="in_progress"), batch()), FAILED),
        ("forward", looked(batch(status="in_progress"), batch(status="validating"), batch()), FAILED),
        ("forward", looked(batch(status="cancelling"), batch(status="failed")), PASSED),
        ("forward", looked(batch(status="another"), batch()), PASSED),
        ("completed", looked(batch(status="failed")), FAILED),
        ("completed", looked(batch(status="expired")), FAILED),
        ("stays", replace(LIFE, again=batch(completed_at=13)), FAILED),
        ("stays", replace(LIFE, again=batch(usage={"total_tokens": 5})), PASSED),
        ("stays", replace(LIFE, again=batch(404)), UNTESTABLE),
        ("times", looked(batch(completed_at=None)), FAILED),
        ("time-order", looked(batch(completed_at=9)), FAILED),
        ("time-order", looked(batch(in_progress_at=None, finalizing_at=None, completed_at=10)), PASSED),
        ("cancel-over", replace(LIFE, after=batch(status="cancelled")), FAILED),
        ("cancel-over", replace(LIFE, after=batch(output_file_id=None)), FAILED),
    ],
)
def test_what_is_told_of_a_batch(name: str, life: Life, expected: str) -> None:
    assert graded(f"batches.{name}", life) == expected


@pytest.mark.parametrize(
    ("name", "changed", "expected"),
    [
        ("custom-ids", {"output": made("file-2", GOOD[0])}, FAILED),
        ("custom-ids", {"output": made("file-2", *GOOD, GOOD[0])}, FAILED),
        ("custom-ids", {"output": made("file-2", *GOOD, BAD), "error": None}, PASSED),
        ("custom-ids", {"output": replace(OUTPUT, content=answered(body=b"no", status=404))}, UNTESTABLE),
        ("custom-ids", {"output": replace(OUTPUT, content=answered(body=b"{"))}, FAILED),
        ("counts", {"output": made("file-2", *GOOD, BAD), "error": None}, PASSED),
        ("counts", {"output": made("file-2", GOOD[0])}, UNTESTABLE),
        ("counts", {"output": made("file-2", GOOD[0], line("b", None, 500))}, FAILED),
        ("counts", {"output": made("file-2", GOOD[0], line("b", "x", error={"code": "x"}))}, FAILED),
        ("answer", {"output": made("file-2", GOOD[0], line("b", None))}, FAILED),
        ("own-answer", {"output": made("file-2", line("b", "abc 日本語"), line("a", "def 日本語"))}, FAILED),
        ("own-answer", {"output": made("file-2", line("a", "no"), line("b", "I cannot repeat def"))}, PASSED),
        ("own-answer", {"output": made("file-2", line("a", None), line("b", None))}, UNTESTABLE),
        ("refused-line", {"error": made("file-3", BAD | {"response": None})}, FAILED),
        ("refused-line", {"error": made("file-3", line(REFUSED, None, 500))}, FAILED),
        ("refused-line", {"error": made("file-3", line(REFUSED, "hello", 400))}, FAILED),
        ("refused-line", {"error": None}, UNTESTABLE),
        ("files", {"error": replace(ERROR, file=answered({}, status=404))}, FAILED),
        ("files", {"output": None, "error": None}, UNTESTABLE),
        ("file-listed", {"files": answered({"data": [], "has_more": False})}, FAILED),
        ("file-listed", {"files": answered({"data": [], "has_more": True})}, UNTESTABLE),
        ("file-listed", {"files": answered({}, status=500)}, FAILED),
        ("file-listed", {"files": answered({}, status=None)}, UNTESTABLE),
        ("file-purpose", {"output": made("file-2", purpose="batch")}, FAILED),
        ("file-tenant", {"output": made("file-2", *GOOD, others=200)}, FAILED),
        ("file-tenant", {"output": made("file-2", others=None), "error": None}, UNTESTABLE),
    ],
)
def test_what_stands_in_the_files(name: str, changed: dict[str, Any], expected: str) -> None:
    assert graded(f"batches.{name}", replace(LIFE, **changed)) == expected


@pytest.mark.parametrize(
    ("counts", "total", "files"),
    [
        ({"total": 3, "completed": 3, "failed": 0}, PASSED, FAILED),
        ({"total": 4, "completed": 2, "failed": 1}, FAILED, PASSED),
        ({"total": 3, "completed": 2, "failed": 0}, FAILED, PASSED),
        ({"total": 3.0, "completed": 2, "failed": 1}, PASSED, PASSED),
        (None, UNTESTABLE, UNTESTABLE),
    ],
)
def test_counts(counts: Any, total: str, files: str) -> None:
    life = looked(batch(request_counts=counts))
    assert (graded("batches.total", life), graded("batches.counts", life)) == (total, files)


def wrong(job: Job, *files: Made) -> Wrongs:
    one = Wrong("a case", job, files)
    return Wrongs(one, one, one, one)


def failing(*lines: Any) -> Job:
    data = [{"code": "x", "message": "no", "line": each} for each in lines]
    return Job(created(), (batch(status="failed", errors={"object": "list", "data": data}),))


COMPLETED = Job(created(), (batch(request_counts={"total": 1, "completed": 1, "failed": 0}),))
COUNTED = Job(created(), (batch(request_counts={"total": 2, "completed": 1, "failed": 1}),))


@pytest.mark.parametrize("name", ["no-json", "duplicate", "line-url", "line-stream"])
@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        (wrong(failing(2)), PASSED),
        (wrong(Job(created(400))), PASSED),
        (wrong(COMPLETED), FAILED),
        (wrong(COUNTED), PASSED),
        (wrong(COMPLETED, made("file-3", BAD)), PASSED),
        (wrong(COUNTED, made("file-2", *GOOD)), FAILED),
        (wrong(Job(created(), (batch(status="in_progress"),))), UNTESTABLE),
        (wrong(Job(created(500))), UNTESTABLE),
    ],
)
def test_a_wrong_line(name: str, evidence: Wrongs, expected: str) -> None:
    assert graded(f"batches.{name}", evidence) == expected


@pytest.mark.parametrize(
    ("job", "validated", "named", "blank"),
    [
        (failing(2), PASSED, PASSED, PASSED),
        (failing(2, 3), PASSED, PASSED, FAILED),
        (failing(None), PASSED, FAILED, PASSED),
        (failing(), PASSED, FAILED, PASSED),
        (COMPLETED, PASSED, UNTESTABLE, UNTESTABLE),
        (Job(created(400)), FAILED, UNTESTABLE, UNTESTABLE),
    ],
)
def test_what_is_told_of_a_wrong_line(job: Job, validated: str, named: str, blank: str) -> None:
    names = ("validated", "error-line", "blank-lines")
    assert [graded(f"batches.{name}", wrong(job)) for name in names] == [validated, named, blank]


@pytest.mark.parametrize(
    ("job", "expected"),
    [
        (Job(created(404)), PASSED),
        (Job(created(), (batch(status="failed"),)), PASSED),
        (Job(created(), (batch(404),)), FAILED),
        (COMPLETED, FAILED),
        (Job(created(503)), UNTESTABLE),
    ],
)
def test_input_files_that_are_none(job: Job, expected: str) -> None:
    assert graded("batches.unknown-file", Refusals(job, None, ())) == expected
    assert graded("batches.purpose", Refusals(job, job, ())) == expected
    assert graded("batches.purpose", Refusals(job, None, ())) == UNTESTABLE


DONE = {"total": 2, "completed": 1, "failed": 0}
BEFORE = Job(created(), (batch(status="in_progress", request_counts=DONE),))
AFTER = Job(created(), (batch(status="cancelling"), batch(status="cancelled")))
RIGHT = Cancelled(BEFORE, batch(status="cancelling"), batch(status="cancelling"), AFTER, made("file-2", GOOD[0]))
CANCELLING = ("cancel", "cancel-again", "cancelled", "cancel-keeps")


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, (PASSED, PASSED, PASSED, PASSED)),
        ({"first": batch(409)}, (FAILED, UNTESTABLE, UNTESTABLE, PASSED)),
        ({"first": batch(500)}, (UNTESTABLE, UNTESTABLE, UNTESTABLE, PASSED)),
        ({"first": batch(status="in_progress")}, (FAILED, PASSED, UNTESTABLE, PASSED)),
        ({"second": batch(400)}, (PASSED, FAILED, PASSED, PASSED)),
        ({"second": batch(500)}, (PASSED, UNTESTABLE, PASSED, PASSED)),
        ({"after": Job(created(), (batch(),))}, (PASSED, PASSED, FAILED, UNTESTABLE)),
        ({"after": Job(created(), (batch(status="cancelling"),))}, (PASSED, PASSED, UNTESTABLE, UNTESTABLE)),
        ({"output": None}, (PASSED, PASSED, PASSED, FAILED)),
        ({"before": Job(created())}, (PASSED, PASSED, PASSED, UNTESTABLE)),
        ({"first": batch(409), "after": Job(created(), (batch(),))}, (UNTESTABLE,) * 4),
    ],
)
def test_a_batch_that_is_cancelled(changed: dict[str, Any], expected: tuple[str, ...]) -> None:
    evidence = replace(RIGHT, **changed)
    assert tuple(graded(f"batches.{name}", evidence) for name in CANCELLING) == expected
