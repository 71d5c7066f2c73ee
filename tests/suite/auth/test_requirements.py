"""Keys: which are made up and who may see them, when keys count as a feature, and what is a way of refusing one."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from wirecheck.areas.auth.probes import keys as auth
from wirecheck.asking.target import Target
from wirecheck.evidence.exchange import HIDDEN, Exchange, Intent
from wirecheck.evidence.unseen import Unseen
from wirecheck.judging.requirement import requirements
from wirecheck.judging.verdict import Result, judge
from wirecheck.report.curl import command
from wirecheck.report.scrub import Scrubber

from tests.suite.exchanges import answered
from tests.suite.scripted import Visit
from tests.suite.talking import KEY, ask, talking

REQUIREMENTS = {each.id: each for each in requirements()}


def judged(id_: str, evidence: object) -> Result:
    """What becomes of a requirement."""
    return judge(REQUIREMENTS[id_], evidence)


def stranger(status: int | None, case: str = "no key") -> Exchange:
    """What a chat without the right key got."""
    return answered({}, status=status, intent=Intent("test", case=case))


@pytest.mark.parametrize("key", [KEY, "12345678", "ABCDEFGH", "eyJh.eyJz.c2lnR"])
def test_near_keys_are_wrong_and_none_is_another_target_key(key: str) -> None:
    target = Target("", "", key=key, keys={"limited_key": f"{key}Q"})
    assert key not in target.near.values()
    assert f"{key}Q" not in target.near.values()
    changed = target.near["with its last letter changed"]
    assert (changed[:-1], len(changed)) == (key[:-1], len(key))


@pytest.mark.parametrize("key", [None, "", "EMPTY", "sk-1234"])
def test_no_key_is_made_of_one_that_is_none(key: str | None) -> None:
    assert Target("", "", key=key).near == {}


def test_the_last_letter_of_base64_changes_in_the_bits_that_are_read() -> None:
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    for last in alphabet:
        near = Target("", "", key=f"signature{last}").near["with its last letter changed"]
        # Of the six bits of a last letter as few as two may be read.
        assert alphabet.index(near[-1]) >> 4 != alphabet.index(last) >> 4


@pytest.mark.parametrize("how", list(Target("", "", key=KEY).near))
def test_a_near_key_is_sent_and_shown_to_nobody(how: str) -> None:
    target = Target("", "", key=KEY)
    near = target.near[how]

    async def echo(visit: Visit) -> None:
        said = json.dumps({"error": {"message": f"no such key: {visit.headers['authorization']}"}})
        await visit.answer(said.encode(), 401, "content-type: application/json")

    exchange, (visit,) = ask(echo, key=near)
    assert visit.headers["authorization"] == f"Bearer {near}"
    assert dict(exchange.request.headers)["authorization"] == f"Bearer {HIDDEN} {how}"
    assert exchange.leaks_key
    for text in (repr(exchange.request), command(exchange.request), Scrubber(target.secrets).text(str(exchange.json))):
        assert near not in text
        assert KEY[:-1] not in text
        assert HIDDEN in text


Answers = Callable[[str | None, str, bool], int]


def _asks_all(key: str | None, _: str, __: bool) -> int:
    return 200 if key == f"Bearer {KEY}" else 403


def _asks_for_models(key: str | None, path: str, _: bool) -> int:
    return 200 if key == f"Bearer {KEY}" or "chat" in path else 401


def _asks_for_streams(key: str | None, _: str, stream: bool) -> int:
    return 401 if stream and key is None else 200


def _redirects_strangers(key: str | None, _: str, __: bool) -> int:
    return 200 if key == f"Bearer {KEY}" else 302


def _asks_nobody(_: str | None, __: str, ___: bool) -> int:
    return 200


def _is_down(_: str | None, __: str, ___: bool) -> int:
    return 400


@pytest.mark.parametrize(
    ("answers", "found"),
    [
        (_asks_all, True),
        (_asks_for_models, True),
        (_asks_for_streams, True),
        (_redirects_strangers, True),
        (_asks_nobody, False),
        (_is_down, False),
    ],
)
def test_keys_count_wherever_a_stranger_is_refused(answers: Answers, found: bool) -> None:
    async def script(visit: Visit) -> None:
        stream = bool(visit.body) and json.loads(visit.body).get("stream") is True
        status = answers(visit.headers.get("authorization"), visit.path, stream)
        await visit.answer(b"{}", status, "content-type: application/json")

    async def asking() -> bool:
        async with talking(script) as (api, _):
            return await api.see(auth.has_auth)

    assert asyncio.run(asking()) is found


@pytest.mark.parametrize("key", [KEY, None])
def test_without_a_key_and_in_a_crowd_nobody_can_tell(key: str | None) -> None:
    async def full(visit: Visit) -> None:
        await visit.answer(b"{}", 200 if visit.headers.get("authorization") == f"Bearer {KEY}" else 429)

    async def asking() -> None:
        async with talking(full, key=key) as (api, _):
            with pytest.raises(Unseen):
                await api.see(auth.has_auth)

    asyncio.run(asking())


@pytest.mark.parametrize(
    ("status", "outcome"), [(401, "passed"), (302, "failed"), (403, "failed"), (None, "untestable")]
)
def test_a_missing_key(status: int | None, outcome: str) -> None:
    assert judged("auth.missing-key", stranger(status)).outcome == outcome


@pytest.mark.parametrize(
    ("statuses", "outcome"),
    [((401, 401), "passed"), ((401, 200), "failed"), ((401, 429), "passed"), ((None, 429), "untestable")],
)
def test_each_wrong_key_is_judged(statuses: tuple[int | None, ...], outcome: str) -> None:
    assert judged("auth.wrong-key", auth.Keys(tuple(map(stranger, statuses)))).outcome == outcome


def _doors(chat: int, stream: int, models: int, keyed: int = 200) -> auth.Doors:
    good = answered({}, status=keyed)
    return auth.Doors(
        auth.Door(answered({}), (stranger(chat), stranger(chat))),
        auth.Door(good, (stranger(stream),)),
        (auth.Door(good, (stranger(models),)),),
    )


@pytest.mark.parametrize(
    ("doors", "streams", "models"),
    [
        (_doors(401, 401, 401), "passed", "passed"),
        (_doors(401, 401, 200), "passed", "failed"),  # some show their models to everybody by intent: a SHOULD
        (_doors(401, 200, 401), "failed", "passed"),
        (_doors(401, 400, 401), "failed", "passed"),
        (_doors(403, 403, 403), "passed", "passed"),  # the wrong status is one mistake
        (_doors(200, 200, 401), "failed", "passed"),
        (_doors(401, 404, 404, keyed=404), "untestable", "untestable"),
    ],
)
def test_doors(doors: auth.Doors, streams: str, models: str) -> None:
    assert judged("auth.streams", doors).outcome == streams
    assert judged("auth.every-route", doors).outcome == models
    assert (REQUIREMENTS["auth.streams"].level, REQUIREMENTS["auth.every-route"].level) == ("MUST", "SHOULD")


@pytest.mark.parametrize(
    ("keyed", "lower", "outcome"),
    [
        (200, 200, "passed"),
        (200, 400, "failed"),
        (200, 404, "failed"),
        (500, 404, "untestable"),
        (200, None, "untestable"),
    ],
)
def test_the_case_of_the_scheme(keyed: int, lower: int | None, outcome: str) -> None:
    schemes = auth.Schemes(answered({}, status=keyed), stranger(lower), ())
    assert judged("auth.scheme-case", schemes).outcome == outcome


def test_a_key_without_its_scheme() -> None:
    schemes = auth.Schemes(answered({}), answered({}), (stranger(401), stranger(400)))
    assert judged("auth.scheme-wanted", schemes).outcome == "passed"
    assert judged("auth.scheme-wanted", replace(schemes, others=(stranger(401), stranger(200)))).outcome == "failed"
    assert judged("auth.scheme-wanted", replace(schemes, others=())).outcome == "untestable"


def test_the_key_after_another_scheme_is_hidden_too() -> None:
    exchange, _ = ask(lambda visit: visit.answer(), key=KEY, headers={"authorization": f"Basic {KEY}"})
    assert dict(exchange.request.headers)["authorization"] == f"Basic {HIDDEN}"
