"""An operation is swept and judged as soon as it stands in the document, with no line of Python for it."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from wirecheck.areas.auth.probes import scopes
from wirecheck.areas.auth.probes.scopes import Tried
from wirecheck.asking.probe import Probe
from wirecheck.asking.target import Target, addresses
from wirecheck.cli import main
from wirecheck.contract.document import replaced
from wirecheck.evidence.exchange import Exchange
from wirecheck.judging.presence import settled
from wirecheck.judging.requirement import requirements
from wirecheck.judging.verdict import judge
from wirecheck.sweeping.sweep import Bounds, Swept, sweep

from tests.drawing import drawing_once
from tests.made_up.contract import alone, extended
from tests.made_up.server import MODEL, serving
from tests.suite.answers import graded
from tests.suite.scripted import Visit
from tests.suite.talking import talking

PAGE = {"origin": "https://client.example"}


@pytest.fixture(scope="module", autouse=True)
def drawn() -> Iterator[None]:
    """What sweeps send is drawn once."""
    with drawing_once():
        yield


def _swept(url: str, *, changes: bool = True, stopped: threading.Event | None = None, **given: Any) -> Swept:
    root, api = addresses(url)[0]
    bounds = Bounds(1, 60, given.pop("most", 400), changes=changes, headers=PAGE)
    return sweep(Target(root, api, MODEL, timeout=10), bounds, lambda _: None, stopped or threading.Event(), **given)


def _failed(exchanges: list[Exchange]) -> dict[str, str]:
    results = [judge(each, settled(exchanges)) for each in requirements() if not isinstance(each.on, Probe)]
    return {
        each.requirement.id: each.violations[0].message if each.violations else each.reason
        for each in results
        if each.outcome in ("failed", "errored")
    }


def test_what_is_right_breaks_nothing_and_everything_is_asked() -> None:
    with replaced(alone()), serving() as (url, server):
        found = _swept(url).exchanges
        assert _failed(found) == {}
        taken = {each.operation.id for each in found if each.operation and 200 <= (each.status or 0) < 300}
    assert taken == {
        *("listThings", "createThing", "getThing", "deleteThing"),
        *("createTranslation", "createUpload"),
    }, "each operation was seen to answer: the model, and ids that there are, were put in"
    refused = {each.operation.id for each in found if each.operation and each.intent.valid is False}
    assert refused == {"createThing", "createTranslation", "createUpload"}
    assert server.made > 1


@pytest.mark.parametrize(
    ("wrong", "broken"),
    [
        ("no envelope", "errors.envelope"),
        ("breaks the schema", "http.schema"),
        ("wrong chunks", "http.schema"),
        ("another label", "http.media-type"),
        ("JSON called text", "http.json-label"),
        ("an undeclared status", "http.status-declared"),
        ("an error with 200", "errors.never-200"),
        ("no request id", "http.request-id"),
        ("no other origins", "http.cors-origin"),
        ("falls over", "errors.no-5xx"),
        ("takes what is broken", "validation.refused"),
        ("takes broken forms", "validation.refused"),
        ("refuses what is right", "validation.accepted"),
        ("refuses streams otherwise", "validation.stream-status"),
        ("does not survive", "validation.alive"),
    ],
)
def test_what_is_wrong_breaks_the_general_sentence(wrong: str, broken: str) -> None:
    with replaced(alone()), serving(wrong) as (url, _):
        found = _failed(_swept(url).exchanges)
    assert broken in found
    assert set(found) <= {broken, *_BESIDE.get(wrong, ())}, found


# What one mistake of these truthfully breaks too.
_BESIDE: dict[str, tuple[str, ...]] = {
    "takes what is broken": ("validation.refused-rest", "validation.stream-status"),
    "takes broken forms": ("validation.refused-rest",),
}


def test_what_is_created_is_deleted_again() -> None:
    with replaced(alone()), serving() as (url, server):
        assert _swept(url).left_behind == ()
        assert (server.made > 1, server.kept) == (True, {})


def test_what_is_created_is_deleted_where_a_run_is_stopped() -> None:
    stopped = threading.Event()

    def watch(exchange: Exchange) -> None:
        if exchange.status == 201:
            stopped.set()

    with replaced(alone()), serving() as (url, server):
        root, api = addresses(url)[0]
        bounds = Bounds(1, 60, 400, changes=True)
        sweep(Target(root, api, MODEL, timeout=10), bounds, watch, stopped)
        assert (server.made, server.kept) == (1, {})


def test_nothing_is_changed_where_a_run_may_not() -> None:
    with replaced(alone()), serving() as (url, server):
        server.kept["thing-0"] = {"id": "thing-0", "object": "thing", "name": "a lamp"}
        found = _swept(url, changes=False).exchanges
        assert (server.made, list(server.kept)) == (0, ["thing-0"])
        asked = {each.operation.id for each in found if each.operation}
    assert asked == {"listThings", "getThing", "createTranslation", "createUpload"}
    assert any(each.request.path.endswith("/thing-0") and each.status == 200 for each in found)


def test_what_others_made_is_not_deleted() -> None:
    with replaced(alone()), serving() as (url, server):
        server.kept["thing-0"] = {"id": "thing-0", "object": "thing", "name": "a lamp"}
        _swept(url)
        assert list(server.kept) == ["thing-0"]


@pytest.mark.parametrize(("wrong", "code"), [("", 0), ("breaks the schema", 1)])
def test_a_run_takes_a_document_that_extends_the_contract(wrong: str, code: int, tmp_path: Path) -> None:
    path = tmp_path / "extended.json"
    path.write_text(json.dumps(extended()))
    with serving(wrong) as (url, server):
        line = ["run", url, "--model", MODEL, "--contract", str(path), "--only", "http.schema", "--allow-changes"]
        done = CliRunner().invoke(main, line)
        assert done.exit_code == code, done.output
        assert server.made > 1
        assert server.kept == {}
    said = " ".join(done.output.split())
    assert "not on this server, and not judged: GET /v1/models, GET /v1/models/{model}, POST /v1/chat" in said
    assert ("POST /v1/translations: text" in said) == bool(code)


@pytest.mark.parametrize(("answered", "outcome"), [(403, "passed"), (200, "failed")])
def test_a_key_without_a_scope_is_tried_at_operations_that_a_document_adds(answered: int, outcome: str) -> None:
    async def script(visit: Visit) -> None:
        narrow = visit.headers.get("authorization") == "Bearer narrow-4711"
        added = {"/v1/things": 200, "/v1/translations": answered if narrow else 200}
        await visit.answer(b"{}", added.get(visit.path, 404), "content-type: application/json")

    async def asking() -> tuple[Tried, ...]:
        async with talking(script) as (api, _):
            owner = {"narrow_scopes": "things:read"}
            api.target = replace(api.target, keys={"narrow_key": "narrow-4711"}, owner=owner)
            return await api.see(scopes.narrow)

    with replaced(extended()):
        seen = asyncio.run(asking())
    assert {each.operation: each.lacks for each in seen} == {"createTranslation": "things:write", "listThings": ""}
    assert graded("scopes.refused", seen) == outcome


def test_what_a_document_adds_counts_in_the_plan() -> None:
    before = scopes.narrow.most(quick=False)
    with replaced(extended()):
        assert scopes.narrow.most(quick=False) == before + 4, "each of two operations, and with the key of the target"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (None, "No such file"),
        ("{", "not JSON"),
        ("{}", "no OpenAPI 3 document"),
        ('{"openapi": "3.2.0", "paths": {}}', "paths lacks '/docs'"),
        (json.dumps({**alone(), "paths": extended()["paths"], "components": {}}), "components."),
    ],
)
def test_a_document_that_is_no_extension_is_refused(content: str | None, why: str, tmp_path: Path) -> None:
    path = tmp_path / "wrong.json"
    if content is not None:
        path.write_text(content)
    done = CliRunner().invoke(main, ["run", "http://127.0.0.1:1", "--contract", str(path)])
    assert done.exit_code == 2
    assert why in done.output
