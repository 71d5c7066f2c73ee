"""How a server is reached: whose certificates are taken, through which proxy, with which headers. No I/O of its own."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote, urlsplit

# The variables by which OpenSSL is told whom to trust.
_TRUST: Final = ("SSL_CERT_FILE", "SSL_CERT_DIR")
_NAME: Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
# What frames a request is the client's to say.
_FRAMING: Final = frozenset({"content-length", "transfer-encoding", "connection"})
# Headers whose values say nothing of who asks.
_OPEN: Final = frozenset(
    {"accept", "accept-encoding", "accept-language", "cache-control", "content-type", "host", "origin", "user-agent"}
)


class BadConnection(ValueError):
    """What was said of the connection means nothing; the message says why, and repeats no value of a header."""


@dataclass(frozen=True)
class Connection:
    """What stands between the suite and a server.

    `headers` go with every request, their values are secrets; `ca_bundle` names a file of the certificates that are
    trusted, `insecure`: any is; `proxy` is the URL of one.
    """

    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    ca_bundle: str | None = None
    insecure: bool = False
    proxy: str | None = field(default=None, repr=False)

    @property
    def hidden(self) -> frozenset[str]:
        """The names, in lower case, of the headers whose values nobody may see."""
        return frozenset(name.lower() for name, _ in self.headers) - _OPEN

    @property
    def secrets(self) -> Iterator[str]:
        """What must stand in no report: values of headers, what follows a scheme in them, the proxy's password."""
        for name, value in self.headers:
            if name.lower() in self.hidden:
                yield value
                yield value.rpartition(" ")[2]
        password = urlsplit(self.proxy).password if self.proxy else None
        if password:
            yield from {password, unquote(password)}

    @property
    def trusts(self) -> str:
        """Whose certificates are taken, in words; "" where it is those that are built in."""
        if self.insecure:
            return "any: they are not checked (--insecure)"
        if self.ca_bundle:
            return f"those of {self.ca_bundle}"
        named = [f"{name} ({os.environ[name]})" for name in _TRUST if os.environ.get(name)]
        return f"those of {' and '.join(named)}" if named else ""


def connection(headers: Iterable[str], ca_bundle: str | None, proxy: str | None, *, insecure: bool) -> Connection:
    """The connection that a user's words mean; each header is `NAME: VALUE`. Raises `BadConnection`."""
    found = Connection(tuple(_header(each) for each in headers), ca_bundle, insecure, proxy)
    if proxy is not None:
        try:
            parts = urlsplit(proxy)
            usable = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
        except ValueError:
            usable = False
        if not usable:
            raise BadConnection("the proxy is no http://HOST:PORT")
    if ca_bundle is not None and insecure:
        raise BadConnection("either a file of certificates is trusted, or any certificate: not both")
    return found


def header_name(name: str) -> str:
    """The name of a header, where it is one that a user may set. Raises `BadConnection`."""
    if not _NAME.fullmatch(name) or name.lower() in _FRAMING:
        raise BadConnection(f"{name!r} is no name of a header that can be set")
    return name


def _header(text: str) -> tuple[str, str]:
    name, colon, value = text.partition(":")
    if not colon:
        raise BadConnection("a header is written NAME: VALUE")
    value = value.strip()
    if not value or not all(" " <= char <= "~" for char in value):
        raise BadConnection(f"the header {name.strip()!r} has no value, or one that no header takes")
    return header_name(name.strip()), value
