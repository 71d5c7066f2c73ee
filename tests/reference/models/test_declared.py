"""What an owner declares of models in a file: told, kept to, charged for, and read again when it changes."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.forked import command
from tests.reference.child import Child, child, until

DECLARED = """
[models.echo]
context_window = 40
max_output_tokens = 8

[models.echo.price]
input_usd_per_million_tokens = 2
output_usd_per_million_tokens = 4.5
"""


def told(server: Child, model: str = "echo") -> dict[str, Any]:
    """What the server tells of a model."""
    found: dict[str, Any] = server.client.get(f"/v1/models/{model}").json()
    return found


def test_declared_models_are_told_and_kept_to(tmp_path: Path) -> None:
    file = tmp_path / "models.toml"
    file.write_text(DECLARED)
    with child(tmp_path, "--models", str(file)) as server:
        model = told(server)
        assert (model["context_window"], model["max_output_tokens"]) == (40, 8)
        assert model["price"] == {"input_usd_per_million_tokens": 2, "output_usd_per_million_tokens": 4.5}
        assert told(server, "echo-slow")["context_window"] == 8192
        usage = server.chat("one two three").json()["usage"]
        spent = usage["prompt_tokens"] * 2 + usage["completion_tokens"] * 4.5
        assert usage["cost_usd"] == pytest.approx(spent / 1e6)
        refused = server.chat("one", max_tokens=9).json()["error"]
        assert (refused["code"], refused["param"]) == ("invalid_value", "max_tokens")
        for answer in (server.chat("word " * 50), server.completion("word " * 50)):
            assert (answer.status_code, answer.json()["error"]["code"]) == (400, "context_length_exceeded")
            assert answer.json()["error"]["details"]["max_tokens"] == 40


def test_a_changed_file_is_read_again_and_a_broken_one_is_not(tmp_path: Path) -> None:
    file = tmp_path / "models.json"
    file.write_text(json.dumps({"models": {"echo": {"context_window": 100}}}))
    with child(tmp_path, "--models", str(file)) as server:
        first = server.client.get("/v1/models/echo")
        file.write_text(json.dumps({"models": {"echo": {"context_window": 2000}}}))
        again = server.client.get("/v1/models/echo", headers={"If-None-Match": first.headers["etag"]})
        assert (again.status_code, again.json()["context_window"]) == (200, 2000)
        for broken in ("{", '{"models": {"nobody": {}}}', '{"models": {"echo": {"context_window": 0}}}'):
            file.write_text(broken)
            assert told(server)["context_window"] == 2000
            assert told(server)["context_window"] == 2000
        file.unlink()
        assert told(server)["context_window"] == 2000
        kept = [each for each in server.logged() if each["event"].startswith("models not read")]
        assert len(kept) == 4
        file.write_text(json.dumps({"models": {"echo": {"context_window": 300}}}))
        assert told(server)["context_window"] == 300


def test_a_file_of_the_same_size_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "models.json"
    file.write_text('{"models": {"echo": {"context_window": 100}}}')
    with child(tmp_path, "--models", str(file)) as server:
        assert told(server)["context_window"] == 100
        file.write_text('{"models": {"echo": {"context_window": 200}}}')
        os.utime(file, ns=(1, 1))
        until(lambda: told(server)["context_window"] == 200)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "No such file"),
        ("[models.nobody]", "no engine serves 'nobody'"),
        ("[models.echo]\nwindow = 1", "models.echo.window"),
        ("[models.echo.price]\ninput_usd_per_million_tokens = -1\noutput_usd_per_million_tokens = 1", "price"),
        ("models = ", "models.toml"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_at_the_start(content: str | None, says: str, tmp_path: Path) -> None:
    file = tmp_path / "models.toml"
    if content is not None:
        file.write_text(content)
    ended = command("wirecheck_reference", "serve", "--port", "0", "--in-memory", "--models", str(file))
    assert ended.returncode == 2
    assert says in ended.stderr
