"""What an area of the contract declares to the rest of the suite, and the areas that there are.

An area is a folder of `wirecheck.areas` with the name that it has in spec/rules. Its module `area` holds one value,
`AREA`.
"""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final, Literal, TypeVar

from wirecheck.asking.draft import Ends
from wirecheck.asking.probe import Asker, Probe
from wirecheck.asking.target import Target
from wirecheck.contract.operations import JSON, Operation
from wirecheck.evidence.exchange import Exchange
from wirecheck.evidence.unseen import Gone, Unseen

T = TypeVar("T")

ProfileName = Literal["core", "agent", "full"]
SettingKind = Literal["model", "key", "count", "address", "text"]

# Claims of schemas that no area has a sentence of its own for: `http.schema` judges them.
UNCLAIMED: Final = "schema"

COMMON: Final = "common"
"""The fields of a request that every server with the operation reads."""

REST: Final = "rest"
"""The fields that no group holds: what a server does not know it may ignore."""


@dataclass(frozen=True)
class Feature:
    """A part of the contract that a server may have or lack, and the smallest profile that judges it.

    `required`: a server that lacks it does not conform to a profile that wants all that it judges. `found` tells
    whether the server has it; it raises `wirecheck.evidence.unseen.Unseen` where that cannot be told. `collections`: it
    is one of every area that keeps things.
    """

    name: str
    title: str
    found: Probe[bool]
    profile: ProfileName = "full"
    required: bool = True
    collections: bool = False


@dataclass(frozen=True)
class Claim:
    """Breaks of a component's schema at the dotted paths that a pattern matches belong to the claim of this name.

    A missing property is a break at the property's own path.
    """

    component: str
    path: str
    name: str

    def takes(self, component: str, path: str) -> bool:
        """Whether a break is this claim's."""
        return component == self.component and re.fullmatch(self.path, path) is not None


@dataclass(frozen=True)
class Setting:
    """What only the owner knows of a server: an entry of wirecheck.toml.

    A `key` is named in the file by the variable that holds it, under `NAME_env`. A `count` is a whole number above 0.
    `found` is a probe that finds it where the owner does not say it; it raises `wirecheck.evidence.unseen.Unseen` where
    it cannot.
    """

    name: str
    kind: SettingKind
    title: str
    found: Probe[Any] | None = None

    @property
    def entry(self) -> str:
        """Its name in the file."""
        return f"{self.name}_env" if self.kind == "key" else self.name


def _as_it_is(body: Any) -> Any:
    return body


def _as_asked(body: Any, target: Target) -> Any:  # noqa: ARG001 - the signature of `Sweeping.spoken`
    return body


def _nothing(exchange: Exchange) -> str | None:  # noqa: ARG001 - the signature of `Area.keeps`
    return None


def _no_work(exchange: Exchange) -> Work | None:  # noqa: ARG001 - the signature of `Area.works`
    return None


def _never(body: Any) -> Ends | None:  # noqa: ARG001 - the signature of `Sweeping.ends`
    return None


@dataclass(frozen=True)
class Sweeping:
    """How the generated requests of an operation are made: answerable by any server that has it, and cheap.

    What is not given is derived from the contract. `base` is the smallest request; `plain` takes out of a valid body
    what a server may lack, `pardons` out of any what has a sentence of its own, `cheap` bounds what an answer may cost;
    `spoken` puts a body as the model of a target takes it; `ends` tells of the body of a request when its answer is
    over. `fields` groups the dotted paths of fields by who reads them: `COMMON`, or the name of a feature. `queries` is
    the feature without which the operation's query parameters may stay unread. `weight` is the operation's share of the
    sweep, `model` the owner's setting that names the model to put in. `feature` is the one without which the operation
    is not swept. `depends`: whether a valid request is taken depends on more than what it says.
    """

    operation: str
    base: Mapping[str, Any] | None = None
    plain: Callable[[Any], Any] = _as_it_is
    pardons: Callable[[dict[str, Any]], dict[str, Any]] = _as_it_is
    cheap: Callable[[dict[str, Any]], dict[str, Any]] = _as_it_is
    spoken: Callable[[dict[str, Any], Target], dict[str, Any]] = _as_asked
    ends: Callable[[Any], Ends | None] = _never
    fields: Mapping[str, str] = field(default_factory=dict)
    queries: str | None = None
    weight: int = 1
    model: str | None = None
    feature: str | None = None
    depends: bool = False


def id_at(answer: Exchange, place: tuple[str | int, ...]) -> str | None:
    """The id of the thing at a place of an answer, None where there is none."""
    found = answer.at(*place, "id")
    return found if isinstance(found, str) and found else None


@dataclass(frozen=True)
class Work:
    """What an answer tells of a thing that goes on by itself: whether it is over, and the paths of what it has made."""

    over: bool
    made: tuple[str, ...] = ()


