"""Where the models stand."""

from __future__ import annotations

from typing import Final

MODELS: Final = "/v1/models"
