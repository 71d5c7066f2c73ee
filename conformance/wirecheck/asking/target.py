"""The server that is judged and what its owner says of it: addresses, keys, models, declared features. No I/O."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final
from urllib.parse import urlsplit

from wirecheck.asking.connection import Connection
from wirecheck.asking.forging import forged, is_token
from wirecheck.asking.listening import Listening

# Letters of a key from which on it is one: shorter ones are put where a client wants any key at all.
SHORTEST: Final = 8
# What users copy from a client's log is the address of an operation below the API's.
_OPERATIONS: Final = ("/chat/completions", "/models")


class BadAddress(ValueError):
    """The URL cannot be a server's; the message says why."""


@dataclass(frozen=True)
class Target:
    """What requests need to know. `api` stands for the contract's `/v1`, `root` for the path above it.

    `timeout` is the seconds that one answer may take. `owner` holds what only the server's owner knows of it, by the
    names of the settings that the areas declare (`wirecheck.area.Setting`), but for keys, which stand in `keys`.
    `traits` is what was learned of its model before all else, by area.
    `key_header` is the header that holds a key by itself; None where it is `Authorization`, behind `Bearer`.
    `listening` is where the run hears what the server sends.
    """

    root: str
    api: str
    model: str = ""
    key: str | None = field(default=None, repr=False)
    timeout: float = 60.0
    declared: frozenset[str] = frozenset()
    owner: Mapping[str, Any] = field(default_factory=dict)
    keys: Mapping[str, str] = field(default_factory=dict, repr=False)
    traits: Mapping[str, Any] = field(default_factory=dict)
    key_header: str | None = None
    connection: Connection = field(default_factory=Connection)
    listening: Listening = field(default_factory=Listening)

    def authorized(self, key: str) -> tuple[str, str]:
        """The header that carries a key, its name in lower case."""
        return (self.key_header.lower(), key) if self.key_header else ("authorization", f"Bearer {key}")

    def knowing(self, name: str, value: Any) -> Target:
        """The target with one more thing known of it, unless its owner has said it."""
        return replace(self, owner={name: value, **self.owner})

    def with_trait(self, area: str, trait: Any) -> Target:
        """The target with what was learned of its model in an area; `str` tells people of it, or is empty."""
        return replace(self, traits={**self.traits, area: trait})

    def url(self, path: str) -> str:
        """The server's address of a path of the contract."""
        if path == "/v1" or path.startswith("/v1/"):
            return self.api + path[len("/v1") :]
        return self.root + path

    @property
    def near(self) -> dict[str, str]:
        """Wrong keys made of the target's own, by the words that say how. They all but show it: nobody may see them.

        None are made of a key that is none.
        """
        key = self.key or ""
        if len(key) < SHORTEST:
            return {}
        made = {
            # The last letter of base64 may hold bits that nobody reads: the new one differs in the others too.
            "with its last letter changed": key[:-1] + ("8" if key[-1] in "QRSTUVWXYZabcdef" else "Q"),
            "with a letter appended": f"{key}Q",
            "in swapped case": key.swapcase(),
        }
        return {how: near for how, near in made.items() if near not in (key, *self.keys.values())}

    @property
    def token(self) -> str | None:
        """A good JSON Web Token: the target's key where it is one, else the one that the owner named."""
        return next((key for key in (self.key, self.keys.get("token")) if key and is_token(key)), None)

    @property
    def forged(self) -> dict[str, str]:
        """Tokens made of the good one that nobody may take, by the words that say how. They all but show it, too."""
        return forged(self.token) if self.token else {}

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must stand in no report."""
        found = (self.key, *self.keys.values(), *self.near.values(), *self.forged.values(), *self.connection.secrets)
        return tuple(secret for secret in found if secret)

    def names(self) -> dict[str, str]:
        """The keys that evidence must not show, each with what has to follow the placeholder of a key."""
        own = dict.fromkeys((key for key in (self.key, *self.keys.values()) if key), "")
        return {wrong: f" {how}" for how, wrong in {**self.near, **self.forged}.items()} | own


def sendable(key: str) -> bool:
    """Whether a key can stand in a header: visible ASCII (RFC 6750 section 2.1 allows still less)."""
    return all("!" <= char <= "~" for char in key)


def addresses(url: str) -> list[tuple[str, str]]:
    """The (root, api) pairs that a URL may mean, likeliest first.

    `http://host/prefix/v1` means one, and so does `http://host/v1/chat/completions`; without `/v1` the API may be below
    `/v1` or right there. Raises `BadAddress`.
    """
    url = url.strip()
    if "://" not in url:
        url = f"http://{url}"
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise BadAddress(f"{url}: {error}") from None
    if parts.scheme not in ("http", "https") or not host:
        raise BadAddress(f"{url}: wanted http://HOST[:PORT][/PREFIX][/v1]")
    if parts.query or parts.fragment:
        raise BadAddress(f"{url}: an API's address has no query and no fragment")
    if parts.username or parts.password:
        raise BadAddress("the address holds a user name or a password: give the key with --api-key instead")
    base = f"{parts.scheme}://{parts.netloc}{parts.path}".rstrip("/")
    operation = next((each for each in _OPERATIONS if base.endswith(each)), "")
    base = base.removesuffix(operation)
    if base.endswith("/v1"):
        return [(base[: -len("/v1")], base)]
    pairs = [(base, f"{base}/v1"), (base, base)]
    return pairs[::-1] if operation else pairs


def leaks(key: str, headers: Iterable[tuple[str, str]], body: bytes) -> bool:
    """Whether an answer holds a key. One of a few letters (`EMPTY`) cannot be told from other text: it never does."""
    if len(key) < SHORTEST:
        return False
    return key.encode() in body or any(key in value for _, value in headers)
