"""Keys that are made, listed and revoked by the command line, on SQLite and PostgreSQL, beside a server that runs."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from wirecheck.cli import main
from wirecheck_reference.http.scopes import all_scopes

from tests.reference.child import CHAT, child
from tests.reference.keys.asking import ask, keys, listed, made, refused

HELLO = {"model": "echo", "messages": [{"role": "user", "content": "hello"}]}


def test_a_key_opens_what_its_scopes_say_until_it_is_revoked(where: list[str], tmp_path: Path) -> None:
    reader, all_ = made(where, "acme", "models:read"), made(where, "acme")
    assert reader != all_
    with child(tmp_path, *where, level="info") as server:
        assert ask(server, reader).status_code == 200
        assert ask(server, all_, "POST", CHAT, json=HELLO).status_code == 200
        status, code, challenge = refused(ask(server, reader, "POST", CHAT, json=HELLO))
        assert (status, code) == (403, "insufficient_scope")
        assert challenge == 'Bearer realm="wirecheck", error="insufficient_scope", scope="chat:write"'
        assert ask(server, None).headers["www-authenticate"] == 'Bearer realm="wirecheck"'
        # What is made and revoked beside it counts at once.
        late = made(where, "acme")
        assert ask(server, late).status_code == 200
        one = next(each for each in listed(where) if each["scopes"] == ["models:read"])
        keys("revoke", one["id"], *where)
        status, code, challenge = refused(ask(server, reader))
        assert (status, code) == (401, "invalid_api_key")
        assert 'error="invalid_token"' in challenge
        assert refused(ask(server, "sk-nobody")) == (status, code, challenge)
        written = server.log.read_text() + "".join(map(str, listed(where)))
        assert not any(key in written for key in (reader, all_, late))
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("wirecheck.db*"))
    assert not any(key.encode() in kept for key in (reader, all_, late))


def test_where_all_keys_are_revoked_nobody_comes_in(where: list[str], tmp_path: Path) -> None:
    key = made(where, "acme")
    (one,) = listed(where)
    first = keys("revoke", one["id"], *where).stdout
    assert keys("revoke", one["id"], *where).stdout == first
    with child(tmp_path, *where) as server:
        assert ask(server, key).status_code == 401
        assert ask(server, None).status_code == 401


def test_a_server_that_found_no_key_is_open_until_it_starts_again(tmp_path: Path) -> None:
    where = ["--data", str(tmp_path / "data")]
    with child(tmp_path, *where) as server:
        key = made(where, "acme", "models:read")
        assert [ask(server, each, path="/v1/files").status_code for each in (None, key)] == [200, 200]
    with child(tmp_path, *where) as server:
        assert [ask(server, each, path="/v1/files").status_code for each in (None, key)] == [401, 403]


def test_tenants_keep_things_apart_and_keys_of_one_share_them(where: list[str], tmp_path: Path) -> None:
    one, two, other = made(where, "acme"), made(where, "acme"), made(where, "globex")
    with child(tmp_path, *where, "--api-key", "given") as server:
        id_ = ask(server, one, "POST", CHAT, json={**HELLO, "store": True}).json()["id"]
        assert ask(server, two, path=f"{CHAT}/{id_}").status_code == 200
        for key in (other, "given"):
            assert ask(server, key, path=f"{CHAT}/{id_}").status_code == 404
            assert ask(server, key, path=CHAT).json()["data"] == []


def test_a_given_key_may_do_all(where: list[str], tmp_path: Path) -> None:
    with child(tmp_path, *where, "--api-key", "given", "--narrow-key", "narrow", "--revoked-key", "revoked") as server:
        assert ask(server, "given", "POST", CHAT, json=HELLO).status_code == 200
        assert [ask(server, "narrow", path=path).status_code for path in ("/v1/models", "/v1/files")] == [200, 403]
        assert ask(server, "revoked").status_code == 401
    assert [each["revoked_at"] is None for each in listed(where)] == [True, False]


def test_scopes_are_asked_for_before_the_body_is_read(tmp_path: Path) -> None:
    with child(tmp_path, "--narrow-key", "narrow") as server:
        assert ask(server, "narrow", "POST", CHAT, content=b"{").status_code == 403
        assert ask(server, "narrow", "DELETE", "/v1/files/nobody").status_code == 403
        assert ask(server, "narrow", "GET", "/v1/files?limit=nobody").status_code == 403


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["create", "--name", "x", "--tenant", "t"], "--scope, once or more, or --all-scopes"),
        (["create", "--name", "x", "--tenant", "t", "--scope", "models:read", "--all-scopes"], "either"),
        (["create", "--name", "x", "--tenant", "t", "--scope", "models:write"], "models:read"),
        (["create", "--name", "x", "--tenant", "", "--all-scopes"], "1 to 256"),
        (["revoke", "nobody"], "there is no key 'nobody'"),
        (["list", "--database", "mysql://h/d"], "sqlite:///FILE"),
        (["list", "--database", "postgresql://nobody@127.0.0.1:1/d"], "not to be had"),
    ],
)
def test_what_cannot_be_is_told(arguments: list[str], said: str, tmp_path: Path) -> None:
    assert said in keys(*arguments, "--data", str(tmp_path), status=2).stderr


def test_the_command_stands_among_those_of_the_suite() -> None:
    assert "keys" in CliRunner().invoke(main, ["--help"]).output
    assert set(all_scopes()) >= {"models:read", "chat:read", "chat:write", "files:read", "files:write"}
