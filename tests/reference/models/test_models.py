"""The models: list, pages, one by its id."""

from __future__ import annotations

import pytest
from wirecheck_contract.models import Model, ModelList

from tests.reference.child import Child

ALL = ["echo", "echo-slow", "wirecheck/echo", "echo-failing", "thinking", "noisy", "varying", "refusing", "hash-embed"]


def test_the_list(server: Child) -> None:
    answer = server.client.get("/v1/models")
    listed = ModelList.model_validate_json(answer.content)
    assert [model.id for model in listed.data] == ALL
    assert (listed.has_more, listed.first_id, listed.last_id) == (False, ALL[0], ALL[-1])
    assert answer.headers["x-total-count"] == str(len(ALL))


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 100])
def test_pages_hold_the_list(server: Child, limit: int) -> None:
    seen: list[str] = []
    query: dict[str, str] = {}
    while True:
        answer = server.client.get("/v1/models", params={"limit": str(limit), **query})
        page = answer.json()
        assert len(page["data"]) <= limit
        assert answer.headers["x-total-count"] == str(len(ALL))
        seen += [model["id"] for model in page["data"]]
        if not page["has_more"]:
            break
        query = {"after": page["last_id"]}
    assert seen == ALL


def test_after_the_last_is_nothing(server: Child) -> None:
    page = server.client.get("/v1/models", params={"after": ALL[-1]}).json()
    assert (page["data"], page["has_more"], page["first_id"], page["last_id"]) == ([], False, None, None)


def test_after_nobody_is_400(server: Child) -> None:
    answer = server.client.get("/v1/models", params={"after": "nobody"})
    assert (answer.status_code, answer.json()["error"]["param"]) == (400, "after")


def test_one_provider(server: Child) -> None:
    assert len(server.client.get("/v1/models", params={"provider": "wirecheck"}).json()["data"]) == len(ALL)
    assert server.client.get("/v1/models", params={"provider": "nobody"}).status_code == 404


@pytest.mark.parametrize("path", ["echo", "wirecheck/echo", "wirecheck%2Fecho"])
def test_one_model(server: Child, path: str) -> None:
    model = Model.model_validate_json(server.client.get(f"/v1/models/{path}").content)
    assert model.id == path.replace("%2F", "/")
    assert server.chat(model=model.id).json()["model"] == model.id


@pytest.mark.parametrize("path", ["", "/echo", "/wirecheck/echo", "?limit=2"])
def test_who_has_it_is_told_so(path: str, server: Child) -> None:
    whole = server.client.get(f"/v1/models{path}")
    tag = whole.headers["etag"]
    for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        answer = server.client.get(f"/v1/models{path}", headers={"If-None-Match": known})
        assert (answer.status_code, answer.content, answer.headers["etag"]) == (304, b"", tag)
    for unknown in ('"other"', "nonsense", ""):
        answer = server.client.get(f"/v1/models{path}", headers={"If-None-Match": unknown})
        assert (answer.status_code, answer.content) == (200, whole.content)


def test_answers_cost_what_the_model_tells(server: Child) -> None:
    price = server.client.get("/v1/models/echo").json()["price"]
    events = server.events("one two three", stream_options={"include_usage": True})
    answers = (server.chat("one two three").json(), events[-2], server.completion("one two three").json())
    for usage in (answer["usage"] for answer in answers):
        spent = usage["prompt_tokens"] * price["input_usd_per_million_tokens"]
        spent += usage["completion_tokens"] * price["output_usd_per_million_tokens"]
        assert usage["cost_usd"] == pytest.approx(spent / 1e6)
