"""What is around the API: ids, other origins, health, the models that are listed, limits, and many clients at once."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from typing import Any

import pytest
from wirecheck.areas.docs import probes as docs
from wirecheck.areas.http import callers
from wirecheck.areas.http import probes as http
from wirecheck.areas.models import probes as models
from wirecheck.evidence.exchange import Exchange, Intent
from wirecheck.evidence.unseen import Unseen
from wirecheck.judging.requirement import requirements
from wirecheck.judging.verdict import judge

from tests.suite.exchanges import CHAT, QUESTION, answered, asked
from tests.suite.scripted import Visit
from tests.suite.talking import talking

REQUIREMENTS = {each.id: each for each in requirements()}


def outcome(id_: str, evidence: object) -> str:
    """What becomes of a requirement."""
    return judge(REQUIREMENTS[id_], evidence).outcome


def got(path: str, value: Any, status: int | None = 200, **options: Any) -> Exchange:
    """The answer to a GET."""
    return answered(value, status=status, request=asked(path, "GET"), **options)


# Bodies


@pytest.mark.parametrize(
    ("request_", "seen"),
    [
        (asked("/v1/models", "GET"), "failed"),
        (asked(), "failed"),
        (asked("/health", "GET"), "untestable"),
        (asked("/openapi.json", "GET"), "untestable"),
        (asked(CHAT, "OPTIONS"), "untestable"),
    ],
)
def test_json_is_judged_in_the_api_alone(request_: Any, seen: str) -> None:
    assert outcome("http.json", [answered(body=b"<html>", request=request_)]) == seen
    assert outcome("http.json-label", [answered({}, kind="text/plain", request=request_)]) == seen


INFO = {"title": "A server", "version": "1"}


@pytest.mark.parametrize(
    ("answer", "seen"),
    [
        (got("/openapi.json", {"openapi": "3.1.0", "info": INFO, "paths": {}}), "passed"),
        (got("/openapi.json", {"openapi": "3.1.0", "info": {"version": "1"}, "paths": {}}), "failed"),
        (got("/openapi.json", {"openapi": "3.1.0"}), "failed"),
        (got("/openapi.json", {"openapi": 3, "info": INFO}), "passed"),  # for http.document to judge
        (got("/openapi.json", {"swagger": "2.0", "info": INFO, "paths": {}}), "passed"),  # the same
        (got("/openapi.json", {"status": "ok"}), "untestable"),  # what it answers to every path
        (got("/openapi.json", {"openapi": "3.1.0"}, status=404), "untestable"),
        (got("/openapi.json", None, body=b"<!doctype html>", kind="text/html"), "untestable"),
        (got("/docs", None, body=b"<!doctype html>", kind="text/html"), "untestable"),
        (got("/health", {"status": "fine"}), "passed"),  # for health.shape to judge
    ],
)
def test_beside_the_api_a_body_is_judged_where_it_is_what_the_contract_has(answer: Exchange, seen: str) -> None:
    assert outcome("http.schema", [answer]) == seen


@pytest.mark.parametrize(
    ("answer", "seen"),
    [
        (answered({}), "passed"),
        (answered(body=b"<p>Thank you", kind="text/html"), "failed"),
        (answered({}, kind="text/plain"), "untestable"),  # for http.json-label to judge
        (answered(body=b"", kind="text/html"), "untestable"),
        (answered(body=b"<p>No", kind="text/html", status=404), "untestable"),
        (answered(body=b"<p>No", kind="text/html", intent=Intent("test", valid=False)), "untestable"),
        (got("/openapi.json", None, body=b"<!doctype html>", kind="text/html"), "untestable"),
    ],
)
def test_a_success_is_labelled_as_declared(answer: Exchange, seen: str) -> None:
    assert outcome("http.media-type", [answer]) == seen


# Request ids


def _with_id(id_: str, **options: Any) -> Exchange:
    return answered({}, headers=(("x-request-id", id_),), **options)


def test_ids_differ_among_all_kinds_of_answers() -> None:
    apart = (_with_id("a"), _with_id("b"), _with_id("c", status=404))
    assert outcome("http.request-id-unique", apart) == "passed"
    alike = (_with_id("a"), _with_id("b"), _with_id("b", status=404))
    assert outcome("http.request-id-unique", alike) == "failed"
    assert outcome("http.request-id-unique", (answered({}), _with_id("b"))) == "untestable"


def test_the_callers_id_comes_back_on_all_kinds_of_answers() -> None:
    kept = http.Named("a", _with_id("a"))
    assert outcome("http.request-id-kept", callers.Names((kept, http.Named("b", answered({}))))) == "passed"
    lost = http.Named("b", _with_id("x", status=404))
    assert outcome("http.request-id-kept", callers.Names((kept, lost))) == "failed"
    assert outcome("http.request-id-kept", callers.Names((http.Named("b", answered({})),))) == "untestable"


# Other origins


def _allowing(origin: str | None, status: int = 200) -> Exchange:
    headers = () if origin is None else (("access-control-allow-origin", origin),)
    page = replace(asked("/v1/models", "GET"), headers=(("origin", http.ORIGIN),))
    return answered({}, status=status, headers=headers, request=page)


@pytest.mark.parametrize(
    ("answers", "seen"),
    [
        ((_allowing("*"), _allowing(http.ORIGIN, 404)), "passed"),
        ((_allowing("https://app.example"),), "passed"),  # one fixed origin, as a proxy's configuration says it
        ((_allowing("*"), _allowing(None)), "failed"),
        ((_allowing("*"), _allowing(None, 401)), "failed"),
        ((_allowing("*"), _allowing(None, 429), _allowing(None, 503)), "passed"),
        ((_allowing(None, 503),), "untestable"),
    ],
)
def test_other_origins(answers: tuple[Exchange, ...], seen: str) -> None:
    assert outcome("http.cors-origin", list(answers)) == seen


SENT_BY_SDKS = (
    "authorization, content-type, x-stainless-lang, x-stainless-package-version, x-stainless-os, x-stainless-arch,"
    " x-stainless-runtime, x-stainless-runtime-version, x-stainless-retry-count, x-stainless-timeout"
)


@pytest.mark.parametrize(
    ("allowed", "seen"),
    [
        (SENT_BY_SDKS, "passed"),
        ("Authorization, *", "passed"),
        ("*", "failed"),
        (SENT_BY_SDKS.replace(", x-stainless-retry-count", ""), "failed"),
    ],
)
def test_headers_of_sdks(allowed: str, seen: str) -> None:
    answer = answered(status=204, body=b"", headers=(("access-control-allow-headers", allowed),))
    assert outcome("http.preflight-headers", answer) == seen


@pytest.mark.parametrize(("list_", "preflight", "sent"), [(200, 204, True), (403, 204, False), (200, 403, False)])
def test_nobody_comes_from_a_page_where_pages_are_refused(list_: int, preflight: int, sent: bool) -> None:
    async def script(visit: Visit) -> None:
        status = preflight if visit.method == "OPTIONS" else list_
        await visit.answer(b"{}", status, "access-control-allow-origin: *")

    async def asking() -> dict[str, str]:
        async with talking(script) as (api, _):
            return await api.see(http.page)

    assert asyncio.run(asking()) == ({"origin": http.ORIGIN} if sent else {})


# Health and the document


@pytest.mark.parametrize("health", [{"status": "healthy"}, {"status": "ok", "version": None}])
def test_another_health_is_no_broken_must(health: dict[str, Any]) -> None:
    assert outcome("http.health", got("/health", health)) == "failed"
    assert REQUIREMENTS["http.health"].level == "SHOULD"


@pytest.mark.parametrize(
    ("body", "found"), [(b"<html></html>", False), (b"[]", False), (b'{"openapi": "3.1.0"}', True)]
)
def test_a_page_for_people_is_no_document(body: bytes, found: bool) -> None:
    async def asking() -> bool:
        async with talking(lambda visit: visit.answer(body)) as (api, _):
            return await api.see(docs.has_document)

    assert asyncio.run(asking()) is found


# Models

MODEL = {"id": "m", "object": "model", "created": 1, "owned_by": "x"}


def _list(*items: Any, **fields: Any) -> Exchange:
    return got("/v1/models", {"object": "list", "data": list(items), **fields})


@pytest.mark.parametrize(
    ("model", "shape", "fields"),
    [
        (MODEL, "passed", "passed"),
        ({**MODEL, "permission": [], "root": "m"}, "passed", "passed"),
        ({**MODEL, "capabilities": None, "price": None, "context_window": None}, "passed", "passed"),
        ({**MODEL, "capabilities": {"vision": True}}, "passed", "failed"),
        ({**MODEL, "price": {"input_usd_per_million_tokens": 1}}, "passed", "failed"),
        ({**MODEL, "created": "today"}, "failed", "passed"),
        ({"id": "m", "object": "model", "owned_by": "x"}, "failed", "passed"),
        ({**MODEL, "id": ""}, "failed", "passed"),
        ("m", "failed", "passed"),
    ],
)
def test_what_is_published_and_what_is_this_contracts(model: Any, shape: str, fields: str) -> None:
    for path, id_, value in (
        ("/v1/models/m", "models.get-shape", model),
        ("/v1/models", "models.list-shape", {"object": "list", "data": [MODEL, model]}),
        ("/v1/models?limit=2", "models.list-shape", {"object": "list", "data": [MODEL, model]}),
    ):
        answers = [got("/v1/models" if "m/" not in path else path, _list().json), got(path, value)]
        assert outcome(id_, answers) == shape, path
        assert outcome("models.fields", answers) == fields, path


def test_what_a_made_up_name_gets_is_no_model() -> None:
    other = got("/v1/models/x", {"detail": 1}, intent=Intent("sweep"))
    assert outcome("models.get-shape", [other]) == "untestable"
    assert outcome("models.get-shape", [got("/v1/models/a/b", {"id": "a/b"})]) == "failed"


def _chatting(status: int | None = 200) -> Exchange:
    return answered({}, status=status, request=asked(body=QUESTION))


@pytest.mark.parametrize(
    ("whole", "chat", "empty", "listed"),
    [
        (_list(MODEL), _chatting(), "passed", "passed"),
        (_list(), _chatting(), "failed", "untestable"),
        (_list(), _chatting(404), "untestable", "untestable"),
        (_list({**MODEL, "id": "n"}), _chatting(), "passed", "failed"),
        (_list({**MODEL, "id": "n"}, has_more=True), _chatting(), "passed", "untestable"),
        (got("/v1/models", {}, 404), _chatting(), "untestable", "untestable"),
    ],
)
def test_what_is_listed(whole: Exchange, chat: Exchange, empty: str, listed: str) -> None:
    assert outcome("models.not-empty", models.Offer("m", whole, chat)) == empty
    assert outcome("models.listed", models.Offer("m", whole, chat)) == listed
    assert REQUIREMENTS["models.listed"].level == "SHOULD"


@pytest.mark.parametrize(
    ("whole", "page", "found"),
    [
        ((3, None), (3, None), False),
        ((3, False), (3, False), False),  # whole, and says so: nobody loses anything
        ((3, False), (1, True), True),
        ((3, False), (1, False), True),
        ((3, False), (2, False), True),
        ((3, False), (3, True), True),
        ((3, True), (3, False), True),
        ((1, False), (1, False), None),
    ],
)
def test_pages_are_found_where_somebody_needs_them(whole: Any, page: Any, found: bool | None) -> None:
    async def script(visit: Visit) -> None:
        count, more = page if "limit" in visit.path else whole
        value: dict[str, Any] = {"data": [{"id": str(each)} for each in range(count)]}
        value |= {} if more is None else {"has_more": more}
        await visit.answer(json.dumps(value).encode())

    async def asking() -> bool | None:
        async with talking(script) as (api, _):
            try:
                return await api.see(models.has_cursors)
            except Unseen:
                return None

    assert asyncio.run(asking()) is found
