"""Batches and the lines of their files, as they come back. Sends nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from wirecheck.evidence import strict_json
from wirecheck.evidence.exchange import ABSENT, Exchange, at, whole_number

OVER: Final = ("completed", "failed", "expired", "cancelled")
"""The states of a batch of which nothing more is done."""

FOLLOWING: Final[Mapping[str, frozenset[str]]] = {
    "validating": frozenset({"in_progress", "finalizing", "cancelling", *OVER}),
    "in_progress": frozenset({"finalizing", "cancelling", *OVER}),
    "finalizing": frozenset({"cancelling", *OVER}),
    "cancelling": frozenset(OVER),
    **dict.fromkeys(OVER, frozenset[str]()),
}
"""What may be seen behind each state: one may be passed too fast to be seen, and a cancellation may come too late."""


@dataclass(frozen=True)
class Job:
    """A batch: the answer to who began it, and it as it was seen afterwards, in order."""

    created: Exchange
    looks: tuple[Exchange, ...] = ()

    @property
    def last(self) -> Exchange:
        """It as it was seen last."""
        shown = [each for each in (self.created, *self.looks) if each.status == 200]
        return shown[-1] if shown else self.created

    @property
    def status(self) -> Any:
        """Its state then."""
        return self.last.at("status")

    @property
    def over(self) -> bool:
        """Whether nothing more was done of it then."""
        return self.status in OVER


@dataclass(frozen=True)
class Made:
    """A file that a batch has made: its id, it as it was fetched, its content, and that for another caller.

    None: not asked for.
    """

    id: str
    file: Exchange | None
    content: Exchange
    others: Exchange | None = None

    @property
    def lines(self) -> list[Any]:
        """Its lines that are not blank; `ABSENT` for what is no JSON."""
        return list(_lines(self.content)) if self.content.status == 200 else []


def lines_of(*files: Made | None) -> list[Any]:
    """The lines of some files, one file behind the other."""
    return [line for file in files if file is not None for line in file.lines]


def _lines(content: Exchange) -> Iterator[Any]:
    for text in content.body.split(b"\n"):
        if text.strip():
            try:
                yield strict_json.parse(text)
            except strict_json.NotJson:
                yield ABSENT


def succeeded(line: Any) -> bool:
    """Whether a line tells that its request was answered with a success."""
    status = whole_number(at(line, "response", "status_code"))
    return status is not None and 200 <= status < 300 and at(line, "error") in (ABSENT, None)


def said(line: Any) -> str | None:
    """What the model said in the answer of a line, None where there is no such answer."""
    text = at(line, "response", "body", "choices", 0, "message", "content")
    return text if isinstance(text, str) else None


def count(batch: Exchange, name: str) -> int | None:
    """One of the counts of a batch, None where it tells none."""
    return whole_number(batch.at("request_counts", name))


def standing(batch: Exchange) -> dict[str, Any]:
    """What of a batch that is over must stay as it is; what it does not tell is left out."""
    names = ("status", "output_file_id", "error_file_id", "request_counts", *(f"{each}_at" for each in OVER))
    told = {name: batch.at(name) for name in names}
    return {name: value for name, value in told.items() if value not in (ABSENT, None)}
