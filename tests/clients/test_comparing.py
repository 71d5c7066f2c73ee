"""What a call comes to: equal is fine, an exception raises, anything else in silence is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openai
import pytest
from wirecheck.impact import Outcome

from tests.clients.comparing import judged, unstable, usable
from tests.clients.drivers.lines import raised
from tests.clients.drivers.openai_python import calls
from tests.clients.drivers.openai_reading import client
from tests.clients.table import Seen, worst
from tests.proof.judging import KEY
from tests.reference.child import child

RIGHT: dict[str, Any] = {"returned": {"text": "hello", "calls": [{"name": "get", "arguments": {"city": "a"}}]}}
ERROR: dict[str, Any] = {
    "raised": {"class": "NotFoundError", "status": 404, "code": "model_not_found", "message": "no model"}
}


def returned(**fields: Any) -> dict[str, Any]:
    """A result that differs from the right one in these fields."""
    return {"returned": RIGHT["returned"] | fields}


def error(**fields: Any) -> dict[str, Any]:
    """An exception that differs from the right one in these fields."""
    return {"raised": ERROR["raised"] | fields}


@pytest.mark.parametrize(
    ("right", "found", "outcome"),
    [
        (RIGHT, returned(), "fine"),
        (RIGHT, returned(text="hell"), "silently wrong"),
        (RIGHT, returned(text=None), "silently wrong"),
        (RIGHT, returned(calls=[]), "silently wrong"),
        (RIGHT, returned(calls=[{"name": "get", "arguments": {}}]), "silently wrong"),
        (RIGHT, returned(more=1), "silently wrong"),
        (RIGHT, ERROR, "raises"),
        (RIGHT, {"hangs": True}, "hangs"),
        (RIGHT, error(**{"class": "APITimeoutError"}), "hangs"),
        (ERROR, error(), "fine"),
        (ERROR, RIGHT, "silently wrong"),
        (ERROR, error(**{"class": "BadRequestError", "status": 400}), "raises"),
        (ERROR, error(status=400), "raises"),
        (ERROR, error(code=None), "wrong error"),
        (ERROR, error(message="raised by engine.errors"), "wrong error"),
        (ERROR, {"hangs": True}, "hangs"),
    ],
)
def test_a_call_is_judged_beside_the_right_one(right: Any, found: Any, outcome: Outcome) -> None:
    assert judged(right, found) == outcome


def test_what_the_right_server_does_not_give_twice_is_left_out() -> None:
    ignored = unstable(returned(id="a", text="x"), returned(id="b", text="x"))
    assert ignored == {"/returned/id"}
    assert judged(returned(id="a", text="x"), returned(id="c", text="x"), ignored) == "fine"
    assert judged(returned(id="a", text="x"), returned(id="c", text="y"), ignored) == "silently wrong"


def test_how_long_a_limit_lasts_says_when_a_call_was_made() -> None:
    assert judged(error(message="in 9 seconds"), error(message="in 1 second")) == "fine"


def test_what_hangs_on_the_right_server_is_compared_with_nothing() -> None:
    assert not usable({"hangs": True})
    assert usable(RIGHT)
    assert usable(ERROR)


@pytest.mark.parametrize(
    ("outcomes", "found"),
    [
        ([], ("fine", "")),
        (["raises", "silently wrong", "hangs", "silently wrong"], ("silently wrong", "1")),
        (["wrong error", "raises"], ("raises", "1")),
    ],
)
def test_the_worst_call_counts(outcomes: list[str], found: tuple[str, str]) -> None:
    made = {str(place): (outcome, "said") for place, outcome in enumerate(outcomes)}
    assert worst(Seen("client", "fault", "digest", made, 1.0)) == found


def test_a_client_tells_what_its_user_sees(tmp_path: Path) -> None:
    made = calls()
    with child(tmp_path, "--api-key", KEY) as server:
        url = f"{server.url}/v1"
        try:
            assert made["chat"](url)["choices"][0]["text"] == made["stream"](url)["text"]
            assert [each["name"] for each in made["tools-stream"](url)["calls"]] == ["get_time", "get_weather"]
            with pytest.raises(openai.NotFoundError) as unknown:
                made["unknown-model"](url)
        finally:
            client(url).close()
            client.cache_clear()
    told = raised(unknown.value)
    assert (told["class"], told["status"], told["code"]) == ("NotFoundError", 404, "model_not_found")
