"""An outcome is stored whole, as it was."""

import json
import math
from typing import Any

import pytest

from extractor.article import Article
from extractor.errors import REASONS, StoreError
from extractor.outcome import STATES, Outcome, Usage
from extractor.recipe import Recipe
from extractor.store import Store
from tests.store.samples import (
    RECIPE,
    TEXT,
    article,
    attempt,
    deployment,
    extracted,
    failed,
    rows,
    transfer,
    treaty,
    unread,
    unsupported,
)


def nested(depth: int) -> list[Any]:
    inner: list[Any] = []
    for _ in range(depth):
        inner = [inner]
    return inner


SHALLOW, NESTED = nested(90), nested(5000)


def test_a_run_says_how_it_was_made(store: Store, run: int) -> None:
    [row] = rows(store, "SELECT * FROM runs")
    assert row | {"started": "", "version": ""} == {
        "id": run,
        "state": "running",
        "detail": "",
        "started": "",
        "finished": None,
        "model": "gpt-test",
        "base_url": "http://localhost:1/v1",
        "options": '{"temperature": 0.0}',
        "command": "extractor batch news",
        "version": "",
        "prompt_hash": "prompt",
        "schema_hash": "schema",
        "recipe_key": RECIPE.key,
    }


@pytest.mark.parametrize("state", ["finished", "stopped", "failed"])
def test_a_run_ends_as_it_is_told(store: Store, run: int, state: str) -> None:
    store.finish_run(run, state, "why\0")
    [row] = rows(store, "SELECT state, detail, finished >= started AS later FROM runs")
    assert row == {"state": state, "detail": "why\\u0000", "later": 1}


def test_a_run_cannot_end_in_a_state_that_is_none(store: Store, run: int) -> None:
    with pytest.raises(StoreError):
        store.finish_run(run, "vanished")


def test_options_that_are_not_json_are_kept_as_text(store: Store) -> None:
    store.start_run(Recipe("m", "", "p", "s", {"top_p": math.nan}), command="")
    assert rows(store, "SELECT options FROM runs") == [{"options": '{"top_p": "NaN"}'}]


def test_an_article_is_stored_once_with_all_that_is_known(store: Store, run: int) -> None:
    whole = article(url="https://example.org/1", publisher="Blatt")
    store.write(run, extracted(whole))
    store.write(run, extracted(whole))
    [row] = rows(store, "SELECT * FROM articles")
    fields = ("key", "title", "published", "publisher", "language", "url", "sha256", "text")
    assert {name: row[name] for name in fields} == {name: getattr(whole, name) for name in fields}
    assert row["characters"] == len(whole.text)


def test_a_transfer_keeps_every_field(store: Store, run: int) -> None:
    store.write(run, extracted(article(), transfer()))
    [row] = rows(store, "SELECT * FROM transfers")
    record = transfer().record.model_dump()
    assert {name: row[name] for name in ("supplier", "recipient", "item", "category", "status", "date", "due")} == {
        name: record[name] for name in ("supplier", "recipient", "item", "category", "status", "date", "due")
    }
    for bounded in ("quantity", "value"):
        assert {part: row[f"{bounded}_{part}"] for part in record[bounded]} == record[bounded]
    for names in ("via", "violates", "attributed_to", "denied_by"):
        assert json.loads(row[names]) == record[names]
    assert (row["certainty"], row["doubtful"], row["name"]) == ("claimed", 1, "T1")


def test_a_deployment_keeps_every_field(store: Store, run: int) -> None:
    store.write(run, extracted(article(), transfer(), deployment()))
    [row] = rows(store, "SELECT * FROM deployments")
    record = deployment().record.model_dump()
    plain = ("sender", "host", "place", "supports", "force_type", "status", "date", "due", "certainty")
    assert {name: row[name] for name in plain} == {name: record[name] for name in plain}
    assert {part: row[f"personnel_{part}"] for part in record["personnel"]} == record["personnel"]
    assert json.loads(row["violates"]) == record["violates"]
    assert row["doubtful"] == 0


