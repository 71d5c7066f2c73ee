"""The command line: words that mean nothing are refused, what is wrong is said, and exit codes keep their meaning."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result
from wirecheck import cli, embedded
from wirecheck.area import features
from wirecheck.judging.requirement import requirements

from tests.suite.scripted import Script, Visit, serving

NOBODY = "http://127.0.0.1:1"
KEY = "sk-cli-4711-secret"
ALL = requirements()


@pytest.fixture(autouse=True)
def _elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A folder without a wirecheck.toml, and no key in the environment."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("WIRECHECK_API_KEY", raising=False)


def said(*words: str) -> Result:
    return CliRunner().invoke(cli.main, words, prog_name="wirecheck")


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["judge"], "No such command 'judge'"),
        (["run", NOBODY, "--quik"], "No such option"),
        (
            ["run", NOBODY, "--profile", "all"],
            "there is no profile or area 'all': profiles are core, agent, full; areas auth,",
        ),
        (["run", NOBODY, "--level", "MAY"], "'MAY' is not one of"),
        (["run", NOBODY, "--max-time", "0"], "0.0 is not in the range x>=1"),
        (["run", NOBODY, "--timeout", "0"], "0.0 is not in the range"),
        (["run", NOBODY, "--seed", "one"], "'one' is not a valid integer"),
        (["run", NOBODY, "--only", "stream.dome"], "'stream.dome' matches no requirement"),
        (["run", NOBODY, "--profile", "core", "--only", "tools.*"], "nothing to judge: profile core, only tools.*"),
        (["run", NOBODY, "--config", "none.toml"], "none.toml: No such file"),
        (["run", NOBODY, "--api-key", f"{KEY} {KEY}"], "--api-key or WIRECHECK_API_KEY: the key holds characters"),
        (["run", NOBODY, "--report-json", "no/such/folder/a.json"], "no/such/folder/a.json: the folder is not there"),
        (["run", NOBODY, "--report-junit", "no/a.xml"], "no/a.xml: the folder is not there"),
        (["run", NOBODY, "--report-markdown", "no/a.md"], "no/a.md: the folder is not there"),
        (["run", NOBODY, "--report-json", "."], "'.' is a directory"),
        (["run", ""], "URL is empty (a variable that is not set?)"),
        (["run", " \n"], "URL is empty (a variable that is not set?)"),
        (["run", "ftp://host"], "ftp://host: wanted http://HOST[:PORT][/PREFIX][/v1]"),
        (["run", f"http://user:{KEY}@host/v1"], "give the key with --api-key instead"),
        (["run", NOBODY, NOBODY], "unexpected extra argument"),
        (["list", "--feature", "toolz"], "'toolz' is not one of"),
        (["explain"], "Missing argument 'ID'"),
        (["explain", "stream.dome"], "there is no requirement 'stream.dome': did you mean stream.done"),
        (["explain", "????"], "there is no requirement '????'"),
    ],
)
def test_words_that_mean_nothing_are_refused(words: list[str], why: str) -> None:
    result = said(*words)
    assert result.exit_code == 2, result.output
    assert why in " ".join(result.stderr.split())
    assert "Traceback" not in result.output
    assert KEY not in result.output
    assert "does not answer" not in result.output, "the server was asked before the words were read"


def test_a_file_is_no_folder_for_a_report(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    result = said("run", NOBODY, "--report-json", "file/a.json")
    assert result.exit_code == 2
    assert "the folder is not there" in result.stderr


def test_the_file_of_the_folder_is_read(tmp_path: Path) -> None:
    (tmp_path / "wirecheck.toml").write_text("[server]\nmodle = 1\n")
    result = said("run", NOBODY)
    assert result.exit_code == 2
    assert "wirecheck.toml: [server] has the entry 'modle'" in result.stderr


def test_the_file_names_the_server(tmp_path: Path) -> None:
    (tmp_path / "wirecheck.toml").write_text(f'[server]\nurl = "{NOBODY}"\n')
    result = said("run")
    assert result.exit_code == 2
    assert f"cannot tell: {NOBODY} does not answer" in result.stderr


def test_a_limited_key_that_cannot_be_sent_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "wirecheck.toml").write_text('[server]\nlimited_key_env = "LIMITED"\n')
    monkeypatch.setenv("LIMITED", f"{KEY}\nx")
    result = said("run", NOBODY)
    assert result.exit_code == 2
    assert "LIMITED: the key holds characters" in result.stderr
    assert KEY not in result.output


def test_an_empty_address_in_the_file_is_no_address(tmp_path: Path) -> None:
    (tmp_path / "wirecheck.toml").write_text('[server]\nurl = ""\n')
    result = said("run")
    assert result.exit_code == 2
    assert "wanted http://HOST" in result.stderr


def test_that_the_reference_server_is_judged_is_said_first() -> None:
    result = said("run", "--quick", "--only", "models.list")
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("No URL is given: the reference server of wirecheck is started and judged.\n")
    assert "looking for the server" in result.stderr
    assert "looking for the server" not in result.stdout, "how far a run has come stands beside its result"


def test_a_server_that_is_not_there_is_said() -> None:
    result = said("run", NOBODY)
    assert result.exit_code == 2
    assert f"wirecheck: cannot tell: {NOBODY} does not answer" in result.stderr
    assert "Traceback" not in result.output


@pytest.mark.parametrize("words", [["run"], ["serve"], ["faults"]])
def test_a_reference_server_that_is_not_installed_is_said(words: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded, "find_spec", lambda _: None)
    result = said(*words)
    assert result.exit_code == 2
    assert "pip install '.[reference]'" in result.stderr


@pytest.mark.parametrize("name", ["run", "list", "explain"])
def test_help_tells_every_option(name: str) -> None:
    command = cli.main.commands[name]
    shown = said(name, "--help")
    assert shown.exit_code == 0
    for option in command.params:
        if isinstance(option, click.Option):
            assert option.help, option.name
            assert all(word in shown.output for word in option.opts), option.opts


def test_help_tells_every_command_and_exit_code() -> None:
    shown = said("--help").output
    assert all(name in shown for name in ("run", "list", "explain", "serve", "faults"))
    assert all(f" {code} " in said("run", "--help").output for code in (0, 1, 2, 130))


def test_list_shows_every_requirement() -> None:
    *lines, _, last = said("list").output.splitlines()
    assert [line.split()[0] for line in lines] == [each.id for each in ALL]
    assert all(each.statement in line for each, line in zip(ALL, lines, strict=True))
    musts = len([each for each in ALL if each.level == "MUST"])
    assert last == f"{len(ALL)} requirements: {musts} MUST, {len(ALL) - musts} SHOULD"


@pytest.mark.parametrize("feature", features())
def test_list_can_be_narrowed(feature: str) -> None:
    found = json.loads(said("list", "--json", "--feature", feature, "--level", "must").output)
    assert [each["id"] for each in found] == [
        each.id for each in ALL if each.feature == feature and each.level == "MUST"
    ]
    assert all(each["source"] and each["statement"] and each["cites"] for each in found)


@pytest.mark.parametrize("id_", ["stream.done", "errors.envelope", "auth.missing-key"])
def test_explain_tells_all(id_: str) -> None:
    (each,) = [each for each in ALL if each.id == id_]
    result = said("explain", id_)
    text = " ".join(result.output.split())
    assert result.exit_code == 0
    assert each.statement in text
    assert f"spec/rules/{each.section.cites}" in text
    assert all(word in text for word in ("level MUST", "evidence", "source", "feature"))


def test_every_requirement_can_be_explained() -> None:
    assert all(said("explain", each.id).exit_code == 0 for each in ALL)


def test_a_version_is_shown() -> None:
    assert said("--version").output == f"wirecheck, version {version('wirecheck')}\n"


# --- against a server, as a process


async def _process(*words: str, key: str | None = None) -> asyncio.subprocess.Process:
    environment = {name: value for name, value in os.environ.items() if name != "WIRECHECK_API_KEY"}
    if key is not None:
        environment["WIRECHECK_API_KEY"] = key
    line = (sys.executable, "-m", "wirecheck", "run", *words)
    pipe = asyncio.subprocess.PIPE
    return await asyncio.create_subprocess_exec(*line, env=environment, stdout=pipe, stderr=pipe)


def run(script: Script, *words: str, key: str | None = None) -> tuple[int | None, str, list[Visit]]:
    """A run against a scripted server: its exit code, all it said, and the server's visits."""

    async def running() -> tuple[int | None, str, list[Visit]]:
        async with serving(script) as (url, visits):
            process = await _process(url, *words, key=key)
            out, err = await process.communicate()
            return process.returncode, (out + err).decode(), visits

    return asyncio.run(running())


