"""What the echo sees in images."""

from __future__ import annotations

import base64
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wirecheck.areas.chat import images
from wirecheck_reference.engines.echo.images import described


def _square(form: str) -> str:
    url: str = images.part(form)["image_url"]["url"]
    return url


@pytest.mark.parametrize(("form", "name"), [("png", "PNG"), ("jpeg", "JPEG"), ("webp", "WebP"), ("gif", "GIF")])
def test_type_and_size_are_told(form: str, name: str) -> None:
    assert described(_square(form)) == f"{name} image of 64 x 64 pixels"


def test_the_bytes_tell_the_type_and_not_the_label() -> None:
    assert described(_square("gif").replace("image/gif", "image/png;charset=x")).startswith("GIF")


def _cut(url: str) -> str:
    head, _, data = url.partition(",")
    return f"{head},{base64.b64encode(base64.b64decode(data)[:8]).decode()}"


@pytest.mark.parametrize(
    "broken",
    [
        lambda url: url.replace("data:", "http://host/"),
        lambda url: url.replace(";base64", ""),
        lambda url: url + "*",
        lambda url: url.partition(",")[0],
        lambda _: "data:image/png;base64,",
        lambda _: "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>",
        _cut,
    ],
)
@pytest.mark.parametrize("form", images.FORMATS)
def test_what_is_no_image_is_refused(form: str, broken: Callable[[str], str]) -> None:
    with pytest.raises(ValueError, match=r"data: URL"):
        described(broken(_square(form)))


@given(st.binary(max_size=200), st.sampled_from(images.FORMATS), st.integers(0, 200))
def test_no_bytes_bring_it_down(noise: bytes, form: str, place: int) -> None:
    head, _, data = _square(form).partition(",")
    image = base64.b64decode(data)
    mixed = image[:place] + noise + image[place + len(noise) :]
    with suppress(ValueError):
        assert "image of" in described(f"{head},{base64.b64encode(mixed).decode()}")
