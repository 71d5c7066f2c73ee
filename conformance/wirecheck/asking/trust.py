"""Whose certificates the client takes, as it wants to be told. Reads the files of certificates, asks nobody."""

from __future__ import annotations

import ssl
from functools import cache

from wirecheck.asking.connection import BadConnection, Connection


def verification(connection: Connection) -> ssl.SSLContext | bool:
    """How certificates are checked. Raises `BadConnection` for a file that holds none."""
    if connection.insecure:
        return False
    if connection.ca_bundle is None:
        # The client's own list of authorities is built in.
        return _of_variables(connection.trusts) if connection.trusts else True
    try:
        return ssl.create_default_context(cafile=connection.ca_bundle)
    except ssl.SSLError:
        raise BadConnection(f"{connection.ca_bundle}: no certificates in it") from None
    except OSError as error:
        raise BadConnection(f"{connection.ca_bundle}: {error.strerror}") from None


@cache
def _of_variables(_: str) -> ssl.SSLContext:
    """The context of Python, which reads the variables: once as long as they name the same files."""
    return ssl.create_default_context()
