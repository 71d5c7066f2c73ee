"""The generator shows where files are not what spec/ makes, and says what is wrong with a spec/.

That those that are committed are what it makes is for `tox -e drift` to show.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "generated" / "wirecheck_contract"


def generate(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs the command as a person does."""
    command = [sys.executable, "-m", "contract_generator", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "tools")}
    return subprocess.run(command, env=environment, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    """A copy of spec/ to be changed."""
    return shutil.copytree(ROOT / "spec", tmp_path / "spec")


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_change_of_the_spec_is_a_difference_until_it_is_generated(spec: Path, tmp_path: Path) -> None:
    target = shutil.copytree(PACKAGE, tmp_path / "package")
    replace(spec / "components/schemas/chat/ChatCompletionRequest.yaml", "maximum: 128", "maximum: 64")
    where = (f"--spec={spec}", f"--target={target}")
    done = generate("--check", *where)
    assert done.returncode == 1
    assert re.search(r'^[+] +"maximum": 64$', done.stdout, re.MULTILINE)
    assert "-    n: Annotated[StrictInt | None | MISSING, Field(ge=1, le=128)]" in done.stdout
    assert "+    n: Annotated[StrictInt | None | MISSING, Field(ge=1, le=64)]" in done.stdout
    assert generate(*where).returncode == 0
    assert "le=64" in (target / "models.py").read_text(encoding="utf-8")


def test_each_file_that_is_not_as_it_is_made_is_a_difference(tmp_path: Path) -> None:
    target = shutil.copytree(PACKAGE, tmp_path / "package")
    copied = (target / "wire.py").read_text(encoding="utf-8")
    assert copied.splitlines()[0].startswith("# Copied from tools/contract_generator/runtime/wire.py")
    replace(target / "wire.py", "class Conditional", "class Unconditional")
    for name in ("rules.json", "py.typed"):
        (target / name).unlink()
    (target / "by_hand.py").write_text("", encoding="utf-8")
    done = generate("--check", f"--target={target}")
    assert done.returncode == 1
    said = ["rules.json: is missing", '+ "sections"', "py.typed: is missing", "by_hand.py: is made from nothing"]
    assert [each for each in [*said, "+class Conditional"] if each not in done.stdout] == []


def test_the_generator_is_no_part_of_an_installation() -> None:
    program = "import importlib.util; print(importlib.util.find_spec('contract_generator'))"
    done = subprocess.run([sys.executable, "-c", program], cwd=PACKAGE, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "None"


def refusal(spec: Path) -> str:
    """What the generator says of a wrong spec/."""
    done = generate("--check", f"--spec={spec}")
    assert done.returncode == 2, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr


def test_two_components_of_one_name_are_refused(spec: Path) -> None:
    shutil.copy(spec / "components/schemas/chat/ChatChoice.yaml", spec / "components/schemas/models/ChatChoice.yaml")
    said = refusal(spec)
    assert "models/ChatChoice.yaml: there is a ChatChoice already" in said


def test_a_reference_to_nowhere_is_refused(spec: Path) -> None:
    replace(spec / "components/schemas/chat/ChatChoice.yaml", "./ChatLogprobs.yaml", "./ChatLogProbs.yaml")
    said = refusal(spec)
    assert "ChatChoice.yaml: $ref './ChatLogProbs.yaml' leads to no file" in said


def test_a_reference_to_what_is_no_component_is_refused(spec: Path) -> None:
    replace(spec / "components/schemas/chat/ChatChoice.yaml", "./ChatLogprobs.yaml", "../../../paths/docs/docs.yaml")
    assert "leads to a file that is no component" in refusal(spec)


def test_a_key_that_stands_twice_is_refused(spec: Path) -> None:
    replace(spec / "components/schemas/shared/Byte.yaml", "minimum: 0", "minimum: 0\nminimum: 1")
    assert "the key 'minimum' stands twice" in refusal(spec)


def test_a_status_without_quotes_is_refused(spec: Path) -> None:
    replace(spec / "paths/docs/docs.yaml", "'200'", "200")
    assert "the key 200 is not a string" in refusal(spec)


def test_bad_yaml_is_refused(spec: Path) -> None:
    (spec / "components/schemas/shared/Byte.yaml").write_text("type: [", encoding="utf-8")
    assert "Byte.yaml" in refusal(spec)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("logprobs: {const: true}", "logprobs: {maximum: 1}", "a condition may not say ['maximum']"),
        ("  - description: '`top_logprobs` needs", "  - title: '`top_logprobs` needs", "a condition has"),
        ("    if:\n      required: [top_logprobs]\n", "    if:\n", "each side of a condition has 'required'"),
    ],
)
def test_a_condition_that_models_cannot_check_is_refused(spec: Path, old: str, new: str, said: str) -> None:
    replace(spec / "components/schemas/chat/ChatCompletionRequest.yaml", old, new)
    assert said in refusal(spec)


def test_importing_the_package_imports_nothing() -> None:
    program = "import sys; import wirecheck_contract; print(sorted({'pydantic', 'yaml', 'json'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "pydantic" not in done.stdout
    assert not any(
        line.startswith(("import ", "from "))
        for line in (PACKAGE / "__init__.py").read_text(encoding="utf-8").splitlines()
    )
