"""The command line of the reference server. Knows how to start things, and nothing of what they do."""

from __future__ import annotations

import asyncio
import json
import math
import os
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from typing import Any, Final, get_args

import click

from wirecheck_reference import faults as wrong
from wirecheck_reference.app import create_app, create_app_with_all_faults, create_app_with_all_variants
from wirecheck_reference.engines.echo.models import OWNER
from wirecheck_reference.http.serving import serve as run
from wirecheck_reference.http.workers import serve_with_workers
from wirecheck_reference.key_commands import keys
from wirecheck_reference.logs import configure_logs
from wirecheck_reference.options import UNUSABLE, how_webhooks_are_sent, settings_of, where_it_is_kept
from wirecheck_reference.places import check_shared, make_database
from wirecheck_reference.services import NARROW
from wirecheck_reference.settings import LogLevel, Settings, known, unknown
from wirecheck_reference.variants import all_variants as listed_variants
from wirecheck_reference.variants import find_variant

# Seconds beyond the pause between two attempts at a webhook within which the second is made.
_MOMENT: Final = 5


@click.group()
def main() -> None:
    """The reference server of the wirecheck contract, right or wrong on purpose."""


main.add_command(keys)


@main.command()
@click.option("--host", help="Address to listen on.  [default: 127.0.0.1]")
@click.option("--port", type=click.IntRange(0, 65535), help="Port; 0 takes a free one.  [default: 8000]")
@click.option("--workers", type=click.IntRange(1), metavar="N", help="Processes that serve as one.  [default: 1]")
@click.option("--api-key", "api_keys", multiple=True, help="A key that may ask; repeatable. None: everybody may.")
@click.option("--limited-key", "limited_keys", multiple=True, help="A key with a small limit; repeatable.")
@click.option("--narrow-key", "narrow_keys", multiple=True, help="A key that may only read models; repeatable.")
@click.option("--revoked-key", "revoked_keys", multiple=True, help="A key that was revoked; repeatable.")
@click.option("--jwt-secret", help="Take JSON Web Tokens signed with this secret (HS256), of 32 bytes or more.")
@click.option("--jwks", metavar="FILE|URL", help="Take JSON Web Tokens signed for a key of this set (RS256).")
@click.option("--jwt-issuer", metavar="NAME", help="Only tokens of this issuer (`iss`).")
@click.option("--jwt-audience", metavar="NAME", help="Only tokens for this audience (`aud`).")
@click.option("--limited-rate", help="The limit of a limited key.  [default: 5/minute]")
@click.option("--rate-limit", help="The limit of every other caller, such as 600/minute.  [default: none]")
@click.option(
    "--rate-limit-storage", metavar="URL", help="Where limits are counted, or redis://...  [default: memory://]"
)
@where_it_is_kept
@click.option("--in-memory", is_flag=True, default=None, help="Keep nothing when the server ends.")
@click.option(
    "--models",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Windows, limits and prices of models, in TOML or JSON; read again when it changes.",
)
@how_webhooks_are_sent
@click.option("--fault", metavar="NAME", help="Be wrong in this one way; `faults` lists them.")
@click.option("--all-faults", is_flag=True, help="Serve each fault too, below /faults/NAME, with nothing shared.")
@click.option("--variant", metavar="NAME", help="Be right in this other way; `variants` lists them.")
@click.option("--all-variants", is_flag=True, help="Serve each variant too, below /variants/NAME, with nothing shared.")
@click.option("--slow-token-seconds", type=float, help="Seconds that the slow model takes a token.  [default: 0.02]")
@click.option("--metrics", is_flag=True, default=None, help="Tell at /metrics what was counted, for Prometheus.")
@click.option("--log-level", type=click.Choice(get_args(LogLevel)), help="[default: info]")
@click.option("--exit-with-parent", is_flag=True, help="End when standard input closes.")
@click.option("--print-owner", is_flag=True, hidden=True, help="Print what only the owner knows, as a line of JSON.")
def serve(*, all_faults: bool, all_variants: bool, exit_with_parent: bool, print_owner: bool, **given: Any) -> None:
    """Serve the contract. What is not given comes from WIRECHECK_... variables, .env or the defaults."""
    for name in unknown(os.environ):
        near = get_close_matches(name, known(), n=1, cutoff=0.5)
        hint = f": did you mean {near[0]}?" if near else ""
        click.echo(f"wirecheck: warning: {name} is set, and is no setting{hint}", err=True)
    settings = settings_of(given)
    configure_logs(settings.log_level)
    chosen = [settings.fault is not None, all_faults, settings.variant is not None, all_variants]
    if sum(chosen) > 1:
        raise click.UsageError(
            "only one of --fault (WIRECHECK_FAULT), --all-faults, --variant (WIRECHECK_VARIANT) and --all-variants"
        )
    _known("--fault", settings.fault, wrong.find_fault)
    _known("--variant", settings.variant, find_variant)
    if settings.workers > 1 and (all_faults or all_variants):
        raise click.UsageError("--all-faults and --all-variants share nothing: they want one process, not --workers")
    create = create_app_with_all_faults if all_faults else create_app_with_all_variants if all_variants else create_app
    try:
        check_shared(settings, settings.workers)
        app = create(settings)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    seconds = math.ceil(settings.webhook_first_pause_seconds) + _MOMENT
    owner = {**OWNER, "narrow_scopes": " ".join(NARROW), "webhook_retry_seconds": seconds}
    says = [json.dumps(owner)] if print_owner else []
    try:
        if settings.workers > 1:
            _made(settings)
            make = partial(create, settings)
            with _counted_together(settings) as on_death:
                serve_with_workers(
                    make,
                    settings,
                    loaded=create.__module__,
                    says=says,
                    exit_with_parent=exit_with_parent,
                    on_death=on_death,
                )
        else:
            run(app, settings, says=says, exit_with_parent=exit_with_parent)
    except OSError as error:
        click.echo(f"cannot listen on {settings.host}:{settings.port}: {error.strerror}", err=True)
        raise SystemExit(UNUSABLE) from None


