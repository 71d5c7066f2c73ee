"""For all tests: servers in this process keep nothing, unless a test says where."""

from __future__ import annotations

import os

os.environ["WIRECHECK_IN_MEMORY"] = "true"
