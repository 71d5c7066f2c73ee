"""What every answer owes to HTTP: labels, request ids, other origins."""

from __future__ import annotations

from wirecheck.area import Area, Feature
from wirecheck.areas.http.probes import has_cors, page

AREA = Area("HTTP", features=(Feature("cors", "pages of other origins let in", has_cors),), headers=page)
