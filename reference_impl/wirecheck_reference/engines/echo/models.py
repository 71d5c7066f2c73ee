"""The models of the echo, as the catalogue shows them and as their owner would declare them. Knows no HTTP."""

from __future__ import annotations

from typing import Final

from wirecheck_contract.models import Model, ModelPrice

from wirecheck_reference.engines.completion import CAPABILITY
from wirecheck_reference.engines.echo.engine import EchoEngine
from wirecheck_reference.engines.echo.limits import MOST, WINDOW
from wirecheck_reference.engines.echo.manners import QUICK, Manner

PROVIDER: Final = "wirecheck"
MODEL: Final = "echo"
SLOW: Final = "echo-slow"
FAILING: Final = "echo-failing"
THINKING: Final = "thinking"
NOISY: Final = "noisy"
VARYING: Final = "varying"
REFUSING: Final = "refusing"
PRICE: Final = ModelPrice(input_usd_per_million_tokens=0.25, output_usd_per_million_tokens=1.0)
_SINCE: Final = 1767225600  # 2026-01-01: `created` of the echo models.

_STEADYING: Final = frozenset(
    (
        "max_tokens",
        "temperature",
        "top_p",
        "stop",
        "seed",
        "logprobs",
        "top_logprobs",
        "logit_bias",
        "presence_penalty",
        "frequency_penalty",
    )
)
# Models made for conversations alone, as those that think are: they continue no text.
_CONVERSING: Final = (THINKING, REFUSING)
_TOOLS: Final = frozenset(("tools", "tool_choice", "functions", "function_call", "response_format"))

OWNER: Final = {"model": MODEL, "slow_model": SLOW, "failing_model": FAILING}
"""What the server's owner knows of its models, and a judge cannot find out by asking."""


def echo_engine(pause: float) -> EchoEngine:
    """The built-in engine: a quick model, a slow one (`pause` seconds a token), one with a slash, one that fails.

    The others are as models are that a judge must not blame for it: they think and take little, speak noise, never say
    the same twice, refuse one answer in five.
    """
    manners = {
        MODEL: QUICK,
        SLOW: Manner(pause=pause),
        f"{PROVIDER}/{MODEL}": QUICK,
        FAILING: Manner(fails_after=3),
        THINKING: Manner(thoughts=120, refuses=_STEADYING),
        NOISY: Manner(says="noise", refuses=_TOOLS),
        VARYING: Manner(says="anything"),
        REFUSING: Manner(declines=5),
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
        capabilities=[
            *("chat", "streaming", "tools", "structured_output", "logprobs", "vision"),
            *(() if name in _CONVERSING else (CAPABILITY,)),
        ],
        price=PRICE,
    )