def _made(settings: Settings) -> None:
    try:
        asyncio.run(make_database(settings))
    except OSError as error:
        click.echo(f"the database is not to be had: {error.strerror or error}", err=True)
        raise SystemExit(UNUSABLE) from None


def _counted_together(settings: Settings) -> AbstractContextManager[Callable[[int], None] | None]:
    if not settings.metrics:
        return nullcontext()
    from wirecheck_reference.metrics import shared_folder  # its library is of no use to others

    return shared_folder()


def _known(option: str, name: str | None, find: Callable[[str], object]) -> None:
    if name is not None:
        try:
            find(name)
        except KeyError as error:
            raise click.BadParameter(error.args[0], param_hint=option) from None


@main.command()
@click.option("--json", "as_json", is_flag=True, help="As a JSON list with all that is known of each.")
def faults(*, as_json: bool) -> None:
    """List the ways to be wrong on purpose: the name, what is wrong, and the requirements that it breaks."""
    if as_json:
        click.echo(json.dumps([fault.document() for fault in wrong.all_faults()], indent=2))
        return
    for fault in wrong.all_faults():
        click.echo(f"{fault.name}\n    {fault.summary}\n    breaks {', '.join(fault.breaks)}")


@main.command()
@click.option("--json", "as_json", is_flag=True, help="As a JSON list with all that is known of each.")
def variants(*, as_json: bool) -> None:
    """List the other ways to be right: the name, what is otherwise, and the published word that allows it."""
    if as_json:
        click.echo(json.dumps([variant.document() for variant in listed_variants()], indent=2))
        return
    for variant in listed_variants():
        click.echo(f"{variant.name}\n    {variant.summary}\n    {variant.source}")
