"""The schema on the wire holds to the strict subset, by a checker of our own."""

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from extractor.llm.dialects import response_format, strict
from schemas import Extraction

ALLOWED = {
    "object": {"properties", "required", "additionalProperties", "$defs"},
    "array": {"items", "minItems", "maxItems"},
    "string": {"enum", "pattern"},
    "integer": {"minimum", "maximum", "enum"},
    "number": {"minimum", "maximum"},
    "boolean": set[str](),
    "null": set[str](),
}


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
    if unknown := set(node) - ALLOWED[node["type"]] - {"type", "description"}:
        yield f"{node['type']} with {unknown}"
    if "(?" in node.get("pattern", ""):
        yield f"pattern {node['pattern']}"
    if node["type"] == "object" and node.get("additionalProperties") is not False:
        yield "an open object"
    if node["type"] == "object" and node["required"] != list(node["properties"]):
        yield "an object with optional properties"


def test_the_checker_finds_what_pydantic_writes_and_a_strict_server_refuses() -> None:
    schema = Extraction.model_json_schema()

    assert len(list(violations(schema, schema["$defs"]))) > 50


def test_our_schema_is_strict_and_small() -> None:
    schema = response_format()["json_schema"]["schema"]

    assert list(violations(schema, schema["$defs"])) == []
    assert len(json.dumps(schema, separators=(",", ":"))) < 8000


def test_what_was_lost_is_what_pydantic_alone_still_checks() -> None:
    assert set(strict(Extraction.model_json_schema()).lost) == {"maxLength", "minLength"}


def test_every_field_of_a_record_is_on_the_wire_evidence_before_what_it_supports() -> None:
    definitions = response_format()["json_schema"]["schema"]["$defs"]

    assert set(definitions["Transfer"]["properties"]) == set(
        Extraction.model_json_schema()["$defs"]["Transfer"]["properties"]
    )
    names = list(definitions["Transfer"]["properties"])
    assert names.index("evidence") < names.index("supplier")


@pytest.mark.parametrize(
    ("node", "kept", "lost"),
    [
        ({"type": "string", "title": "T", "default": "x"}, {"type": "string"}, {"default": 1}),
        ({"type": "string", "pattern": "^(?=a)"}, {"type": "string"}, {"pattern": 1}),
        ({"type": "string", "pattern": "^(?:a|b)$"}, {"type": "string", "pattern": "^(?:a|b)$"}, {}),
        ({"$ref": "#/$defs/A", "description": "d"}, {"$ref": "#/$defs/A"}, {}),
        ({"items": {"format": "date"}, "uniqueItems": True}, {"items": {}}, {"format": 1, "uniqueItems": 1}),
        (
            {"type": "object", "description": "d", "properties": {"default": {"type": "null"}}},
            {
                "type": "object",
                "properties": {"default": {"type": "null"}},
                "required": ["default"],
                "additionalProperties": False,
            },
            {},
        ),
    ],
)
def test_keywords_outside_the_subset_are_dropped_and_counted(
    node: dict[str, Any], kept: dict[str, Any], lost: dict[str, int]
) -> None:
    dialect = strict(node)

    assert (dialect.schema, dialect.lost) == (kept, lost)


def test_neither_the_sdk_nor_instructor_is_loaded_before_a_model_is_made() -> None:
    code = (
        "import sys, extractor.llm; sys.exit(bool({'openai', 'instructor', 'tenacity', 'aiohttp'} & set(sys.modules)))"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # our own words