async def closed(visit: Visit) -> None:
    await visit.answer(b"{}", 401)


async def empty(visit: Visit) -> None:
    await visit.answer(b'{"object": "list", "data": []}', 200, "content-type: application/json")


def test_a_server_that_wants_a_key_is_said() -> None:
    code, text, _ = run(closed)
    assert code == 2
    assert "the server wants a key (401): give --api-key or WIRECHECK_API_KEY" in text


def test_a_key_of_the_environment_is_sent_without_its_line_end_and_never_shown() -> None:
    code, text, visits = run(closed, key=f"{KEY}\n")
    assert code == 2
    assert "the server refuses the key (401 for GET /v1/models)" in text
    assert {visit.headers["authorization"] for visit in visits} == {f"Bearer {KEY}"}
    assert KEY not in text


def test_a_server_without_models_asks_for_one() -> None:
    code, text, _ = run(empty)
    assert code == 2
    assert "lists no model (200): say which one with --model" in text


@pytest.mark.skipif(os.name != "posix", reason="signals are sent to processes on POSIX alone")
@pytest.mark.parametrize("hangs_after", [0, 3])
def test_an_interrupted_run_ends_at_once(hangs_after: int, tmp_path: Path) -> None:
    report = tmp_path / "report.json"

    async def running() -> tuple[int | None, str]:
        hanging = asyncio.Event()
        seen: list[str] = []

        async def polite(visit: Visit) -> None:
            seen.append(visit.path)
            if len(seen) > hangs_after:
                hanging.set()
                await visit.gone.wait()
            value: Any = {"object": "list", "data": [{"id": "m"}]}
            if visit.path.endswith("completions"):
                value = {"choices": [{"index": 0, "message": {"content": "hello"}, "finish_reason": "stop"}]}
            await visit.answer(json.dumps(value).encode(), 200, "content-type: application/json")

        async with serving(polite) as (url, _):
            process = await _process(url, "--quick", "--report-json", str(report))
            await asyncio.wait_for(hanging.wait(), 30)
            process.send_signal(signal.SIGINT)
            out, err = await asyncio.wait_for(process.communicate(), 15)
            return process.returncode, (out + err).decode()

    code, text = asyncio.run(running())
    assert code == 130, text
    assert "Traceback" not in text
    assert report.exists() == (hangs_after > 0)
    if report.exists():
        assert json.loads(report.read_text("utf-8"))["verdict"] in ("violates", "cannot tell")
