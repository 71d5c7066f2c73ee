"""Keys and limits."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from wirecheck_reference.http.access import Gate

from tests.reference.child import CHAT, Child, child
from tests.reference.redis import redis

GUARDED = [("POST", CHAT), ("GET", "/v1/models"), ("GET", "/v1/models/echo"), ("GET", "/v1/models/nobody")]


def bearer(key: str) -> dict[str, str]:
    return {"authorization": f"Bearer {key}"}


@pytest.mark.parametrize(("method", "path"), GUARDED)
@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({}, "missing_api_key"),
        (bearer("wrong"), "invalid_api_key"),
        ({"authorization": "Bearer"}, "invalid_api_key"),
        ({"authorization": "Basic right"}, "invalid_api_key"),
        ({"authorization": "right"}, "invalid_api_key"),
        ({"authorization": "Bearer caf\xe9"}, "invalid_api_key"),
    ],
)
def test_who_has_no_key_stays_out(guarded: Child, method: str, path: str, headers: dict[str, str], code: str) -> None:
    sent = {name.encode(): value.encode("latin-1") for name, value in headers.items()}
    answer = guarded.client.request(method, path, headers=sent)
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, code)
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert answer.headers["x-request-id"]


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER", "Bearer "])
@pytest.mark.parametrize("key", ["right", "other"])
def test_who_has_one_comes_in(guarded: Child, scheme: str, key: str) -> None:
    for stream in (False, True):
        assert guarded.chat(stream=stream, headers={"authorization": f"{scheme} {key}"}).status_code == 200


def test_the_key_is_asked_for_before_the_body_is_read(guarded: Child) -> None:
    for headers in ({}, {"content-type": "text/plain"}):
        assert guarded.client.post(CHAT, content=b"{", headers=headers).status_code == 401
    assert guarded.client.post(CHAT, content=b"x" * 2**24).status_code == 401


@pytest.mark.parametrize("path", ["/health", "/openapi.json", "/docs", "/redoc"])
def test_some_doors_are_open(guarded: Child, path: str) -> None:
    assert guarded.client.get(path).status_code == 200


def test_a_limited_key_is_told_its_limit(tmp_path: Path) -> None:
    arguments = ["--api-key", "free", "--limited-key", "small", "--limited-rate", "3/minute"]
    with child(tmp_path, *arguments) as server:
        answers = [server.chat(stream=stream, headers=bearer("small")) for stream in (False, True, False, True, False)]
        assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
        assert [answer.headers["x-ratelimit-remaining-requests"] for answer in answers] == ["2", "1", "0", "0", "0"]
        assert {answer.headers["x-ratelimit-limit-requests"] for answer in answers} == {"3"}
        refused = answers[-1]
        assert 1 <= int(refused.headers["retry-after"]) <= 60
        assert refused.headers["x-ratelimit-reset-requests"] == refused.headers["retry-after"] + "s"
        assert refused.json()["error"]["code"] == "rate_limit_exceeded"
        free: Any = server.chat(headers=bearer("free"))
        assert free.status_code == 200
        assert "x-ratelimit-limit-requests" not in free.headers


ASKED: list[tuple[str, str, dict[str, Any], int]] = [
    ("GET", "/v1/models", {}, 200),
    ("GET", "/v1/models/echo", {"headers": {"if-none-match": "*"}}, 304),
    ("GET", "/v1/models/nobody", {}, 404),
    ("GET", "/v1/models?limit=0", {}, 422),
    ("POST", CHAT, {"json": {"model": "echo", "messages": [{"role": "user", "content": "a"}]}}, 200),
    ("POST", CHAT, {"json": {"model": "echo", "messages": [{"role": "user", "content": "a"}], "stream": True}}, 200),
    ("POST", CHAT, {"json": {}}, 422),
    ("POST", CHAT, {"content": b"{", "headers": {"content-type": "application/json"}}, 400),
    ("POST", CHAT, {"content": b"{}", "headers": {"content-type": "text/plain"}}, 415),
    ("GET", CHAT, {}, 200),
    ("GET", f"{CHAT}/nobody", {}, 404),
    ("POST", "/v1/completions", {"json": {"model": "echo", "prompt": "a"}}, 200),
    ("POST", "/v1/completions", {"json": {"model": "echo", "prompt": "a", "stream": True}}, 200),
    ("POST", "/v1/embeddings", {"json": {"model": "hash-embed", "input": "a"}}, 200),
    ("POST", "/v1/files", {"data": {"purpose": "batch"}, "files": {"file": ("a", b"a")}}, 200),
    ("POST", "/v1/files", {"data": {"purpose": "batch"}, "files": {"file": ("a", b"")}}, 422),
    ("GET", "/v1/files", {}, 200),
    ("GET", "/v1/files/nobody/content", {}, 404),
    ("DELETE", "/v1/files/nobody", {}, 404),
]


def test_every_answer_tells_the_limit_of_its_key_alone(tmp_path: Path) -> None:
    arguments = ["--limited-key", "one", "--limited-key", "two", "--limited-rate", "100/minute"]
    with child(tmp_path, *arguments) as server:
        for count, (method, path, given, status) in enumerate(ASKED, start=1):
            for key in ("one", "two"):
                headers = {**given.get("headers", {}), **bearer(key)}
                answer = server.client.request(method, path, **{**given, "headers": headers})
                assert answer.status_code == status, f"{method} {path}: {answer.text}"
                told = {name: value for name, value in answer.headers.items() if name.startswith("x-ratelimit-")}
                assert told.pop("x-ratelimit-reset-requests").endswith("s")
                left = str(100 - count)
                assert told == {"x-ratelimit-limit-requests": "100", "x-ratelimit-remaining-requests": left}


def test_a_limit_for_everybody(tmp_path: Path) -> None:
    with child(tmp_path, "--rate-limit", "2/minute") as server:
        assert [server.chat().status_code for _ in range(3)] == [200, 200, 429]
        assert server.client.get("/health").status_code == 200


def test_servers_share_a_limit_in_redis_and_refuse_without_it(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    with redis() as url:
        arguments = ["--rate-limit", "3/minute", "--rate-limit-storage", url]
        with child(tmp_path / "one", *arguments) as one, child(tmp_path / "two", *arguments) as two:
            answers = [server.chat() for server in (one, two, one, two)]
            assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
            assert [answer.headers["x-ratelimit-remaining-requests"] for answer in answers] == ["2", "1", "0", "0"]
    with child(tmp_path / "one", *arguments) as alone:
        refused = alone.chat()
        assert (refused.status_code, refused.json()["error"]["code"]) == (503, "service_unavailable")
        assert int(refused.headers["retry-after"]) >= 1
        assert [line["event"] for line in alone.logged()] == ["rate limits cannot be looked up"]


def test_a_storage_that_cannot_be_had_is_refused_without_its_password() -> None:
    with pytest.raises(ValueError, match=r"memory://") as refused:
        Gate([], [], rate="1/minute", limited_rate="1/minute", storage="rabbit://:secret@127.0.0.1")
    assert "secret" not in str(refused.value)
