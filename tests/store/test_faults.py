"""Whatever happens in the middle of a write, only whole outcomes are there afterwards."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from extractor.errors import StoreError
from extractor.outcome import Outcome
from extractor.store import Store
from tests.store.samples import OTHER, RECIPE, article, extracted, python, rows, unsupported

# Whole: as many rows below the outcome as its own counts say, and one attempt each.
TORN = """
    SELECT id FROM outcomes WHERE
        (SELECT count(*) FROM attempts WHERE outcome = outcomes.id) <> 1
        OR (SELECT count(*) FROM records WHERE outcome = outcomes.id) <> transfers + deployments + treaties
        OR (SELECT count(*) FROM evidence JOIN records ON records.id = record WHERE outcome = outcomes.id) <> 5
        OR (SELECT count(*) FROM links JOIN records ON records.id = record WHERE outcome = outcomes.id) <> 2
"""
TABLES = ("articles", "sources", "outcomes", "attempts", "answers", "records", "transfers", "deployments", "treaties")


class FaultError(Exception):
    """Raised by a test in the middle of a write."""


def counts(store: Store) -> dict[str, int]:
    return {table: store._db.table(table).count for table in TABLES}


@pytest.mark.parametrize("known", [True, False])
def test_an_error_at_any_statement_undoes_the_whole_outcome(store: Store, run: int, known: bool) -> None:
    store.write(run, extracted(article(1)))
    before = counts(store)
    for number in range(1000):
        ticks = iter(range(number))

        def fail(query: str, _: object, ticks: Iterator[int] = ticks) -> None:
            if query != "COMMIT" and next(ticks, None) is None:
                raise FaultError

        store._db._tracer = fail
        try:
            store.write(run, extracted(article(1) if known else article(2)))
        except FaultError:
            store._db._tracer = None
            assert counts(store) == before
            assert rows(store, "SELECT state FROM outcomes WHERE current = 1") == [{"state": "extracted"}]
        else:
            break
    store._db._tracer = None
    assert number > 30
    assert counts(store)["outcomes"] == before["outcomes"] + 1
    assert rows(store, TORN) == []


WRITE_FOR_EVER = """
import sys, itertools
from pathlib import Path
from extractor.store import Store
from tests.store.samples import RECIPE, article, extracted
store = Store.open(Path(sys.argv[1]))
run = store.start_run(RECIPE, command="")
for number in itertools.count():
    store.write(run, extracted(article(number)))
    print(number, flush=True)
"""


def test_after_a_kill_every_acknowledged_outcome_is_there_and_every_outcome_is_whole(path: Path) -> None:
    process = python(WRITE_FOR_EVER, path)
    assert process.stdout
    with process:
        acknowledged = [int(process.stdout.readline()) for _ in range(50)]
        process.kill()
        acknowledged += [int(line) for line in process.stdout.read().split()]
    with Store.open(path, create=False) as store:
        assert {article(number).key for number in acknowledged} <= store.finished(RECIPE)
        assert rows(store, TORN) == []
        assert rows(store, "PRAGMA integrity_check") == [{"integrity_check": "ok"}]
        assert rows(store, "PRAGMA foreign_key_check") == []
        store.start_run(RECIPE, command="")
        states = [row["state"] + ": " + row["detail"] for row in rows(store, "SELECT * FROM runs ORDER BY id")]
        assert states == ["stopped: interrupted: the process ended without closing its run", "running: "]


def test_a_full_disk_stops_with_what_was_stored_intact_and_work_resumes_when_there_is_room(
    store: Store, run: int
) -> None:
    store.write(run, extracted(article(1)))
    before = counts(store)
    pages = store._db.execute("PRAGMA page_count").fetchone()[0]
    store._db.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StoreError, match="the disk is full"):
        store.write(run, unsupported(article(2), {"item": "x" * 100_000}))
    assert counts(store) == before
    assert store.finished(RECIPE) == {article(1).key}
    store._db.execute(f"PRAGMA max_page_count = {2 * pages}")
    store.write(run, unsupported(article(2), {"item": "x" * 100_000}))
    assert rows(store, "PRAGMA integrity_check") == [{"integrity_check": "ok"}]


def test_a_lock_that_is_never_given_back_stops_the_run_and_nothing_is_half_written(path: Path) -> None:
    with Store.open(path, timeout=0.01) as store:
        run = store.start_run(RECIPE, command="")
        other = sqlite3.connect(path)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="locked by another program"):
            store.write(run, extracted(article()))
        assert store.status().articles == 0
        other.rollback()
        other.close()
        store.write(run, extracted(article()))
        assert store.status().articles == 1


def test_a_second_run_on_one_database_is_refused_until_the_first_ends(path: Path) -> None:
    """Else both would pay for the same articles."""
    with Store.open(path) as one, Store.open(path) as two:
        run = one.start_run(RECIPE, command="")
        with pytest.raises(StoreError, match="another run"):
            two.start_run(OTHER, command="")
        assert two.status().runs == 1
        one.finish_run(run, "finished")
        two.start_run(OTHER, command="")


def test_a_run_that_cannot_start_leaves_its_place_to_others(path: Path) -> None:
    with Store.open(path, timeout=0.01) as one, Store.open(path) as two:
        other = sqlite3.connect(path)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="locked"):
            one.start_run(RECIPE, command="")
        other.close()
        assert two.start_run(RECIPE, command="") == 1


def test_others_read_while_a_run_writes(path: Path) -> None:
    with Store.open(path) as one, Store.open(path) as two:
        run = one.start_run(RECIPE, command="")
        one.write(run, extracted(article(1)))
        assert two.status().states == {"extracted": 1}


def test_many_threads_may_write(store: Store, run: int) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: store.write(run, extracted(article(number % 20))), range(60)))
    assert store.status().states == {"extracted": 20}
    assert rows(store, TORN) == []


def write_again(path: Path) -> None:
    with Store.open(path) as store:
        run = store.start_run(RECIPE, command="")
        for number in range(30):
            store.write(run, Outcome("a", "empty", article(number)))


def test_a_damaged_page_is_told_in_one_line(path: Path) -> None:
    with Store.open(path) as store:
        run = store.start_run(RECIPE, command="")
        for number in range(30):
            store.write(run, extracted(article(number)))
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2] + b"\xff" * (len(whole) // 2))
    with pytest.raises(StoreError, match="is damaged"):
        write_again(path)
