"""The command line: run, list, settings, explain, serve, faults. Turns words into calls, verdicts into exit codes."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, NoReturn

import click
from rich.console import Console

from wirecheck import catalogue, config, embedded, planning, reaching
from wirecheck.area import features
from wirecheck.asking.connection import BadConnection
from wirecheck.asking.target import BadAddress, Target
from wirecheck.contract import document
from wirecheck.judging.plan import EmptyPlan, UnknownProfile, profiles
from wirecheck.judging.verdict import Judgement
from wirecheck.preflight import CannotStart
from wirecheck.report import json_report, junit, markdown, terminal
from wirecheck.report.progress import Progress
from wirecheck.run import Mode, Options, run

CONFORMS: Final = 0
VIOLATES: Final = 1
CANNOT_TELL: Final = 2
INTERRUPTED: Final = 130

_EPILOG = """\b
Exit codes: 0 the profile's MUSTs hold; 1 a MUST is broken; 2 the suite cannot tell
(unreachable, key refused, too little seen, bad usage); 130 interrupted."""


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="wirecheck")
def main() -> None:
    """The contract for LLM HTTP APIs, and the suite that checks any server against it."""


@main.command("run", epilog=_EPILOG)
@click.argument("url", required=False)
@reaching.options
@click.option("--model", help="The model to talk to; the first of the server's list if not given.")
@click.option(
    "--profile",
    metavar="NAMES",
    help=f"What is judged, and what must be there: {', '.join(profiles())}, or with areas, as core,files."
    "  [default: full]",
)
@click.option(
    "--only",
    multiple=True,
    metavar="ID",
    help="Only this requirement, or a pattern such as 'stream.*'; may be repeated.",
)
@click.option(
    "--level",
    type=click.Choice(["MUST", "SHOULD"], case_sensitive=False),
    help="Only the requirements of this level.",
)
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed sends the same requests.")
@click.option("--quick", "mode", flag_value="quick", help="The probes alone, as few as they can be.")
@click.option("--thorough", "mode", flag_value="thorough", help="Generate requests until --max-time.")
@click.option("--plan", is_flag=True, help="Only show what the run would ask and cost at most.")
@click.option(
    "--allow-changes",
    is_flag=True,
    help="Sweep operations that change what the server keeps, too; what the run created is deleted again.",
)
@click.option(
    "--contract",
    "contract_path",
    type=click.Path(path_type=Path),
    help="A bundled OpenAPI document that extends the contract: its operations are swept and judged, too.",
)
@click.option(
    "--max-time",
    type=click.FloatRange(min=1),
    metavar="SECONDS",
    help="The run ends by then, but for a last sign of life.  [default: 300; quick 120, thorough 900]",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0.1),
    metavar="SECONDS",
    help="How long one answer may take.  [default: 60]",
)
@click.option(
    "--config",
    "config_path",
    type=click.Path(path_type=Path),
    help="The owner's declarations.  [default: wirecheck.toml, if it is there]",
)
@click.option("--report-json", type=click.Path(dir_okay=False, path_type=Path), help="Write the report as JSON.")
@click.option("--report-junit", type=click.Path(dir_okay=False, path_type=Path), help="Write it as JUnit XML.")
@click.option("--report-markdown", type=click.Path(dir_okay=False, path_type=Path), help="Write it as Markdown.")
@click.option(
    "--verbose", "-v", is_flag=True, help="Every requirement with its outcome, every message, and more evidence."
)
@click.pass_context
def run_command(
    context: click.Context, /, url: str | None, config_path: Path | None, contract_path: Path | None, **chosen: Any
) -> None:
    """Judge the server at URL, or without a URL the reference server, started for the run.

    URL may end with /v1 or not, and have any path before it: http://localhost:8000, https://host/gateway/v1. One that
    ends with /chat/completions or /models is understood, too.
    """
    if url is not None and not url.strip():
        raise click.UsageError("URL is empty (a variable that is not set?): leave it out to judge the reference server")
    reports = {name: chosen.pop(f"report_{name}") for name in ("json", "junit", "markdown")}
    for path in reports.values():
        if path is not None and not _writable(path):
            raise click.BadParameter(f"{path}: the folder is not there, or it or the file cannot be written to")
    console, progress = (Console(highlight=False, soft_wrap=True, stderr=aside) for aside in (False, True))
    try:
        declared = _declared(config_path)
        for warning in reaching.misspelled(declared.variables.values(), os.environ):
            click.echo(f"wirecheck: warning: {warning}", err=True)
        options = _options(declared, chosen)
        with ExitStack() as stack:
            if contract_path is not None:
                stack.enter_context(document.replaced(document.read(contract_path)))
            if chosen["plan"]:
                click.echo(planning.shown(options))
                return
            address = url or declared.url
            if address is None:
                click.echo("No URL is given: the reference server of wirecheck is started and judged.")
            target, pairs = reaching.target(stack, address, declared, chosen)
            if target.connection.trusts and target.api.startswith("https:"):
                click.echo(f"wirecheck: certificates that are trusted: {target.connection.trusts}", err=True)
            # Nothing is lost by changes to a server that ends with the run.
            judgement, interrupted = _judge(
                progress, target, pairs, replace(options, changes=options.changes or address is None)
            )
    except (config.BadConfig, BadAddress, BadConnection, EmptyPlan, UnknownProfile, document.BadContract) as error:
        raise click.UsageError(str(error)) from None
    except (CannotStart, embedded.NotThere) as error:
        _cannot(str(error))
    report = json_report.document(judgement)
    for name, write in (("json", json_report.write), ("junit", junit.write), ("markdown", markdown.write)):
        if reports[name] is not None:
            write(report, reports[name])
    terminal.render(report, console, verbose=chosen["verbose"])
    if interrupted:
        context.exit(INTERRUPTED)
    context.exit({"conforms": CONFORMS, "violates": VIOLATES}.get(judgement.verdict, CANNOT_TELL))


def _writable(path: Path) -> bool:
    folder = path.absolute().parent
    return folder.is_dir() and os.access(path if path.exists() else folder, os.W_OK)


def _declared(path: Path | None) -> config.Config:
    if path is None:
        path = Path("wirecheck.toml")
        if not path.exists():
            return config.Config()
    return config.read(path)


def _options(declared: config.Config, chosen: dict[str, Any]) -> Options:
    mode: Mode = chosen["mode"] or "default"
    return Options(
        profile=chosen["profile"] or declared.profile or "full",
        only=chosen["only"],
        level=chosen["level"],
        seed=chosen["seed"],
        mode=mode,
        changes=chosen["allow_changes"] or declared.changes,
        max_time=chosen["max_time"],
        deviations=declared.deviations,
    )


def _judge(console: Console, target: Target, pairs: list[tuple[str, str]], options: Options) -> tuple[Judgement, bool]:
    stopped = threading.Event()
    with Progress(console) as progress, _interruptible(stopped):
        judgement = asyncio.run(run(target, pairs, options, progress, stopped))
    return judgement, stopped.is_set()


@contextmanager
def _interruptible(stopped: threading.Event) -> Iterator[None]:
    """The first Ctrl-C ends the asking and judges what was seen; the second ends the program."""

    def first(*_: object) -> None:
        stopped.set()
        signal.signal(signal.SIGINT, signal.default_int_handler)

    before = signal.signal(signal.SIGINT, first)
    try:
        yield
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    finally:
        signal.signal(signal.SIGINT, before)


def _cannot(message: str) -> NoReturn:
    click.echo(f"wirecheck: cannot tell: {message}", err=True)
    sys.exit(CANNOT_TELL)


@main.command("list")
@click.option("--feature", type=click.Choice(list(features())), help="Only the requirements of this feature.")
@click.option("--level", type=click.Choice(["MUST", "SHOULD"], case_sensitive=False), help="Only those of this level.")
@click.option("--json", "as_json", is_flag=True, help="As a JSON list.")
def list_command(feature: str | None, level: str | None, *, as_json: bool) -> None:
    """List the requirements: id, level, feature, sentence."""
    click.echo(catalogue.listing(feature, level, as_json=as_json))


@main.command("settings")
def settings_command() -> None:
    """Print a wirecheck.toml with all that the owner of a server can say of it."""
    click.echo(config.template())


@main.command("explain")
@click.argument("id", metavar="ID")
def explain_command(id: str) -> None:  # noqa: A002 - the argument's name on the command line
    """Explain one requirement: its sentence, where it comes from, what is looked at."""
    try:
        click.echo(catalogue.explanation(id))
    except KeyError as error:
        raise click.UsageError(str(error.args[0])) from None


def _handed_on(name: str, help_: str) -> Callable[..., None]:
    """A command of the reference server, which runs as a process of its own: the suite never imports it."""

    @main.command(
        name,
        help=help_,
        add_help_option=False,
        context_settings={"ignore_unknown_options": True, "allow_extra_args": True},
    )
    @click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
    def hand_on(arguments: tuple[str, ...]) -> None:
        try:
            line = embedded.command(name, *arguments)
        except embedded.NotThere as error:
            _cannot(str(error))
        if os.name == "posix":
            os.execv(line[0], line)  # noqa: S606 - our own module, our own arguments
        sys.exit(subprocess.call(line))  # noqa: S603 - the same

    return hand_on


serve_command = _handed_on("serve", "Run the reference server (--help shows its options).")
keys_command = _handed_on("keys", "Make, list and revoke API keys of the reference server (--help shows how).")
faults_command = _handed_on("faults", "List the faults that the reference server can be given.")
variants_command = _handed_on("variants", "List the other ways to be right that the reference server can be given.")
