"""What can be set, by environment (`WIRECHECK_...`), by `.env` or by hand. Knows no default of any other module."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

_PREFIX: Final = "WIRECHECK_"
# What the suite reads.
_OTHERS: Final = ("WIRECHECK_API_KEY", "WIRECHECK_LEVEL")

Keys = Annotated[list[SecretStr], NoDecode]
LogLevel = Literal["debug", "info", "warning", "error"]


class Settings(BaseSettings):
    """Settings of the server. Lists of keys are written with commas between them.

    What the server keeps lies in `data_folder`, made when it is needed; `database` is the URL of another place for all
    but files, whose contents lie in `data_folder/files`. `in_memory`: nothing is kept when the server ends, and nothing
    of it lies in a folder but the contents of files: these are in one among the system's temporary ones. `models` is a
    file of what is declared of the models. `max_body_pause`: a request whose body stops arriving for so many seconds is
    refused. So many batches and lines of each are worked on at once in a process; what is not done after
    `batch_window_seconds` is given up. A webhook is attempted so often, each time for at most
    `webhook_timeout_seconds`; the pauses before the second attempt and between later ones are at most so many seconds.
    `webhook_private_targets`: private networks and this machine may be sent to.
    """

    model_config = SettingsConfigDict(env_prefix=_PREFIX, env_file=".env", extra="ignore")

    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8000
    workers: Annotated[int, Field(gt=0)] = 1
    api_keys: Keys = []
    limited_keys: Keys = []
    narrow_keys: Keys = []
    revoked_keys: Keys = []
    jwt_secret: SecretStr | None = None
    jwks: str | None = None
    jwt_issuer: str | None = None
    jwt_audience: str | None = None
    rate_limit: str | None = None
    limited_rate: str = "5/minute"
    rate_limit_storage: str = "memory://"
    data_folder: Path = Path("wirecheck-data")
    database: str | None = None
    in_memory: bool = False
    models: Path | None = None
    max_body_bytes: Annotated[int, Field(gt=0)] = 8 * 2**20
    max_file_bytes: Annotated[int, Field(gt=0)] = 512 * 2**20
    max_body_pause: Annotated[float, Field(gt=0)] = 30
    slow_token_seconds: Annotated[float, Field(ge=0)] = 0.02
    batches_at_once: Annotated[int, Field(gt=0)] = 4
    batch_lines_at_once: Annotated[int, Field(gt=0)] = 8
    batch_window_seconds: Annotated[int, Field(gt=0)] = 24 * 3600
    webhook_private_targets: bool = False
    webhook_first_pause_seconds: Annotated[float, Field(gt=0)] = 5
    webhook_most_pause_seconds: Annotated[float, Field(gt=0)] = 4 * 3600
    webhook_attempts: Annotated[int, Field(gt=0)] = 25
    webhook_timeout_seconds: Annotated[float, Field(gt=0)] = 10
    shutdown_seconds: Annotated[int, Field(gt=0)] = 10
    log_level: LogLevel = "info"
    metrics: bool = False
    fault: str | None = None
    variant: str | None = None

    @field_validator("api_keys", "limited_keys", "narrow_keys", "revoked_keys", mode="before")
    @classmethod
    def _split(cls, value: Any) -> Any:
        return [key for key in value.split(",") if key] if isinstance(value, str) else value


def known() -> list[str]:
    """The variables that are settings."""
    return [*(f"{_PREFIX}{name.upper()}" for name in Settings.model_fields), *_OTHERS]


def unknown(names: Iterable[str]) -> list[str]:
    """Those of the variables that look like settings and are none."""
    return sorted(name for name in names if name.upper().startswith(_PREFIX) and name.upper() not in known())
