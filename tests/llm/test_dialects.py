"""The schema on the wire holds to the strict subset, by a checker of our own, and each server gets what it takes."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from extractor.errors import SettingsError
from extractor.llm import LanguageModel
from extractor.llm.dialects import DIALECTS, convert, lost, response_format, shown
from schemas import Extraction
from tests.fakes import article
from tests.server import Server

ALLOWED = {
    "object": {"properties", "required", "additionalProperties", "$defs"},
    "array": {"items", "minItems", "maxItems"},
    "string": {"enum", "pattern"},
    "integer": {"minimum", "maximum", "enum"},
    "number": {"minimum", "maximum"},
    "boolean": set[str](),
    "null": set[str](),
}
SCHEMAS = [name for name, dialect in DIALECTS.items() if dialect.form == "json_schema"]


def violations(node: dict[str, Any], definitions: dict[str, Any], depth: int = 0) -> Iterator[str]:
    """What a strict server would answer 400 for."""
    yield from faults(node, depth)
    children = node.get("anyOf", [])
    if "$ref" in node:
        children = [definitions[node["$ref"].removeprefix("#/$defs/")]]
    for child in children if depth < 10 else []:
        yield from violations(child, definitions, depth)
    for child in [*node.get("properties", {}).values(), *([node["items"]] if "items" in node else [])]:
        yield from violations(child, definitions, depth + 1)


def faults(node: dict[str, Any], depth: int) -> Iterator[str]:
    if depth > 10:
        yield "more than 10 levels"
    if "$ref" in node or "anyOf" in node:
        if set(node) - {"description"} not in ({"$ref"}, {"anyOf"}) or ("$ref" in node and len(node) > 1) or depth == 0:
            yield f"{set(node)} at depth {depth}"
        return
    if unknown := set(node) - allowed(node["type"]) - {"type", "description"}:
        yield f"{node['type']} with {unknown}"
    if "(?" in node.get("pattern", ""):
        yield f"pattern {node['pattern']}"
    if node["type"] == "object" and node.get("additionalProperties") is not False:
        yield "an open object"
    if node["type"] == "object" and node["required"] != list(node["properties"]):
        yield "an object with optional properties"
    if len(names := node.get("enum", [])) > 250 and len("".join(names)) > 15_000:
        yield "an enum of more than 15,000 characters"


def allowed(kind: str | list[str]) -> set[str]:
    """A type or null is documented as a choice of plain types, so nothing may stand beside it."""
    return ALLOWED[kind] if isinstance(kind, str) else set[str]()


def nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every schema that is written in it, each definition once."""
    yield node
    children = [*node.get("$defs", {}).values(), *node.get("properties", {}).values(), *node.get("anyOf", [])]
    for child in [*children, *([node["items"]] if "items" in node else [])]:
        yield from nodes(child)


def excesses(schema: dict[str, Any]) -> Iterator[str]:
    """The limits that hold for a schema as a whole."""
    properties = [name for node in nodes(schema) for name in node.get("properties", {})]
    values = [
        str(value)
        for node in nodes(schema)
        for value in [*node.get("enum", []), *([node["const"]] if "const" in node else [])]
    ]
    if len(properties) > 5000:
        yield "more than 5,000 properties"
    if len(values) > 1000:
        yield "more than 1,000 enum values"
    if len("".join([*properties, *values, *schema.get("$defs", {})])) > 120_000:
        yield "more than 120,000 characters of names and values"


def schema(dialect: str = "openai") -> dict[str, Any]:
    found: dict[str, Any] = response_format(dialect)["json_schema"]["schema"]
    return found


def test_the_checker_finds_what_pydantic_writes_and_a_strict_server_refuses() -> None:
    written = Extraction.model_json_schema()

    assert len(list(violations(written, written["$defs"]))) > 50


@pytest.mark.parametrize(
    ("node", "says"),
    [
        ({"type": "object", "properties": {}, "required": []}, "an open object"),
        ({"type": "object", "properties": {}, "required": [], "additionalProperties": True}, "an open object"),
        ({"type": "string", "minLength": 1}, "string with {'minLength'}"),
        (
            {"type": "string", "enum": [f"{number:060}" for number in range(251)]},
            "an enum of more than 15,000 characters",
        ),
        ({"anyOf": [{"type": "null"}]}, "{'anyOf'} at depth 0"),
    ],
)
def test_the_checker_knows_each_fault(node: dict[str, Any], says: str) -> None:
    assert says in list(violations(node, {}))


def test_the_checker_measures_depth_and_size() -> None:
    deep: dict[str, Any] = {"type": "string"}
    for _ in range(11):
        deep = {"type": "object", "properties": {"a": deep}, "required": ["a"], "additionalProperties": False}
    wide = {"type": "object", "properties": {"x" * 30 + str(number): {"type": "null"} for number in range(5001)}}

    assert "more than 10 levels" in list(violations(deep, {}))
    assert len(list(excesses(wide))) == 2
    assert list(excesses({"enum": list(map(str, range(1001)))})) == ["more than 1,000 enum values"]


def test_our_schema_is_strict_and_small() -> None:
    ours = schema()

    assert list(violations(ours, ours["$defs"])) == []
    assert list(excesses(ours)) == []
    assert len(json.dumps(ours, separators=(",", ":"))) < 7100


