"""Streams of chunks, whatever operation streams them: their bytes, their order, their end."""

from __future__ import annotations

from wirecheck.area import Area

AREA = Area("streams")
