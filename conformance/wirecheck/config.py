"""The owner's word on a server: wirecheck.toml. Reads and checks the file; knows nothing of runs."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from wirecheck.area import features, settings
from wirecheck.judging.plan import UnknownProfile, named
from wirecheck.judging.requirement import requirements


class BadConfig(ValueError):
    """The file cannot be used; the message names the file and the entry."""


@dataclass(frozen=True)
class Config:
    """What the owner declares.

    `owner` holds the settings of the areas by name. Keys are not in the file: `variables` names, for each setting that
    is a key, the variable that holds it.
    """

    url: str | None = None
    model: str | None = None
    timeout: float | None = None
    profile: str | None = None
    changes: bool = False
    key_header: str | None = None
    headers: tuple[str, ...] = ()
    ca_bundle: str | None = None
    insecure: bool = False
    proxy: str | None = None
    webhook_receiver: str | None = None
    webhook_url: str | None = None
    features: frozenset[str] = frozenset()
    owner: Mapping[str, Any] = field(default_factory=dict)
    variables: Mapping[str, str] = field(default_factory=dict)
    deviations: Mapping[str, str] = field(default_factory=dict)


_SERVER: Final[dict[str, tuple[type, ...]]] = {
    "url": (str,),
    "model": (str,),
    "timeout": (int, float),
    "profile": (str,),
    "changes": (bool,),
    "key_header": (str,),
    "headers": (list,),
    "ca_bundle": (str,),
    "insecure": (bool,),
    "proxy": (str,),
    "webhook_receiver": (str,),
    "webhook_url": (str,),
    "features": (list,),
}
_TITLES: Final = {
    "url": ('"http://localhost:8000/v1"', "where the API is"),
    "model": ('"my-model"', "the model to talk to"),
    "timeout": ("60", "seconds that one answer may take"),
    "profile": ('"full"', "what is judged, and what must be there; areas too: core,files"),
    "changes": ("false", "operations that change what the server keeps are swept, too"),
    "key_header": ('"api-key"', "the header that holds the key by itself"),
    "headers": ("['X-Team: $TEAM']", "sent with every request; a value may be that of a variable"),
    "ca_bundle": ('"ca.pem"', "the certificates that are trusted"),
    "insecure": ("false", "any certificate is trusted"),
    "proxy": ('"http://localhost:3128"', "asked through"),
    "webhook_receiver": ('"127.0.0.1:0"', "where the run listens for webhooks; port 0 is any that is free"),
    "webhook_url": ('"https://tunnel.example.com"', "where the server finds that, if it is somewhere else"),
    "features": ("[]", "declared: one that is absent fails the run"),
}
_LISTS: Final = ("features", "headers")
_EXAMPLES: Final = {
    "model": '"my-model"',
    "key": '"MY_KEY"',
    "count": "8192",
    "address": '"http://127.0.0.1:9000"',
    "text": '"models:read"',
}


def entries() -> dict[str, tuple[type, ...]]:
    """The entries of `[server]` with their types: those that every server has, and the settings of the areas."""
    return _SERVER | {each.entry: (int,) if each.kind == "count" else (str,) for each in settings().values()}


def template() -> str:
    """A wirecheck.toml with every entry, each with what it says, and all of them commented out."""
    rows = [(name, *_TITLES[name]) for name in _SERVER]
    rows += [(each.entry, _EXAMPLES[each.kind], each.title) for each in settings().values()]
    lines = [f"# {name} = {value}  # {title}" for name, value, title in rows]
    deviation = ["# [[deviation]]", '# id = "stream.space"', '# reason = "fixed in the next release"']
    return "\n".join(["[server]", *lines, "", *deviation])


def read(path: Path) -> Config:
    """The declarations in a file.

        [server]
        model = "my-model"              # and what else is known of it (`wirecheck.area.Setting`)
        features = ["tools", "auth"]    # declared: absent ones fail

        [[deviation]]
        id = "stream.space"
        reason = "fixed in the next release"

    Raises `BadConfig` for a file that is not there, not TOML, or says something that means nothing.
    """
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise BadConfig(f"{path}: {error.strerror or error}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadConfig(f"{path}: {error}") from None
    _known(path, "the file", table, ("server", "deviation"))
    server = table.get("server", {})
    if not isinstance(server, dict):
        raise BadConfig(f"{path}: [server] is a table")
    allowed = entries()
    _known(path, "[server]", server, tuple(allowed))
    for name, value in server.items():
        wanted = allowed[name]
        if not isinstance(value, wanted) or (isinstance(value, bool) and bool not in wanted):
            raise BadConfig(f"{path}: {name} is {value!r}, wanted {' or '.join(t.__name__ for t in wanted)}")
        if isinstance(value, (int, float)) and not isinstance(value, bool) and not value > 0:
            raise BadConfig(f"{path}: {name} is {value!r}, wanted more than 0")
    try:
        named(server.get("profile", "full"))
    except UnknownProfile as error:
        raise BadConfig(f"{path}: {error}") from None
    known = settings().values()
    return Config(
        **{name: value for name, value in server.items() if name in _SERVER and name not in _LISTS},
        headers=_headers(path, server.get("headers", [])),
        features=_features(path, server.get("features", [])),
        owner={each.name: server[each.entry] for each in known if each.kind != "key" and each.entry in server},
        variables={each.name: server[each.entry] for each in known if each.kind == "key" and each.entry in server},
        deviations=_deviations(path, table.get("deviation", [])),
    )


def _headers(path: Path, headers: list[Any]) -> tuple[str, ...]:
    for header in headers:
        if not isinstance(header, str):
            raise BadConfig(f"{path}: headers are written as a list of texts, NAME: VALUE")
    return tuple(headers)


def _known(path: Path, where: str, table: Mapping[str, Any], names: tuple[str, ...]) -> None:
    for name in table:
        if name not in names:
            raise BadConfig(f"{path}: {where} has the entry {name!r}; known are {', '.join(names)}")


def _features(path: Path, names: list[Any]) -> frozenset[str]:
    for name in names:
        if not isinstance(name, str) or name not in features():
            raise BadConfig(f"{path}: there is no feature {name!r}; known are {', '.join(features())}")
    return frozenset(names)


def _deviations(path: Path, entries: Any) -> dict[str, str]:
    if not isinstance(entries, list):
        raise BadConfig(f"{path}: deviations are written as [[deviation]]")
    known = {each.id for each in requirements()}
    found: dict[str, str] = {}
    for entry in entries:
        if not isinstance(entry, dict):
            raise BadConfig(f"{path}: deviations are written as [[deviation]]")
        _known(path, "[[deviation]]", entry, ("id", "reason"))
        id_, reason = entry.get("id"), entry.get("reason")
        if not isinstance(id_, str) or id_ not in known:
            raise BadConfig(f"{path}: there is no requirement {id_!r}: `wirecheck list` shows them")
        if not isinstance(reason, str) or not reason.strip():
            raise BadConfig(f"{path}: the deviation {id_} needs a reason")
        found[id_] = reason
    return found
