"""Quick runs against a small polite server: where it is found, what becomes of features and deviations."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from wirecheck.asking.target import Target, addresses
from wirecheck.judging.plan import EmptyPlan
from wirecheck.judging.verdict import Judgement, Result
from wirecheck.preflight import CannotStart
from wirecheck.run import Options, run
from wirecheck.sweeping.sweep import Bounds, Swept

from tests.proof.judging import Watcher
from tests.suite.scripted import Script, Visit, serving

MODELS = [{"id": "a/b", "object": "model", "created": 1, "owned_by": "x", "context_window": 2048}, {"id": "c"}]
ANSWER = {
    "choices": [{"index": 0, "message": {"content": "yes"}, "finish_reason": "stop"}],
    "usage": {"prompt_tokens": 4, "completion_tokens": 3, "total_tokens": 7},
}


def polite(base: str = "/v1", chat: int = 200) -> Script:
    """A server with its API below a path; `chat` is the status of every chat answer."""

    async def script(visit: Visit) -> None:
        routes: dict[str, tuple[int, Any]] = {
            f"{base}/models": (200, {"object": "list", "data": MODELS}),
            f"{base}/models/a%2Fb": (200, MODELS[0]),
            f"{base}/chat/completions": (chat, ANSWER if chat == 200 else {"error": {"message": "No."}}),
            "/health": (200, {"status": "ok"}),
        }
        status, value = routes.get(visit.path, (404, {"error": {"message": "No such route."}}))
        await visit.answer(json.dumps(value).encode(), status, "content-type: application/json")

    return script


def judged(script: Script, *only: str, path: str = "/v1", **options: Any) -> tuple[Judgement, list[Visit]]:
    """A quick run of some requirements: what was judged, and what the server was asked."""
    known = {name: options.pop(name) for name in ("key", "model", "declared", "timeout") if name in options}

    async def running() -> tuple[Judgement, list[Visit]]:
        async with serving(script) as (url, visits):
            pairs = addresses(url + path)
            chosen = Options(only=only, **{"mode": "quick", **options})
            return await run(Target(*pairs[0], **{"timeout": 5, **known}), pairs, chosen, Watcher()), visits

    return asyncio.run(running())


def _only(judgement: Judgement) -> Result:
    (result,) = judgement.results
    return result


@contextmanager
def _never_asked() -> Iterator[Script]:
    asked: list[Visit] = []

    async def script(visit: Visit) -> None:
        asked.append(visit)

    yield script
    assert asked == []


def test_a_run_asks_what_it_needs_and_counts_what_it_cost() -> None:
    judgement, visits = judged(polite(), "chat.minimal")
    assert (_only(judgement).outcome, judgement.verdict) == ("passed", "conforms")
    asked = ["/v1/models", "/v1/models/a%2Fb", "/v1/chat/completions", "/v1/chat/completions"]
    assert [visit.path for visit in visits] == asked
    assert (judgement.cost.requests, judgement.cost.tokens) == (4, 14)
    assert json.loads(visits[-1].body)["model"] == judgement.model == "a/b"


@pytest.mark.parametrize(("base", "path"), [("/v1", ""), ("/v1", "/v1/"), ("", ""), ("/gateway/v1", "/gateway")])
def test_the_api_is_found_below_v1_or_right_there(base: str, path: str) -> None:
    judgement, _ = judged(polite(base), "chat.minimal", path=path)
    assert judgement.url.endswith(base)
    assert judgement.verdict == "conforms"


def test_the_model_that_is_named_is_talked_to() -> None:
    judgement, visits = judged(polite(), "chat.minimal", model="c")
    assert judgement.model == "c"
    assert {json.loads(visit.body)["model"] for visit in visits if visit.body} == {"c"}


def test_the_window_of_the_model_is_used() -> None:
    judgement, visits = judged(polite(), "context.exceeded")
    assert judgement.features == {"context_window": "found"}
    assert json.loads(visits[-1].body)["max_tokens"] == 2048
    assert (_only(judgement).outcome, judgement.verdict) == ("failed", "violates")


@pytest.mark.parametrize("key", [None, "sk-1"])
def test_a_server_that_refuses_tells_nothing(key: str | None) -> None:
    with pytest.raises(CannotStart, match="wants a key" if key is None else "refuses the key"):
        judged(polite(chat=401), "chat.minimal", key=key)


def test_an_empty_choice_asks_nobody() -> None:
    with _never_asked() as script, pytest.raises(EmptyPlan):
        judged(script, "nothing.*")


def test_what_is_absent_is_unsupported() -> None:
    judgement, _ = judged(polite(), "auth.missing-key", key="sk-1")
    assert judgement.features == {"auth": "absent"}
    assert _only(judgement).outcome == "unsupported"
    assert judgement.verdict == "cannot tell"


def test_what_is_declared_and_absent_fails() -> None:
    judgement, _ = judged(polite(), "auth.missing-key", key="sk-1", declared=frozenset({"auth"}))
    assert [each.message for each in _only(judgement).violations] == ["auth is declared, and the server lacks it"]
    assert judgement.verdict == "violates"


def test_what_cannot_be_told_is_untestable() -> None:
    judgement, _ = judged(polite(), "auth.missing-key")
    assert _only(judgement).outcome == "untestable"
    assert "no key was given" in _only(judgement).reason
    assert judgement.verdict == "cannot tell"


def test_what_is_present_and_not_declared_is_said() -> None:
    judgement, _ = judged(polite(), "http.health-open", "chat.minimal", declared=frozenset({"tools"}))
    assert judgement.notes == ("present but not declared: health",)


def test_a_known_deviation_is_no_violation() -> None:
    deviations = {"chat.minimal": "next release"}
    judgement, _ = judged(polite(chat=500), "chat.minimal", deviations=deviations)
    assert (_only(judgement).outcome, _only(judgement).deviation) == ("failed", "next release")
    assert judgement.verdict == "conforms"


def test_a_deviation_that_is_none_any_more_is_a_violation() -> None:
    judgement, _ = judged(polite(), "chat.minimal", deviations={"chat.minimal": "next release"})
    assert judgement.verdict == "violates"
    assert judgement.tally.reasons == ("known deviations that passed: chat.minimal",)


def test_what_may_bring_a_server_down_comes_last() -> None:
    _, visits = judged(polite(), "errors.no-5xx", "models.unknown")
    rough = [number for number, visit in enumerate(visits) if b"1000000" in visit.body]
    assert rough
    assert [visit.path for visit in visits].index("/v1/models/no-such-model-7f3a") < rough[0]


def test_a_server_that_dies_leaves_the_rest_untestable() -> None:
    seen: list[str] = []

    async def dying(visit: Visit) -> None:
        seen.append(visit.path)
        if len(seen) <= 3:
            await polite()(visit)

    judgement, visits = judged(dying, "chat.*")
    assert len(visits) < 20
    reasons = [each.reason for each in judgement.results if each.outcome == "untestable"]
    assert any("3 requests in a row" in reason for reason in reasons)
    assert judgement.verdict in ("violates", "cannot tell")
    assert not [each for each in judgement.results if each.outcome == "errored"]


def test_a_run_that_is_out_of_time_is_judged_by_what_it_saw() -> None:
    async def slow(visit: Visit) -> None:
        if b'"stream": true' in visit.body:
            await visit.gone.wait()
        await polite()(visit)

    judgement, _ = judged(slow, "stream.*", max_time=1.0)
    assert judgement.cost.seconds < 6
    assert {each.outcome for each in judgement.results} <= {"untestable", "failed"}
    assert judgement.verdict in ("violates", "cannot tell")


def test_one_run_judges_the_smaller_profiles_too() -> None:
    judgement, _ = judged(polite(), "chat.minimal", "tools.*")
    assert [tally.profile for tally in judgement.tallies] == ["core", "agent", "full"]
    assert judgement.tally.profile == judgement.profile == "full"
    assert judgement.tallies[0].must == (1, 1)


@pytest.mark.parametrize("only", [("validation.refused",), ("validation.refused", "models.total")])
def test_queries_count_only_where_pages_were_found(only: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[frozenset[str]] = []

    def watched(_: Target, bounds: Bounds, *__: Any) -> Swept:
        told.append(bounds.features)
        return Swept([])

    monkeypatch.setattr("wirecheck.gathering.sweep", watched)
    judged(polite(), *only, mode="default")
    assert ["model_cursors" in features for features in told] == [False]


@pytest.mark.parametrize(("status", "state"), [(200, "found"), (503, "found"), (404, "absent"), (405, "absent")])
def test_a_route_that_is_not_there_has_no_health(status: int, state: str) -> None:
    async def script(visit: Visit) -> None:
        if visit.path == "/health":
            await visit.answer(b'{"status": 404, "error": "Not Found"}', status, "content-type: application/json")
        else:
            await polite()(visit)

    judgement, _ = judged(script, "http.health")
    assert judgement.features == {"health": state}
