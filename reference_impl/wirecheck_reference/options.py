"""Options that several commands have, and what is given by them as settings. Knows no command."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final, TypeVar

import click
from pydantic import ValidationError

from wirecheck_reference.settings import Settings

UNUSABLE: Final = 2
F = TypeVar("F", bound=Callable[..., Any])


def where_it_is_kept(command: F) -> F:
    """The options that say where the server keeps what it keeps."""
    folder = click.Path(file_okay=False, path_type=Path)
    data = click.option("--data", "data_folder", type=folder, help="Where all is kept.  [default: wirecheck-data]")
    help_ = "Where all but files is kept: sqlite:///FILE, postgresql://..."
    return data(click.option("--database", metavar="URL", help=help_)(command))


def how_webhooks_are_sent(command: F) -> F:
    """The options that say where webhooks may go, and how often they are attempted."""
    pause = "Seconds, {}, between attempts at a webhook.  [default: {}]"
    options = (
        click.option(
            "--webhook-private-targets",
            is_flag=True,
            default=None,
            help="Send webhooks to private networks and to this machine, too.",
        ),
        click.option("--webhook-first-pause-seconds", type=float, help=pause.format("at first and at most", 5)),
        click.option("--webhook-most-pause-seconds", type=float, help=pause.format("in the end and at most", 14400)),
        click.option(
            "--webhook-attempts", type=int, help="Attempts at a webhook before it is given up.  [default: 25]"
        ),
        click.option("--webhook-timeout-seconds", type=float, help="Seconds that each may take.  [default: 10]"),
    )
    for option in reversed(options):
        command = option(command)
    return command


def settings_of(given: Mapping[str, Any]) -> Settings:
    """The settings: what is not given comes from the environment. Says what cannot be used, and ends the program."""
    try:
        return Settings(**{name: value for name, value in given.items() if value not in (None, ())})
    except ValidationError as error:
        for each in error.errors(include_url=False, include_input=False):
            click.echo(f"{'.'.join(map(str, each['loc']))}: {each['msg']}", err=True)
        raise SystemExit(UNUSABLE) from None
