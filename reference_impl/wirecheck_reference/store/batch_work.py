"""What becomes of a batch while it is worked on, whoever works on it: each step is a unit of work, done once.

Two processes may work on one batch, where one was thought to have ended: what the second does then changes nothing.
Knows no HTTP and no line's meaning.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from wirecheck_reference.store.batch_states import FOLLOWING, OVER, moved
from wirecheck_reference.store.database import Database
from wirecheck_reference.store.outbox import announce
from wirecheck_reference.store.tables.batches import AnsweredLine, StoredBatch
from wirecheck_reference.store.tables.files import StoredFile

# Answers that are read at once.
_PAGE: Final = 100


@dataclass(frozen=True, slots=True)
class Answered:
    """What a line came to: `line` as it is to stand in the file of answers or, where it `failed`, in that of errors."""

    number: int
    failed: bool
    line: bytes


class BatchWork:
    """One batch, by its id."""

    def __init__(self, database: Database, id_: str) -> None:
        self._database = database
        self.id = id_

    async def row(self) -> StoredBatch | None:
        """It as it is now."""
        async with self._database.read() as work:
            return await work.scalar(select(StoredBatch).where(StoredBatch.id == self.id))

    async def move(self, status: str, now: int, **fields: Any) -> bool:
        """Brings it into a state, with these fields of its document; False where it no longer is where that follows."""
        async with self._database.write() as work:
            row = await self._at(work, status)
            if row is None:
                return False
            row.document = moved(row.document, status, now, **fields)
            row.status = status
            return True

    async def numbers(self) -> set[int]:
        """The numbers of the lines that are answered."""
        async with self._database.read() as work:
            return set(await work.scalars(select(AnsweredLine.number).where(AnsweredLine.batch == self.id)))

    async def record(self, answers: Sequence[Answered]) -> str:
        """Keeps answers to lines that had none, and counts them. Gives the state of the batch."""
        async with self._database.write() if answers else self._database.read() as work:
            row = await work.scalar(select(StoredBatch).where(StoredBatch.id == self.id))
            if row is None:
                return "cancelled"
            if row.status in OVER or not answers:
                return row.status
            numbers = [each.number for each in answers]
            mine = AnsweredLine.batch == self.id, AnsweredLine.number.in_(numbers)
            there = set(await work.scalars(select(AnsweredLine.number).where(*mine)))
            new = [each for each in answers if each.number not in there]
            if new:
                # As rows and not as objects, of which each would be watched.
                rows = [{"batch": self.id, "number": e.number, "failed": e.failed, "line": e.line} for e in new]
                await work.execute(insert(AnsweredLine.__table__), rows)  # type: ignore[arg-type]  # typed wider
            failed = sum(each.failed for each in new)
            row.document = {**row.document, "request_counts": _counted(row, len(new) - failed, failed)}
            return row.status

    async def answers(self) -> AsyncGenerator[Answered]:
        """The answers, by the numbers of their lines; never many of them in memory."""
        last = 0
        while True:
            async with self._database.read() as work:
                fields = select(AnsweredLine.number, AnsweredLine.failed, AnsweredLine.line)
                mine = fields.where(AnsweredLine.batch == self.id, AnsweredLine.number > last)
                found = (await work.execute(mine.order_by(AnsweredLine.number).limit(_PAGE))).all()
            for number, failed, line in found:
                yield Answered(number, failed, line)
            if len(found) < _PAGE:
                return
            last = found[-1].number

    async def end(self, status: str, now: int, files: Mapping[str, StoredFile], **fields: Any) -> str | None:
        """Brings it into the last of its states, with files by the fields that tell of them; its answers are forgotten.

        Gives the name of the content that it no longer needs, None where it was over already: no file is kept then.
        """
        async with self._database.write() as work:
            row = await self._at(work, status)
            if row is None:
                return None
            work.add_all(files.values())
            for file in files.values():
                await announce(work, row.tenant, "file.created", {"id": file.id}, now)
            told = {field: file.id for field, file in files.items()}
            row.document = moved(row.document, status, now, **told, **fields)
            row.status = status
            content, row.content = row.content, None
            await work.execute(delete(AnsweredLine).where(AnsweredLine.batch == self.id))
            await announce(work, row.tenant, f"batch.{status}", {"id": row.id}, now)
            return content

    async def _at(self, work: AsyncSession, status: str) -> StoredBatch | None:
        row = await work.scalar(select(StoredBatch).where(StoredBatch.id == self.id))
        return row if row is not None and status in FOLLOWING[row.status] else None


async def unfinished(database: Database) -> list[str]:
    """The ids of the batches of all tenants that are not over, the oldest first."""
    waiting = select(StoredBatch.id).where(StoredBatch.status.not_in(OVER)).order_by(StoredBatch.position)
    async with database.read() as work:
        return list(await work.scalars(waiting))


def _counted(row: StoredBatch, completed: int, failed: int) -> dict[str, int]:
    counts = row.document["request_counts"]
    return {**counts, "completed": counts["completed"] + completed, "failed": counts["failed"] + failed}
