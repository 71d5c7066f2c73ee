"""The models of the echo, as the catalogue shows them and as their owner would declare them. Knows no HTTP."""

from __future__ import annotations

from typing import Final

from wirecheck_contract.models import Model, ModelPrice

from wirecheck_reference.engines.echo.engine import MOST, QUICK, WINDOW, EchoEngine, Manner

PROVIDER: Final = "wirecheck"
MODEL: Final = "echo"
SLOW: Final = "echo-slow"
FAILING: Final = "echo-failing"
_SINCE: Final = 1767225600  # 2026-01-01: `created` of the echo models.

OWNER: Final = {"model": MODEL, "slow_model": SLOW, "failing_model": FAILING}
"""What the server's owner knows of its models, and a judge cannot find out by asking."""


def echo_engine(pause: float) -> EchoEngine:
    """The built-in engine: a quick model, a slow one (`pause` seconds a token), one with a slash, one that fails."""
    manners = {
        MODEL: QUICK,
        SLOW: Manner(pause=pause),
        f"{PROVIDER}/{MODEL}": QUICK,
        FAILING: Manner(fails_after=3),
    }
    return EchoEngine(manners, {name: _described(name) for name in manners})


def _described(name: str) -> Model:
    return Model(
        id=name,
        object="model",
        created=_SINCE,
        owned_by=PROVIDER,
        provider=PROVIDER,
        context_window=WINDOW,
        max_output_tokens=MOST,
        capabilities=["chat", "streaming", "tools", "structured_output", "logprobs"],
        price=ModelPrice(input_usd_per_million_tokens=0.25, output_usd_per_million_tokens=1.0),
    )
