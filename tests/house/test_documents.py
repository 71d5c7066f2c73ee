"""What the documents say is so: commands, options, entries, files."""

from __future__ import annotations

import configparser
import re
import textwrap
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner
from wirecheck import config
from wirecheck.cli import main
from wirecheck.judging.requirement import requirements

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), ROOT / "benchmarks" / "README.md"])
README = (ROOT / "README.md").read_text("utf-8")


def _blocks(text: str, language: str) -> list[str]:
    found = re.findall(rf"^ *```{language}\n(.*?)^ *```", text, re.DOTALL | re.MULTILINE)
    return [textwrap.dedent(block) for block in found]


def test_the_example_of_wirecheck_toml_is_right(tmp_path: Path) -> None:
    (example,) = _blocks(README, "toml")
    path = tmp_path / "wirecheck.toml"
    path.write_text(example, "utf-8")
    config.read(path)
    assert set(tomllib.loads(example)["server"]) <= set(config.entries())


def test_the_readme_uses_options_that_exist() -> None:
    shown = CliRunner().invoke(main, ["run", "--help"]).output
    lines = [line for block in _blocks(README, "sh") for line in block.splitlines() if "wirecheck run" in line]
    used = {option for line in lines for option in re.findall(r"(?<= )--[a-z-]+", line)}
    assert len(used) >= 6
    assert {option for option in used if option not in shown} == set()


def test_the_exit_codes_of_the_readme_are_those_of_the_command() -> None:
    shown = CliRunner().invoke(main, ["run", "--help"]).output
    codes = re.findall(r"^\| (\d+) \|", README, re.MULTILINE)
    assert codes == ["0", "1", "2", "130"]
    assert all(re.search(rf"\b{code} ", shown) for code in codes)


def test_continuous_integration_runs_the_command_of_the_readme() -> None:
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    (command,) = [block.strip() for block in _blocks(README, "sh") if "tox" in block and "venv" in block]
    assert command == script.strip().splitlines()[-1]
    assert command in (ROOT / "CONTRIBUTING.md").read_text("utf-8")


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path: Path) -> None:
    for link in re.findall(r"\]\((?!https?:)([^)#]+)", path.read_text("utf-8")):
        assert (path.parent / link).exists(), link


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_requirements_that_are_named_exist(path: Path) -> None:
    known = {each.id for each in requirements()}
    areas = {each.partition(".")[0] for each in known}
    named = re.findall(r"\b([a-z]+(?:-[a-z]+)*\.[a-z0-9]+(?:-[a-z0-9]+)*)\b", path.read_text("utf-8"))
    files = re.compile(r".*\.(md|py|toml|json|yaml|ini|xml|lua)")
    ids = {each for each in named if each.partition(".")[0] in areas and not files.fullmatch(each)}
    # The value of `object` in a report's excerpt, a field that a server of the catalogue got wrong, a variable of code.
    assert ids - {"chat.completion", "errors.data", "kept.join", "kept.length"} <= known


def test_the_code_of_the_recipes_is_that_of_the_house() -> None:
    recipes = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    sources = [path.read_text("utf-8") for path in ROOT.glob("*/wirecheck*/**/*.py")]
    blocks = _blocks(recipes, "python")
    assert len(blocks) == 3
    for block in blocks:
        assert any(block in source for source in sources), block


def test_each_environment_of_tox_says_what_it_is_for() -> None:
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(ROOT / "tox.ini", "utf-8")
    listed = parser["tox"]["env_list"].split()
    for name in parser.sections():
        if name.startswith("testenv:"):
            assert parser[name].get("description"), name
    assert {f"testenv:{name}" for name in listed} <= set(parser.sections())


def test_decisions_are_numbered_without_gaps() -> None:
    paths = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    for number, path in enumerate(paths, start=1):
        assert path.name.startswith(f"{number:04}-")
        text = path.read_text("utf-8")
        assert text.startswith(f"# {number}. ")
        assert all(f"**{part}.**" in text for part in ("Decided", "Why", "Price"))


def test_the_changelog_knows_the_version() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert f"\n## {version}" in (ROOT / "CHANGELOG.md").read_text("utf-8")
