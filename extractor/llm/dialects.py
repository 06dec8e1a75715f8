"""Dialect: the JSON Schema of an Extraction as a server takes it, with a list of what was lost on the way."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import Any

from schemas import Extraction

# OpenAI's strict subset as documented in February 2026. Local servers skip what they do not know, some without a word,
# so Pydantic decides about every answer, whatever a server promises.
_KEPT = frozenset(
    {
        "$defs",
        "$ref",
        "additionalProperties",
        "anyOf",
        "const",
        "description",
        "enum",
        "items",
        "maxItems",
        "maximum",
        "minItems",
        "minimum",
        "pattern",
        "properties",
        "required",
        "type",
    }
)
_LOOKAROUND = re.compile(r"\(\?[=!<]")


@dataclass(frozen=True, slots=True)
class Dialect:
    """A schema as it is sent; `lost` counts the dropped keywords, whose rules only Pydantic still holds."""

    schema: dict[str, Any]
    lost: dict[str, int]


def strict(schema: dict[str, Any]) -> Dialect:
    """Bring a JSON Schema into the strict subset: all properties required, objects closed, no defaults, no titles."""
    conversion = _Conversion()
    return Dialect(conversion.node(schema), dict(conversion.lost))


class _Conversion:
    def __init__(self) -> None:
        self.lost: Counter[str] = Counter()
        self._told: set[str] = set()

    def node(self, node: dict[str, Any]) -> dict[str, Any]:
        if "$ref" in node:
            return {"$ref": node["$ref"]}  # no siblings allowed
        kept = {keyword: self._value(keyword, value) for keyword, value in node.items() if self._keeps(keyword, value)}
        if "properties" in kept:
            # What stands over an object is meant for readers of the code; its fields speak for themselves.
            kept.pop("description", None)
            kept |= {"required": list(kept["properties"]), "additionalProperties": False}
        return kept

    def _value(self, keyword: str, value: Any) -> Any:
        if keyword in {"properties", "$defs"}:
            return {name: self.node(child) for name, child in value.items()}
        if keyword == "anyOf":
            return [self.node(child) for child in value]
        return self.node(value) if keyword == "items" else value

    def _keeps(self, keyword: str, value: Any) -> bool:
        if keyword == "description":
            # Every request pays for the schema: what three kinds of record say alike is said once.
            first = value not in self._told
            self._told.add(value)
            return first
        kept = keyword in _KEPT and not (keyword == "pattern" and _LOOKAROUND.search(value))
        if not kept and keyword != "title":
            self.lost[keyword] += 1
        return kept


@cache
def response_format() -> dict[str, Any]:
    """Give the request's `response_format`, built once: making a schema costs more than checking a hundred answers."""
    dialect = strict(Extraction.model_json_schema())
    return {"type": "json_schema", "json_schema": {"name": "Extraction", "strict": True, "schema": dialect.schema}}
