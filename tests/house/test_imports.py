"""The import contracts of pyproject.toml hold, and each of them bites."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = {
    "wirecheck": "conformance",
    "wirecheck_contract": "generated",
    "wirecheck_reference": "reference_impl",
}

# (contract, module that gets the line, the line). A module that does not exist is made.
SLIPS = [
    ("judge", "wirecheck/judging/verdict.py", "import wirecheck_reference.errors"),
    ("judge", "wirecheck/contract/document.py", "from wirecheck_contract.models import ChatCompletion"),
    ("judge", "wirecheck/judging/shape.py", "import pydantic"),
    ("judge", "wirecheck/areas/chat/probes/chat.py", "def f():\n    from fastapi import FastAPI"),
    ("defendant", "wirecheck_reference/errors.py", "from wirecheck.contract import document"),
    ("contract", "wirecheck_contract/wire.py", "import wirecheck_reference.errors"),
    ("purity", "wirecheck/areas/chat/requirements/chat.py", "import time"),
    ("purity", "wirecheck/areas/auth/requirements/keys.py", "from wirecheck.asking import client"),
    ("purity", "wirecheck/areas/chat/reading.py", "import socket"),
    ("purity", "wirecheck/judging/shape.py", "import asyncio"),
    ("network", "wirecheck/areas/chat/probes/chat.py", "import httpx2"),
    ("network", "wirecheck/areas/webhooks/steps.py", "import h11"),
    ("engine", "wirecheck/run.py", "import schemathesis"),
    ("engine", "wirecheck/areas/chat/probes/chat.py", "import requests"),
    ("floors", "wirecheck/evidence/exchange.py", "from wirecheck.judging import verdict"),
    ("floors", "wirecheck/judging/oracle.py", "from wirecheck.areas.chat import generated"),
    ("floors", "wirecheck/area.py", "from wirecheck.judging import shape"),
    ("floors", "wirecheck/impact.py", "from wirecheck.report import kinds"),
    ("floors", "wirecheck/somewhere.py", "NEW = True"),
    ("machine", "wirecheck/sweeping/sweep.py", "from wirecheck.areas.chat import asking"),
    ("machine", "wirecheck/run.py", "from wirecheck.areas.http import probes"),
    ("areas", "wirecheck/areas/models/probes.py", "from wirecheck.areas.models import area"),
    ("areas", "wirecheck/areas/chat/reading.py", "from wirecheck.areas.chat import pools"),
    ("areas", "wirecheck/areas/chat/somewhere.py", "NEW = True"),
    ("sentences", "wirecheck/areas/http/pools.py", "from wirecheck.areas.models import requirements"),
    ("rooms", "wirecheck/judging/shape.py", "from wirecheck.judging import verdict"),
    ("rooms", "wirecheck/sweeping/cases.py", "from wirecheck.sweeping import sweep"),
    ("rooms", "wirecheck/asking/somewhere.py", "NEW = True"),
    ("engines", "wirecheck_reference/engines/echo/tokens.py", "from starlette.requests import Request"),
]


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the three packages and of the contracts."""
    copy = tmp_path_factory.mktemp("tree")
    for package, folder in SOURCES.items():
        shutil.copytree(ROOT / folder / package, copy / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", copy)
    return copy


def _contracts() -> dict[str, str]:
    table = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    return {each["id"]: each["name"] for each in table["tool"]["importlinter"]["contracts"]}


def _lint(tree: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs import-linter on the copy: the folders of PYTHONPATH come before those of an editable install."""
    line = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(tree), "COLUMNS": "300", "NO_COLOR": "1"}
    return subprocess.run(line, cwd=tree, env=environment, capture_output=True, text=True, check=False)


def test_the_contracts_hold(tree: Path) -> None:
    done = _lint(tree)
    assert done.returncode == 0, done.stdout + done.stderr
    for name in _contracts().values():
        assert f"{name} KEPT" in done.stdout


@pytest.mark.parametrize(("contract", "module", "slip"), SLIPS)
def test_a_contract_bites(tree: Path, contract: str, module: str, slip: str) -> None:
    path = tree / module
    before = path.read_text("utf-8") if path.exists() else None
    path.write_text(f"{before or ''}\n{slip}\n", "utf-8")
    try:
        done = _lint(tree, "--contract", contract)
    finally:
        if before is None:
            path.unlink()
        else:
            path.write_text(before, "utf-8")
    assert done.returncode == 1, done.stdout + done.stderr
    assert f"{_contracts()[contract]} BROKEN" in done.stdout
    package, _, rest = module.removesuffix(".py").partition("/")
    assert f"{package}.{rest.replace('/', '.')}" in done.stdout or rest in done.stdout


def test_each_contract_was_shown_to_bite() -> None:
    assert {contract for contract, _, _ in SLIPS} == set(_contracts())
