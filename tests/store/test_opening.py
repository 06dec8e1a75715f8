"""A database is opened whole, or refused with one plain line and left as it was."""

import hashlib
import os
import shutil
import sqlite3
import stat
import tempfile
from pathlib import Path

import pytest

from extractor.errors import StoreError
from extractor.store import Store, migrations
from tests.store.samples import RECIPE, article, extracted, python, rows


def refusal(path: Path, *, create: bool = True) -> str:
    with pytest.raises(StoreError) as caught:
        Store.open(path, create=create, timeout=0.01)
    message = str(caught.value)
    assert str(path) in message
    assert "\n" not in message
    return message


def test_a_new_database_is_readable_by_its_owner_only(path: Path) -> None:
    mask = os.umask(0)
    try:
        Store.open(path).close()
    finally:
        os.umask(mask)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_connection_waits_syncs_and_holds_foreign_keys(path: Path) -> None:
    with Store.open(path) as store:
        wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 30_000}
        assert {name: store._db.execute(f"PRAGMA {name}").fetchone()[0] for name in wanted} == wanted


def test_opening_again_keeps_what_is_stored(path: Path) -> None:
    with Store.open(path) as store:
        store.write(store.start_run(RECIPE, command=""), extracted(article()))
    with Store.open(path, create=False) as store:
        assert store.finished(RECIPE) == {article().key}


def test_one_file_is_left_when_the_last_connection_closes(path: Path) -> None:
    with Store.open(path) as store:
        store.finish_run(store.start_run(RECIPE, command=""), "finished")
    assert not path.with_name("register.db-wal").exists()


def test_an_empty_file_becomes_a_database(path: Path) -> None:
    path.touch()
    with Store.open(path) as store:
        assert store.status().articles == 0


def test_strange_names_are_names(tmp_path: Path) -> None:
    path = tmp_path / "a?mode=memory#1 % ü.db"
    Store.open(path).close()
    assert path.stat().st_size > 0


def test_a_directory_is_refused(tmp_path: Path) -> None:
    assert "is a directory" in refusal(tmp_path)


def test_a_missing_folder_is_refused_and_not_made(tmp_path: Path) -> None:
    assert "no folder" in refusal(tmp_path / "none" / "register.db")
    assert not (tmp_path / "none").exists()


def test_a_missing_database_is_refused_where_none_is_to_be_made(path: Path) -> None:
    assert "does not exist" in refusal(path, create=False)
    assert not path.exists()


def test_a_link_that_leads_nowhere_is_refused(path: Path) -> None:
    path.symlink_to(path.with_name("gone.db"))
    assert "cannot be opened" in refusal(path)


def test_a_pipe_is_refused(path: Path) -> None:
    os.mkfifo(path)
    assert "no regular file" in refusal(path)


def test_a_file_that_is_no_database_is_refused_and_untouched(path: Path) -> None:
    path.write_bytes(b"title,text\n" * 1000)
    before = digest(path)
    assert "not an SQLite database" in refusal(path)
    assert digest(path) == before


def test_a_database_of_another_program_is_refused_and_untouched(path: Path) -> None:
    execute(path, "CREATE TABLE migrations (id INTEGER, batch INTEGER)")
    before = digest(path)
    assert "another program" in refusal(path)
    assert digest(path) == before


def test_a_database_of_a_newer_version_is_refused_and_untouched(path: Path) -> None:
    Store.open(path).close()
    execute(path, "INSERT INTO migrations VALUES ('m999_later', '2031')")
    before = digest(path)
    assert "newer version of extractor (m999_later)" in refusal(path)
    assert digest(path) == before


def test_a_damaged_database_is_refused_and_untouched(path: Path) -> None:
    Store.open(path).close()
    whole = path.read_bytes()
    path.write_bytes(whole[:100] + b"\xff" * 4000 + whole[4100:])
    before = digest(path)
    assert "is damaged" in refusal(path)
    assert digest(path) == before


def test_a_read_only_database_is_refused() -> None:
    """Asked in a process without privileges, for the superuser may write whatever the mode says."""
    folder = Path(tempfile.mkdtemp())
    try:
        path = folder / "register.db"
        Store.open(path).close()
        path.chmod(0o444)
        folder.chmod(0o555)
        before = digest(path)
        code = (
            "import os, sys\nfrom pathlib import Path\nfrom extractor.errors import StoreError\n"
            "from extractor.store import Store, database\nimport sqlite_utils\n"
            "os.getuid() or os.setuid(65534)\n"
            "try: Store.open(Path(sys.argv[1]))\nexcept StoreError as error: print(error)"
        )
        printed, _ = python(code, path).communicate(timeout=60)
        assert printed == f"{path} is read-only\n"
        assert digest(path) == before
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


def test_a_database_locked_by_another_program_is_refused_after_the_wait(path: Path) -> None:
    Store.open(path).close()
    other = sqlite3.connect(path)
    other.execute("BEGIN IMMEDIATE")
    assert "locked by another program" in refusal(path)
    other.close()


def test_an_sqlite_without_strict_tables_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 34, 1))
    with pytest.raises(StoreError, match="too old"):
        Store.open(path)


def test_what_is_closed_is_refused(path: Path) -> None:
    store = Store.open(path)
    store.close()
    store.close()
    with pytest.raises(StoreError):
        store.status()


def test_importing_the_store_does_not_load_the_database_library() -> None:
    printed, _ = python("import sys, extractor.store; print('sqlite_utils' in sys.modules)").communicate(timeout=60)
    assert printed == "False\n"


def test_a_new_database_is_sound(store: Store) -> None:
    assert rows(store, "PRAGMA integrity_check") == [{"integrity_check": "ok"}]
    assert [row["name"] for row in rows(store, "SELECT name FROM migrations")] == [
        step.__name__ for step in migrations.STEPS
    ]


def execute(path: Path, statement: str) -> None:
    other = sqlite3.connect(path)
    with other:
        other.execute(statement)
    other.close()


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
