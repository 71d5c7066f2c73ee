"""Which addresses may be sent to: what a URL's host stands for, in every notation, and what of that is public.

Who makes an endpoint has the server connect to where it says (OWASP API7:2023): so every address that a name has is
looked at, and it is that address which is connected to, and not the name once more. Sends nothing.
"""

from __future__ import annotations

import asyncio
import re
import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final
from urllib.parse import urlsplit

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

_PORTS: Final = {"http": 80, "https": 443}
# Seconds that the names of a URL are looked for while somebody waits for an answer.
_PATIENCE: Final = 2.0
_NUMBER: Final = re.compile(r"(0[xX][0-9A-Fa-f]*|[0-9]+)")


def _networks(*names: str) -> tuple[Network, ...]:
    return tuple(map(ip_network, names))


# Where nobody has a receiver: this host, link-local with the clouds' metadata, multicast, what is reserved; and other
# addresses at which clouds tell their metadata (AWS over IPv6, Alibaba, Oracle).
_NEVER: Final = _networks(
    *("0.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4", "240.0.0.0/4", "100.100.100.200/32", "192.0.0.0/24"),
    *("::/128", "fe80::/10", "fec0::/10", "ff00::/8", "fd00:ec2::/32"),
)
# RFC 6890 and IANA's special-purpose registries: not public, whatever this version of Python knows of them.
_SPECIAL: Final = _networks(
    *("10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "172.16.0.0/12", "192.0.2.0/24", "192.88.99.0/24"),
    *("192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "::1/128", "64:ff9b:1::/48"),
    *("100::/64", "2001::/23", "2001:db8::/32", "3fff::/20", "5f00::/16", "fc00::/7"),
)
_TRANSLATED: Final = IPv6Network("64:ff9b::/96")
_COMPATIBLE: Final = IPv6Network("::/96")


class Forbidden(Exception):
    """An address that nothing is sent to; the message says why."""


class Unresolved(Exception):
    """A name that has no address."""


@dataclass(frozen=True, slots=True)
class Targets:
    """The addresses that may be sent to. `private`: those of private networks and of this machine are among them."""

    private: bool = False

    async def check(self, url: str) -> None:
        """Looks at the URL of a new endpoint. Raises `Forbidden`; a name that has no address now may have one later."""
        try:
            async with asyncio.timeout(_PATIENCE):
                await self.addresses(url)
        except (Unresolved, TimeoutError):
            return

    async def addresses(self, url: str) -> list[Address]:
        """All addresses that the host of a URL has, each of which may be sent to. Raises `Forbidden`, `Unresolved`."""
        try:
            parts = urlsplit(url)
            host, port = parts.hostname or "", parts.port
        except ValueError:
            raise Forbidden("its host or its port is none") from None
        if not self.private and _is_local(host):
            raise Forbidden(f"{host} is this machine")
        literal = literal_of(host)
        found = [literal] if literal is not None else await _resolved(host, port or _PORTS[parts.scheme])
        for address in found:
            self.look(address)
        return found

    def look(self, address: Address) -> None:
        """Raises `Forbidden` for an address that may not be sent to, or that stands for one."""
        if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
            address = address.ipv4_mapped
        for each in (address, *_inside(address)):
            if _in(each, _NEVER):
                raise Forbidden(f"{address} is no address of a receiver")
            if not self.private and (_in(each, _SPECIAL) or not each.is_global):
                raise Forbidden(f"{address} is not public")


def literal_of(host: str) -> Address | None:
    """The address that a host of a URL is by itself, None for a name.

    Raises `Forbidden` for numbers that are no address (WHATWG URL Standard, section 3.5).
    """
    if ":" in host:
        try:
            return ip_address(host)
        except ValueError:
            raise Forbidden(f"{host} is no address") from None
    parts = host.removesuffix(".").split(".")
    if not _NUMBER.fullmatch(parts[-1]):
        return None
    numbers = [_number(each) for each in parts]
    if len(parts) > 4 or None in numbers:
        raise Forbidden(f"{host} is no address")
    *first, last = [each for each in numbers if each is not None]
    if any(each > 255 for each in first) or last >= 256 ** (4 - len(first)):
        raise Forbidden(f"{host} is no address")
    return IPv4Address(last + sum(each * 256 ** (3 - place) for place, each in enumerate(first)))


def _number(text: str) -> int | None:
    """A number as browsers and resolvers read it: decimal, octal behind a 0, hexadecimal behind 0x."""
    if not _NUMBER.fullmatch(text) or len(text) > 16:
        return None
    if text[:2] in ("0x", "0X"):
        return int(text[2:] or "0", 16)
    try:
        return int(text, 8 if text.startswith("0") else 10)
    except ValueError:
        return None


async def _resolved(host: str, port: int) -> list[Address]:
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Unresolved(host) from None
    # A link-local address of IPv6 comes with the name of an interface behind it.
    addresses = [ip_address(str(each[4][0]).partition("%")[0]) for each in found]
    if not addresses:
        raise Unresolved(host)
    return list(dict.fromkeys(addresses))


def _is_local(host: str) -> bool:
    name = host.removesuffix(".").lower()
    return name == "localhost" or name.endswith(".localhost")


def _inside(address: Address) -> list[IPv4Address]:
    """The addresses of IPv4 that one of IPv6 leads to: compatible, translated (NAT64), tunnelled (6to4)."""
    if isinstance(address, IPv4Address):
        return []
    found = [] if address.sixtofour is None else [address.sixtofour]
    if address in _TRANSLATED or (address in _COMPATIBLE and int(address) > 1):
        found.append(IPv4Address(int(address) & 0xFFFFFFFF))
    return found


def _in(address: Address, networks: tuple[Network, ...]) -> bool:
    return any(address.version == each.version and address in each for each in networks)
