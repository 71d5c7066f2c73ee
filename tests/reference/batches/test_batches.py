"""Batches: their lines, their files, and the ways in which they end."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jwt
import pytest
from openai import OpenAI

from tests.reference.batches.asking import (
    BATCHES,
    FILES,
    begun,
    content_of,
    ended,
    line,
    lines,
    seen,
    uploaded,
)
from tests.reference.child import CHAT, Child, child, until

SECRET = "a secret that is shared by those who sign and those who look"  # noqa: S105  # nobody else's


def said(answered: dict[str, Any]) -> str:
    """What the echo said to a line."""
    text: str = answered["response"]["body"]["choices"][0]["message"]["content"]
    return text


def test_each_line_is_answered_once(server: Child) -> None:
    asked = [*lines(20), line("refused", temperature="hot"), line("streamed", stream=True)]
    batch = ended(server, begun(server, asked, metadata={"a": "b"})["id"])
    assert (batch["status"], batch["model"], batch["metadata"]) == ("completed", "echo", {"a": "b"})
    assert batch["request_counts"] == {"total": 22, "completed": 20, "failed": 2}
    told = content_of(server, batch["output_file_id"])
    assert [(each["custom_id"], said(each)) for each in told] == [
        (each["custom_id"], each["body"]["messages"][0]["content"]) for each in asked[:20]
    ]
    assert all(each["error"] is None and each["response"]["status_code"] == 200 for each in told)
    assert len({each["id"] for each in told} | {each["response"]["request_id"] for each in told}) == 40
    refused = {each["custom_id"]: each["response"] for each in content_of(server, batch["error_file_id"])}
    assert refused["refused"]["status_code"] == 422
    assert refused["refused"]["body"]["error"]["param"] == "temperature"
    assert refused["streamed"]["status_code"] == 400
    assert batch["usage"]["total_tokens"] == sum(each["response"]["body"]["usage"]["total_tokens"] for each in told)
    stamps = [batch[f"{name}_at"] for name in ("created", "in_progress", "finalizing", "completed")]
    assert stamps == sorted(stamps)
    assert batch["expires_at"] == batch["created_at"] + 24 * 3600


def test_its_files_are_files(server: Child) -> None:
    wanted = {"anchor": "created_at", "seconds": 3600}
    batch = ended(server, begun(server, [line("a"), line("b", stop=1)], output_expires_after=wanted)["id"])
    for field, name in (("output_file_id", "output"), ("error_file_id", "error")):
        file = server.client.get(f"{FILES}/{batch[field]}").json()
        assert (file["purpose"], file["filename"]) == ("batch_output", f"{batch['id']}_{name}.jsonl")
        assert file["expires_at"] == file["created_at"] + 3600
        assert file["id"] in [each["id"] for each in server.client.get(f"{FILES}?purpose=batch_output").json()["data"]]


def test_blank_lines_and_other_line_ends_do_not_count(server: Child) -> None:
    content = b"\r\n\n".join(jsonl(line(f"r{number}")).strip() for number in range(3)) + b"\n \n\n"
    batch = ended(server, begun(server, content)["id"])
    assert batch["request_counts"] == {"total": 3, "completed": 3, "failed": 0}


@pytest.mark.parametrize(
    ("number", "changed", "code", "param"),
    [
        (2, b"no json\n", "invalid_json_line", None),
        (2, [1], "invalid_json_line", None),
        (2, {**line("b"), "custom_id": 5}, "missing_required_parameter", "custom_id"),
        (2, line("a"), "duplicate_custom_id", "custom_id"),
        (2, {**line("b"), "method": "GET"}, "invalid_method", "method"),
        (2, {**line("b"), "url": "/v1/embeddings"}, "mismatched_endpoint", "url"),
        (2, {**line("b"), "body": "hello"}, "missing_required_parameter", "body"),
        (2, line("b", model="other"), "mismatched_model", "body.model"),
    ],
)
def test_a_line_of_no_use_fails_the_batch(
    server: Child, number: int, changed: Any, code: str, param: str | None
) -> None:
    bad = changed if isinstance(changed, bytes) else jsonl(changed)
    batch = ended(server, begun(server, jsonl(line("a")) + bad + jsonl(line("c")))["id"])
    assert (batch["status"], batch["output_file_id"], batch["error_file_id"]) == ("failed", None, None)
    assert [(each["line"], each["code"], each["param"]) for each in batch["errors"]["data"]] == [(number, code, param)]
    assert batch["failed_at"] >= batch["created_at"]
    assert batch["in_progress_at"] is None


def jsonl(document: Any) -> bytes:
    """A line of a file."""
    return json.dumps(document).encode() + b"\n"


def test_a_file_of_blank_lines_is_of_no_use(server: Child) -> None:
    batch = ended(server, begun(server, b"\n\n")["id"])
    assert [each["code"] for each in batch["errors"]["data"]] == ["empty_file"]


@pytest.mark.parametrize("purpose", [None, "user_data"])
def test_an_input_file_that_is_none(server: Child, purpose: str | None) -> None:
    id_ = "file-nobody" if purpose is None else uploaded(server, lines(1), purpose)
    body = {"input_file_id": id_, "endpoint": CHAT, "completion_window": "24h"}
    answer = server.client.post(BATCHES, json=body)
    assert (answer.status_code, answer.json()["error"]["param"]) == (400, "input_file_id")


def test_the_input_may_be_deleted_meanwhile(server: Child) -> None:
    batch = begun(server, lines(5, model="echo-slow"))
    assert server.client.delete(f"{FILES}/{batch['input_file_id']}").status_code == 200
    assert ended(server, batch["id"])["request_counts"]["completed"] == 5


def test_cancelling_keeps_what_is_done(server: Child) -> None:
    text = " ".join(["word"] * 100)
    asked = [*lines(8), *(line(f"slow-{number}", text) for number in range(30))]
    for each in asked:
        each["body"]["model"] = "echo-slow"
    id_ = begun(server, asked)["id"]
    until(lambda: seen(server, id_)["request_counts"]["completed"] > 0, 20)
    for _ in range(2):
        answer = server.client.post(f"{BATCHES}/{id_}/cancel")
        assert answer.status_code == 200
        assert answer.json()["status"] in ("cancelling", "cancelled")
    batch = ended(server, id_)
    assert (batch["status"], batch["completed_at"]) == ("cancelled", None)
    assert batch["cancelled_at"] >= batch["cancelling_at"]
    done, rest = content_of(server, batch["output_file_id"]), content_of(server, batch["error_file_id"])
    assert sorted(each["custom_id"] for each in [*done, *rest]) == sorted(each["custom_id"] for each in asked)
    assert len(done) == batch["request_counts"]["completed"] > 0
    assert {(each["response"], each["error"]["code"]) for each in rest} == {(None, "batch_cancelled")}
    assert server.client.post(f"{BATCHES}/{id_}/cancel").json() == batch


def test_what_is_over_is_not_cancelled(server: Child) -> None:
    id_ = begun(server, lines(1))["id"]
    before = ended(server, id_)
    answer = server.client.post(f"{BATCHES}/{id_}/cancel")
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "conflict")
    assert seen(server, id_) == before


def test_what_is_not_done_in_time_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WIRECHECK_BATCH_WINDOW_SECONDS", "1")
    with child(tmp_path) as server:
        text = " ".join(["word"] * 1000)
        asked = [line(f"slow-{number}", text, model="echo-slow") for number in range(3)]
        batch = ended(server, begun(server, asked)["id"])
        assert batch["status"] == "expired"
        assert batch["expired_at"] >= batch["expires_at"]
        told = content_of(server, batch["error_file_id"])
        assert [(each["custom_id"], each["error"]["code"]) for each in told] == [
            (each["custom_id"], "batch_expired") for each in asked
        ]


def test_lines_may_do_what_the_key_may(tmp_path: Path) -> None:
    with child(tmp_path, "--jwt-secret", SECRET) as server:
        scopes = "batches:read batches:write files:read files:write"
        token = jwt.encode({"sub": "a", "scope": scopes, "exp": 4_000_000_000}, SECRET)
        server.client.headers["authorization"] = f"Bearer {token}"
        batch = ended(server, begun(server, lines(1))["id"])
        (refused,) = content_of(server, batch["error_file_id"])
        assert refused["response"]["status_code"] == 403
        other = jwt.encode({"sub": "b", "exp": 4_000_000_000}, SECRET)
        server.client.headers["authorization"] = f"Bearer {other}"
        assert server.client.get(f"{BATCHES}/{batch['id']}").status_code in (403, 404)


def test_the_sdk_makes_batches(server: Child, tmp_path: Path) -> None:
    client = OpenAI(base_url=f"{server.url}/v1", api_key="none")
    path = tmp_path / "lines.jsonl"
    path.write_bytes(b"".join(jsonl(each) for each in lines(3)))
    file = client.files.create(file=path, purpose="batch")
    made = [
        client.batches.create(input_file_id=file.id, endpoint="/v1/chat/completions", completion_window="24h")
        for _ in range(3)
    ]
    until(lambda: client.batches.retrieve(made[0].id).status == "completed", 20)
    batch = client.batches.retrieve(made[0].id)
    assert batch.request_counts is not None
    assert batch.request_counts.completed == 3
    assert batch.output_file_id is not None
    assert len(client.files.content(batch.output_file_id).text.splitlines()) == 3
    walked = [each.id for each in client.batches.list(limit=1)]
    assert walked[:3] == [each.id for each in reversed(made)]


def test_embeddings_and_completions_come_in_batches(server: Child) -> None:
    for url, body in (
        ("/v1/embeddings", {"model": "hash-embed", "input": "hello"}),
        ("/v1/completions", {"model": "echo", "prompt": "hello"}),
    ):
        asked = [{"custom_id": "a", "method": "POST", "url": url, "body": body}]
        batch = ended(server, begun(server, asked, endpoint=url)["id"])
        (told,) = content_of(server, batch["output_file_id"])
        assert told["response"]["status_code"] == 200
        assert batch["usage"]["input_tokens"] > 0


def test_a_key_makes_one_batch(server: Child) -> None:
    body = {"input_file_id": uploaded(server, lines(1)), "endpoint": CHAT, "completion_window": "24h"}
    made = [server.client.post(BATCHES, json=body, headers={"idempotency-key": "one"}).json() for _ in range(2)]
    assert made[0] == made[1]
