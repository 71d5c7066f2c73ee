"""JSON Web Tokens as bearer tokens: good ones, and every way to be none."""

from __future__ import annotations

import json
import threading
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from hmac import digest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jwt.algorithms import RSAAlgorithm
from wirecheck_reference.http.key_sets import KeySet
from wirecheck_reference.http.tokens import Tokens

from tests.reference.child import CHAT, Child, child
from tests.reference.keys.asking import ask, refused

SECRET: Final = "a secret of more than 64 bytes, for tests alone, good enough for every algorithm"  # noqa: S105  # it is
KEY, NEXT, STRANGE = (rsa.generate_private_key(65537, 2048) for _ in range(3))
HELLO: Final = {"model": "echo", "messages": [{"role": "user", "content": "hello"}]}


def claims(**others: Any) -> dict[str, Any]:
    now = int(time.time())
    said = {"sub": "acme", "iss": "tests", "aud": "wirecheck", "exp": now + 36_000, "scope": "models:read chat:write"}
    return {name: value for name, value in {**said, **others}.items() if value is not None}


def shared(secret: str = SECRET, algorithm: str = "HS256", **others: Any) -> str:
    return jwt.encode(claims(**others), secret, algorithm=algorithm)


def signed(key: rsa.RSAPrivateKey = KEY, kid: str | None = "one", algorithm: str = "RS256", **others: Any) -> str:
    headers = None if kid is None else {"kid": kid}
    return jwt.encode(claims(**others), key, algorithm=algorithm, headers=headers)


def written(header: dict[str, Any], said: dict[str, Any], sign: Callable[[bytes], bytes]) -> str:
    """A token written by hand, as a library would refuse to write it."""
    head = b".".join(_encoded(json.dumps(each).encode()) for each in (header, said))
    return (head + b"." + _encoded(sign(head))).decode()


def _encoded(part: bytes) -> bytes:
    return urlsafe_b64encode(part).rstrip(b"=")


def confused() -> str:
    """The public key of RS256, which everybody knows, taken for the secret of HS256."""
    public = KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return written({"alg": "HS256", "kid": "one"}, claims(), lambda head: digest(public, head, "sha256"))


def altered(token: str) -> str:
    head, _, signature = token.split(".")
    said = _encoded(json.dumps(claims(sub="globex", scope="files:write")).encode()).decode()
    return f"{head}.{said}.{signature}"


def key_set(**keys: rsa.RSAPrivateKey) -> bytes:
    public = [{**RSAAlgorithm.to_jwk(key.public_key(), as_dict=True), "kid": kid} for kid, key in keys.items()]
    return json.dumps({"keys": [*public, {"kty": "EC", "kid": "curve"}]}).encode()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Child]:
    folder = tmp_path_factory.mktemp("tokens")
    (folder / "jwks.json").write_bytes(key_set(one=KEY, two=NEXT))
    how = ["--jwt-secret", SECRET, "--jwks", str(folder / "jwks.json")]
    with child(folder, *how, "--jwt-issuer", "tests", "--jwt-audience", "wirecheck", level="info") as running:
        yield running


@pytest.mark.parametrize(
    "token",
    [shared(), signed(), signed(NEXT, "two"), shared(aud=["other", "wirecheck"], nbf=1, iat=1)],
    ids=["HS256", "RS256", "another key", "several audiences"],
)
def test_a_good_token_is_taken_with_its_scopes(server: Child, token: str) -> None:
    assert ask(server, token).status_code == 200
    assert ask(server, token, "POST", CHAT, json=HELLO).status_code == 200
    status, code, challenge = refused(ask(server, token, path="/v1/files"))
    assert (status, code) == (403, "insufficient_scope")
    assert challenge.endswith('error="insufficient_scope", scope="files:read"')


BAD: Final = {
    "expired": shared(exp=int(time.time()) - 5),
    "expired, of RS256": signed(exp=int(time.time()) - 5),
    "not yet": shared(nbf=int(time.time()) + 18_000),
    "without an end": shared(exp=None),
    "of nobody": shared(sub=None),
    "of an empty name": shared(sub=""),
    "of another issuer": shared(iss="others"),
    "of no issuer": shared(iss=None),
    "for others": shared(aud="others"),
    "for nobody": shared(aud=None),
    "scopes that are no text": shared(scope=["models:read"]),
    "another secret": shared(f"another {SECRET}"),
    "another algorithm": shared(algorithm="HS512"),
    "another key": signed(STRANGE),
    "the key of another name": signed(KEY, "two"),
    "a name that nobody has": signed(KEY, "three"),
    "no name": signed(KEY, None),
    "RS256 with other padding": signed(algorithm="PS256"),
    "confused": confused(),
    "confused with the secret": written(
        {"alg": "RS256", "kid": "one"}, claims(), lambda head: digest(SECRET.encode(), head, sha256)
    ),
    "unsigned": jwt.encode(claims(), "", algorithm="none"),
    "unsigned, in capitals": written({"alg": "NONE"}, claims(), lambda _: b""),
    "unsigned, with a signature": written({"alg": "none"}, claims(), lambda _: b"x"),
    "altered": altered(shared()),
    "altered, of RS256": altered(signed()),
    "cut": shared().rpartition(".")[0] + ".",
    "nothing": "..",
    "no token": "a.b.c",
    "too long": shared(more="x" * 9000),
}


