"""Requests that break the contract, and what becomes of a server that gets them."""

from __future__ import annotations

from wirecheck.area import Area

AREA = Area("validation")
