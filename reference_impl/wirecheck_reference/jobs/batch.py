"""A batch from its input file to its output: each step can be done again, and comes to the same. Knows no route."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AsyncExitStack, aclosing
from dataclasses import dataclass
from typing import Any, Final

import structlog
from pydantic_core import to_json

from wirecheck_reference.errors import invalid_value
from wirecheck_reference.http.inner import Inner
from wirecheck_reference.ids import new_id
from wirecheck_reference.jobs.lines import BadLine, Line, numbered, read
from wirecheck_reference.jobs.totals import Totals
from wirecheck_reference.store.batch_states import OVER
from wirecheck_reference.store.batch_work import Answered, BatchWork
from wirecheck_reference.store.contents import Content, Contents, Draft
from wirecheck_reference.store.database import Database
from wirecheck_reference.store.files import file_of
from wirecheck_reference.store.tables.batches import StoredBatch
from wirecheck_reference.store.tables.files import StoredFile

_log = structlog.get_logger("wirecheck.jobs")

Ask = Callable[[str, bytes, str, frozenset[str] | None], Awaitable[Inner]]
"""Asks an operation by its path with a body, for a tenant with these scopes (None: all)."""

# Answers that wait to be kept, and seconds that they wait: each writing costs a wait for the disk.
_GROUP: Final = 32
_PATIENCE: Final = 0.2
# What is wrong with an input file is told of its first lines.
_ERRORS: Final = 100


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much a batch may be: lines, bytes of one; and how many of its lines are asked at once."""

    lines: int = 50_000
    line_bytes: int = 8 * 2**20
    at_once: int = 8


