"""Keys that are no longer good, and tokens that never were: how they are made, sent, hidden and judged."""

from __future__ import annotations

import asyncio
import json
from base64 import urlsafe_b64decode
from dataclasses import replace

import jwt
import pytest
from wirecheck.areas.auth.probes import credentials
from wirecheck.areas.auth.probes.credentials import Ended, Forged
from wirecheck.asking.draft import Draft
from wirecheck.asking.forging import ALTERED, forged, is_token
from wirecheck.asking.target import Target
from wirecheck.evidence.exchange import HIDDEN, Exchange
from wirecheck.evidence.unseen import Unseen
from wirecheck.report.scrub import Scrubber

from tests.suite.answers import FAILED, PASSED, UNTESTABLE, graded
from tests.suite.exchanges import answered
from tests.suite.talking import fine, talking

SECRET = "a secret of 32 bytes or more, for tests"  # noqa: S105  # it is
TOKEN = jwt.encode({"sub": "acme", "exp": 4_000_000_000}, SECRET)


def got(status: int | None) -> Exchange:
    return answered({}, status=status)


@pytest.mark.parametrize(
    "key", ["", "sk-1", "a.b.c", "..", "eyJhIjoxfQ.eyJhIjoxfQ.c2ln", f"{TOKEN.rpartition('.')[0]}."]
)
def test_what_is_no_token_is_taken_for_none(key: str) -> None:
    assert not is_token(key)
    assert forged(key) == {}
    assert Target("", "", key=key).forged == {}


def test_forged_tokens_are_whole_but_for_what_is_wrong_with_them() -> None:
    made = forged(TOKEN)
    assert len(set(made.values())) == 4
    for how, token in made.items():
        assert token != TOKEN
        with pytest.raises(jwt.InvalidTokenError):
            jwt.decode(token, SECRET, algorithms=["HS256"])
        header, claims, signature = token.split(".")
        alg = json.loads(urlsafe_b64decode(header + "==="))["alg"]
        said = json.loads(urlsafe_b64decode(claims + "==="))
        assert said["sub"] == "acme"
        assert (alg, signature) == ("HS256", TOKEN.split(".")[2]) if how == ALTERED else alg.lower() == "none"
        assert bool(signature) is (how == ALTERED)


def test_the_token_is_the_key_where_that_is_one() -> None:
    assert Target("", "", key=TOKEN, keys={"token": f"{TOKEN}x"}).token == TOKEN
    assert Target("", "", key="sk-1", keys={"token": TOKEN}).token == TOKEN
    assert Target("", "", key="sk-1", keys={"token": "sk-2"}).token is None


@pytest.mark.parametrize("how", list(forged(TOKEN)))
def test_a_forged_token_is_shown_to_nobody(how: str) -> None:
    target = Target("", "", key="sk-test-4711-secret", keys={"token": TOKEN})
    token = target.forged[how]
    assert target.names()[token] == f" {how}"
    assert token not in Scrubber(target.secrets).text(f"Bearer {token}")


@pytest.mark.parametrize("how", list(forged(TOKEN)))
def test_a_forged_token_is_hidden_in_evidence(how: str) -> None:
    async def asking() -> Exchange:
        async with talking(fine) as (api, visits):
            api.target = replace(api.target, keys={"token": TOKEN})
            exchange = await api.send(Draft("GET", "/v1/models", key=api.target.forged[how]))
            assert visits[0].headers["authorization"] == f"Bearer {api.target.forged[how]}"
            return exchange

    request = asyncio.run(asking()).request
    assert dict(request.headers)["authorization"] == f"Bearer {HIDDEN} {how}"


@pytest.mark.parametrize("id_", ["credentials.revoked", "credentials.expired"])
@pytest.mark.parametrize(
    ("stranger", "status", "outcome"),
    [
        (401, 401, PASSED),
        (401, 200, FAILED),
        (401, 403, FAILED),
        (403, 403, PASSED),  # how wrong keys are refused is for another sentence
        (200, 200, FAILED),
        (401, None, UNTESTABLE),
        (401, 429, UNTESTABLE),
    ],
)
def test_what_is_no_longer_good(id_: str, stranger: int, status: int | None, outcome: str) -> None:
    assert graded(id_, Ended(got(stranger), got(status))) == outcome


@pytest.mark.parametrize(
    ("good", "unsigned", "altered", "outcomes"),
    [
        (200, (401, 401), 401, (PASSED, PASSED)),
        (200, (401, 200), 401, (FAILED, PASSED)),
        (200, (401,), 200, (PASSED, FAILED)),
        (200, (500,), 401, (FAILED, PASSED)),
        (401, (401,), 401, (UNTESTABLE, UNTESTABLE)),
    ],
)
def test_forged_tokens(good: int, unsigned: tuple[int, ...], altered: int, outcomes: tuple[str, str]) -> None:
    seen = Forged(got(401), got(good), tuple(map(got, unsigned)), got(altered))
    assert (graded("credentials.unsigned", seen), graded("credentials.altered", seen)) == outcomes


@pytest.mark.parametrize("probe", [credentials.revoked, credentials.expired, credentials.forged])
def test_what_no_owner_gave_is_unseen_with_its_reason(probe: object) -> None:
    async def asking() -> None:
        async with talking(fine) as (api, visits):
            with pytest.raises(Unseen, match=r"no (revoked_key|expired_key|token) is given"):
                await api.see(probe)  # type: ignore[arg-type]  # any of the three
            assert not visits

    asyncio.run(asking())
