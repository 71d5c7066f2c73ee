"""What tokens cost: spec/rules/chat/costs.md."""

from __future__ import annotations

from typing import Any, Final

from wirecheck.areas.chat.probes import costs
from wirecheck.areas.chat.reading import read
from wirecheck.evidence.exchange import Exchange, at, whole_number
from wirecheck.evidence.unseen import Unseen
from wirecheck.judging.requirement import Broken, Violations, requirement

_MILLION: Final = 1_000_000
# Half of a millionth of a dollar: some round to six places.
_ROUNDED: Final = 0.5 / _MILLION
_LARGEST: Final = 1e15


@requirement("usage.cost", on=costs.charged, feature="chat")
def charges_what_it_tells(seen: costs.Charged) -> Violations:
    """Where a model tells its price and an answer its `cost_usd`, that MUST be the sum of the tokens times their
    prices, without a stream and in one.
    """
    judged = False
    for answer in seen.answers:
        if answer.status != 200:
            continue
        told, due = _number(at(read(answer).usage, "cost_usd")), _due(seen.model, answer)
        if told is None or due is None:
            continue
        judged = True
        if abs(told - due) > _ROUNDED + due / _MILLION:
            yield Broken(f"cost_usd is {told:.9f}; by the tokens and the price of the model {due:.9f}", answer)
    if not judged:
        raise Unseen("no price of the model is told, or no cost of its answers")


def _due(model: Exchange, answer: Exchange) -> float | None:
    """What the tokens of an answer cost by the price of its model, None where that or a count is missing."""
    prices = [_price(model, kind) for kind in ("input", "output", "cached_input")]
    found = read(answer)
    prompt, completion = found.count("prompt_tokens"), found.count("completion_tokens")
    if prices[0] is None or prices[1] is None or prompt is None or completion is None:
        return None
    cached = whole_number(at(found.usage, "prompt_tokens_details", "cached_tokens")) or 0
    kept = prices[0] if prices[2] is None else prices[2]
    return ((prompt - cached) * prices[0] + cached * kept + completion * prices[1]) / _MILLION


def _price(model: Exchange, kind: str) -> float | None:
    return _number(model.at("price", f"{kind}_usd_per_million_tokens")) if model.status == 200 else None


def _number(value: Any) -> float | None:
    """A number as it may stand for a sum or a price; None for what is none, or larger than any."""
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return float(value) if is_number and 0 <= value < _LARGEST else None