@dataclass(frozen=True)
class Keeping:
    """How a thing of a collection is made, one of those that the operation `lists` shows: in a module `keeping`.

    `found` tells whether the server has the collection, `make` asks for the n-th thing of a run in the collection at a
    path, `place` leads in the answer to the thing itself. `within` makes the thing that the collection itself lies in,
    and gives the path of the collection; None where it lies in none. `requests` is the most that `make` and `within`
    send, `sees` the probes that they look at. `says_deleted`: a deletion is answered with `deleted`. `quick`: quick
    runs follow its things too. Nothing of a deletion is asked where the contract has none: it is cancelled at the end.
    """

    lists: str
    found: Probe[bool]
    make: Callable[[Asker, str, int], Awaitable[Exchange]]
    within: Callable[[Asker], Awaitable[str]] | None = None
    requests: int = 1
    sees: tuple[Probe[Any], ...] = ()
    place: tuple[str | int, ...] = ()
    says_deleted: bool = True
    quick: bool = True

    def id_of(self, answer: Exchange) -> str | None:
        """The id of what was made, None where the answer has none."""
        return id_at(answer, self.place)


def keeping_areas() -> tuple[str, ...]:
    """The areas that keep things, by name."""
    package = importlib.import_module("wirecheck.areas")
    names = sorted(each.name for each in pkgutil.iter_modules(package.__path__))
    return tuple(name for name in names if importlib.util.find_spec(f"{package.__name__}.{name}.keeping"))


def keepings() -> tuple[Keeping, ...]:
    """How things of every collection are made, by the areas' names."""
    modules = [importlib.import_module(f"wirecheck.areas.{name}.keeping") for name in keeping_areas()]
    return tuple(each for module in modules for each in module.KEEPINGS)


async def of_every_collection(asker: Asker, probes: Mapping[str, Probe[T]]) -> tuple[T, ...]:
    """What was seen of each collection that the server has. `probes`: by the operation that lists it.

    A collection of which nothing was seen is left out. Raises `wirecheck.evidence.unseen.Unseen` where all are.
    """
    found: list[T] = []
    why = Unseen("the server keeps nothing")
    for keeping in keepings():
        if asker.leaves_out(keeping.found):
            continue
        try:
            found.append(await asker.see(probes[keeping.lists]))
        except Gone:
            raise
        except Unseen as unseen:
            why = unseen
    if not found:
        raise why
    return tuple(found)


@dataclass(frozen=True)
class Area:
    """All that the suite need know of an area beside its probes and requirements, which are found by themselves.

    `headers` tells which headers the smallest generated request of each operation carries, beside those that it needs.
    `learns` finds out before all else how the model wants to be asked: it becomes a trait of the target. `keeps` tells
    the path of what an exchange of a stateless operation made all the same, because it was asked to. `works` reads an
    answer that shows a thing of the run's own.
    """

    title: str
    features: tuple[Feature, ...] = ()
    claims: tuple[Claim, ...] = ()
    settings: tuple[Setting, ...] = ()
    sweeping: tuple[Sweeping, ...] = ()
    headers: Probe[dict[str, str]] | None = None
    learns: Probe[Any] | None = None
    keeps: Callable[[Exchange], str | None] = _nothing
    works: Callable[[Exchange], Work | None] = _no_work


@cache
def areas() -> Mapping[str, Area]:
    """The areas by name."""
    package = importlib.import_module("wirecheck.areas")
    names = sorted(module.name for module in pkgutil.iter_modules(package.__path__))
    return {name: importlib.import_module(f"{package.__name__}.{name}.area").AREA for name in names}


@cache
def features() -> Mapping[str, Feature]:
    """The features of all areas by name, those of the smallest profile first."""
    found = [each for area in areas().values() for each in area.features]
    order: tuple[ProfileName, ...] = ("core", "agent", "full")
    return {each.name: each for each in sorted(found, key=lambda each: order.index(each.profile))}


@cache
def settings() -> Mapping[str, Setting]:
    """The settings of all areas by name."""
    return {each.name: each for area in areas().values() for each in area.settings}


@cache
def claims() -> tuple[Claim, ...]:
    """The claims of all areas; within an area the first that takes a break has it."""
    return tuple(each for area in areas().values() for each in area.claims)


@cache
def claim_of(component: str | None, path: str) -> str:
    """The name of the claim that has a break of a component, `UNCLAIMED` where none does."""
    if component is None:
        return UNCLAIMED
    return next((each.name for each in claims() if each.takes(component, path)), UNCLAIMED)


@cache
def sweeping() -> Mapping[str, Sweeping]:
    """How requests of operations are made, by operationId, where an area says it."""
    return {each.operation: each for area in areas().values() for each in area.sweeping}


def sweeping_of(operation: str) -> Sweeping:
    """How requests of an operation are made: as its area says, or as the contract alone has it."""
    return sweeping().get(operation) or Sweeping(operation)


def smallest(operation: Operation) -> dict[str, Any]:
    """The smallest valid body: as the operation's area says, else the required fields of an example of the contract.

    Empty where the operation takes no JSON body.
    """
    given = sweeping_of(operation.id).base
    if given is not None:
        return dict(given)
    media = operation.request.get(JSON)
    examples = [each for each in (media.examples if media else ()) if isinstance(each, dict)]
    return {name: value for name, value in examples[0].items() if name in operation.required} if examples else {}


def model_of(operation: Operation, target: Target) -> str:
    """The model to put into a request: the one that the owner named for the operation, else the target's own."""
    setting = sweeping_of(operation.id).model
    named = target.owner.get(setting) if setting else None
    return named if isinstance(named, str) else target.model