class Batch:
    """The work on one batch, of this id."""

    def __init__(
        self,
        database: Database,
        contents: Contents,
        id_: str,
        ask: Ask,
        bounds: Bounds,
        clock: Callable[[], float],
    ) -> None:
        self._contents = contents
        self._work = BatchWork(database, id_)
        self._ask = ask
        self._bounds = bounds
        self._clock = clock

    async def run(self) -> None:
        """Does what is left to do, from whatever state it is in to the end."""
        row = await self._work.row()
        if row is None or row.status in OVER or row.content is None:
            return
        if row.status == "validating":
            await self._validate(row.content, row.document["endpoint"])
        while (row := await self._work.row()) is not None and row.status not in OVER and row.content is not None:
            if row.status == "in_progress":
                await self._answer_lines(row, row.content)
            else:
                await self._finish(row, row.content)
        _log.info("batch", id=self._work.id, status=None if row is None else row.status)

    @property
    def _now(self) -> int:
        return int(self._clock())

    async def _validate(self, name: str, endpoint: str) -> None:
        """Looks at every line before the first is asked."""
        errors: list[dict[str, Any]] = []
        models: set[str] = set()
        ids: set[str] = set()
        total = 0
        most = self._bounds.line_bytes
        async with self._contents.opened(name) as content, aclosing(numbered(content, most)) as texts:
            async for number, text in texts:
                total += 1
                try:
                    line = read(number, text, endpoint, most)
                    _look(line, ids, models)
                except BadLine as bad:
                    errors.append({"code": bad.code, "message": bad.message, "param": bad.param, "line": number})
                if len(errors) >= _ERRORS or total > self._bounds.lines:
                    break
        if total > self._bounds.lines:
            errors.append(_whole("too_many_lines", f"A batch has at most {self._bounds.lines} lines."))
        if not total:
            errors.append(_whole("empty_file", "The input file has no line."))
        if not errors:
            counts = {"total": total, "completed": 0, "failed": 0}
            await self._work.move("in_progress", self._now, model=next(iter(models), None), request_counts=counts)
            return
        told = {"object": "list", "data": errors}
        if (unneeded := await self._work.end("failed", self._now, {}, errors=told)) is not None:
            await self._contents.remove([unneeded])

    async def _answer_lines(self, row: StoredBatch, name: str) -> None:
        """Asks the lines that have no answer yet, several at once, until all have one or there is no more time."""
        document = row.document
        waiting: set[asyncio.Task[Answered]] = set()
        answered: list[Answered] = []
        recorded, status = self._clock(), row.status
        scopes = None if row.scopes is None else frozenset(row.scopes)
        async with AsyncExitStack() as stack:
            content = await stack.enter_async_context(self._contents.opened(name))
            lines = await stack.enter_async_context(aclosing(self._unanswered(content, document["endpoint"])))
            stack.push_async_callback(_stop, waiting)
            more = True
            while status == "in_progress" and self._clock() < document["expires_at"]:
                while more and len(waiting) < self._bounds.at_once:
                    line = await anext(lines, None)
                    more = line is not None
                    if line is not None:
                        waiting.add(asyncio.create_task(self._answer(line, document["endpoint"], row.tenant, scopes)))
                        await asyncio.sleep(0)  # Those who wait for an answer come in between.
                if waiting:
                    done, _ = await asyncio.wait(waiting, timeout=_PATIENCE, return_when=asyncio.FIRST_COMPLETED)
                    waiting -= done
                    answered += [each.result() for each in done]
                over = not waiting and not more
                if over or len(answered) >= _GROUP or self._clock() - recorded >= _PATIENCE:
                    status, recorded = await self._work.record(answered), self._clock()
                    answered.clear()
                if over:
                    await self._work.move("finalizing", self._now)
                    return
        if answered:
            await self._work.record(answered)
        if status == "in_progress":
            await self._finish(row, name, "expired")

    async def _unanswered(self, content: Content, endpoint: str) -> AsyncGenerator[Line]:
        answered = await self._work.numbers()
        async for number, text in numbered(content, self._bounds.line_bytes):
            if number not in answered:
                yield read(number, text, endpoint, self._bounds.line_bytes)

    async def _answer(self, line: Line, path: str, tenant: str, scopes: frozenset[str] | None) -> Answered:
        if line.streams:
            id_ = new_id("req_")
            error = invalid_value("A line of a batch is not answered as a stream.", "stream")
            told = Inner(error.status, id_, error.body(id_))
        else:
            told = await self._ask(path, line.body, tenant, scopes)
        # The body is JSON already: it is put in its place as it is.
        head = to_json({"id": new_id("batch_req_"), "custom_id": line.custom_id})[:-1]
        response = b'{"status_code":%d,"request_id":%b,"body":%b}' % (told.status, to_json(told.request_id), told.body)
        return Answered(line.number, told.status >= 400, head + b',"response":' + response + b',"error":null}')

    async def _finish(self, row: StoredBatch, name: str, status: str = "") -> None:
        """Makes the files, and ends the batch with them in one step."""
        status = status or {"finalizing": "completed", "cancelling": "cancelled"}[row.status]
        totals = Totals()
        async with self._contents.draft() as output, self._contents.draft() as errors:
            sizes = await self._write(row, name, status, output, errors, totals)
            fields = ("output_file_id", output, "output"), ("error_file_id", errors, "error")
            files: dict[str, StoredFile] = {}
            for (field, draft, kind), size in zip(fields, sizes, strict=True):
                if size:
                    filename = f"{row.id}_{kind}.jsonl"
                    written = await draft.keep()
                    files[field] = file_of(written, row.tenant, filename, "batch_output", self._now, row.output_seconds)
            content = await self._work.end(status, self._now, files, usage=totals.usage)
        # Where somebody else was faster, these files are nobody's.
        await self._contents.remove([content] if content is not None else [each.content for each in files.values()])

    async def _write(
        self, row: StoredBatch, name: str, status: str, output: Draft, errors: Draft, totals: Totals
    ) -> tuple[int, int]:
        """Writes every line once, into one of two files, in the order of the input. Gives the sizes in bytes."""
        sizes = [0, 0]
        endpoint = row.document["endpoint"]
        begun = row.document["in_progress_at"] is not None
        async with AsyncExitStack() as stack:
            content = await stack.enter_async_context(self._contents.opened(name))
            texts = await stack.enter_async_context(aclosing(numbered(content, self._bounds.line_bytes)))
            answers = await stack.enter_async_context(aclosing(self._work.answers()))
            answer = await anext(answers, None)
            async for number, text in texts:
                if answer is not None and answer.number == number:
                    failed, line = answer.failed, answer.line
                    totals.add(line)
                    answer = await anext(answers, None)
                elif begun:
                    failed, line = True, _unanswered(read(number, text, endpoint, self._bounds.line_bytes), status)
                else:
                    continue  # Cancelled before anybody knew what the lines are.
                await (errors if failed else output).write(line + b"\n")
                sizes[failed] += len(line) + 1
        return sizes[0], sizes[1]


async def _stop(tasks: set[asyncio.Task[Answered]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def _look(line: Line, ids: set[str], models: set[str]) -> None:
    """Looks at a line beside those before it. Raises `BadLine`."""
    if line.custom_id in ids:
        raise BadLine("duplicate_custom_id", "The custom_id of this line is that of an earlier one.", "custom_id")
    ids.add(line.custom_id)
    if line.model is not None and models and line.model not in models:
        raise BadLine("mismatched_model", "All lines of a batch are for one model.", "body.model")
    models |= set() if line.model is None else {line.model}


def _whole(code: str, message: str) -> dict[str, Any]:
    return {"code": code, "message": message, "param": None, "line": None}


def _unanswered(line: Line, status: str) -> bytes:
    """What is told of a line that nobody answered, since the batch ended before."""
    error = {"code": f"batch_{status}", "message": f"The batch was {status} before this request was answered."}
    told = {"id": new_id("batch_req_"), "custom_id": line.custom_id, "response": None, "error": error}
    return to_json(told)
