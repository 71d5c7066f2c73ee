"""TLS keeps the name of an endpoint, although it is an address that is connected to."""

from __future__ import annotations

import asyncio
import datetime
import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpcore2
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from wirecheck_reference.jobs.posting import Outcome, Post, Poster
from wirecheck_reference.jobs.targets import Targets

from tests.reference.webhooks.receiver import Receiver, receiver

NAME = "hooks.example"


@pytest.fixture
def hears_over_tls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    """A receiver with a certificate for one name, which is trusted; every name leads to it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file, pem = tmp_path / "certificate.pem", serialization.Encoding.PEM
    plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    file.write_bytes(key.private_bytes(pem, *plain) + certificate.public_bytes(pem))
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(file)

    def trusted(**_: Any) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(file))

    async def getaddrinfo(_: object, host: str, port: int, **given: Any) -> list[Any]:
        return [(0, 0, 0, "", ("127.0.0.1", port))]

    monkeypatch.setattr(httpcore2, "default_ssl_context", trusted)
    monkeypatch.setattr(asyncio.BaseEventLoop, "getaddrinfo", getaddrinfo)
    with receiver(tls) as running:
        yield running


def posted(hears: Receiver, host: str) -> Outcome:
    """What comes of a request to the receiver by a name."""

    async def post() -> Outcome:
        poster = Poster(Targets(private=True), 10)
        try:
            return await poster.post(Post(f"https://{host}:{hears.url.rpartition(':')[2]}/x?y=z", {}, b"{}"))
        finally:
            await poster.stop()

    return asyncio.run(post())


def test_the_certificate_is_for_the_name(hears_over_tls: Receiver) -> None:
    assert posted(hears_over_tls, NAME).status == 204
    (got,) = hears_over_tls.at("/x?y=z")
    assert got.headers["host"].startswith(f"{NAME}:")
    refused = posted(hears_over_tls, "another.example")
    assert (refused.status, refused.error) == (None, "connection_failed")
    assert len(hears_over_tls.got) == 1
