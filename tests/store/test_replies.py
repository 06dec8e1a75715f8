"""Replies that are kept, and the bill of answers that were recalled."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from extractor.errors import StoreError
from extractor.outcome import Outcome, Usage
from extractor.store import Store
from tests.store.samples import article, attempt, rows

RECALLED = attempt(recalled=True, usage=Usage(0, 0, 0, 0.0), request="key")


def keep(store: Store, key: str, reply: str) -> None:
    store.keep(key, reply, model="m", base_url="http://a")


def test_a_reply_survives_closing_the_register(path: Path) -> None:
    with Store.open(path) as store:
        keep(store, "key", '{"ü": "\\ud83d"}')
    with Store.open(path) as store:
        assert store.recall("key") == '{"ü": "\\ud83d"}'
        assert store.recall("other") is None


def test_the_latest_reply_takes_the_place_of_the_one_before(store: Store) -> None:
    keep(store, "key", "1")
    keep(store, "key", "2")
    assert store.recall("key") == "2"
    [row] = rows(store, "SELECT model, base_url, kept FROM replies")
    assert (row["model"], row["base_url"], row["kept"][-6:]) == ("m", "http://a", "+00:00")


def test_two_that_keep_at_once_leave_one_whole_reply(path: Path) -> None:
    replies = [json.dumps({"from": number, "filler": "x" * 10_000}) for number in range(40)]
    with Store.open(path) as one, Store.open(path) as other, ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda pair: keep((one, other)[pair[0] % 2], "key", pair[1]), enumerate(replies)))
        assert one.recall("key") in replies
        assert rows(one, "SELECT count(*) AS count FROM replies") == [{"count": 1}]


def test_a_register_that_cannot_be_read_is_a_store_error(store: Store) -> None:
    store._db.execute("DROP TABLE replies")
    with pytest.raises(StoreError, match="replies"):
        store.recall("key")


def test_a_recalled_answer_is_on_no_bill_and_is_counted_apart(store: Store, run: int) -> None:
    store.write(run, Outcome("a", "empty", article(1), attempts=(attempt(), replace(RECALLED, number=2))))
    status = store.status()
    assert (status.attempts, status.recalled, status.unpriced) == (1, 1, 0)
    assert (status.prompt_tokens, status.completion_tokens, status.cached_tokens) == (1000, 100, 10)
    assert status.cost == 0.5
    assert store.totals(run).recalled == 1
    query = "SELECT number, recalled, request FROM attempts"
    assert rows(store, query) == [
        {"number": 1, "recalled": 0, "request": None},
        {"number": 2, "recalled": 1, "request": "key"},
    ]


def test_a_run_of_recalled_answers_alone_costs_nothing(store: Store, run: int) -> None:
    store.write(run, Outcome("a", "empty", article(1), attempts=(RECALLED,)))
    status = store.status()
    assert (status.attempts, status.recalled, status.cost, status.prompt_tokens) == (0, 1, 0.0, 0)
