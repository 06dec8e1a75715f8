"""An old database takes all the steps that it lacks, or none."""

from pathlib import Path

import pytest
from sqlite_utils import Database

from extractor.errors import StoreError
from extractor.store import Store, migrations
from tests.store.samples import RECIPE, article, extracted, rows


def m002_note(db: Database) -> None:
    db.execute("ALTER TABLE articles ADD COLUMN note TEXT")


def m003_broken(db: Database) -> None:
    db.execute("ALTER TABLE articles ADD COLUMN other TEXT")
    db.execute("ALTER TABLE nowhere ADD COLUMN note TEXT")


@pytest.fixture
def old(path: Path) -> Path:
    with Store.open(path) as store:
        store.write(store.start_run(RECIPE, command=""), extracted(article()))
    return path


def test_an_old_database_is_brought_up_to_date_with_its_rows(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, m002_note))
    with Store.open(old) as store:
        assert rows(store, "SELECT note, title FROM articles") == [{"note": None, "title": "Geschütze für Moskau"}]
        assert rows(store, "SELECT name FROM migrations") == [{"name": "m001_initial"}, {"name": "m002_note"}]


def test_a_step_is_taken_once(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, m002_note))
    Store.open(old).close()
    Store.open(old).close()


def test_where_one_step_fails_none_is_taken(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = old.read_bytes()
    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, m002_note, m003_broken))
    with pytest.raises(StoreError, match="no such table: nowhere"):
        Store.open(old)
    monkeypatch.undo()
    with Store.open(old) as store:
        assert "note" not in rows(store, "SELECT * FROM articles")[0]
        assert store.finished(RECIPE) == {article().key}
    assert old.read_bytes() == before
