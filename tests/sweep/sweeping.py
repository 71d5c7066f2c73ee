"""Sweeps as the tests of this folder want them."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from typing import Final

from wirecheck.asking.target import Target, addresses
from wirecheck.evidence.exchange import Exchange
from wirecheck.sweeping.sweep import Bounds, sweep

_ID: Final = re.compile(r"[0-9a-f]{32}")

KEY: Final = "sk-sweep-0123456789abcdef"


def swept(
    url: str,
    *,
    seed: int = 1,
    seconds: float = 120,
    thorough: bool = False,
    most: int = 1400,
    timeout: float = 60,
    watch: Callable[[Exchange], None] = lambda _: None,
    stopped: threading.Event | None = None,
    features: frozenset[str] = frozenset({"model_cursors", "embeddings", "completions"}),
    areas: frozenset[str] | None = None,
) -> list[Exchange]:
    """What a sweep of the server sees."""
    root, api = addresses(url)[0]
    return sweep(
        Target(root, api, "echo", KEY, timeout=timeout, owner={"embedding_model": "hash-embed"}),
        Bounds(seed, seconds, most, thorough=thorough, features=features, areas=areas),
        watch,
        stopped or threading.Event(),
    ).exchanges


def asked(exchanges: list[Exchange]) -> list[tuple[str, str, bytes, tuple[tuple[str, str], ...]]]:
    """What was sent, whatever was answered: ids that a server chose are left out."""
    sent = [each.request for each in exchanges]
    return [(each.method, _ID.sub("", each.path), each.body, each.headers) for each in sent]