def test_a_treaty_keeps_every_field_and_names_each_party_once(store: Store, run: int) -> None:
    store.write(run, extracted(article(), treaty()))
    [row] = rows(store, "SELECT * FROM treaties")
    record = treaty().record.model_dump()
    plain = ("title", "status", "signed", "ratified", "ended", "certainty")
    assert {name: row[name] for name in plain} == {name: record[name] for name in plain}
    assert json.loads(row["parties"]) == ["PRK", "RUS", "PRK"]
    assert json.loads(row["obligations"]) == ["defence", "consultation"]
    assert rows(store, "SELECT actor FROM treaty_parties ORDER BY actor") == [{"actor": "PRK"}, {"actor": "RUS"}]


def test_a_field_that_is_null_stays_null(store: Store, run: int) -> None:
    store.write(run, extracted(article(), transfer(quantity=None, value=None, date=None, due=None, via=[])))
    [row] = rows(store, "SELECT * FROM transfers")
    assert {row[f"{name}_{part}"] for name in ("quantity", "value") for part in ("text", "low", "unit")} == {None}
    assert (row["quantity_approximate"], row["date"], row["due"], row["via"]) == (None, None, None, "[]")


def test_every_record_says_what_made_it(store: Store, run: int) -> None:
    store.write(run, extracted(article()))
    query = "SELECT run, article, outcome, model, prompt_hash, schema_hash FROM {}"
    for table in ("transfers", "deployments", "treaties"):
        for row in rows(store, query.format(table)):
            assert row == {
                "run": run,
                "article": article().key,
                "outcome": 1,
                "model": "gpt-test",
                "prompt_hash": "prompt",
                "schema_hash": "schema",
            }


def test_ids_are_unique_over_all_kinds_and_record_hashes_are_the_same_again(store: Store, run: int) -> None:
    query = "SELECT {0} FROM transfers UNION ALL SELECT {0} FROM deployments UNION ALL SELECT {0} FROM treaties"
    store.write(run, extracted(article()))
    first = {row["record"] for row in rows(store, query.format("record"))}
    store.write(run, extracted(article()))
    ids = [row["id"] for row in rows(store, query.format("id"))]
    assert len(ids) == len(set(ids)) == 8
    assert {row["record"] for row in rows(store, query.format("record"))} == first
    assert len(first) == 4


def test_quotes_keep_their_place_in_the_text(store: Store, run: int) -> None:
    store.write(run, extracted(article(), transfer()))
    query = """
        SELECT position, quote, substr(text, start + 1, "end" - start) AS there FROM evidence
        JOIN transfers ON transfers.id = evidence.record JOIN articles ON articles.key = transfers.article
    """
    assert rows(store, query) == [
        {"position": 1, "quote": TEXT[:20], "there": TEXT[:20]},
        {"position": 2, "quote": "rte", "there": "rte"},
    ]


def test_checks_are_kept_in_their_order(store: Store, run: int) -> None:
    store.write(run, extracted(article(), transfer()))
    verdicts = [(row["name"], row["verdict"], row["detail"]) for row in rows(store, "SELECT * FROM checks ORDER BY id")]
    assert verdicts == [("schema", "pass", ""), ("quote", "pass", "found"), ("number", "doubt", "rund 20")]


def test_links_join_records_of_one_outcome(store: Store, run: int) -> None:
    store.write(run, extracted(article(1)))
    store.write(run, extracted(article(2)))
    query = """
        SELECT one.name AS record, link, two.name AS other, one.outcome = two.outcome AS same FROM links
        JOIN records AS one ON one.id = links.record JOIN records AS two ON two.id = links.other ORDER BY one.id
    """
    expected = [
        {"record": "D1", "link": "in_exchange_for", "other": "T1", "same": 1},
        {"record": "P2", "link": "replaces", "other": "P1", "same": 1},
    ]
    assert rows(store, query) == expected * 2


def test_attempts_keep_their_use_and_their_answer(store: Store, run: int) -> None:
    refused = attempt(1, result="connection", answer=None, model=None, usage=Usage())
    store.write(run, Outcome("a", "empty", article(), attempts=(refused, attempt(2))))
    query = "SELECT number, result, model, prompt_tokens, cost, answer FROM attempts LEFT JOIN answers ON attempt = id"
    assert [tuple(row.values()) for row in rows(store, query)] == [
        (1, "connection", None, None, None, None),
        (2, "ok", "gpt-test-0613", 1000, 0.5, '{"transfers": []}'),
    ]


