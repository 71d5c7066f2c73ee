"""Where webhooks may go: hosts in every notation, and what they lead to. No server, no network."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Sequence
from typing import Any

import pytest
from wirecheck_reference.jobs.posting import Post, Poster
from wirecheck_reference.jobs.targets import Forbidden, Targets, Unresolved

# One address of this machine and one of the clouds', as browsers and resolvers take them (WHATWG URL Standard).
LOOPBACK = (
    *("127.0.0.1", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.1", "0X7F.0.0.0x1", "0177.0.0.1", "0177.1"),
    *("017700000001", "127.0.0.1.", "127.255.255.254", "localhost", "LOCALHOST", "localhost.", "a.localhost", "[::1]"),
    *("[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[64:ff9b::7f00:1]"),
    "[2002:7f00:1::]",
)
NEVER = (
    *("169.254.169.254", "2852039166", "0xa9fea9fe", "0xa9.254.0251.0376", "169.254.43518", "[fe80::1]", "[fec0::1]"),
    *("[::ffff:169.254.169.254]", "[64:ff9b::a9fe:a9fe]", "[2002:a9fe:a9fe::]", "[::a9fe:a9fe]", "[fd00:ec2::254]"),
    *("0.0.0.0", "0", "[::]", "224.0.0.1", "[ff02::1]", "240.0.0.1", "255.255.255.255", "100.100.100.200"),  # noqa: S104  # nothing is bound
)
PRIVATE = (
    *("10.0.0.1", "10.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "100.64.0.1", "198.18.0.1", "[fc00::1]"),
    *("[fd12:3456::1]", "[::ffff:10.0.0.1]", "[64:ff9b::a00:1]", "[2002:c0a8:101::]", "0xa000001", "012.0.0.1"),
)
SPECIAL = ("192.0.2.1", "198.51.100.1", "203.0.113.1", "[2001:db8::1]", "[100::1]", "[64:ff9b:1::1]", "[2001::1]")
PUBLIC = (
    *("8.8.8.8", "134744072", "0x8.0x8.0x8.0x8", "010.8.8.8", "172.32.0.1", "100.128.0.1", "[2606:4700::1111]"),
    *("[::ffff:8.8.8.8]", "[64:ff9b::808:808]", "[2002:808:808::]"),
)
WRONG = (
    "256.1.1.1",
    "1.2.3.4.5",
    "1.2.3.256",
    "0x100000000",
    "08.1.1.1",
    "a.1",
    "1..2",
    "[::1::]",
    "[12345::]",
    "[1.2.3.4]",
)


def addresses(host: str, *, private: bool = False) -> list[str]:
    """What a host leads to. Raises as `Targets.addresses`."""
    return [str(each) for each in asyncio.run(Targets(private).addresses(f"http://{host}:8080/path"))]


@pytest.mark.parametrize("host", [*LOOPBACK, *NEVER, *PRIVATE, *SPECIAL, *WRONG])
def test_what_is_not_public_is_refused(host: str) -> None:
    with pytest.raises(Forbidden):
        addresses(host)


@pytest.mark.parametrize("host", [*NEVER, *WRONG])
def test_where_nobody_has_a_receiver_is_refused_even_where_private_networks_are_not(host: str) -> None:
    with pytest.raises(Forbidden):
        addresses(host, private=True)


@pytest.mark.parametrize("host", PUBLIC)
def test_what_is_public_is_taken(host: str) -> None:
    assert len(addresses(host)) == 1


@pytest.mark.parametrize("host", [each for each in (*LOOPBACK, *PRIVATE) if "localhost" not in each.lower()])
def test_the_owner_may_allow_private_networks(host: str) -> None:
    assert len(addresses(host, private=True)) == 1


def test_numbers_are_read_as_one_address() -> None:
    read = [addresses(each)[0] for each in ("134744072", "0x8.0x8.0x8.0x8", "010.8.8.8", "8.8.2056")]
    assert read == ["8.8.8.8"] * 4


def resolving(monkeypatch: pytest.MonkeyPatch, *answers: Sequence[str]) -> list[str]:
    """Has names resolve to each of these in turn; the names that were looked for."""
    asked: list[str] = []
    left = list(answers)

    async def getaddrinfo(_: object, host: str, port: int, **given: Any) -> list[Any]:
        asked.append(host)
        if not left:
            raise socket.gaierror
        return [(0, 0, 0, "", (each, port)) for each in left.pop(0)]

    monkeypatch.setattr(asyncio.BaseEventLoop, "getaddrinfo", getaddrinfo)
    return asked


def test_every_address_of_a_name_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    resolving(monkeypatch, ["8.8.8.8", "1.1.1.1"], ["8.8.8.8", "10.0.0.1"], ["fe80::1%eth0"])
    assert addresses("a.example") == ["8.8.8.8", "1.1.1.1"]
    for _ in range(2):
        with pytest.raises(Forbidden):
            addresses("a.example")
    with pytest.raises(Unresolved):
        addresses("a.example")


def test_a_name_without_an_address_is_taken_for_now(monkeypatch: pytest.MonkeyPatch) -> None:
    resolving(monkeypatch)
    asyncio.run(Targets().check("https://a.example/"))


def test_the_address_that_was_looked_at_is_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    # The name leads elsewhere the second time that it is looked for (DNS rebinding): it is not.
    asked = resolving(monkeypatch, ["8.8.8.8"], ["127.0.0.1"])
    connected: list[tuple[str, int]] = []

    async def create_connection(_: object, *given: Any, **named: Any) -> None:
        connected.append((given[1], given[2]))
        raise OSError

    monkeypatch.setattr(asyncio.BaseEventLoop, "create_connection", create_connection)

    async def post() -> str | None:
        poster = Poster(Targets(), 5)
        try:
            return (await poster.post(Post("http://a.example:81/", {}, b"{}"))).error
        finally:
            await poster.stop()

    assert asyncio.run(post()) == "connection_failed"
    assert asked == ["a.example"]
    assert connected == [("8.8.8.8", 81)]


def test_a_name_that_has_come_to_lead_inside_is_not_sent_to(monkeypatch: pytest.MonkeyPatch) -> None:
    resolving(monkeypatch, ["127.0.0.1"])
    outcome = asyncio.run(Poster(Targets(), 5).post(Post("http://a.example/", {}, b"{}")))
    assert (outcome.status, outcome.error) == (None, "forbidden_target")
