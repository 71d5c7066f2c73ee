"""The JSON report: the one document that all other reports are made of (`report.schema.json`)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from wirecheck import impact
from wirecheck.evidence.exchange import Exchange
from wirecheck.judging.requirement import Broken
from wirecheck.judging.verdict import Judgement, Result, Tally
from wirecheck.report import evidence
from wirecheck.report.excerpt import number
from wirecheck.report.scrub import Scrubber

SCHEMA_VERSION: Final = "1.0"
MESSAGE: Final = 1000
REASON: Final = 4000


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of the document."""
    loaded: dict[str, Any] = json.loads(files("wirecheck.report").joinpath("report.schema.json").read_bytes())
    return loaded


def document(judgement: Judgement) -> dict[str, Any]:
    """The run as plain JSON values. Whatever came from outside is bounded, visible and free of the run's keys."""
    scrub = Scrubber(judgement.secrets)
    writer = _Writer(scrub)
    return {
        "schema_version": SCHEMA_VERSION,
        "suite": {"version": judgement.suite_version, "contract_digest": judgement.contract_digest},
        "server": {
            "url": scrub.excerpt(judgement.url, MESSAGE),
            "model": scrub.excerpt(judgement.model, MESSAGE),
            "features": _features(judgement.declared, judgement.features, scrub),
        },
        "profile": judgement.profile,
        "mode": judgement.mode,
        "verdict": judgement.verdict,
        "profiles": [_profile(each, scrub) for each in judgement.tallies],
        "seed": judgement.seed,
        "cost": {
            "requests": judgement.cost.requests,
            "tokens": judgement.cost.tokens,
            "seconds": number(judgement.cost.seconds),
            "areas": [
                {"area": each.area, "requests": each.requests, "tokens": each.tokens} for each in judgement.cost.areas
            ],
        },
        "notes": [scrub.excerpt(note, MESSAGE) for note in judgement.notes],
        "requirements": [writer.requirement(each) for each in judgement.results],
    }


def write(document: Mapping[str, Any], path: Path) -> None:
    """Writes the document as UTF-8. Raises OSError where the path cannot be written."""
    path.write_text(json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False) + "\n", "utf-8")


def _features(declared: tuple[str, ...], states: Mapping[str, str], scrub: Scrubber) -> dict[str, Any]:
    known = ("found", "absent")
    return {
        "declared": list(declared),
        "found": [name for name, state in states.items() if state == "found"],
        "absent": [name for name, state in states.items() if state == "absent"],
        "unknown": {name: scrub.excerpt(why, MESSAGE) for name, why in states.items() if why not in known},
    }


def _profile(tally: Tally, scrub: Scrubber) -> dict[str, Any]:
    return {
        "name": tally.profile,
        "verdict": tally.verdict,
        "must": dict(zip(("passed", "graded"), tally.must, strict=True)),
        "should": dict(zip(("passed", "graded"), tally.should, strict=True)),
        "unsupported": tally.unsupported,
        "untestable": tally.untestable,
        "errored": tally.errored,
        "reasons": [scrub.excerpt(reason, MESSAGE) for reason in tally.reasons],
    }


def _clients(id_: str) -> list[dict[str, Any]] | None:
    """What a broken requirement was seen to do to clients; None where no client was tried."""
    if not impact.tried(id_):
        return None
    shown = ("client", "version", "outcome", "fault", "shared")
    return [{name: getattr(each, name) for name in shown} for each in impact.harms(id_)]


class _Writer:
    """Writes results; an exchange that shows several violations is prepared once."""

    def __init__(self, scrub: Scrubber) -> None:
        self._scrub = scrub
        self._shown: dict[int, dict[str, Any]] = {}

    def requirement(self, result: Result) -> dict[str, Any]:
        about = result.requirement
        section = about.section
        return {
            "id": about.id,
            "level": about.level,
            "statement": about.statement,
            "source": section.source,
            "cites": section.cites,
            "feature": about.feature,
            "clients": _clients(about.id),
            "outcome": result.outcome,
            "reason": self._reason(result.reason),
            "judged": result.judged,
            "deviation": None if result.deviation is None else self._scrub.excerpt(result.deviation, MESSAGE),
            "violations": [self._violation(each) for each in result.violations],
            "violations_total": result.count,
        }

    def _reason(self, reason: str) -> str:
        """Of a long traceback the end says what happened."""
        clean = self._scrub.text(reason)
        return self._scrub.excerpt(clean if len(clean) <= REASON else "…" + clean[1 - REASON :], REASON, lines=True)

    def _violation(self, broken: Broken) -> dict[str, Any]:
        return {
            "message": self._scrub.excerpt(broken.message, MESSAGE),
            "evidence": self._evidence(broken.exchange, broken.before) if broken.exchange else None,
        }

    def _evidence(self, exchange: Exchange, before: Exchange | None) -> dict[str, Any]:
        if id(exchange) not in self._shown:
            self._shown[id(exchange)] = evidence.shown(exchange, self._scrub)
        found = self._shown[id(exchange)]
        return found if before is None else {**found, "curl": evidence.one_by_one(before, exchange, self._scrub)}
