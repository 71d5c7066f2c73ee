"""Makes the package wirecheck_contract from spec/: `python -m contract_generator`, or `--check` to see what differs.

Exit codes: 0 done, or nothing differs; 1 something differs (the difference is printed); 2 spec/ is wrong.
"""

from __future__ import annotations

import argparse
import difflib
import json
import sys
from pathlib import Path

from contract_generator.bundle import bundle
from contract_generator.conditions import split_conditions
from contract_generator.fault import SpecError
from contract_generator.models import HEADER, body_models, format_python, query_models
from contract_generator.rules import compile_rules

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
RUNTIME = HERE / "runtime"
PACKAGE = ROOT / "generated" / "wirecheck_contract"
COPIED = "# Copied from tools/contract_generator/runtime/{} by `tox -e generate`: do not edit.\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def runtime() -> dict[str, str]:
    """The text of each file of the package that is the same whatever spec/ says, by its name."""
    return {
        path.name: (COPIED.format(path.name) if path.suffix == ".py" else "") + path.read_text(encoding="utf-8")
        for path in sorted(RUNTIME.iterdir())
        if path.is_file()
    }


def contract(spec: Path) -> dict[str, str]:
    """The text of each generated file by its name. Raises SpecError when something in `spec` is wrong."""
    rules = compile_rules(spec / "rules")
    document = bundle(spec)
    plain, conditions = split_conditions(document)
    return {
        "openapi.json": _json(document),
        "rules.json": _json(rules),
        "conditions.py": format_python(
            f"{HEADER.format('What schemas say of fields together.')}\n"
            f"from typing import Any\n\nCONDITIONS: dict[str, dict[str, Any]] = {conditions!r}\n"
        ),
        "models.py": body_models(plain, list(conditions)),
        "params.py": query_models(plain),
        **runtime(),
    }


def differences(files: dict[str, str], target: Path) -> str:
    """A unified diff from what stands in `target` to what `files` says; empty when nothing differs."""
    lines: list[str] = []
    for name, text in files.items():
        path = target / name
        if not path.is_file():
            lines.append(f"{path}: is missing\n")
        old = path.read_text(encoding="utf-8") if path.is_file() else ""
        lines += difflib.unified_diff(old.splitlines(True), text.splitlines(True), str(path), f"generated {name}")
    present = {path.name for path in target.glob("*") if path.is_file()}
    lines += [f"{target / name}: is made from nothing; remove it\n" for name in sorted(present - set(files))]
    return "".join(lines)


def main(arguments: list[str] | None = None) -> int:
    """Runs the command and returns its exit code."""
    parser = argparse.ArgumentParser(
        prog="contract_generator", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="write nothing; print what differs")
    parser.add_argument("--spec", type=Path, default=ROOT / "spec", help="the folder of the contract")
    parser.add_argument("--target", type=Path, default=PACKAGE, help="the folder to write to")
    options = parser.parse_args(arguments)
    try:
        files = contract(options.spec)
    except SpecError as error:
        print(error, file=sys.stderr)
        return 2
    if options.check:
        diff = differences(files, options.target)
        sys.stdout.write(diff)
        return 1 if diff else 0
    options.target.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (options.target / name).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
