"""The requirements for a reader: the list, and one explained."""

from __future__ import annotations

import inspect
import json
import textwrap
from difflib import get_close_matches

from wirecheck import impact
from wirecheck.area import features
from wirecheck.asking.probe import Probe
from wirecheck.judging.requirement import Requirement, requirements


def listing(feature: str | None = None, level: str | None = None, *, as_json: bool = False) -> str:
    """The requirements, one a line or as a JSON list, narrowed to a feature and a level."""
    found = [
        each
        for each in requirements()
        if (feature is None or each.feature == feature) and (level is None or each.level == level)
    ]
    if as_json:
        return json.dumps([_entry(each) for each in found], indent=2, ensure_ascii=False)
    wide = max((len(each.id) for each in found), default=0)
    lines = [f"{each.id:<{wide}}  {each.level:<6}  {each.feature:<17}  {each.statement}" for each in found]
    musts = sum(each.level == "MUST" for each in found)
    return "\n".join([*lines, "", f"{len(found)} requirements: {musts} MUST, {len(found) - musts} SHOULD"])


def _entry(each: Requirement) -> dict[str, str]:
    return {
        "id": each.id,
        "level": each.level,
        "feature": each.feature,
        "statement": each.statement,
        "cites": each.section.cites,
        "source": each.section.source,
    }


def explanation(id_: str) -> str:
    """All that is known of one requirement. Raises KeyError, with the nearest ids, for one that is none."""
    known = {each.id: each for each in requirements()}
    if id_ not in known:
        near = get_close_matches(id_, known, n=3)
        raise KeyError(f"there is no requirement {id_!r}" + (f": did you mean {', '.join(near)}?" if near else ""))
    each = known[id_]
    section = each.section
    if not isinstance(each.on, Probe):
        evidence = f"every {each.on.name} of the run"
    else:
        evidence = f"the probe {each.on.name}: {' '.join((inspect.getdoc(each.on.ask) or '').split())}"
    rows = (
        ("level", each.level),
        ("feature", f"{each.feature}: {features()[each.feature].title}"),
        ("evidence", evidence),
        ("section", f"spec/rules/{section.cites} ({section.title})"),
        ("source", section.source),
        ("why", section.why),
        ("clients", impact.told(id_)),
    )
    lines = [each.id, "", *textwrap.wrap(each.statement, 92, initial_indent="  ", subsequent_indent="  "), ""]
    for name, text in rows:
        if text:
            lines += textwrap.wrap(text, 92, initial_indent=f"  {name:<9} ", subsequent_indent=" " * 12)
    return "\n".join(lines)
