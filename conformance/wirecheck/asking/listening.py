"""Where the run hears what the server sends: as the user says it. No I/O."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from wirecheck.asking.connection import BadConnection

_LOOPBACK: Final = ("localhost", "127.0.0.1", "::1")
# Addresses to listen on at all that a machine has: nobody can send anything to them.
_ALL: Final = ("0.0.0.0", "::", "")  # noqa: S104 - told apart, not listened on unless the user says so


@dataclass(frozen=True)
class Listening:
    """Where to listen, a free port where `port` is 0; and the address at which the server finds it.

    `url` is None where that is the same.
    """

    host: str = "127.0.0.1"
    port: int = 0
    url: str | None = None
    chosen: bool = False

    def address(self, port: int) -> str:
        """Where the server is to send to, when it is listened on a port."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return self.url or f"http://{host}:{port}"


def listening(where: str | None, url: str | None) -> Listening:
    """What a user's words mean: `HOST:PORT`, and the URL that leads there from elsewhere. Raises `BadConnection`."""
    host, port = _place(where) if where is not None else (Listening.host, Listening.port)
    if url is not None:
        if not _is_address(url):
            raise BadConnection(f"the URL for webhooks is {url!r}, wanted http(s)://HOST[:PORT][/PATH]")
    elif host in _ALL:
        raise BadConnection("who listens for webhooks at every address says where the server finds it: --webhook-url")
    return Listening(host, port, url.rstrip("/") if url else None, chosen=where is not None or url is not None)


def is_here(url: str) -> bool:
    """Whether a URL leads to this machine."""
    host = urlsplit(url).hostname or ""
    return host in _LOOPBACK or host.startswith("127.") or host.endswith(".localhost")


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        whole = bool(parts.hostname) and (parts.port or 1) > 0 and parts.scheme in ("http", "https")
    except ValueError:
        return False
    return whole and not (parts.query or parts.fragment or "@" in parts.netloc)


def _place(where: str) -> tuple[str, int]:
    host, colon, port = where.rpartition(":")
    if not colon or not port.isascii() or not port.isdigit() or int(port) > 65535:
        raise BadConnection(f"webhooks are listened for at {where!r}, wanted HOST:PORT")
    return host.removeprefix("[").removesuffix("]"), int(port)
