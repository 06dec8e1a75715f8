"""Dialect: the JSON Schema of an Extraction as one kind of server takes it, with a list of what was lost on the way.

No server is trusted with it: some skip in silence what they do not know, and Pydantic decides about every answer.
"""

import json
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from extractor.errors import SettingsError
from extractor.settings import DEFAULT_DIALECT

_COMMON = frozenset(
    ["$defs", "$ref", "additionalProperties", "anyOf", "const", "enum", "items", "properties", "required", "type"]
)
_LISTS, _NUMBERS, _LENGTHS = {"minItems", "maxItems"}, {"minimum", "maximum"}, {"minLength", "maxLength"}
_NOTES = {"title", "description"}  # they hold no rule, so nothing is lost with them
# Anchored, for llama.cpp takes no other; nobody takes a look around.
_PATTERN = re.compile(r"\^(?!.*\(\?[=!<]).*\$")


@dataclass(frozen=True, slots=True)
class Dialect:
    """Which keywords a kind of server takes, and the form of the `response_format` that they are sent in."""

    servers: str
    form: Literal["json_schema", "json_object", "none"]
    keeps: frozenset[str] = frozenset()
    shows: bool = False  # whether the server shows the schema to the model; if not, the prompt has to
    resolves: bool = True  # whether a `$ref` inside a definition is followed


# As documented or measured by November 2026; the order is that in which `doctor` tries them.
DIALECTS = {
    "openai": Dialect(
        "OpenAI and those that follow its strict subset",
        "json_schema",
        _COMMON | _LISTS | _NUMBERS | {"pattern", "description"},
        shows=True,
    ),
    "vllm": Dialect("vLLM with xgrammar", "json_schema", _COMMON | _LISTS | _NUMBERS | _LENGTHS | {"pattern"}),
    "llamacpp": Dialect("llama.cpp", "json_schema", _COMMON | _LISTS | _NUMBERS | {"pattern"}, resolves=False),
    "ollama": Dialect("Ollama", "json_schema", _COMMON | _LISTS | {"pattern"}, resolves=False),
    # It writes a list's bound out as so many copies of a record, and never ends for ours.
    "outlines": Dialect("Outlines", "json_schema", _COMMON | {"minItems", "pattern"}),
    "json": Dialect("servers that promise JSON of any shape", "json_object"),
    "none": Dialect("servers that take no response_format", "none"),
}


@dataclass(frozen=True, slots=True)
class Converted:
    """A schema as it is sent; `lost` counts the dropped keywords, whose rules only Pydantic still holds."""

    schema: dict[str, Any]
    lost: dict[str, int]


def convert(schema: dict[str, Any], dialect: Dialect) -> Converted:
    """Keep what the dialect takes: all properties required, objects closed, nothing said twice."""
    conversion = _Conversion(dialect, schema.get("$defs", {}))
    return Converted(conversion.node(schema), dict(conversion.lost))


class _Conversion:
    def __init__(self, dialect: Dialect, definitions: dict[str, Any]) -> None:
        self.lost: Counter[str] = Counter()
        self._dialect, self._definitions = dialect, definitions
        self._told: set[str] = set()

    def node(self, node: dict[str, Any]) -> dict[str, Any]:
        if "$ref" in node:
            if self._dialect.resolves:
                return {"$ref": node["$ref"]}  # no siblings allowed
            return self.node(self._definitions[node["$ref"].removeprefix("#/$defs/")])
        kept = {
            keyword: self._value(keyword, value) for keyword, value in node.items() if self._keeps(keyword, value, node)
        }
        if self._dialect.shows and list(kept) in (["anyOf"], ["anyOf", "description"]):
            kept |= _shorter(kept.pop("anyOf"))
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

    def _keeps(self, keyword: str, value: Any, node: dict[str, Any]) -> bool:
        kept = keyword in self._dialect.keeps
        if keyword == "$defs" and not self._dialect.resolves:
            return False  # written out where they are used
        if keyword == "description" and kept:
            # Every request pays for the schema: what three kinds of record say alike is said once.
            first = value not in self._told
            self._told.add(value)
            return first
        if keyword == "pattern":
            kept = kept and _PATTERN.fullmatch(value) is not None
        if keyword in _LENGTHS:
            kept = kept and "pattern" not in node  # xgrammar takes one or the other
        if not kept and keyword not in _NOTES:
            self.lost[keyword] += 1
        return kept


def _shorter(choices: list[dict[str, Any]]) -> dict[str, Any]:
    """A plain type or null, in half the words; anything else as it was."""
    if len(choices) == 2 and list(choices[0]) == ["type"] and choices[1] == {"type": "null"}:
        return {"type": [choices[0]["type"], "null"]}
    return {"anyOf": choices}


@cache
def _converted(name: str) -> Converted:
    from schemas import Extraction

    if name not in DIALECTS:
        raise SettingsError(f"{name!r} is no dialect: choose among {', '.join(DIALECTS)}")
    return convert(Extraction.model_json_schema(), DIALECTS[name])


@cache
def response_format(name: str = DEFAULT_DIALECT) -> dict[str, Any]:
    """Give the request's `response_format`, {} for none; built once, for it costs more than checking many answers."""
    schema, form = _converted(name).schema, DIALECTS[name].form
    if form == "json_schema":
        return {"type": form, "json_schema": {"name": "Extraction", "strict": True, "schema": schema}}
    return {"type": form} if form == "json_object" else {}


def lost(name: str) -> str:
    """What the server cannot hold an answer to: keywords and how often they were dropped, or `schema` for all."""
    if DIALECTS[name].form != "json_schema":
        return "schema"
    return ", ".join(f"{keyword} {count}" for keyword, count in sorted(_converted(name).lost.items()))


def shown(name: str) -> str:
    """What to put below the prompt, so that the model sees the schema where its server does not show it; or ""."""
    _converted(name)
    if DIALECTS[name].shows:
        return ""
    schema = json.dumps(_converted(DEFAULT_DIALECT).schema, ensure_ascii=False, separators=(",", ":"))
    return f"\n\n# Schema\n\nThe JSON object holds to this JSON Schema:\n{schema}"
