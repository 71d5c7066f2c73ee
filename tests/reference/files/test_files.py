"""Lists, deletion, tenants, expiry, and several servers on one folder."""

from __future__ import annotations

import asyncio
import json
import os
from pathlib import Path
from typing import Any

import pytest
from wirecheck_reference.app import ReferenceServer, create_app
from wirecheck_reference.services import get_clock
from wirecheck_reference.settings import Settings

from tests.reference.child import Child, child
from tests.reference.files.forms import FILES, LABEL, field, file, form, uploaded
from tests.reference.in_process import Reply, ask

RIGHT = {"authorization": "Bearer right"}
OTHER = {"authorization": "Bearer other"}


def ids(server: Child, **query: Any) -> list[str]:
    return [each["id"] for each in server.client.get(FILES, params=query).json()["data"]]


def test_the_newest_come_first_and_pages_hold_the_list(tmp_path: Path) -> None:
    with child(tmp_path) as server:
        assert server.client.get(FILES).json() == {
            "object": "list",
            "data": [],
            "first_id": None,
            "last_id": None,
            "has_more": False,
        }
        made = [uploaded(server, purpose=("batch", "user_data")[number % 2]) for number in range(5)]
        assert ids(server) == made[::-1]
        assert ids(server, order="asc") == made
        assert ids(server, purpose="batch", order="asc") == made[::2]
        assert ids(server, purpose="homework") == []
        walked: list[str] = []
        query: dict[str, Any] = {"limit": 2}
        while True:
            page = server.client.get(FILES, params=query).json()
            assert (page["first_id"], page["last_id"]) == (page["data"][0]["id"], page["data"][-1]["id"])
            walked += [each["id"] for each in page["data"]]
            if not page["has_more"]:
                break
            query["after"] = page["last_id"]
        assert walked == made[::-1]


@pytest.mark.parametrize(
    ("query", "status", "param"),
    [
        *(({"limit": "0"}, 422, "limit"), ({"limit": "10001"}, 422, "limit"), ({"order": "up"}, 422, "order")),
        *(({"after": "nobody"}, 400, "after"), ({"before": "x"}, 422, "before"), ({"limit": "10000"}, 200, None)),
    ],
)
def test_queries(server: Child, query: dict[str, str], status: int, param: str | None) -> None:
    answer = server.client.get(FILES, params=query)
    assert answer.status_code == status
    assert param is None or answer.json()["error"]["param"] == param


def test_what_is_deleted_is_gone_from_disk_too(tmp_path: Path) -> None:
    with child(tmp_path, "--data", str(tmp_path / "data")) as server:
        id_, other = uploaded(server), uploaded(server)
        assert len(list((tmp_path / "data" / "files").iterdir())) == 2
        assert server.client.delete(f"{FILES}/{id_}").json() == {"id": id_, "object": "file", "deleted": True}
        assert len(list((tmp_path / "data" / "files").iterdir())) == 1
        for method, end in (("GET", ""), ("GET", "/content"), ("DELETE", "")):
            assert server.client.request(method, f"{FILES}/{id_}{end}").status_code == 404
        assert ids(server) == [other]


def test_a_tenant_sees_its_own(guarded: Child) -> None:
    id_ = uploaded(guarded, key="right")
    paths = [("GET", ""), ("GET", "/content"), ("HEAD", "/content"), ("DELETE", "")]
    unknown = guarded.client.get(f"{FILES}/nobody", headers=OTHER).json()["error"]
    for method, end in paths:
        answer = guarded.client.request(method, f"{FILES}/{id_}{end}", headers=OTHER)
        assert answer.status_code == 404
        if method != "HEAD":
            assert answer.json()["error"] == {**unknown, "message": unknown["message"].replace("nobody", id_)}
    assert id_ not in guarded.client.get(FILES, headers=OTHER).text
    assert guarded.client.get(FILES, params={"after": id_}, headers=OTHER).status_code == 400
    assert guarded.client.get(f"{FILES}/{id_}/content", headers=RIGHT).content == b"hello"
    for method, end in paths:
        assert guarded.client.request(method, f"{FILES}/{id_}{end}").status_code == 401
    assert guarded.client.post(FILES, content=form(field("purpose", "batch"), file()), headers=LABEL).status_code == 401


