"""The report on a terminal: what is broken and how to see it again, then one line a profile, then the verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from rich.console import Console

from wirecheck.area import features
from wirecheck.report import harm, moments
from wirecheck.report.excerpt import CUT, cut
from wirecheck.report.kinds import BRIEF, telling
from wirecheck.report.paper import Paper

Document = Mapping[str, Any]

_STYLE: Final = {"conforms": "bold green", "violates": "bold red", "cannot tell": "bold yellow"}
_MARK: Final = {
    "passed": ("✓", "green"),
    "failed": ("✗", "red"),
    "unsupported": ("-", "dim"),
    "untestable": ("?", "yellow"),
    "errored": ("!", "magenta"),
}
# So much of an answer and a stream is shown without --verbose.
_LINES: Final = 6
_MESSAGE: Final = 400
_EVENTS: Final = (6, 4)
_WARNING: Final = 160
# So many are named as what to mend first.
_FIRST: Final = 3
_ORDER: Final = ("core", "agent", "full")


def render(document: Document, console: Console, verbose: bool = False) -> None:
    """Prints the report. `verbose`: every requirement with its outcome, every message, and more evidence."""
    paper = Paper(console)
    requirements: Sequence[Document] = document["requirements"]
    _head(paper, document)
    if verbose:
        _everything(paper, requirements)
    failed = [each for each in requirements if each["outcome"] == "failed"]
    new = sorted((each for each in failed if each["deviation"] is None), key=_place)
    for level, title, style in (("MUST", "broken", "red"), ("SHOULD", "not followed (warnings)", "yellow")):
        found = [each for each in new if each["level"] == level]
        if found:
            paper.title(f"{level}: {len(found)} {title}", f"bold {style}")
        for each in found:
            (_failure if verbose or level == "MUST" else _warning)(paper, each, style, verbose=verbose)
    _deviations(paper, [each for each in failed if each["deviation"] is not None], verbose=verbose)
    _errored(paper, [each for each in requirements if each["outcome"] == "errored"], verbose=verbose)
    _grouped(paper, "Untestable: nobody saw what they speak of", requirements, "untestable")
    _grouped(paper, "Unsupported: the server has none of these", requirements, "unsupported")
    _closing(paper, document)
    _verdict(paper, document, new)


def _head(paper: Paper, document: Document) -> None:
    server = document["server"]
    paper.line(
        (f"wirecheck {document['suite']['version']}", "bold"),
        f"  {server['url']}  model {server['model']}  profile {document['profile']}  mode {document['mode']}",
    )
    features = server["features"]
    if features["found"]:
        paper.item("features", ", ".join(features["found"]), "dim")


def _everything(paper: Paper, requirements: Sequence[Document]) -> None:
    paper.title(f"All requirements: {len(requirements)}")
    wide = max((len(each["id"]) for each in requirements), default=0)
    for each in requirements:
        sign, style = _MARK[each["outcome"]]
        known = ", known" if each["deviation"] is not None else ""
        why = cut(each["reason"].strip().rpartition("\n")[2], 200)
        seen = f"judged {each['judged']}" if each["judged"] else why
        paper.line(
            (sign, style), f" {each['id']:<{wide}}  {each['level']:<6}  {each['outcome']}{known}  ", (seen, "dim")
        )


def _failure(paper: Paper, requirement: Document, style: str, *, verbose: bool) -> None:
    paper.gap()
    sign = "✗" if style == "red" else "!"
    paper.line((f"{sign} {requirement['id']}", f"bold {style}"), (f"  {requirement['level']}", style))
    paper.block(requirement["statement"], indent=2)
    paper.block(f"{requirement['source']} ({requirement['cites']})".lstrip(), "dim", indent=2)
    clients = (harm.full if verbose else harm.brief)(requirement)
    if clients:
        paper.block(f"Clients, where this is broken: {clients}", "dim", indent=2)
    paper.gap()
    _violations(paper, requirement, style, verbose=verbose)


def _place(requirement: Document) -> int:
    """Where a failure stands in the report: what the smallest profile asks for comes first, to be mended first."""
    known = features().get(requirement["feature"])
    return _ORDER.index(known.profile) if known else len(_ORDER)


def _warning(paper: Paper, requirement: Document, style: str, *, verbose: bool) -> None:  # noqa: ARG001 - as `_failure`
    """A sentence of advice on a line: what it says and where it was seen is shown by --verbose."""
    first = next((each["message"] for each in requirement["violations"]), "")
    more = requirement["violations_total"] - 1
    rest = f" (and {more} more)" if more > 0 else ""
    paper.item("!", f"{requirement['id']}  SHOULD  {cut(first, _WARNING)}{rest}", style, indent=2)


def _violations(paper: Paper, requirement: Document, style: str, *, verbose: bool) -> None:
    """Every message if verbose, some with their evidence; else a message of some kinds, and then the first evidence."""
    shown = requirement["violations"] if verbose else telling(requirement["violations"])
    seen: list[Any] = []
    for violation in shown:
        paper.item("•", violation["message"] if verbose else cut(violation["message"], _MESSAGE), style, indent=2)
        evidence = violation["evidence"]
        if evidence is not None and evidence not in seen:
            seen.append(evidence)
            if verbose and len(seen) <= BRIEF:
                _evidence(paper, evidence, verbose=True)
    more = requirement["violations_total"] - len(shown)
    if more > 0:
        paper.line((f"{CUT} and {more} more", "dim"), indent=2)
    if seen and not verbose:
        _evidence(paper, seen[0], verbose=False)


def _evidence(paper: Paper, evidence: Document, *, verbose: bool) -> None:
    answer = evidence["response"]
    request = evidence["request"]
    paper.line((f"{request['method']} {request['url']} -> {moments.answered(answer)}", "dim"), indent=4)
    for name, value in answer["headers"] if verbose else ():
        paper.line((f"{name}: {value}", "dim cyan"), indent=6)
    if evidence["timeline"]:
        first, last = (41, 0) if verbose else _EVENTS
        lines = moments.lines(evidence, first, last, 420 if verbose else paper.width - 4)
    else:
        body = answer["body"].strip("\n")
        lines = body.split("\n") if verbose and body else _short(body, paper.width - 6)
    for line in lines:
        paper.line((line, "cyan"), indent=4 if evidence["timeline"] else 6)
    for line in evidence["curl"].split("\n"):
        paper.line(line, indent=4)


def _short(body: str, wide: int) -> list[str]:
    lines = body.split("\n") if body else []
    more = [f"{CUT} {len(lines) - _LINES} more lines"] if len(lines) > _LINES else []
    return [cut(line, 3 * wide) for line in lines[:_LINES]] + more


def _deviations(paper: Paper, known: Sequence[Document], *, verbose: bool) -> None:
    if known:
        paper.title(f"Known deviations: {len(known)}")
    for each in known:
        paper.item("!", f"{each['id']} ({each['level']}): {each['deviation']}", "yellow", indent=2)
        if verbose:
            _violations(paper, each, "dim", verbose=True)


def _errored(paper: Paper, errored: Sequence[Document], *, verbose: bool) -> None:
    """What broke in the suite: its last line says what, the whole of it is for who mends it."""
    if errored:
        paper.title(f"Errored: the suite broke on {len(errored)}, which says nothing of the server", "bold magenta")
    for each in errored:
        lines = each["reason"].strip().split("\n")
        paper.item("!", f"{each['id']}: {cut(lines[-1], _MESSAGE)}", "magenta", indent=2)
        for line in lines[:-1] if verbose else ():
            paper.line((line, "dim"), indent=6)


def _grouped(paper: Paper, title: str, requirements: Sequence[Document], outcome: str) -> None:
    groups: dict[str, list[str]] = {}
    for each in requirements:
        if each["outcome"] == outcome:
            groups.setdefault(each["reason"], []).append(each["id"])
    if groups:
        paper.title(title)
    for reason, ids in groups.items():
        paper.item("•", cut(reason, _MESSAGE), "dim", indent=2)
        paper.block(", ".join(ids), "dim", indent=4)


def _closing(paper: Paper, document: Document) -> None:
    paper.gap()
    for note in document["notes"]:
        paper.item("note:", note, "yellow")
    cost = document["cost"]
    if cost["areas"]:
        each_area = ", ".join(f"{each['area']} {each['requests']}" for each in cost["areas"])
        paper.item("requests by area:", each_area, "dim")
    seconds = "?" if cost["seconds"] is None else f"{cost['seconds']:.1f}"
    for each in document["profiles"]:
        must, should = each["must"], each["should"]
        errored = f"  errored {each['errored']}" if each["errored"] else ""
        paper.line(
            f"{each['name']}: ",
            (each["verdict"], _STYLE[each["verdict"]]),
            f"  MUST {must['passed']}/{must['graded']}  SHOULD {should['passed']}/{should['graded']}"
            f"  unsupported {each['unsupported']}  untestable {each['untestable']}{errored}"
            f"  requests {cost['requests']}  tokens {cost['tokens']}  {seconds} s  seed {document['seed']}",
        )


def _verdict(paper: Paper, document: Document, failed: Sequence[Document]) -> None:
    verdict, profile = document["verdict"], document["profile"]
    asked = next(each for each in document["profiles"] if each["name"] == profile)
    why = "; ".join(asked["reasons"])
    known = sum(each["outcome"] == "failed" and each["deviation"] is not None for each in document["requirements"])
    words = {
        "conforms": f"{document['server']['url']} conforms to profile {profile}: "
        + ("no MUST that was judged is broken" if not known else "no MUST is broken but those known to the owner")
        + f" ({'; '.join([str(asked['must']['graded']) + ' judged', *asked['reasons']])}).",
        "violates": f"{document['server']['url']} violates profile {profile}: {why}.",
        "cannot tell": f"Nobody can tell whether {document['server']['url']} conforms to profile {profile}: {why}.",
    }
    paper.gap()
    paper.block(words[verdict], _STYLE[verdict])
    musts = [each["id"] for each in failed if each["level"] == "MUST"]
    if len(musts) > 1:
        rest = f" and {len(musts) - _FIRST} more" if len(musts) > _FIRST else ""
        paper.line(("To mend first:  ", "dim"), f"{', '.join(musts[:_FIRST])}{rest}")
    if failed:
        first = min(failed, key=lambda each: str(each["level"]))["id"]
        paper.line(("Where the sentence comes from, and what is looked at:  ", "dim"), f"wirecheck explain {first}")
        paper.line(("To ask for it alone, the same command with:            ", "dim"), f"--only {first} --verbose")
    elif verdict == "cannot tell":
        paper.line(("Every requirement with its reason, the same command with:  ", "dim"), "--verbose")
