"""Images gone wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wirecheck_reference.engines.echo.images import described
from wirecheck_reference.faults.chat.reading import messages_of, wants_stream
from wirecheck_reference.faults.kinds.fault import on_request
from wirecheck_reference.faults.kinds.parts import Request


def _url(part: Any) -> str:
    """The URL of an image, "" where a part is none."""
    image = part.get("image_url") if isinstance(part, dict) else None
    url = image.get("url") if isinstance(image, dict) else None
    return url if isinstance(url, str) else ""


def _form(part: Any) -> str | None:
    """The format of an image that can be read, None where there is none."""
    try:
        return described(_url(part)).split()[0]
    except ValueError:
        return None


def _keep(request: Request, keeps: Callable[[list[str], Any], bool]) -> None:
    """Leaves out parts of messages; `keeps` is told the URLs of the images before one, and the part."""
    for message in messages_of(request):
        parts, seen, kept = message.get("content"), list[str](), list[Any]()
        for part in parts if isinstance(parts, list) else ():
            if keeps(seen, part):
                kept.append(part)
            seen += [url] if (url := _url(part)) else []
        if kept:
            message["content"] = kept


@on_request(at="createChatCompletion", breaks=("chat.obeyed-rest",))
def shuts_its_eyes(request: Request) -> None:
    """Takes images and leaves them out of the prompt."""
    _keep(request, lambda _, part: _form(part) is None)


@on_request(at="createChatCompletion", breaks=("images.all-read",))
def sees_one_image_alone(request: Request) -> None:
    """Leaves all images of a message but the first out of the prompt."""
    _keep(request, lambda seen, part: not (seen and _url(part)))


@on_request(at="createChatCompletion", breaks=("images.both-modes",))
def refuses_images_in_streams(request: Request) -> None:
    """Refuses images where a stream is asked for."""
    if wants_stream(request) and any(_images(request)):
        request.body["model"] = 5


@on_request(at="createChatCompletion", breaks=("images.forms",))
def wants_png(request: Request) -> None:
    """Refuses JPEG, WebP and GIF."""
    for part in _images(request):
        if _form(part) not in (None, "PNG"):
            part["image_url"]["url"] = ""


@on_request(at="createChatCompletion", breaks=("images.forms",))
def wants_no_detail(request: Request) -> None:
    """Refuses `detail: high`."""
    for part in _images(request):
        if part["image_url"].get("detail") == "high":
            part["image_url"]["detail"] = 5


@on_request(at="createChatCompletion", breaks=("images.broken",))
def takes_what_is_no_image(request: Request) -> None:
    """Leaves out what it cannot read, and answers."""
    _keep(request, lambda _, part: not _url(part) or _form(part) is not None)


def _images(request: Request) -> list[dict[str, Any]]:
    contents = [message.get("content") for message in messages_of(request)]
    return [part for parts in contents if isinstance(parts, list) for part in parts if _url(part)]