def test_what_is_over_is_gone(tmp_path: Path) -> None:
    now = [1_000_000.0]
    settings = Settings(
        _env_file=None,  # type: ignore[call-arg]  # pydantic-settings takes it
        data_folder=tmp_path,
        in_memory=False,
        log_level="error",
    )
    body = form(
        field("purpose", "batch"),
        field("expires_after[anchor]", "created_at"),
        field("expires_after[seconds]", "3600"),
        file(),
    )

    async def use(app: ReferenceServer) -> None:
        async def got(method: str, path: str, body: bytes = b"") -> Reply:
            return await ask(app, method, path, body, LABEL)

        kept = json.loads((await got("POST", FILES, form(field("purpose", "vision"), file()))).body)
        made = json.loads((await got("POST", FILES, body)).body)
        assert (made["created_at"], made["expires_at"]) == (1_000_000, 1_003_600)
        path = f"{FILES}/{made['id']}"
        now[0] = 1_003_599.9
        assert (await got("GET", path)).status == (await got("GET", f"{path}/content")).status == 200
        now[0] = 1_003_600.0
        assert [each["id"] for each in json.loads((await got("GET", FILES)).body)["data"]] == [kept["id"]]
        for method, end in (("GET", ""), ("GET", "/content"), ("DELETE", "")):
            assert (await got(method, f"{path}{end}")).status == 404
        assert len(list((tmp_path / "files").iterdir())) == 1

    async def run() -> None:
        app = create_app(settings)
        app.dependency_overrides[get_clock] = lambda: lambda: now[0]
        async with app.router.lifespan_context(app):
            await use(app)
        # Long over by the clock on the wall.
        app = create_app(settings)
        app.dependency_overrides[get_clock] = lambda: lambda: 0.0
        async with app.router.lifespan_context(app):
            await ask(app, "POST", FILES, body, LABEL)
        assert len(list((tmp_path / "files").iterdir())) == 2
        async with create_app(settings).router.lifespan_context(app):
            assert len(list((tmp_path / "files").iterdir())) == 1

    asyncio.run(run())


def test_servers_share_a_folder_and_outlive_each_other(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    with child(tmp_path, "--data", str(folder)) as one:
        with child(tmp_path, "--data", str(folder)) as two:
            id_ = uploaded(one, b"shared")
            assert two.client.get(f"{FILES}/{id_}/content").content == b"shared"
            assert two.client.delete(f"{FILES}/{id_}").status_code == 200
        assert one.client.get(f"{FILES}/{id_}/content").status_code == 404
        id_ = uploaded(one, b"kept")
    left = folder / "files" / "left.part"
    fresh = folder / "files" / "fresh.part"
    for path in (left, fresh):
        path.write_bytes(b"x")
    os.utime(left, (1, 1))
    with child(tmp_path, "--data", str(folder)) as again:
        assert again.client.get(f"{FILES}/{id_}/content").content == b"kept"
    assert (left.exists(), fresh.exists()) == (False, True)


def test_in_memory_nothing_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setenv("TMPDIR", str(place))
    with child(tmp_path) as server:
        uploaded(server)
        assert [path.name.startswith("wirecheck-files-") for path in place.iterdir()] == [True]
    assert list(place.iterdir()) == []


def test_a_download_that_began_goes_on_when_the_file_is_deleted(server: Child) -> None:
    content = b"x" * 20_000_000
    id_ = uploaded(server, content)
    with server.client.stream("GET", f"{FILES}/{id_}/content") as answer:
        pieces = answer.iter_raw()
        first = next(pieces)
        assert server.client.delete(f"{FILES}/{id_}").status_code == 200
        assert first + b"".join(pieces) == content
