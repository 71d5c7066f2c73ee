"""How files are made, to be followed as everything is that is kept."""

from __future__ import annotations

from wirecheck.area import Keeping
from wirecheck.areas.files.probes import has_files, life, made

KEEPINGS = (Keeping("listFiles", has_files, made, sees=(life,)),)
