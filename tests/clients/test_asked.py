"""What the clients are told of keys and tokens is what the server is started with."""

from __future__ import annotations

import jwt
import pytest

from tests.clients.drivers.lines import ASKED
from tests.proof.judging import EXPIRED, KEY, LIMITED, NARROW, OTHER, REVOKED, SIGNING, TOKEN

ALGORITHMS = ["HS256"]


def test_the_keys_are_those_of_the_server() -> None:
    keys = {"key": KEY, "other_key": OTHER, "limited_key": LIMITED, "narrow_key": NARROW, "revoked_key": REVOKED}
    assert {name: ASKED[name] for name in keys} == keys
    assert (ASKED["tokens"]["good"], ASKED["tokens"]["expired"]) == (TOKEN, EXPIRED)


@pytest.mark.parametrize("name", ["unsigned", "altered"])
def test_a_token_that_is_not_good_is_well_formed(name: str) -> None:
    token = ASKED["tokens"][name]
    assert jwt.decode(token, options={"verify_signature": False})["scope"] == "chat:write"
    with pytest.raises(jwt.InvalidTokenError):
        jwt.decode(token, SIGNING, algorithms=ALGORITHMS)
