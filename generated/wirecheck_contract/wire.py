# Copied from tools/contract_generator/runtime/wire.py by `tox -e generate`: do not edit.
"""What JSON Schema means by a type, for the generated models to import. Knows no schema but by its conditions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from pydantic import MISSING, BaseModel, BeforeValidator, Field, Strict, model_validator
from pydantic_core import PydanticCustomError
from wirecheck_contract.conditions import CONDITIONS

# No sign but a minus, no leading zeros, nothing around it, and no more digits than 64 bits need.
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,18})")


def _integral(value: object) -> object:
    """JSON Schema 2020-12, section 6.1.1: `integer` is any number with a zero fraction, so 1.0 is one."""
    return int(value) if type(value) is float and value.is_integer() else value


def _decimal(value: object) -> object:
    return int(value) if isinstance(value, str) and _DECIMAL.fullmatch(value) else value


StrictInt = Annotated[int, Strict(), BeforeValidator(_integral)]
"""An integer of JSON: 1 and 1.0, but not true, "1" or 1.5."""

StrictFloat = Annotated[float, Strict(), Field(allow_inf_nan=False)]
"""A number of JSON: finite, and not true or "1"."""

QueryInt = Annotated[int, Strict(), BeforeValidator(_decimal)]
"""An integer in a query: "20", but not "020", " 20", "2_0", "+20" or "20.0"."""

_TYPES: dict[str, tuple[type, ...]] = {
    "array": (list,),
    "boolean": (bool,),
    "integer": (int,),
    "null": (type(None),),
    "number": (int, float),
    "object": (dict, BaseModel),
    "string": (str,),
}


def _same(left: object, right: object) -> bool:
    """Equality of JSON, where true is not 1."""
    return left == right and isinstance(left, bool) == isinstance(right, bool)


def _accepts(schema: dict[str, Any], value: Any) -> bool:
    """Whether a validated value meets the few keywords that rules are written in."""
    if "type" in schema and not (
        isinstance(value, _TYPES[schema["type"]]) and (schema["type"] == "boolean" or not isinstance(value, bool))
    ):
        return False
    if "const" in schema and not _same(value, schema["const"]):
        return False
    if "enum" in schema and not any(_same(value, each) for each in schema["enum"]):
        return False
    if "not" in schema and _accepts(schema["not"], value):
        return False
    return not (isinstance(value, list) and len(value) < schema.get("minItems", 0))


def _holds(side: dict[str, Any], fields: Mapping[str, Any]) -> bool:
    """Whether the fields of a model meet one side of a rule."""
    for name in side["required"]:
        if fields.get(name, MISSING) is MISSING:
            return False
    return all(
        fields.get(name, MISSING) is MISSING or _accepts(schema, fields[name])
        for name, schema in side.get("properties", {}).items()
    )


class Conditional(BaseModel):
    """A model whose schema speaks of fields together: what one needs of another, and of which one must be there.

    A rule (`if` and `then`) that does not hold is an error of the type `condition`, whose context has the `field` that
    asks; where none of the alternatives is there, the error is of the type `alternatives`.
    """

    rules: ClassVar[list[dict[str, Any]]] = []
    alternatives: ClassVar[list[str]] = []
    # Names on the wire that Python cannot write, with those that it has for them.
    aliases: ClassVar[dict[str, str]] = {}

    @classmethod
    def __pydantic_init_subclass__(cls, **_: Any) -> None:
        """Takes what the schema says that the class is named after."""
        said = CONDITIONS[cls.__name__]
        cls.rules, cls.alternatives = said["rules"], said["alternatives"]
        cls.aliases = {field.alias: name for name, field in cls.model_fields.items() if field.alias is not None}

    @model_validator(mode="after")
    def _meets_conditions(self) -> Conditional:
        names_given = self.model_fields_set
        if self.alternatives and names_given.isdisjoint(self.aliases.get(each, each) for each in self.alternatives):
            names = ", ".join(self.alternatives)
            raise PydanticCustomError("alternatives", "One of these fields is required: {names}", {"names": names})
        fields = self.__dict__
        if self.aliases:
            fields = {**fields, **{alias: fields[name] for alias, name in self.aliases.items()}}
        for rule in self.rules:
            if _holds(rule["if"], fields) and not _holds(rule["then"], fields):
                field = rule["if"]["required"][0]
                raise PydanticCustomError("condition", "{why}", {"field": field, "why": rule["description"]})
        return self
