"""A server killed in the middle of a batch: another goes on with it, no line is lost, and none stands there twice."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from tests.reference.batches.asking import begun, content_of, ended, lines, seen
from tests.reference.child import child, until

# `BATCH_KILLS=10` tries more.
KILLS: Final = int(os.environ.get("BATCH_KILLS", "3"))
LINES: Final = 500


def test_a_batch_outlives_kills(where: tuple[str, ...], tmp_path: Path) -> None:
    asked = lines(LINES)
    batches = []
    for kill in range(KILLS):
        with child(tmp_path, *where) as server:
            batches.append(begun(server, asked)["id"])
            # Each time later: in the middle of the lines, and once in the middle of the files.
            some = kill * LINES // KILLS
            until(lambda: seen(server, batches[-1])["request_counts"]["completed"] >= some, 30)  # noqa: B023  # asked at once
            server.process.kill()
    with child(tmp_path, *where) as server:
        for id_ in batches:
            batch = ended(server, id_, 60)
            assert batch["status"] == "completed"
            assert batch["request_counts"] == {"total": LINES, "completed": LINES, "failed": 0}
            told = content_of(server, batch["output_file_id"])
            assert [each["custom_id"] for each in told] == [each["custom_id"] for each in asked]
            said = [each["response"]["body"]["choices"][0]["message"]["content"] for each in told]
            assert said == [each["body"]["messages"][0]["content"] for each in asked]
            assert batch["error_file_id"] is None


def test_servers_share_the_work_and_one_may_end(database: str, tmp_path: Path) -> None:
    kept = ("--data", str(tmp_path / "kept"), "--database", database)
    folders = [tmp_path / name for name in ("one", "other")]
    for folder in folders:
        folder.mkdir()
    with child(folders[0], *kept, level="info") as one, child(folders[1], *kept, level="info") as other:
        batches = [begun(one, lines(LINES))["id"] for _ in range(8)]
        until(lambda: seen(other, batches[0])["request_counts"]["completed"] > 0, 30)
        one.process.kill()
        for id_ in batches:
            batch = ended(other, id_, 60)
            assert batch["request_counts"] == {"total": LINES, "completed": LINES, "failed": 0}
            told = content_of(other, batch["output_file_id"])
            assert sorted({each["custom_id"] for each in told}) == sorted(each["custom_id"] for each in lines(LINES))
            assert len(told) == LINES


def test_a_batch_outlives_a_server_that_stops(where: tuple[str, ...], tmp_path: Path) -> None:
    asked = lines(LINES)
    with child(tmp_path, *where) as server:
        id_ = begun(server, asked)["id"]
        until(lambda: seen(server, id_)["request_counts"]["completed"] > 0, 30)
    with child(tmp_path, *where) as server:
        batch = ended(server, id_, 60)
        assert batch["request_counts"] == {"total": LINES, "completed": LINES, "failed": 0}
        told = content_of(server, batch["output_file_id"])
        assert [each["custom_id"] for each in told] == [each["custom_id"] for each in asked]
