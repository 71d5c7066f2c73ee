"""Which server a run judges and how it is reached: what the command line, the file and the environment say of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from difflib import get_close_matches
from typing import Any, Final, TypeVar

import click

from wirecheck import config, embedded
from wirecheck.asking.connection import BadConnection, connection, header_name
from wirecheck.asking.listening import listening
from wirecheck.asking.target import Target, addresses, sendable
from wirecheck.asking.trust import verification

KEY: Final = "WIRECHECK_API_KEY"
_PREFIX: Final = "WIRECHECK_"
# What is read elsewhere: the level of the Schemathesis hooks, and what `wirecheck serve` can be set by.
_ELSEWHERE: Final = ("WIRECHECK_LEVEL", *(f"{_PREFIX}{name.upper()}" for name in embedded.SETTINGS))

F = TypeVar("F", bound=Callable[..., Any])


def options(command: F) -> F:
    """The options that say how the server is reached."""
    for option in reversed(
        (
            click.option("--api-key", envvar=KEY, help=f"The key to send as a bearer token (or {KEY})."),
            click.option("--key-header", metavar="NAME", help="Send the key in this header, by itself."),
            click.option(
                "--header",
                "headers",
                multiple=True,
                metavar="'NAME: VALUE'",
                help="Send this header with every request; may be repeated. Reports do not show its value.",
            ),
            click.option("--ca-bundle", metavar="FILE", help="Trust the certificates of this file (or SSL_CERT_FILE)."),
            click.option("--insecure", is_flag=True, help="Trust any certificate."),
            click.option("--proxy", metavar="URL", help="Ask through this proxy; that of the environment is not used."),
            click.option(
                "--webhook-receiver",
                metavar="HOST:PORT",
                help="Listen for webhooks here.  [default: a free port of 127.0.0.1]",
            ),
            click.option("--webhook-url", metavar="URL", help="Where the server finds that: the address of a tunnel."),
        )
    ):
        command = option(command)
    return command


def target(
    stack: ExitStack, url: str | None, declared: config.Config, chosen: Mapping[str, Any]
) -> tuple[Target, list[tuple[str, str]]]:
    """The server to judge with its possible addresses; without a URL the reference server, until `stack` is closed.

    Raises `BadConnection`, `wirecheck.asking.target.BadAddress`, `wirecheck.embedded.NotThere`, click's UsageError.
    """
    timeout = chosen["timeout"] or declared.timeout or 60.0
    hears = listening(
        chosen["webhook_receiver"] or declared.webhook_receiver, chosen["webhook_url"] or declared.webhook_url
    )
    if url is None:
        server = stack.enter_context(embedded.started())
        pairs = addresses(server.url)
        return Target(
            *pairs[0],
            model=chosen["model"] or server.model,
            key=server.key,
            keys=server.keys,
            owner=server.owner,
            timeout=timeout,
            listening=hears,
        ), pairs
    pairs = addresses(url)
    given = {name: _sendable(variable, os.environ.get(variable)) for name, variable in declared.variables.items()}
    name = chosen["key_header"] or declared.key_header
    reached = connection(
        [*map(_expanded, declared.headers), *chosen["headers"]],
        chosen["ca_bundle"] or declared.ca_bundle,
        chosen["proxy"] or declared.proxy,
        insecure=chosen["insecure"] or declared.insecure,
    )
    verification(reached)
    return Target(
        *pairs[0],
        model=chosen["model"] or declared.model or "",
        key=_sendable(f"--api-key or {KEY}", chosen["api_key"]),
        keys={name: value for name, value in given.items() if value},
        owner=declared.owner,
        timeout=timeout,
        declared=declared.features,
        key_header=header_name(name) if name else None,
        connection=reached,
        listening=hears,
    ), pairs


def misspelled(declared: Iterable[str], environment: Mapping[str, str]) -> Iterator[str]:
    """What is to be said of variables that look like settings and are none; `declared` are the file's own."""
    known = [KEY, *_ELSEWHERE, *declared]
    for name in sorted(environment):
        if name.upper().startswith(_PREFIX) and name not in known:
            near = get_close_matches(name.upper(), known, n=1, cutoff=0.5)
            yield f"{name} is set, and is no setting" + (f": did you mean {near[0]}?" if near else "")


def _expanded(header: str) -> str:
    """A header of the file with the variables that it names: a secret stands in no file."""
    name, colon, value = header.partition(":")
    value = value.strip()
    if not value.startswith("$"):
        return header
    found = os.environ.get(value[1:])
    if not found:
        raise BadConnection(f"the header {name.strip()!r} is to hold {value}, which is not set")
    return f"{name}{colon} {found}"


def _sendable(name: str, key: str | None) -> str | None:
    key = (key or "").strip()
    if key and not sendable(key):
        raise click.UsageError(f"{name}: the key holds characters that no header takes")
    return key or None
