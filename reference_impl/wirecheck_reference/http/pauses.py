"""Bodies that stop arriving. Knows nothing of what is in them."""

from __future__ import annotations

import asyncio

from starlette.types import Message, Receive

from wirecheck_reference.errors import ApiError


def impatient(receive: Receive, seconds: float) -> Receive:
    """A `receive` for what reads a body: raises `ApiError` (408) where nothing of it arrives for so many seconds.

    uvicorn bounds only the time between two requests of a connection.
    """

    async def receive_soon() -> Message:
        try:
            async with asyncio.timeout(seconds):
                return await receive()
        except TimeoutError:
            message = f"Nothing of the body arrived for {seconds:g} seconds."
            # RFC 9110 section 15.5.9: what comes later must not be taken for a request.
            raise ApiError(408, "request_timeout", message, headers={"connection": "close"}) from None

    return receive_soon
