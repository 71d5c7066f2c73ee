"""Many files of OpenAPI to one document. Knows references and places, and nothing of what a schema means."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from contract_generator.fault import SpecError

KINDS = ("schemas", "parameters", "headers", "requestBodies", "responses", "examples", "securitySchemes")
# Under these names stands data, not a part of the document; a "$ref" in it means nothing to us.
DATA = frozenset({"const", "default", "enum", "example", "value"})
# Under these names stand names of the author's choice, which must not be taken for keywords.
NAMED = frozenset({"examples", "headers", "mapping", "patternProperties", "properties", "responses"})


# The same loader on libyaml, where PyYAML was built with it, reads hundreds of files ten times as fast.
_SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_SafeLoader):  # type: ignore[misc]  # of two classes that share no base
    """YAML as JSON has it: no dates, and no key twice."""


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[str, Any]:
    mapping: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if not isinstance(key, str):
            raise SpecError(f"{key_node.start_mark}: the key {key!r} is not a string; put it in quotes")
        if key in mapping:
            raise SpecError(f"{key_node.start_mark}: the key {key!r} stands twice")
        mapping[key] = loader.construct_object(value_node, deep=True)
    return mapping


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)


def load(path: Path) -> Any:
    """One YAML file as JSON-like data. Raises SpecError when it is not that."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 - derives from SafeLoader
    except yaml.YAMLError as error:
        raise SpecError(f"{path}: {error}") from error


class _Bundler:
    def __init__(self, spec: Path) -> None:
        self.spec = spec.resolve()
        self.components: dict[str, dict[str, Any]] = {kind: {} for kind in KINDS}
        self.places: dict[str, dict[str, Path]] = {kind: {} for kind in KINDS}
        for kind in KINDS:
            for path in sorted((self.spec / "components" / kind).rglob("*.yaml")):
                first = self.places[kind].setdefault(path.stem, path)
                if first != path:
                    raise SpecError(f"{path}: there is a {path.stem} already, in {first}")

    def target(self, reference: str, origin: Path) -> Path:
        """The file that a reference in the file `origin` leads to."""
        path = (origin.parent / reference).resolve()
        if "#" in reference or not path.is_file():
            raise SpecError(f"{origin}: $ref {reference!r} leads to no file")
        return path

    def component(self, path: Path, reference: str, origin: Path) -> str:
        """The place of a component file in the bundle, such as `#/components/schemas/Model`."""
        for kind in KINDS:
            if self.places[kind].get(path.stem) == path:
                if path.stem not in self.components[kind]:
                    self.components[kind][path.stem] = None  # holds the place: schemas may be recursive
                    loaded = load(path)
                    self.components[kind][path.stem] = loaded if kind == "examples" else self.rewrite(loaded, path)
                return f"#/components/{kind}/{path.stem}"
        raise SpecError(f"{origin}: $ref {reference!r} leads to a file that is no component")

    def rewrite(self, node: Any, origin: Path, *, named: bool = False) -> Any:
        """The same node with every reference to a file as a reference into the bundle."""
        if isinstance(node, list):
            return [self.rewrite(each, origin) for each in node]
        if not isinstance(node, dict):
            return node
        result: dict[str, Any] = {}
        for key, value in node.items():
            if named:
                result[key] = self.rewrite(value, origin)
            elif key == "$ref" and isinstance(value, str):
                result[key] = self.component(self.target(value, origin), value, origin)
            elif key == "discriminator" and "mapping" in value:
                mapping = {
                    name: self.component(self.target(reference, origin), reference, origin)
                    for name, reference in value["mapping"].items()
                }
                result[key] = {**value, "mapping": mapping}
            elif key in DATA:
                result[key] = value
            else:
                result[key] = self.rewrite(value, origin, named=key in NAMED)
        return result

    def inline(self, node: dict[str, Any], origin: Path) -> Any:
        """What stands behind a `$ref` of the table of contents, in the place of the reference."""
        path = self.target(node["$ref"], origin)
        return self.rewrite(load(path), path)

    def document(self) -> dict[str, Any]:
        root = self.spec / "openapi.yaml"
        table = load(root)
        items = {
            kind: {name: self.inline(item, root) for name, item in table[kind].items()}
            for kind in ("paths", "webhooks")
            if kind in table
        }
        schemes = table["components"]["securitySchemes"]
        self.components["securitySchemes"] = {name: self.inline(each, root) for name, each in schemes.items()}
        components = {kind: dict(sorted(self.components[kind].items())) for kind in KINDS if self.components[kind]}
        return {**table, **items, "components": components}


def bundle(spec: Path) -> dict[str, Any]:
    """The document in the folder `spec` as one, each component under the stem of its file.

    Raises SpecError for two components of one kind and name, a reference that leads nowhere, and bad YAML.
    """
    return _Bundler(spec).document()