@pytest.mark.parametrize(
    ("dialect", "dropped"),
    [
        ("openai", {"maxLength", "minLength"}),
        ("vllm", set()),
        ("llamacpp", {"maxLength", "minLength"}),
        ("ollama", {"maxLength", "minLength", "minimum", "maximum"}),
        ("outlines", {"maxLength", "minLength", "minimum", "maximum", "maxItems"}),
    ],
)
def test_what_a_dialect_loses_is_listed(dialect: str, dropped: set[str]) -> None:
    assert {entry.split()[0] for entry in lost(dialect).split(", ") if entry} == dropped
    assert not {keyword for node in nodes(schema(dialect)) for keyword in node} & dropped


@pytest.mark.parametrize("dialect", ["json", "none"])
def test_without_a_schema_all_is_lost_to_the_server_and_shown_to_the_model(dialect: str) -> None:
    assert lost(dialect) == "schema"
    assert json.dumps(schema(), separators=(",", ":")) in shown(dialect)


@pytest.mark.parametrize("dialect", SCHEMAS)
def test_a_schema_is_described_once_by_the_server_or_by_the_prompt(dialect: str) -> None:
    described = any("description" in node for node in nodes(schema(dialect)))

    assert described == (shown(dialect) == "")


@pytest.mark.parametrize("dialect", ["llamacpp", "ollama"])
def test_nested_references_are_written_out_where_they_are_not_followed(dialect: str) -> None:
    assert not {keyword for node in nodes(schema(dialect)) for keyword in node} & {"$ref", "$defs"}
    quantity = schema(dialect)["properties"]["transfers"]["items"]["properties"]["quantity"]
    assert list(quantity["anyOf"][0]["properties"]) == ["low", "high", "approximate", "unit", "text"]


@pytest.mark.parametrize("dialect", SCHEMAS)
def test_every_field_of_a_record_is_on_the_wire_evidence_before_what_it_supports(dialect: str) -> None:
    found = schema(dialect)
    record = found.get("$defs", {}).get("Transfer") or found["properties"]["transfers"]["items"]
    names = list(record["properties"])

    assert set(names) == set(Extraction.model_json_schema()["$defs"]["Transfer"]["properties"])
    assert names.index("evidence") < names.index("supplier")


@pytest.mark.parametrize(
    ("dialect", "node", "kept", "dropped"),
    [
        ("openai", {"type": "string", "title": "T", "default": "x"}, {"type": "string"}, {"default": 1}),
        ("openai", {"type": "string", "pattern": "^(?=a)$"}, {"type": "string"}, {"pattern": 1}),
        ("openai", {"type": "string", "pattern": "a"}, {"type": "string"}, {"pattern": 1}),
        ("openai", {"type": "string", "pattern": "^(?:a|b)$"}, {"type": "string", "pattern": "^(?:a|b)$"}, {}),
        ("openai", {"$ref": "#/$defs/A", "description": "d"}, {"$ref": "#/$defs/A"}, {}),
        ("openai", {"items": {"format": "date"}, "uniqueItems": True}, {"items": {}}, {"format": 1, "uniqueItems": 1}),
        (
            "openai",
            {"type": "object", "description": "d", "properties": {"default": {"type": "null"}}},
            {
                "type": "object",
                "properties": {"default": {"type": "null"}},
                "required": ["default"],
                "additionalProperties": False,
            },
            {},
        ),
        (
            "openai",
            {"anyOf": [{"type": "string"}, {"type": "null"}], "description": "d"},
            {"type": ["string", "null"], "description": "d"},
            {},
        ),
        (
            "openai",
            {"anyOf": [{"type": "integer", "minimum": 0}, {"type": "null"}]},
            {"anyOf": [{"type": "integer", "minimum": 0}, {"type": "null"}]},
            {},
        ),
        ("vllm", {"type": "string", "maxLength": 9}, {"type": "string", "maxLength": 9}, {}),
        ("vllm", {"pattern": "^a$", "maxLength": 9}, {"pattern": "^a$"}, {"maxLength": 1}),
        ("vllm", {"type": "string", "description": "d"}, {"type": "string"}, {}),
    ],
)
def test_keywords_outside_a_dialect_are_dropped_and_counted(
    dialect: str, node: dict[str, Any], kept: dict[str, Any], dropped: dict[str, int]
) -> None:
    converted = convert(node, DIALECTS[dialect])

    assert (converted.schema, converted.lost) == (kept, dropped)


@pytest.mark.parametrize("dialect", DIALECTS)
async def test_what_is_sent_and_what_was_lost_belong_to_the_recipe(
    server: Server, model_of: Callable[..., LanguageModel], dialect: str
) -> None:
    model = model_of(dialect=dialect)

    await model.propose(article())

    [request] = server.requests
    assert request.body.get("response_format", {}) == response_format(dialect)
    assert request.messages[0].endswith(shown(dialect))
    assert "JSON" in request.messages[0]  # without the word, JSON mode is refused
    assert (model.recipe.options["dialect"], model.recipe.options["lost"]) == (dialect, lost(dialect))


def test_another_dialect_is_another_recipe(model_of: Callable[..., LanguageModel]) -> None:
    assert len({model_of(dialect=name).recipe.key for name in DIALECTS}) == len(DIALECTS)


def test_a_dialect_that_nobody_speaks_is_refused(model_of: Callable[..., LanguageModel]) -> None:
    with pytest.raises(SettingsError, match="choose among openai, vllm"):
        model_of(dialect="klingon")


def test_neither_the_sdk_nor_instructor_is_loaded_before_a_model_is_made() -> None:
    code = (
        "import sys, extractor.llm; sys.exit(bool({'openai', 'instructor', 'tenacity', 'aiohttp'} & set(sys.modules)))"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # our own words
