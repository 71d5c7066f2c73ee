"""Servers that are killed, and servers that share a database: nothing is lost, nothing is attempted by two."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from tests.reference.child import Child, child, until
from tests.reference.webhooks.asking import ENDPOINTS, SOON, asked, made, told
from tests.reference.webhooks.receiver import Receiver

COUNT = 12


def test_what_was_told_is_delivered_by_the_next_server(tmp_path: Path, hears: Receiver) -> None:
    kept = ("--data", str(tmp_path / "kept"), *SOON)
    # The first server is heard by nobody.
    hears.answers["/killed"] = [(503, {"retry-after": "1"})] * COUNT
    with child(tmp_path, *kept) as server:
        endpoint = made(server, f"{hears.url}/killed")
        ids = [told(server, "a.told", {"n": number})["id"] for number in range(COUNT)]
        hears.wait("/killed")
        server.process.kill()
    with child(tmp_path, *kept) as server:
        until(lambda: pending(server, endpoint) == 0, 30)
    assert heard(hears, "/killed").keys() == set(ids)


def test_servers_share_the_deliveries_and_one_may_end(database: str, tmp_path: Path, hears: Receiver) -> None:
    folders = [tmp_path / name for name in ("one", "other")]
    for folder in folders:
        folder.mkdir()
    kept = ("--database", database, *SOON, "--data")
    with (
        child(folders[0], *kept, str(folders[0])) as one,
        child(folders[1], *kept, str(folders[1])) as other,
    ):
        endpoint = made(one, f"{hears.url}/shared")
        ids = [told((one, other)[number % 2], "a.told")["id"] for number in range(COUNT)]
        until(lambda: pending(other, endpoint) == 0, 30)
        assert heard(hears, "/shared") == dict.fromkeys(ids, 1)
        ids += [told(one, "a.told")["id"] for _ in range(COUNT)]
        one.process.kill()
        until(lambda: pending(other, endpoint) == 0, 30)
        assert heard(hears, "/shared").keys() == set(ids)


def heard(hears: Receiver, path: str) -> Counter[str]:
    """How often each event was acknowledged at a path."""
    return Counter(each.headers["webhook-id"] for each in hears.at(path) if each.status == 204)


def pending(server: Child, endpoint: dict[str, str]) -> int:
    """How many deliveries to an endpoint are not over."""
    return len(asked(server, "GET", f"{ENDPOINTS}/{endpoint['id']}/deliveries?status=pending")["data"])
