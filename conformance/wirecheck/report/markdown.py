"""The report as Markdown, for a forge: a comment, a job summary, a page of a matrix."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from wirecheck.report import harm, moments
from wirecheck.report.excerpt import visible
from wirecheck.report.kinds import telling

Document = Mapping[str, Any]

_SIGN: Final = {"conforms": "✅", "violates": "❌", "cannot tell": "❔"}
_TICKS: Final = re.compile(r"`+")


def write(document: Document, path: Path) -> None:
    """Writes the file as UTF-8. Raises OSError where the path cannot be written."""
    path.write_text("\n".join(_page(document)) + "\n", "utf-8")


def _page(document: Document) -> Iterator[str]:
    verdict, server = document["verdict"], document["server"]
    yield f"# {_SIGN[verdict]} {_code(server['url'])}: {verdict} (profile {document['profile']})"
    yield ""
    yield f"Model {_code(server['model'])}, {_cost(document)}, wirecheck {document['suite']['version']}."
    yield ""
    if document["cost"]["areas"]:
        areas = (f"{each['area']} {each['requests']}" for each in document["cost"]["areas"])
        yield from (f"Requests by area: {', '.join(areas)}.", "")
    yield from _profiles(document)
    if document["notes"]:
        yield from (*(f"- {_code(note)}" for note in document["notes"]), "")
    failed = [each for each in document["requirements"] if each["outcome"] == "failed"]
    new = [each for each in failed if each["deviation"] is None]
    yield from _failures("MUST: broken", [each for each in new if each["level"] == "MUST"])
    yield from _failures("SHOULD: not followed", [each for each in new if each["level"] == "SHOULD"])
    yield from _failures("Known deviations", [each for each in failed if each["deviation"] is not None])
    yield from _unjudged(document["requirements"])


def _cost(document: Document) -> str:
    cost = document["cost"]
    seconds = "?" if cost["seconds"] is None else f"{cost['seconds']:.1f}"
    return f"{cost['requests']} requests, {cost['tokens']} tokens, {seconds} s, seed {document['seed']}"


def _profiles(document: Document) -> Iterator[str]:
    yield "| profile | verdict | MUST | SHOULD | unsupported | untestable | errored |"
    yield "|---|---|---|---|---|---|---|"
    for each in document["profiles"]:
        must, should = each["must"], each["should"]
        yield (
            f"| {each['name']} | {_SIGN[each['verdict']]} {each['verdict']} | {must['passed']}/{must['graded']} "
            f"| {should['passed']}/{should['graded']} | {each['unsupported']} | {each['untestable']} "
            f"| {each['errored']} |"
        )
    yield ""
    reasons = [f"- {each['name']}: {_code(reason)}" for each in document["profiles"] for reason in each["reasons"]]
    if reasons:
        yield from (*reasons, "")


def _failures(title: str, failures: Sequence[Document]) -> Iterator[str]:
    if not failures:
        return
    yield from (f"## {title} ({len(failures)})", "")
    for each in failures:
        yield from (f"### `{each['id']}`", "", f"> {each['statement']}", "")
        yield from (f"Source: {each['source']} (`{each['cites']}`)", "")
        if harm.full(each):
            yield from (f"Clients, where this is broken: {harm.full(each)}", "")
        if each["deviation"] is not None:
            yield from (f"Known: {_code(each['deviation'])}", "")
        shown = telling(each["violations"])
        for violation in shown:
            yield f"- {_code(violation['message'])}"
        yield ""
        more = each["violations_total"] - len(shown)
        if more > 0:
            yield from (f"… and {more} more.", "")
        seen: list[Any] = []
        for violation in shown:
            if violation["evidence"] is not None and violation["evidence"] not in seen:
                seen.append(violation["evidence"])
                yield from _evidence(violation["evidence"])


def _evidence(evidence: Document) -> Iterator[str]:
    yield from _fenced(evidence["curl"], "sh")
    yield from _details(moments.answered(evidence["response"]), moments.answer_lines(evidence["response"]))
    if evidence["timeline"]:
        yield from _details("The stream, event by event", moments.lines(evidence))


def _details(title: str, lines: Sequence[str]) -> Iterator[str]:
    """A block that opens on a click. Inside a fence nothing of the answer is HTML."""
    if lines:
        yield from (f"<details><summary>{html.escape(visible(title))}</summary>", "")
        yield from _fenced("\n".join(lines))
        yield from ("</details>", "")


def _unjudged(requirements: Sequence[Document]) -> Iterator[str]:
    groups: dict[tuple[str, str], list[str]] = {}
    for each in requirements:
        if each["outcome"] in ("untestable", "unsupported", "errored"):
            reason = each["reason"].strip().rpartition("\n")[2]
            groups.setdefault((each["outcome"], reason), []).append(each["id"])
    if not groups:
        return
    yield from ("## Not judged", "")
    for (outcome, reason), ids in sorted(groups.items()):
        yield f"- {outcome}, {_code(reason)}: {', '.join(f'`{each}`' for each in ids)}"


def _code(text: str) -> str:
    """Foreign text as a code span, in which nothing is markup."""
    text = visible(text) or " "
    ticks = "`" * (_longest(text) + 1)
    space = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{ticks}{space}{text}{space}{ticks}"


def _fenced(text: str, language: str = "") -> Iterator[str]:
    text = visible(text, lines=True)
    fence = "`" * max(3, _longest(text) + 1)
    yield from (fence + language, text, fence, "")


def _longest(text: str) -> int:
    return max((len(run) for run in _TICKS.findall(text)), default=0)
