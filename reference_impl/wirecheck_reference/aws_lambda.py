"""The reference server on AWS Lambda: `wirecheck_reference.aws_lambda.handler`, for what keeps nothing.

Takes events of API Gateway (REST and HTTP APIs), of function URLs and of load balancers. Streams are sent when they are
whole. What belongs to other requests (files, batches, conversations, stored chats) is not there: 404.
"""

from __future__ import annotations

from typing import Final

from mangum import Mangum

from wirecheck_reference.app import create_app
from wirecheck_reference.logs import configure_logs
from wirecheck_reference.settings import Settings

AREAS: Final = ("chat", "completions", "docs", "embeddings", "health", "models")
"""Those whose operations each stand for themselves."""

_settings: Final = Settings(in_memory=True, workers=1, metrics=False)
configure_logs(_settings.log_level)
handler: Final = Mangum(create_app(_settings, areas=AREAS), lifespan="on")
