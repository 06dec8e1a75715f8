"""Our schema in the grammar engines that servers use: right answers pass byte by byte, broken ones at no server."""

import copy
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from extractor.llm.dialects import DIALECTS, convert, response_format
from schemas import Extraction
from tests.fakes import extraction, transfer
from tests.llm.compilers import Guidance, Outlines

GOLD = sorted((Path(__file__).parents[2] / "evals/gold/labels").glob("*.json"))
MARKS = {"optional", "note"}  # of the coders
SCHEMAS = [name for name, dialect in DIALECTS.items() if dialect.form == "json_schema"]
ENGINES = [*((Guidance, name) for name in SCHEMAS), (Outlines, "outlines")]
each_engine = pytest.mark.parametrize(("engine", "dialect"), ENGINES)
Engine = type[Guidance] | type[Outlines]


@cache
def guidance(dialect: str) -> Guidance:
    return Guidance(schema(dialect))


@cache
def outlines() -> Outlines:
    return Outlines(schema("outlines"))


def compiled(engine: Engine, dialect: str) -> Guidance | Outlines:
    return guidance(dialect) if engine is Guidance else outlines()


def schema(dialect: str) -> dict[str, Any]:
    found: dict[str, Any] = response_format(dialect)["json_schema"]["schema"]
    return found


def written(raw: dict[str, Any]) -> str:
    """JSON with its keys in the order of the schema, in which every engine wants them."""
    return json.dumps(ordered(raw, schema("openai"), schema("openai")["$defs"]), ensure_ascii=False)


def ordered(value: Any, node: dict[str, Any], definitions: dict[str, Any]) -> Any:
    if "$ref" in node:
        return ordered(value, definitions[node["$ref"].removeprefix("#/$defs/")], definitions)
    if "anyOf" in node and value is not None:
        return ordered(value, node["anyOf"][0], definitions)
    if isinstance(value, dict) and "properties" in node:
        known = {
            name: ordered(value[name], child, definitions)
            for name, child in node["properties"].items()
            if name in value
        }
        return known | {name: child for name, child in value.items() if name not in known}
    if isinstance(value, list):
        return [ordered(one, node["items"], definitions) for one in value]
    return value


def gold(path: Path) -> dict[str, Any]:
    """A label without the marks of its coders."""
    return {
        plural: [{name: value for name, value in record.items() if name not in MARKS} for record in records]
        for plural, records in json.loads(path.read_text(encoding="utf-8")).items()
    }


@pytest.mark.parametrize("dialect", SCHEMAS)
def test_llguidance_knows_every_keyword_that_is_sent(dialect: str) -> None:
    assert guidance(dialect).warnings == []


@each_engine
def test_every_gold_answer_is_taken_byte_by_byte(engine: Engine, dialect: str) -> None:
    answers = {path.stem: gold(path) for path in GOLD}
    reads = compiled(engine, dialect).reads

    assert len(answers) > 70
    assert [name for name, raw in answers.items() if reads(written(raw)) is not None] == []


def without(name: str) -> Callable[[dict[str, Any]], object]:
    return lambda raw: raw["transfers"][0].pop(name)


def put(**fields: object) -> Callable[[dict[str, Any]], object]:
    return lambda raw: raw["transfers"][0].update(fields)


QUANTITY = transfer()["quantity"]
BREAKS: dict[str, Callable[[dict[str, Any]], object]] = {
    "a missing field": without("recipient"),
    "a missing last field": without("due"),
    "a missing list": lambda raw: raw.pop("treaties"),
    "a category that is none": put(category="tanks"),
    "a certainty that is none": put(certainty="rumoured"),
    "an extra field": put(comment="x"),
    "an extra list": lambda raw: raw.update(events=[]),
    "a string for a number": put(quantity=QUANTITY | {"low": "100"}),
    "a number for a string": put(item=5),
    "null for a string": put(supplier=None),
    "a fraction of a missile": put(quantity=QUANTITY | {"low": 1.5}),
    "a string for a list": put(evidence="x"),
    "no evidence": put(evidence=[]),
    "an id of another kind": put(id="D1"),
}


@each_engine
@pytest.mark.parametrize("fault", BREAKS)
def test_a_broken_answer_is_refused(engine: Engine, dialect: str, fault: str) -> None:
    raw = copy.deepcopy(extraction(transfer()))
    assert compiled(engine, dialect).reads(written(raw)) is None

    BREAKS[fault](raw)

    assert compiled(engine, dialect).reads(written(raw)) is not None


@each_engine
def test_half_an_answer_and_words_around_it_are_refused(engine: Engine, dialect: str) -> None:
    whole, reads = written(extraction(transfer())), compiled(engine, dialect).reads

    assert reads(whole[:-1]) == len(whole.encode()) - 1
    assert reads("Here: " + whole) == 0
    assert reads(whole + " Done.") is not None


@pytest.mark.parametrize("dialect", ["openai", "vllm", "llamacpp"])
def test_number_bounds_are_held_where_they_are_sent(dialect: str) -> None:
    below = extraction(transfer(quantity=QUANTITY | {"low": -1}))

    assert guidance(dialect).reads(written(below)) is not None


def test_string_bounds_are_held_for_vllm() -> None:
    endless = extraction(transfer(item="x" * 301))

    assert guidance("vllm").reads(written(endless)) is not None
    assert guidance("openai").reads(written(endless)) is None


def test_outlines_writes_a_bounded_list_out_once_for_each_place_so_its_dialect_sends_none() -> None:
    """Measured: bounds of 2, 8, 64 in place of our 20 to 200 give 8, 39, 906 thousand states, the last in 27 s."""

    def states(most: int) -> int:
        bounded = json.loads(json.dumps(Extraction.model_json_schema()), object_hook=lambda node: cut(node, most))
        return Outlines(convert(bounded, DIALECTS["llamacpp"]).schema).states

    def cut(node: dict[str, Any], most: int) -> dict[str, Any]:
        return node | ({"maxItems": most} if node.get("maxItems", 0) > most else {})

    assert outlines().states < 6000
    assert states(8) > 4 * states(2)


def test_outlines_does_not_hold_number_bounds_so_its_dialect_does_not_claim_them() -> None:
    bounded = {"type": "integer", "minimum": 0, "maximum": 5}

    assert Outlines(bounded).reads("9") is None
    assert not {"minimum", "maximum"} & DIALECTS["outlines"].keeps
