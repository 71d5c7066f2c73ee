"""The image, the composition and the page about them name what there is, and no secret."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from wirecheck_reference.settings import known

ROOT = Path(__file__).resolve().parents[2]
IMAGE = (ROOT / "Dockerfile").read_text("utf-8")
PAGE = (ROOT / "docs" / "deploying.md").read_text("utf-8")
COMPOSITION = (ROOT / "compose.yaml").read_text("utf-8")
SERVICES: dict[str, Any] = yaml.safe_load(COMPOSITION)["services"]
# Read by compose alone.
PUBLISHED = "WIRECHECK_PUBLISHED_PORT"


@pytest.mark.parametrize("text", [IMAGE, PAGE, COMPOSITION], ids=["image", "page", "composition"])
def test_settings_that_are_named_exist(text: str) -> None:
    named = set(re.findall(r"WIRECHECK_[A-Z_]*[A-Z]", text)) - {PUBLISHED}
    assert named
    assert named <= set(known())


@pytest.mark.parametrize("text", [IMAGE, PAGE], ids=["image", "page"])
def test_extras_that_are_named_exist(text: str) -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    named = {each for found in re.findall(r"(?:wirecheck|\.whl\)?)\[([\w,]+)\]", text) for each in found.split(",")}
    assert named
    assert named <= set(extras)


def test_secrets_have_no_defaults() -> None:
    secret = re.findall(r"\$\{(\w*(?:PASSWORD|KEYS))(.)(.)", COMPOSITION.replace(":?", "?:"))
    assert {name for name, _, _ in secret} == {"POSTGRES_PASSWORD", "WIRECHECK_API_KEYS"}
    assert {how for _, how, _ in secret} == {"?"}


def test_what_the_server_waits_for_says_when_it_is_there() -> None:
    waits = SERVICES["server"]["depends_on"]
    assert {name: each["condition"] for name, each in waits.items()} == {
        name: "service_healthy" for name in SERVICES if name != "server"
    }
    assert all(SERVICES[name]["healthcheck"]["test"] for name in waits)
    assert not any("ports" in SERVICES[name] for name in waits)


def test_the_image_copies_what_the_wheel_is_made_of() -> None:
    copied = {each for line in re.findall(r"^COPY (?!--from)(.*) \S+$", IMAGE, re.MULTILINE) for each in line.split()}
    ignored = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    assert copied == {line.removeprefix("!") for line in ignored if line.startswith("!")}
    assert all((ROOT / each).exists() for each in copied)


def test_the_page_lists_what_is_counted() -> None:
    source = (ROOT / "reference_impl" / "wirecheck_reference" / "metrics.py").read_text("utf-8")
    counted = {name.removesuffix("_total") for name in re.findall(r'"(wirecheck_\w+)"', source)}
    assert {name.removesuffix("_total") for name in re.findall(r"^\| `(wirecheck_\w+)`", PAGE, re.MULTILINE)} == counted
