"""wirecheck.toml: a good file says everything, and each mistake in one is named."""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path

import pytest
from wirecheck import config
from wirecheck.config import BadConfig, Config, read

GOOD = """
[server]
url = "http://localhost:8000/v1"
model = "m"
slow_model = "slow"
failing_model = "fails"
limited_key_env = "LIMITED"
context_window = 4096
timeout = 2.5
profile = "agent"
changes = true
features = ["tools", "auth"]

[[deviation]]
id = "stream.space"
reason = "fixed in the next release"

[[deviation]]
id = "stream.done"
reason = "a proxy eats it"
"""


def _written(folder: Path, text: str) -> Path:
    path = folder / "wirecheck.toml"
    path.write_text(text, "utf-8")
    return path


def test_a_good_file_is_read(tmp_path: Path) -> None:
    assert read(_written(tmp_path, GOOD)) == Config(
        url="http://localhost:8000/v1",
        model="m",
        timeout=2.5,
        profile="agent",
        changes=True,
        owner={"slow_model": "slow", "failing_model": "fails", "context_window": 4096},
        variables={"limited_key": "LIMITED"},
        features=frozenset({"tools", "auth"}),
        deviations={"stream.space": "fixed in the next release", "stream.done": "a proxy eats it"},
    )


def test_an_empty_file_declares_nothing(tmp_path: Path) -> None:
    assert read(_written(tmp_path, "")) == Config()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[server", "Expected ']'"),
        ("[sever]", "the file has the entry 'sever'; known are server, deviation"),
        ("server = 5", "[server] is a table"),
        ("[server]\nmodle = 'm'", "[server] has the entry 'modle'; known are url, model"),
        ("[server]\napi_key = 'sk-1'", "[server] has the entry 'api_key'"),
        ("[server]\nmodel = 5", "model is 5, wanted str"),
        ("[server]\ncontext_window = 4096.5", "context_window is 4096.5, wanted int"),
        ("[server]\ncontext_window = true", "context_window is True, wanted int"),
        ("[server]\ncontext_window = 0", "context_window is 0, wanted more than 0"),
        ("[server]\ntimeout = '60'", "timeout is '60', wanted int or float"),
        ("[server]\ntimeout = -1", "timeout is -1, wanted more than 0"),
        ("[server]\ntimeout = nan", "timeout is nan, wanted more than 0"),
        ("[server]\nchanges = 1", "changes is 1, wanted bool"),
        ("[server]\nprofile = 'all'", "there is no profile or area 'all': profiles are core, agent, full; areas auth,"),
        ("[server]\nfeatures = 'tools'", "features is 'tools', wanted list"),
        ("[server]\nfeatures = ['toolz']", "there is no feature 'toolz'; known are chat, streaming"),
        ("[server]\nfeatures = [['tools']]", "there is no feature ['tools']"),
        ("[deviation]\nid = 'stream.done'", "deviations are written as [[deviation]]"),
        ("deviation = ['stream.done']", "deviations are written as [[deviation]]"),
        ("deviation = [5]", "deviations are written as [[deviation]]"),
        ("[[deviation]]\nid = 'stream.dome'\nreason = 'x'", "there is no requirement 'stream.dome': `wirecheck list`"),
        ("[[deviation]]\nid = ['stream.done']\nreason = 'x'", "there is no requirement ['stream.done']"),
        ("[[deviation]]\nreason = 'x'", "there is no requirement None"),
        ("[[deviation]]\nid = 'stream.done'", "the deviation stream.done needs a reason"),
        ("[[deviation]]\nid = 'stream.done'\nreason = '  '", "the deviation stream.done needs a reason"),
        ("[[deviation]]\nid = 'stream.done'\nreason = 5", "the deviation stream.done needs a reason"),
        ("[[deviation]]\nid = 'stream.done'\nwhy = 'x'", "[[deviation]] has the entry 'why'; known are id, reason"),
    ],
)
def test_a_mistake_is_named(text: str, why: str, tmp_path: Path) -> None:
    path = _written(tmp_path, text)
    with pytest.raises(BadConfig, match=f"^{re.escape(str(path))}: .*{re.escape(why)}"):
        read(path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadConfig, match=re.escape(str(tmp_path / "no.toml")) + ": No such file"):
        read(tmp_path / "no.toml")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(BadConfig, match=os.strerror(21) if os.name == "posix" else "toml"):
        read(tmp_path)


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    path = tmp_path / "wirecheck.toml"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(BadConfig, match="utf-8"):
        read(path)


def test_the_template_has_every_entry_and_is_right(tmp_path: Path) -> None:
    lines = config.template().splitlines()
    text = "\n".join(line.removeprefix("# ") for line in lines)
    assert set(tomllib.loads(text)["server"]) == set(config.entries())
    assert read(_written(tmp_path, text)).deviations
    assert read(_written(tmp_path, config.template())) == Config()
