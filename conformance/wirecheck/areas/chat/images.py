"""Images to ask about: a red square of 64 x 64 pixels in each format that models read, as `data:` URLs. No I/O."""

from __future__ import annotations

from typing import Any, Final

# By the subtype of the media type (OpenAI guide, Images and vision: PNG, JPEG, WebP, GIF).
_SQUARES: Final = {
    "png": (
        "iVBORw0KGgoAAAANSUhEUgAAAEAAAABACAIAAAAlC+aJAAAAUElEQVR42u3PQREAAAQAMATRP4pYUni42xospzs+q3hOQEBAQEBA"
        "QEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBA4N4CQ3UBhF8gRisAAAAASUVORK5CYII="
    ),
    "jpeg": (
        "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABsSFBcUERsXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQc1tdhbWGkJ6j"
        "q62rZ4C8ybqmx5moq6T/2wBDARweHigjKE4rK06kbl1upKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSk"
        "pKSkpKSkpKT/wAARCABAAEADASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAT/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QA"
        "FgEBAQEAAAAAAAAAAAAAAAAAAAQF/8QAFBEBAAAAAAAAAAAAAAAAAAAAAP/aAAwDAQACEQMRAD8AhATtgAAAAAAAAAAAAAAAAAAA"
        "AAAAAAAAAAB//9k="
    ),
    "webp": ("UklGRiQAAABXRUJQVlA4TBcAAAAvP8APAAdQjyLXo/8BICH8f69F9D/1AwA="),
    "gif": (
        "R0lGODdhQABAAIEAAMgeHgAAAAAAAAAAACwAAAAAQABAAEAIaQABCBxIsKDBgwgTKlzIsKHDhxAjSpxIsaLFixgzatzIsaPHjyBD"
        "ihxJsqTJkyhTqlzJsqXLlzBjypxJs6bNmzhz6tzJs6fPn0CDCh1KtKjRo0iTKl3KtKnTp1CjSp1KtarVq1izagUQEAA7"
    ),
}
FORMATS: Final = tuple(_SQUARES)


def part(form: str, **more: Any) -> dict[str, Any]:
    """A part of a message that holds the square in a format; `more` stands beside its URL, such as `detail`."""
    return url_part(f"data:image/{form};base64,{_SQUARES[form]}", **more)


def url_part(url: str, **more: Any) -> dict[str, Any]:
    """A part of a message that holds an image by its URL."""
    return {"type": "image_url", "image_url": {"url": url, **more}}


def text_part(text: str) -> dict[str, Any]:
    """A part of a message that holds text."""
    return {"type": "text", "text": text}
