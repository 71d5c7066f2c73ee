"""The commands that make, list and revoke API keys. Knows the store of keys, and no server."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any, TypeVar

import click

from wirecheck_reference.http.scopes import all_scopes
from wirecheck_reference.options import UNUSABLE, settings_of, where_it_is_kept
from wirecheck_reference.places import database_of
from wirecheck_reference.settings import Settings
from wirecheck_reference.store.database import Database
from wirecheck_reference.store.keys import StoredKeys
from wirecheck_reference.store.tables.keys import StoredKey

T = TypeVar("T")


@click.group()
def keys() -> None:
    """Make, list and revoke API keys, in the database that `serve` uses: by --database, --data or their variables.

    A server asks for keys where it finds any when it starts. From then on it looks at each request: what is made or
    revoked here counts at once.
    """


@keys.command()
@click.option("--name", required=True, help="What the key is called in lists.")
@click.option("--tenant", required=True, help="Whose things its callers keep; a token of that `sub` shares them.")
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    type=click.Choice(all_scopes()),
    help="What it may do; may be repeated.",
)
@click.option("--all-scopes", "whole", is_flag=True, help="It may do all.")
@where_it_is_kept
def create(*, name: str, tenant: str, scopes: tuple[str, ...], whole: bool, **where: Any) -> None:
    """Make a key, and print it: it is shown this once, and kept nowhere."""
    if bool(scopes) == whole:
        raise click.UsageError("either --scope, once or more, or --all-scopes")
    for option, text in (("--name", name), ("--tenant", tenant)):
        if not 1 <= len(text) <= 256:
            raise click.BadParameter("wanted are 1 to 256 characters", param_hint=option)
    chosen = all_scopes() if whole else scopes
    row, secret = _done(where, lambda stored: stored.create(name, tenant, chosen, int(time.time())))
    click.echo(f"{row.id}: may {', '.join(row.scopes)}. The key is shown this once:", err=True)
    click.echo(secret)


@keys.command("list")
@click.option("--json", "as_json", is_flag=True, help="As a JSON list.")
@where_it_is_kept
def list_(*, as_json: bool, **where: Any) -> None:
    """List the keys: id, name, tenant, scopes, when they were made and revoked. The keys themselves are not known."""
    rows = [_shown(row) for row in _done(where, StoredKeys.all)]
    if as_json:
        click.echo(json.dumps(rows, indent=2))
        return
    for row in rows:
        end = f", revoked {row['revoked_at']}" if row["revoked_at"] else ""
        click.echo(f"{row['id']}  {row['name']}  ({row['tenant']})\n    {' '.join(row['scopes'])}")
        click.echo(f"    made {row['created_at']}{end}")


@keys.command()
@click.argument("id_", metavar="ID")
@where_it_is_kept
def revoke(*, id_: str, **where: Any) -> None:
    """Revoke a key by its id, as `list` shows it. Servers that run refuse it from now on."""
    try:
        row = _done(where, lambda stored: stored.revoke(id_, int(time.time())))
    except KeyError:
        raise click.UsageError(f"there is no key {id_!r}: `keys list` shows them") from None
    click.echo(f"{row.id}: revoked {_time(row.revoked_at)}")


def _done(where: dict[str, Any], work: Callable[[StoredKeys], Awaitable[T]]) -> T:
    """What a unit of work comes to, in the database that the options name. Ends the program where it is not there."""
    settings = settings_of(where)

    async def run(database: Database) -> T:
        try:
            await database.start()
            return await work(StoredKeys(database))
        finally:
            await database.stop()

    try:
        return asyncio.run(run(_database(settings)))
    except OSError as error:
        click.echo(f"the database is not to be had: {error.strerror or error}", err=True)
        raise SystemExit(UNUSABLE) from None


def _database(settings: Settings) -> Database:
    if settings.in_memory:
        raise click.UsageError("nothing is kept in memory (WIRECHECK_IN_MEMORY): keys need a database")
    try:
        return database_of(settings)
    except ValueError as error:
        raise click.UsageError(str(error)) from None


def _shown(row: StoredKey) -> dict[str, Any]:
    return {
        "id": row.id,
        "name": row.name,
        "tenant": row.tenant,
        "scopes": row.scopes,
        "created_at": _time(row.created_at),
        "revoked_at": _time(row.revoked_at),
    }


def _time(seconds: int | None) -> str | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC).isoformat()
