"""The answer is JSON and its values are not: rows 24 to 29, and what the article does not carry: rows 36 to 39."""

import json
import time
import unicodedata
from typing import Any

import pytest

from extractor.llm.prompt import FOLDER
from tests.fakes import QUOTE, extraction, transfer
from tests.faults.conftest import Desk
from tests.faults.rows import case, row
from tests.server import EMPTY

QUANTITY = transfer()["quantity"]
BIG = 10**400


def bounded(low: Any) -> dict[str, Any]:
    return transfer(quantity=QUANTITY | {"low": low})


# A record with one fault, and what the reason says of it.
REFUSED = [
    case(24, "extra-key", transfer(approved=True), "approved"),
    case(25, "400-digits", bounded(BIG), "quantity.low"),
    case(25, "64-bits", bounded(2**63), "quantity.low"),
    case(26, "number-as-text", bounded("100"), "quantity.low"),
    case(26, "german-number", bounded("1.234,50"), "quantity.low"),
    case(26, "yes", transfer(quantity=QUANTITY | {"approximate": "yes"}), "quantity.approximate"),
    case(26, "one-for-true", transfer(quantity=QUANTITY | {"approximate": 1}), "quantity.approximate"),
    case(26, "text-for-list", transfer(evidence=QUOTE), "evidence"),
    case(27, "30-february", transfer(date="2024-02-30"), "date"),
    case(27, "year-0", transfer(date="0000-01-01"), "date"),
    case(27, "two-digits", transfer(date="24-05-10"), "date"),
    case(27, "zone", transfer(date="2024-05-10T00:00:00+14:00"), "date"),
    case(28, "surrogate", transfer(item="\ud83d"), "item"),
    case(28, "nul", transfer(item="mis\0siles"), "item"),
    case(28, "escape", transfer(item="\x1b[31mmissiles"), "item"),
    case(29, "long", transfer(item="x" * 1_000_000), "item"),
    case(29, "many", transfer(via=["CHN"] * 100_000), "via"),
    case(36, "invented-quote", transfer(evidence=["Das steht nirgends im Text, gar nicht."]), "quote"),
    case(36, "invented-number", transfer(quantity=QUANTITY | {"low": 700, "text": "700 Raketen"}), "number"),
]


@pytest.mark.parametrize(("record", "says"), REFUSED)
def test_a_record_with_a_fault_is_kept_apart_with_the_reason_and_its_siblings_stay(
    desk: Desk, record: dict[str, Any], says: str
) -> None:
    sibling = transfer(id="T2")
    # The dump spells half a character pair in JSON, which is how a model gives it.
    for _ in range(2):
        desk.server.say(json.dumps(extraction(record, sibling)))
    desk.batch()
    assert (desk.exit_code, desk.ends, desk.records) == (0, {"extracted": 1}, 1)
    [(reason, raw)] = desk.rows("SELECT reason, raw FROM rejected")
    assert says in reason
    assert json.loads(raw)["id"] == "T1"
    assert desk.rows("SELECT count(*) FROM transfers WHERE length(item) <> length(CAST(item AS BLOB))") == [(0,)]
    assert desk.rows("PRAGMA integrity_check") == [("ok",)]
    assert len(desk.server.requests) == 2


@pytest.mark.parametrize(
    "content",
    [
        case(25, "nan", '{"transfers": NaN, "deployments": [], "treaties": []}'),
        case(25, "infinity", '{"transfers": [-Infinity], "deployments": [], "treaties": []}'),
        case(25, "1e999", '{"transfers": [1e999], "deployments": [], "treaties": []}'),
        case(25, "5000-digits", '{"transfers": [' + "9" * 5000 + '], "deployments": [], "treaties": []}'),
        case(29, "deep", "[" * 200_000),
        case(29, "deep-and-closed", '{"transfers": ' + "[" * 200_000 + "]" * 200_000 + "}"),
        case(24, "extra-list", json.dumps(EMPTY | {"notes": []})),
        case(24, "list-missing", json.dumps({"transfers": []})),
    ],
)
def test_an_answer_with_such_values_is_invalid_as_a_whole(desk: Desk, content: str) -> None:
    for _ in range(2):
        desk.server.say(content)
    desk.batch()
    assert (desk.exit_code, desk.ends, desk.results) == (1, {"invalid": 1}, ["invalid", "invalid"])


