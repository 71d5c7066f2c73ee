"""Whose certificates the client takes, as it wants to be told. Reads the files of certificates, asks nobody."""

from __future__ import annotations

import ssl

from wirecheck.asking.connection import BadConnection, Connection


def verification(connection: Connection) -> ssl.SSLContext | bool:
    """How certificates are checked. Raises `BadConnection` for a file that holds none."""
    if connection.insecure:
        return False
    if connection.ca_bundle is None:
        # The context that Python makes reads the variables; the client's own list of authorities is built in.
        return ssl.create_default_context() if connection.trusts else True
    try:
        return ssl.create_default_context(cafile=connection.ca_bundle)
    except ssl.SSLError:
        raise BadConnection(f"{connection.ca_bundle}: no certificates in it") from None
    except OSError as error:
        raise BadConnection(f"{connection.ca_bundle}: {error.strerror}") from None
