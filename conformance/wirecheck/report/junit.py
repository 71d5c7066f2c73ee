"""The report as JUnit XML, for CI systems: one test case a requirement, and one for the verdict."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, ElementTree, SubElement, indent

from wirecheck.report.excerpt import visible

Document = Mapping[str, Any]


def write(document: Document, path: Path) -> None:
    """Writes the file. Raises OSError where the path cannot be written.

    A MUST that is broken is a failure, and nothing else is; a SHOULD says so in `system-out`; a known deviation, and
    what was not judged, is skipped with its reason. What else keeps the verdict from green is an error of the case
    `verdict`: a run that saw too little is not green.
    """
    root = Element("testsuites", name="wirecheck")
    suite = SubElement(root, "testsuite", name="wirecheck")
    _properties(suite, document)
    _verdict(suite, document)
    for each in document["requirements"]:
        _case(suite, each)
    counts = {
        "tests": len(suite.findall("testcase")),
        "failures": len(suite.findall("testcase/failure")),
        "errors": len(suite.findall("testcase/error")),
        "skipped": len(suite.findall("testcase/skipped")),
    }
    for name, count in counts.items():
        suite.set(name, str(count))
        if name != "skipped":
            root.set(name, str(count))
    for element in (root, suite):
        element.set("time", f"{document['cost']['seconds'] or 0:.3f}")
    indent(root)
    ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)


def _clean(text: str) -> str:
    """XML 1.0 section 2.2 allows no control characters, not even as references: they are shown as escapes."""
    return visible(text, lines=True)


def _properties(suite: Element, document: Document) -> None:
    properties = SubElement(suite, "properties")
    values = {
        "verdict": document["verdict"],
        "profile": document["profile"],
        "mode": document["mode"],
        "url": document["server"]["url"],
        "model": document["server"]["model"],
        "seed": document["seed"],
        "requests": document["cost"]["requests"],
        "tokens": document["cost"]["tokens"],
        "suite_version": document["suite"]["version"],
        "contract_digest": document["suite"]["contract_digest"],
    }
    for name, value in values.items():
        SubElement(properties, "property", name=name, value=_clean(str(value)))


def _verdict(suite: Element, document: Document) -> None:
    case = SubElement(suite, "testcase", classname="verdict", name=document["profile"], time="0")
    if document["verdict"] == "conforms":
        return
    asked = next(each for each in document["profiles"] if each["name"] == document["profile"])
    text = _clean("\n".join([document["verdict"], *asked["reasons"]]))
    if any(_broken(each) for each in document["requirements"]):
        SubElement(case, "system-out").text = text
    else:
        SubElement(case, "error", message=_clean(document["verdict"]), type="verdict").text = text


def _broken(requirement: Document) -> bool:
    """Whether a MUST fails and nobody knew: what the other reports call broken."""
    failed: bool = requirement["outcome"] == "failed" and requirement["level"] == "MUST"
    return failed and requirement["deviation"] is None


def _case(suite: Element, requirement: Document) -> None:
    id_ = requirement["id"]
    case = SubElement(suite, "testcase", classname=id_.partition(".")[0], name=id_, time="0")
    outcome, reason = requirement["outcome"], _clean(requirement["reason"])
    if outcome in ("unsupported", "untestable"):
        SubElement(case, "skipped", message=f"{outcome}: {reason}", type=outcome)
    elif outcome == "errored":
        last = reason.strip().rpartition("\n")[2]
        SubElement(case, "error", message=last, type="errored").text = reason
    elif outcome == "failed":
        _failed(case, requirement)


def _failed(case: Element, requirement: Document) -> None:
    shown = _clean(_text(requirement))
    first = _clean(requirement["violations"][0]["message"]) if requirement["violations"] else ""
    if requirement["deviation"] is not None:
        message = f"known deviation: {_clean(requirement['deviation'])}"
        SubElement(case, "skipped", message=message, type="deviation")
        SubElement(case, "system-out").text = shown
    elif requirement["level"] == "SHOULD":
        SubElement(case, "system-out").text = f"warning, a SHOULD does not hold\n{shown}"
    else:
        SubElement(case, "failure", message=first, type=requirement["level"]).text = shown


def _text(requirement: Document) -> str:
    lines = [requirement["statement"], f"source: {requirement['source']} ({requirement['cites']})"]
    for violation in requirement["violations"]:
        lines += ["", violation["message"]]
        evidence = violation["evidence"]
        if evidence:
            answer = evidence["response"]
            lines += [evidence["curl"], f"status {answer['status']}, {answer['end']} {answer['error']}".rstrip()]
            lines += [answer["body"]] if answer["body"] else []
    more = requirement["violations_total"] - len(requirement["violations"])
    return "\n".join([*lines, "", f"and {more} more"] if more > 0 else lines)
