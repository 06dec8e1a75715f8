"""The tables refuse what does not belong in them, and the dictionary describes every column of theirs."""

import sqlite3

import pytest

from extractor.store import Store, dictionary
from extractor.store.tables import TABLES
from extractor.store.views import VIEWS
from schemas import Deployment, Transfer, Treaty
from tests.store.samples import article, extracted

BOUNDED = ("text", "low", "high", "approximate", "unit")


@pytest.fixture
def full(store: Store, run: int) -> Store:
    store.write(run, extracted(article()))
    return store


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE transfers SET quantity_low = 'twelve'",
        "UPDATE transfers SET quantity_low = 1.5",
        "UPDATE transfers SET quantity_low = 21",
        "UPDATE transfers SET quantity_approximate = 2",
        "UPDATE transfers SET quantity_unit = NULL",
        "UPDATE transfers SET via = 'Rajin'",
        "UPDATE transfers SET via = '{}'",
        "UPDATE transfers SET violates = '[NaN]'",
        "UPDATE transfers SET certainty = 'sure'",
        "UPDATE transfers SET supplier = NULL",
        "UPDATE transfers SET current = 0",
        "UPDATE transfers SET run = 99",
        "UPDATE transfers SET article = 'none'",
        "UPDATE transfers SET id = 99",
        "UPDATE deployments SET host = NULL, supports = NULL",
        "UPDATE treaties SET parties = '\"PRK\"'",
        "UPDATE treaty_parties SET treaty = 99",
        "UPDATE links SET other = 99",
        "UPDATE links SET link = 'follows'",
        'UPDATE evidence SET "end" = start',
        "UPDATE evidence SET start = 'first'",
        "UPDATE checks SET verdict = 'maybe'",
        "UPDATE records SET kind = 'parade'",
        "UPDATE outcomes SET state = 'lost'",
        "UPDATE outcomes SET reason = 'server'",
        "UPDATE outcomes SET seconds = 9e999",
        "UPDATE outcomes SET current = NULL",
        "UPDATE attempts SET cost = 9e999",
        "UPDATE attempts SET prompt_tokens = -1",
        "UPDATE articles SET characters = 1",
        "UPDATE articles SET text = 'a' || char(0) || 'b', characters = 3",
        "UPDATE runs SET options = '[]'",
        "UPDATE runs SET state = 'lost'",
        "DELETE FROM articles",
        "DELETE FROM outcomes",
        "DELETE FROM runs",
    ],
)
def test_a_wrong_value_is_refused(full: Store, change: str) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        full._db.execute(change)


def test_only_one_outcome_of_an_article_counts(full: Store, run: int) -> None:
    full.write(run, extracted(article()))
    with pytest.raises(sqlite3.IntegrityError):
        full._db.execute("UPDATE outcomes SET current = 1")


def test_every_table_is_strict(store: Store) -> None:
    assert [table.name for table in store._db.tables if not table.strict] == []


def test_every_foreign_key_has_an_index(store: Store) -> None:
    """A row page counts what points to it, and must not read whole tables for that."""
    for table in store._db.tables:
        leading = {index.columns[0] for index in table.indexes} | {table.pks[0]}
        assert {key.column for key in table.foreign_keys if key.column} <= leading, table.name


@pytest.mark.parametrize(
    ("table", "shape"), [("transfers", Transfer), ("deployments", Deployment), ("treaties", Treaty)]
)
def test_every_field_of_the_schemas_has_a_place(store: Store, table: str, shape: type) -> None:
    elsewhere = {"id", "evidence", "in_exchange_for", "replaces"}
    fields = set(shape.model_fields) - elsewhere  # type: ignore[attr-defined]  # a Record
    flat = {column for name in fields for column in _columns(name)}
    assert flat <= set(store._db.table(table).columns_dict)


def _columns(field: str) -> list[str]:
    return [f"{field}_{part}" for part in BOUNDED] if field in {"quantity", "value", "personnel"} else [field]


def test_the_dictionary_describes_every_table_view_and_column(store: Store) -> None:
    described = dictionary()
    found = [*store._db.tables, *store._db.views]
    assert {table.name for table in found} == set(described)
    assert len(found) == len(TABLES) + len(VIEWS)
    for table in found:
        entry = described[table.name]
        assert list(entry["columns"]) == [column.name for column in table.columns]
        for sentence in (entry["description"], *entry["columns"].values()):
            assert sentence.endswith(".")


def test_whoever_opens_the_file_sees_the_dictionary(store: Store) -> None:
    assert "-- Who gives: ISO 3166-1 alpha-3" in store._db.table("transfers").schema


def test_a_sentence_may_go_on_in_the_next_line() -> None:
    assert dictionary()["outcomes"]["columns"]["state"].endswith("failed, or waiting.")