@pytest.mark.parametrize("token", BAD.values(), ids=BAD)
def test_what_is_no_good_token_is_refused(server: Child, token: str) -> None:
    status, code, challenge = refused(ask(server, token))
    assert (status, code) == (401, "invalid_token")
    assert 'error="invalid_token"' in challenge
    written = server.log.read_text()
    assert not any(part in written for part in token.split(".") if len(part) > 20)


def test_the_subject_is_the_tenant(server: Child) -> None:
    scope = "chat:write chat:read"
    id_ = ask(server, shared(scope=scope), "POST", CHAT, json={**HELLO, "store": True}).json()["id"]
    assert ask(server, signed(scope=scope), path=f"{CHAT}/{id_}").status_code == 200
    assert ask(server, signed(scope=scope, sub="globex"), path=f"{CHAT}/{id_}").status_code == 404


def test_an_audience_is_nobody_where_none_is_named(tmp_path: Path) -> None:
    with child(tmp_path, "--jwt-secret", SECRET) as server:
        assert ask(server, shared()).status_code == 401
        assert ask(server, shared(aud=None)).status_code == 200
        # Only what is signed with the secret: no set of keys was given.
        assert ask(server, signed(aud=None)).status_code == 401


@contextmanager
def serving(sets: list[tuple[int, bytes]]) -> Iterator[tuple[str, list[str]]]:
    """A URL that answers with one after the other, and then with the last; and the paths that were asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # as the library calls it
            status, body = sets[min(len(asked), len(sets) - 1)]
            asked.append(self.path)
            self.send_response(status)
            if status == 302:
                self.send_header("location", "/elsewhere")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # as the library calls it
            """Says nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/jwks", asked
        finally:
            server.shutdown()
            thread.join()


def test_a_set_at_a_url_is_fetched_once_whatever_names_are_tried(tmp_path: Path) -> None:
    with serving([(200, key_set(one=KEY))]) as (url, asked), child(tmp_path, "--jwks", url) as server:
        for kid in ("one", "nobody", "one", "another"):
            assert ask(server, signed(KEY, kid, aud=None)).status_code == (200 if kid == "one" else 401)
        assert asked == ["/jwks"]


@pytest.mark.parametrize("given", [(500, b""), (302, b""), (200, b"[]"), (200, b'{"keys": []}')])
def test_a_set_that_is_not_to_be_had_lets_nobody_in(given: tuple[int, bytes], tmp_path: Path) -> None:
    with serving([given]) as (url, asked), child(tmp_path, "--jwks", url) as server:
        answer = ask(server, signed(aud=None))
        assert (answer.status_code, answer.json()["error"]["code"]) == (503, "service_unavailable")
        assert ask(server, shared(aud=None)).status_code == 401
        assert ask(server, signed(aud=None)).status_code == 503
        assert asked == ["/jwks"]


@pytest.mark.parametrize("place", ["http://example.com/jwks", "ftp://localhost/jwks", "file:///etc/passwd", "https://"])
def test_a_set_that_others_could_answer_for_is_refused(place: str) -> None:
    with pytest.raises(ValueError, match="on this machine"):
        KeySet(place)


def test_a_file_that_holds_no_such_keys_is_refused(tmp_path: Path) -> None:
    short = rsa.generate_private_key(65537, 1024)  # noqa: S505  # that is what is wrong with it
    for text in (b"", b"[]", b'{"keys": 5}', b'{"keys": [{"kty": "RSA", "kid": "x"}]}', key_set(short=short)):
        (tmp_path / "jwks.json").write_bytes(text)
        with pytest.raises(ValueError, match=r"jwks\.json"):
            KeySet(str(tmp_path / "jwks.json"))
    with pytest.raises(ValueError, match="No such file"):
        KeySet(str(tmp_path / "nothing.json"))


def test_a_short_secret_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Tokens("short", None, issuer=None, audience=None)