@pytest.mark.parametrize("value", [math.nan, math.inf, -1, 10**30])
def test_use_that_cannot_be_is_taken_as_not_reported(store: Store, run: int, value: float) -> None:
    """A server's word must neither stop a run nor spoil a sum."""
    usage = Usage(value, value, value, value)  # type: ignore[arg-type]  # a server may report anything
    store.write(run, Outcome("a", "empty", article(), attempts=(attempt(usage=usage),)))
    query = "SELECT prompt_tokens, completion_tokens, cached_tokens, cost FROM attempts"
    assert set(rows(store, query)[0].values()) == {None}


@pytest.mark.parametrize("state", STATES)
def test_every_state_can_be_stored(store: Store, run: int, state: Any) -> None:
    store.write(run, Outcome("a", state, article(), "cut_off" if state == "failed" else None, "\0"))
    assert rows(store, "SELECT state, detail FROM outcomes") == [{"state": state, "detail": "\\u0000"}]


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_can_be_stored(store: Store, run: int, reason: Any) -> None:
    store.write(run, failed(article(), reason))
    assert rows(store, "SELECT reason FROM outcomes") == [{"reason": reason}]


def test_an_input_that_gave_no_article_is_stored_under_its_path(store: Store, run: int) -> None:
    store.write(run, unread("n\udcffews.txt"))
    assert rows(store, "SELECT source, article, reason FROM outcomes") == [
        {"source": "n\\udcffews.txt", "article": None, "reason": "missing"}
    ]


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ({"low": math.nan, "high": math.inf}, {"low": "NaN", "high": "Infinity"}),
        ({"low": 10**400}, {"low": 10**400}),
        ({"item": "a\0b \ud800"}, {"item": "a\0b \ud800"}),
        ({"item": "대포"}, {"item": "대포"}),
        ({"item": NESTED}, None),
        ({"item": SHALLOW}, {"item": SHALLOW}),
        ({"low": 10**5000}, None),
        ({"item": b"bytes"}, {"item": "b'bytes'"}),
    ],
)
def test_a_rejected_record_is_kept_whatever_it_holds(store: Store, run: int, raw: Any, kept: Any) -> None:
    store.write(run, unsupported(article(), raw))
    [row] = rows(store, "SELECT raw, reason, checks, json_valid(raw) AS valid FROM rejected")
    assert row["valid"]
    assert row["reason"] == "quote: not in the text"
    assert [check["verdict"] for check in json.loads(row["checks"])] == ["pass", "fail"]
    assert json.loads(row["raw"]) == kept or (kept is None and "unwritable" in row["raw"])


def test_answers_of_hostile_text_are_stored(store: Store, run: int) -> None:
    store.write(run, Outcome("a", "empty", article(), attempts=(attempt(answer="\0\ud800\x1b[31m'; DROP TABLE runs"),)))
    assert rows(store, "SELECT answer FROM answers") == [{"answer": "\\u0000\\ud800\x1b[31m'; DROP TABLE runs"}]


@pytest.mark.parametrize(
    "broken",
    [
        Outcome("a", "empty", Article("a", "NUL \0 in the text")),
        Outcome("a", "empty", Article("a", "lone \ud800 surrogate")),
        Outcome("a", "empty", article(), seconds=math.nan),
        Outcome("a", "empty", article(), seconds=math.inf),
        Outcome("a", "empty", article(), attempts=(attempt(seconds=math.inf),)),
        Outcome("a", "empty", article(), attempts=(attempt(1), attempt(1))),
        Outcome("a", "failed", article()),
        Outcome("a", "empty"),
        extracted(article(), transfer(), transfer()),
        extracted(article(), transfer(in_exchange_for=["D7"])),
        extracted(article(), transfer(), deployment(in_exchange_for=["D9"])),
    ],
)
def test_what_cannot_be_stored_is_refused_whole(store: Store, run: int, broken: Outcome) -> None:
    with pytest.raises(StoreError):
        store.write(run, broken)
    assert store.status().states == {}
    assert rows(store, "SELECT key FROM articles") == []


def test_a_run_that_was_never_started_is_refused(store: Store) -> None:
    with pytest.raises(StoreError, match="no run 7"):
        store.write(7, unread())
    with pytest.raises(StoreError):
        store.see("a", article(), 7)


def test_the_samples_fill_every_field() -> None:
    """Else the tests above would not see a field that is lost."""
    for checked in (transfer(), deployment(), treaty()):
        empty = {name for name, value in checked.record.model_dump().items() if not value}
        assert empty <= {"in_exchange_for", "replaces"}