@pytest.mark.parametrize("depth", [case(29, f"{depth}-deep", depth) for depth in (50, 300, 900, 950, 990)])
def test_nesting_that_can_just_be_read_is_no_fault_of_ours(desk: Desk, depth: int) -> None:
    desk.server.default = lambda _: EMPTY
    for _ in range(2):
        desk.server.say('{"transfers": [' + "[" * depth + "]" * depth + '], "deployments": [], "treaties": []}')
    desk.batch()
    assert set(desk.ends) <= {"unsupported", "invalid"}


@row(29)
def test_a_hundred_thousand_records_are_bounded_and_kept(desk: Desk) -> None:
    desk.allow(attempts=1)
    desk.server.answer(extraction(*({"id": f"T{number}"} for number in range(20_000))))
    began = time.monotonic()
    desk.batch()
    assert time.monotonic() - began < 30
    assert desk.rows("SELECT count(*) FROM rejected") == [(20_000,)]
    assert desk.ends == {"unsupported": 1}


@row(36)
def test_an_actor_that_is_not_in_the_article_is_no_more_than_doubtful(desk: Desk) -> None:
    desk.server.default = lambda _: extraction(transfer(supplier="BRA"))
    desk.batch()
    assert desk.rows("SELECT sum(doubtful) FROM outcomes") == [(1,)]
    assert desk.rows("SELECT verdict FROM checks WHERE name = 'actor'") == [("doubt",)]


@row(28)
def test_a_byte_order_mark_before_the_answer_is_no_json(desk: Desk) -> None:
    for _ in range(2):
        desk.server.say("\ufeff" + json.dumps(EMPTY))
    desk.batch()
    assert desk.ends == {"not_json": 1}


@pytest.mark.parametrize(
    "text",
    [
        case(37, "twice", f"{QUOTE} Und noch einmal: {QUOTE}"),
        case(37, "spaces", QUOTE.replace(" ", "  \n ")),
        case(37, "nfd", unicodedata.normalize("NFD", f"Überblick. {QUOTE}")),
    ],
)
def test_offsets_of_a_quote_refer_to_the_stored_text(desk: Desk, text: str) -> None:
    desk.put(text)
    desk.server.default = lambda _: extraction(transfer())
    desk.batch()
    [(start, end, stored)] = desk.rows(
        'SELECT start, "end", text FROM evidence JOIN articles ORDER BY start LIMIT 1'  # one article, one quote
    )
    assert " ".join(stored[start:end].split()).rstrip(".") == QUOTE.rstrip(".")  # the last full stop may stay outside
    assert stored.find("Nordkorea") == start


@row(38)
@pytest.mark.parametrize("example", ["barter", "garrison", "manoeuvre"])
def test_an_answer_copied_from_an_example_of_the_prompt_is_kept_apart(desk: Desk, example: str) -> None:
    copied = json.loads((FOLDER / "examples" / f"{example}.json").read_text(encoding="utf-8"))
    count = sum(len(records) for records in copied.values())
    desk.server.default = lambda _: copied
    desk.batch()
    assert desk.records == 0
    assert desk.rows("SELECT count(*) FROM rejected") == [(count,)]
    assert desk.ends == {"unsupported" if count else "empty": 1}


@row(39)
def test_an_article_with_nothing_to_code_is_done_and_holds_nothing(desk: Desk) -> None:
    desk.put("Die Sonne scheint.")
    desk.batch()
    assert (desk.exit_code, desk.ends, desk.records) == (0, {"empty": 1}, 0)
    desk.batch()
    assert len(desk.server.requests) == 1
