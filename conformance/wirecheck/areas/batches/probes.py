"""Batches: one from its input file to its answers, one that is cancelled, wrong ones, and some that come to nothing.

What a batch leaves behind is deleted; what is not over is cancelled.
"""

from __future__ import annotations

from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from typing import Any, Final

from wirecheck.areas.batches.asking import BATCHES, ELSEWHERE, MADE, batch, chat, input_file, line, path_of
from wirecheck.areas.batches.reading import Job, Made, count
from wirecheck.areas.batches.steps import POLLS, begin, cancel, clear, follow, id_of, made, uploaded
from wirecheck.areas.files.asking import FILES, nonce
from wirecheck.areas.files.asking import path_of as path_of_file
from wirecheck.areas.files.probes import has_files
from wirecheck.asking.draft import Draft
from wirecheck.asking.probe import Asker, only_longer, probe
from wirecheck.evidence.exchange import Exchange, Intent
from wirecheck.evidence.unseen import Gone, Unseen, accepts

REFUSED: Final = "refused"
"""The custom_id of a line that no server can answer."""

NO_JSON: Final = 2
"""The number of the line that is no JSON, behind a good one: the last that is not blank."""

_GOOD: Final = 3
_PAGE: Final = 100
_LONG: Final = " ".join(f"word{number}" for number in range(120))
_BROKEN: Final = b'{"custom_id": "broken", "method": "POST", "url": \n\n\n'
_LABELS: Final = 17


@dataclass(frozen=True)
class Life:
    """A batch from its input file to its end: the words that its lines ask for, by custom_id, and what was seen of it.

    `again` was seen once it was over, `cancelled` is the answer to who cancelled it then, `after` what was seen behind
    that; `files` is the list of files meanwhile. None: there was none, or it was not so far.
    """

    words: dict[str, str]
    job: Job
    again: Exchange | None = None
    output: Made | None = None
    error: Made | None = None
    files: Exchange | None = None
    cancelled: Exchange | None = None
    after: Exchange | None = None

    @property
    def lines(self) -> int:
        """The number of lines of its input file."""
        return len(self.words) + 1


@dataclass(frozen=True)
class Cancelled:
    """A batch until it was cancelled, the answers to who cancelled it twice, and it until it was over."""

    before: Job
    first: Exchange
    second: Exchange
    after: Job
    output: Made | None = None
    error: Made | None = None


@dataclass(frozen=True)
class Wrong:
    """A batch whose input file is wrong in one way; `made` are the files that it has made all the same."""

    case: str
    job: Job
    made: tuple[Made, ...] = ()


@dataclass(frozen=True)
class Wrongs:
    """Batches of input files with a line that is no JSON, a custom_id twice, another endpoint, and a stream."""

    json: Wrong
    duplicate: Wrong
    elsewhere: Wrong
    stream: Wrong


@dataclass(frozen=True)
class Refusals:
    """Batches of a file that there is not, and of one for another purpose (None: no such file is taken)."""

    unknown: Job
    purpose: Job | None
    metadata: tuple[Exchange, ...]


@probe()
async def listed(asker: Asker) -> Exchange:
    """A page of batches."""
    return await asker.send(Draft("GET", f"{BATCHES}?limit=1"))


@probe(0, sees=(listed, has_files))
async def has_batches(asker: Asker) -> bool:
    """Whether the server lists batches, and has the files that they are made of."""
    answer = await asker.see(listed)
    return accepts(answer) and isinstance(answer.at("data"), list) and await asker.see(has_files)


@probe(quick=0)
async def idle(asker: Asker) -> str:
    """The id of an input file whose line is for another endpoint: no model is asked. The end of a run deletes it."""
    only_longer(asker)
    return await _kept_input(asker, line("elsewhere", chat(asker.target, "hello", max_tokens=1), ELSEWHERE))


@probe(quick=0)
async def plain(asker: Asker) -> str:
    """The id of an input file with a line that can be answered, where one that cannot is refused at once."""
    only_longer(asker)
    return await _kept_input(asker, line("plain", chat(asker.target, "hello", max_tokens=1)))


async def _kept_input(asker: Asker, content: bytes) -> str:
    return id_of(await asker.send(input_file(asker, [content])))


async def make(asker: Asker, _: str, number: int) -> Exchange:
    """The n-th batch of a run, of which no line is answered where that can be had."""
    labels = {"wirecheck": f"thing {number}"}
    try:
        answer = await begin(asker, await asker.see(idle), metadata=labels)
    except Gone:
        raise
    except Unseen:
        return await begin(asker, await asker.see(plain), metadata=labels)
    return await begin(asker, await asker.see(plain), metadata=labels) if answer.status in (400, 422) else answer


@probe(17 + POLLS, quick=0, sees=(has_batches,), slow=True)
async def life(asker: Asker) -> Life:
    """A batch of lines that ask for a word each, and of one that nobody can answer."""
    await _longer(asker)
    words = {f"line-{number}": f"{nonce(asker)} 日本語" for number in range(_GOOD)}
    content = [line(id_, chat(asker.target, word)) for id_, word in words.items()]
    refused = chat(asker.target, "")
    del refused["messages"]
    async with uploaded(asker, [*content, line(REFUSED, refused)]) as upload:
        job = await follow(asker, Job(await begin(asker, id_of(upload))))
        try:
            return await _looked_at(asker, Life(words, job))
        finally:
            await clear(asker, job)


