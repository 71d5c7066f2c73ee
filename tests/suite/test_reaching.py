"""How a server is reached, over real sockets: headers, keys elsewhere, certificates, a proxy, addresses, settings."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import ssl
import subprocess
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from wirecheck.asking.listening import Listening
from wirecheck.config import Config
from wirecheck.embedded import SETTINGS
from wirecheck.reaching import misspelled, target
from wirecheck_reference.settings import Settings

from tests.forked import command
from tests.suite.scripted import Script, Visit, serving
from tests.suite.test_run import polite

SECRET = "team-4711-blue-secret"  # noqa: S105 - made up
KEY = "sk-reach-4711-secret"


@dataclass(frozen=True)
class Ran:
    """What became of a run: its exit code, what it said, what the server was asked."""

    code: int | None
    out: str
    err: str
    visits: list[Visit]
    report: dict[str, Any]

    @property
    def text(self) -> str:
        """All that anybody sees of it."""
        return self.out + self.err + json.dumps(self.report)


def ran(
    folder: Path,
    *words: str,
    script: Script | None = None,
    tls: ssl.SSLContext | None = None,
    path: str = "/v1",
    env: dict[str, str] | None = None,
) -> Ran:
    """A quick run on a scripted server; `{url}` in a word stands for its address, which is judged where none has it."""

    async def running() -> Ran:
        async with serving(script or polite(), tls) as (url, visits):
            report = folder / "report.json"
            named = [word.replace("{url}", url) for word in words]
            address = [] if any("://" in word and not word.startswith("--") for word in named) else [url + path]
            line = ["run", *address, *named, "--quick", "--report-json", str(report)]
            own = {name: value for name, value in os.environ.items() if not name.startswith(("WIRECHECK_", "SSL_"))}
            done = await asyncio.to_thread(command, "wirecheck", *line, environment=own | (env or {}), folder=folder)
            found = json.loads(report.read_text("utf-8")) if report.exists() else {}
            return Ran(done.returncode, done.stdout, done.stderr, visits, found)

    return asyncio.run(running())


MINIMAL = ("--only", "chat.minimal")
BROKEN = ("--only", "chat.completion-shape", "--verbose")


def test_headers_go_with_every_request_and_are_shown_to_nobody(tmp_path: Path) -> None:
    headers = ("--header", f"X-Team: Token {SECRET}", "--header", "X-Version: 1")
    found = ran(tmp_path, *BROKEN, *headers)
    assert found.code == 1, found.text
    assert {(each.headers["x-team"], each.headers["x-version"]) for each in found.visits} == {(f"Token {SECRET}", "1")}
    assert SECRET not in found.text
    assert "x-team: <hidden>" in found.out
    assert '"total_tokens": 7' in found.out, "a value of one letter ate the report"


def test_headers_may_come_from_the_file_and_its_variables(tmp_path: Path) -> None:
    (tmp_path / "wirecheck.toml").write_text("[server]\nheaders = ['X-Team: $TEAM', 'X-Plain: yes']\n")
    found = ran(tmp_path, *MINIMAL, env={"TEAM": SECRET})
    assert {(each.headers["x-team"], each.headers["x-plain"]) for each in found.visits} == {(SECRET, "yes")}
    missing = ran(tmp_path, *MINIMAL)
    assert missing.code == 2
    assert "the header 'X-Team' is to hold $TEAM, which is not set" in missing.err


def test_a_key_may_go_into_another_header(tmp_path: Path) -> None:
    words = ("--api-key", KEY, "--key-header", "Api-Key")
    assert "api-key: $WIRECHECK_API_KEY" in ran(tmp_path, *BROKEN, *words).out
    found = ran(tmp_path, *BROKEN, "--only", "auth.*", *words)
    keys = {each.headers.get("api-key") for each in found.visits}
    assert {KEY, None} < keys, "asked with the key, with none, and with wrong ones"
    assert not [each for each in found.visits if "authorization" in each.headers]
    assert KEY not in found.text


def test_a_key_of_a_letter_does_not_eat_the_report(tmp_path: Path) -> None:
    found = ran(tmp_path, *BROKEN, "--api-key", "x")
    assert {each.headers["authorization"] for each in found.visits} == {"Bearer x"}
    evidence = found.report["requirements"][0]["violations"][0]["evidence"]
    assert ["authorization", "Bearer $WIRECHECK_API_KEY"] in evidence["request"]["headers"]
    assert "12 x 12 = 144" in json.dumps(evidence, ensure_ascii=False)


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("/v1/chat/completions", "/v1/models"),
        ("/v1/chat/completions/", "/v1/models"),
        ("/v1/models", "/v1/models"),
        ("/api/v4/chat/completions", "/api/v4/models"),
    ],
)
def test_the_address_of_an_operation_is_understood(path: str, asked: str, tmp_path: Path) -> None:
    found = ran(tmp_path, *MINIMAL, path=path, script=polite(asked.removesuffix("/models")))
    assert (found.code, found.visits[0].path) == (0, asked), found.text


def test_a_model_that_the_list_lacks_is_warned_of(tmp_path: Path) -> None:
    note = "the server does not list the model 'mine': it lists a/b, c"
    assert note in ran(tmp_path, *MINIMAL, "--model", "mine").report["notes"]
    assert not any("does not list" in each for each in ran(tmp_path, *MINIMAL, "--model", "c").report["notes"])


def test_a_proxy_is_asked(tmp_path: Path) -> None:
    async def script(visit: Visit) -> None:
        visit.path = visit.path.removeprefix("http://nowhere.invalid")
        await polite()(visit)

    words = ("http://nowhere.invalid/v1", *MINIMAL, "--proxy", "http://me:hush-hush@{host}")

    async def running() -> str:
        async with serving(script) as (url, visits):
            line = [word.replace("{host}", url.removeprefix("http://")) for word in words]
            done = await asyncio.to_thread(command, "wirecheck", "run", "--quick", *line, folder=tmp_path)
            assert done.returncode == 0, done.stdout + done.stderr
            assert all("proxy-authorization" in each.headers for each in visits)
            return done.stdout + done.stderr

    assert "hush-hush" not in asyncio.run(running())


# --- certificates


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of 127.0.0.1 that signs itself, with its key beside it."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("no openssl to make a certificate with")
    folder = tmp_path_factory.mktemp("tls")
    line = [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=127.0.0.1"]
    line += ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", "key.pem", "-out", "cert.pem"]
    subprocess.run(line, cwd=folder, check=True, capture_output=True)
    return folder / "cert.pem"


def _tls(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, certificate.with_name("key.pem"))
    return context


def test_a_certificate_that_nobody_knows_is_not_trusted(certificate: Path, tmp_path: Path) -> None:
    found = ran(tmp_path, *MINIMAL, tls=_tls(certificate))
    assert found.code == 2
    assert "CERTIFICATE_VERIFY_FAILED" in found.err
    assert "--ca-bundle FILE names whom to trust" in found.err


def test_a_certificate_of_a_file_is_trusted(certificate: Path, tmp_path: Path) -> None:
    found = ran(tmp_path, *MINIMAL, "--ca-bundle", str(certificate), tls=_tls(certificate))
    assert found.code == 0, found.text
    assert f"certificates that are trusted: those of {certificate}" in found.err


def test_a_certificate_of_the_environment_is_trusted_and_said(certificate: Path, tmp_path: Path) -> None:
    found = ran(tmp_path, *MINIMAL, tls=_tls(certificate), env={"SSL_CERT_FILE": str(certificate)})
    assert found.code == 0, found.text
    assert f"those of SSL_CERT_FILE ({certificate})" in found.err


def test_any_certificate_is_trusted_where_the_user_wants_it(certificate: Path, tmp_path: Path) -> None:
    found = ran(tmp_path, *MINIMAL, "--insecure", tls=_tls(certificate))
    assert found.code == 0, found.text
    assert "any: they are not checked (--insecure)" in found.err


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["--header", "X-Team"], "a header is written NAME: VALUE"),
        (["--header", "X Team: a"], "'X Team' is no name of a header that can be set"),
        (["--header", "Content-Length: 5"], "'Content-Length' is no name of a header that can be set"),
        (["--header", "X-Team: "], "the header 'X-Team' has no value"),
        (["--key-header", "a b"], "'a b' is no name of a header"),
        (["--proxy", "localhost"], "the proxy is no http://HOST:PORT"),
        (["--ca-bundle", "none.pem"], "none.pem: No such file"),
        (["--ca-bundle", "empty.pem"], "empty.pem: no certificates in it"),
        (["--ca-bundle", "empty.pem", "--insecure"], "not both"),
    ],
)
def test_what_means_nothing_is_refused(words: list[str], why: str, tmp_path: Path) -> None:
    (tmp_path / "empty.pem").touch()
    found = ran(tmp_path, *words)
    assert (found.code, found.visits) == (2, [])
    assert why in " ".join(found.err.split())
    assert "Traceback" not in found.err


# --- settings of the environment


def test_misspelled_settings_are_told(tmp_path: Path) -> None:
    env = {"WIRECHECK_APIKEY": KEY, "WIRECHECK_API_KEY": KEY, "WIRECHECK_PORT": "1", "WIRECHECK_LIMITED": "x"}
    (tmp_path / "wirecheck.toml").write_text('[server]\nlimited_key_env = "WIRECHECK_LIMITED"\n')
    found = ran(tmp_path, *MINIMAL, env=env)
    warning = "wirecheck: warning: WIRECHECK_APIKEY is set, and is no setting: did you mean WIRECHECK_API_KEY?"
    assert [line for line in found.err.splitlines() if "warning" in line] == [warning]
    assert KEY not in found.text


def test_the_settings_of_the_reference_server_are_known() -> None:
    assert set(SETTINGS) == set(Settings.model_fields)
    assert not list(misspelled((), {f"WIRECHECK_{name.upper()}": "1" for name in SETTINGS}))
    assert len(list(misspelled((), {"WIRECHECK_QQQQ": "1", "wirecheck_api_key": "1"}))) == 2


def test_where_webhooks_are_heard_is_said_by_the_options_and_by_the_file(tmp_path: Path) -> None:
    wrong = ran(tmp_path, *MINIMAL, "--webhook-receiver", "nowhere")
    assert (wrong.code, wrong.visits) == (2, [])
    assert "webhooks are listened for at 'nowhere', wanted HOST:PORT" in wrong.err
    declared = Config(webhook_receiver="127.0.0.1:1", webhook_url="https://tunnel.example.com")
    names = ("timeout", "model", "key_header", "ca_bundle", "proxy", "insecure", "api_key", "webhook_url")
    chosen: dict[str, Any] = {**dict.fromkeys(names), "headers": ()}
    for given, port in ((None, 1), ("127.0.0.1:2", 2)):
        with ExitStack() as stack:
            found, _ = target(stack, "http://127.0.0.1:3", declared, {**chosen, "webhook_receiver": given})
        assert found.listening == Listening("127.0.0.1", port, "https://tunnel.example.com", chosen=True)
