"""A key for a part of the contract: where it is tried, and what becomes of what it got."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from wirecheck.areas.auth.probes import scopes
from wirecheck.areas.auth.probes.scopes import Tried
from wirecheck.contract.operations import operations
from wirecheck.evidence.unseen import Unseen

from tests.proof.judging import address, choice, judge, serving
from tests.suite.answers import FAILED, PASSED, UNTESTABLE, graded
from tests.suite.exchanges import answered
from tests.suite.scripted import Visit
from tests.suite.talking import fine, talking

INSUFFICIENT = ("www-authenticate", 'Bearer error="insufficient_scope", scope="files:read"')
WRITES = "files:write"


def tried(status: int | None, *, lacks: str = WRITES, headers: tuple[tuple[str, str], ...] = ()) -> Tried:
    return Tried("createFile", lacks, answered({}, status=status, headers=headers))


GRANTED = tried(200, lacks="")


@pytest.mark.parametrize(
    ("seen", "refused", "enough", "challenge"),
    [
        ((tried(403, headers=(INSUFFICIENT,)), GRANTED), PASSED, PASSED, PASSED),
        ((tried(403), GRANTED), PASSED, PASSED, FAILED),
        ((tried(403, headers=(("www-authenticate", "Bearer"),)), GRANTED), PASSED, PASSED, FAILED),
        ((tried(200), GRANTED), FAILED, PASSED, UNTESTABLE),
        ((tried(401), GRANTED), FAILED, PASSED, UNTESTABLE),
        ((tried(403, headers=(INSUFFICIENT,)), tried(403, lacks="")), PASSED, FAILED, PASSED),
        ((tried(403, headers=(INSUFFICIENT,)),), PASSED, UNTESTABLE, PASSED),
        ((GRANTED,), UNTESTABLE, PASSED, UNTESTABLE),
        ((tried(None), GRANTED), UNTESTABLE, PASSED, UNTESTABLE),
        ((tried(None), tried(403, headers=(INSUFFICIENT,))), PASSED, UNTESTABLE, PASSED),
    ],
)
def test_what_a_narrow_key_got(seen: tuple[Tried, ...], refused: str, enough: str, challenge: str) -> None:
    found = [graded(id_, seen) for id_ in ("scopes.refused", "scopes.enough", "scopes.challenge")]
    assert found == [refused, enough, challenge]


def test_every_operation_with_a_scope_is_tried_on_the_reference_server(tmp_path: Path) -> None:
    with serving(tmp_path) as url:
        judgement, sent = judge(address(url, None), choice("default", only=("scopes.refused",)))
    assert [each.outcome for each in judgement.results] == ["passed"]
    trials = [each for each in sent if each.intent.origin == "scopes.narrow" and each.status == 403]
    refused = {each.operation.id for each in trials if each.operation}
    wanted = {each.id for each in operations() if each.scopes - {"models:read"}}
    assert refused == wanted
    assert len(wanted) >= 13


def _asked(answer: Callable[[str, str], int], scopes_: str = "") -> tuple[Tried, ...]:
    """What a quick run sees of a server that answers so to method and path of the narrow key, and 200 to its own."""

    async def script(visit: Visit) -> None:
        narrow = visit.headers.get("authorization") == "Bearer narrow-4711"
        status = answer(visit.method, visit.path) if narrow else 404 if "embeddings" in visit.path else 200
        await visit.answer(json.dumps({}).encode(), status, "content-type: application/json")

    async def asking() -> tuple[Tried, ...]:
        async with talking(script) as (api, _):
            api.quick = True
            api.target = replace(api.target, keys={"narrow_key": "narrow-4711"}, owner={"narrow_scopes": scopes_})
            return await api.see(scopes.narrow)

    return asyncio.run(asking())


def test_an_operation_that_is_not_there_tells_nothing() -> None:
    seen = {each.operation: each.answer.status for each in _asked(lambda _, __: 404)}
    # With the key of the target itself there are no embeddings either.
    assert "createEmbedding" not in seen
    assert seen["createChatCompletion"] == seen["listModels"] == 404


def test_the_scopes_that_the_owner_names_are_not_lacked() -> None:
    seen = {each.operation: each.lacks for each in _asked(lambda _, __: 403, "models:read files:write")}
    assert seen["listModels"] == ""
    assert seen["listFiles"] == "files:read"


def test_a_key_that_nobody_takes_shows_nothing() -> None:
    with pytest.raises(Unseen, match="refused wherever"):
        _asked(lambda _, __: 401)


def test_no_key_shows_nothing() -> None:
    async def asking() -> None:
        async with talking(fine) as (api, visits):
            with pytest.raises(Unseen, match="no narrow_key is given"):
                await api.see(scopes.narrow)
            assert not visits

    asyncio.run(asking())