async def _looked_at(asker: Asker, seen: Life) -> Life:
    """What is to be had of a batch that is over; it alone, where it is not."""
    job = seen.job
    if not job.over:
        return seen
    output, error = [await made(asker, job, field, whole=True) for field in MADE]
    return replace(
        seen,
        output=output,
        error=error,
        files=await asker.send(Draft("GET", f"{FILES}?limit={_PAGE}")),
        again=await _look(asker, job),
        cancelled=await cancel(asker, job, "a batch that is over is cancelled"),
        after=await _look(asker, job),
    )


async def _look(asker: Asker, job: Job) -> Exchange:
    return (await follow(asker, Job(job.created), lambda _: True)).looks[-1]


@probe(10 + 2 * POLLS, quick=0, sees=(has_batches, life), slow=True)
async def cancelled(asker: Asker) -> Cancelled:
    """A batch that is cancelled: of the slow model, where its owner names one, once a line is done; else at once."""
    await _in_time(asker)
    slow = asker.target.owner.get("slow_model")
    model = slow if isinstance(slow, str) else ""
    texts = {"short-1": "hello", "short-2": "hello", "long-1": _LONG, "long-2": _LONG}
    content = [
        line(id_, chat(asker.target, text, model=model, max_tokens=256 if text == _LONG else 1))
        for id_, text in texts.items()
    ]
    async with uploaded(asker, content) as upload:
        before = after = Job(await begin(asker, id_of(upload), "a batch that is to be cancelled"))
        try:
            if model:
                before = after = await follow(asker, before, lambda job: bool(count(job.last, "completed")))
            first, second = [await cancel(asker, before, f"it is cancelled {often}") for often in ("once", "again")]
            after = await follow(asker, Job(before.created))
            output, error = [await made(asker, after, field) for field in MADE]
        finally:
            await clear(asker, after)
    return Cancelled(before, first, second, after, output, error)


@probe(4 * (3 + POLLS + 1 + 2 * len(MADE)), quick=0, sees=(has_batches, life), slow=True)
async def wrongs(asker: Asker) -> Wrongs:
    """Batches of wrong input files, all begun before the first is looked at."""
    await _in_time(asker)
    hello = chat(asker.target, "hello", max_tokens=1)
    contents = {
        "a line of broken JSON": (line("good", hello), _BROKEN),
        "a custom_id twice": (line("same", hello), line("same", hello)),
        "a line for another endpoint": (line("elsewhere", hello, ELSEWHERE),),
        "a line that asks for a stream": (line("stream", {**hello, "stream": True}),),
    }
    begun: list[Job] = []
    async with AsyncExitStack() as stack:
        for case, lines in contents.items():
            upload = await stack.enter_async_context(uploaded(asker, lines, case=case))
            # Some look at the lines as soon as they come.
            refused = 400 <= (upload.status or 0) < 500
            begun.append(Job(upload if refused else await begin(asker, id_of(upload), case)))
        found = [await _ended(asker, case, job) for case, job in zip(contents, begun, strict=True)]
    return Wrongs(*found)


async def _ended(asker: Asker, case: str, begun: Job) -> Wrong:
    """A batch at its end, and the files that it has made, which are deleted."""
    job = await follow(asker, begun)
    files = [await made(asker, job, field) for field in MADE]
    await clear(asker, job)
    return Wrong(case, job, tuple(each for each in files if each is not None))


@probe(9 + 2 * POLLS, quick=0, sees=(has_batches, idle), slow=True)
async def refusals(asker: Asker) -> Refusals:
    """Batches of files that are none for them, and batches with labels that break the schema."""
    await _longer(asker)
    case = "an input file that there is not"
    unknown = await _refused(asker, f"wirecheck_{nonce(asker)}", case)
    hello = line("elsewhere", chat(asker.target, "hello", max_tokens=1), ELSEWHERE)
    purpose = None
    async with uploaded(asker, [hello], "user_data") as upload:
        if path_of_file(upload) is not None:
            purpose = await _refused(asker, id_of(upload), "an input file for another purpose")
    input_id = await asker.see(idle)
    labels: tuple[Any, ...] = ("wirecheck", {f"label-{number}": "x" for number in range(_LABELS)})
    answers = []
    for each, words in zip(labels, ("metadata is a text", f"metadata has {_LABELS} keys"), strict=True):
        intent = Intent("", case=words, valid=False, field="metadata")
        answers.append(await asker.send(batch(input_id, intent, metadata=each)))
        await clear(asker, Job(answers[-1]))
    return Refusals(unknown, purpose, tuple(answers))


async def _refused(asker: Asker, input_id: str, case: str) -> Job:
    """A batch that is to come to nothing: looked at where it was taken all the same."""
    job = await follow(asker, Job(await begin(asker, input_id, case)))
    await clear(asker, job)
    return job


async def _longer(asker: Asker) -> None:
    """Raises `Unseen` in a quick run, and where there are no batches."""
    only_longer(asker)
    if not await asker.see(has_batches):
        raise Unseen(f"the server has no {BATCHES}")


async def _in_time(asker: Asker) -> None:
    """Raises `Unseen` where a first batch was not taken, or not over in time: nobody waits for others, too."""
    await _longer(asker)
    job = (await asker.see(life)).job
    if path_of(job.created) is None:
        raise Unseen(f"no batch is taken: {job.created}")
    if not job.over:
        raise Unseen(f"a batch was not over in time: it is {job.status} (batch_seconds in wirecheck.toml)")
