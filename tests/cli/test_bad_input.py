"""Each bad input ends in one named outcome or one clear line; the run goes on; nothing stored is lost."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from extractor.sources.files import LARGEST
from extractor.store import Store
from tests.cli.conftest import Run
from tests.fakes import QUOTE, ScriptedModel


def holding(content: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(content)


def huge(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(10 * LARGEST)


# How the input is made, and the reason it fails with; None where it is an article all the same.
BAD: dict[str, tuple[Callable[[Path], object], str | None]] = {
    "empty file": (holding(b""), "empty_text"),
    "white space only": (holding(b" \r\n\t\n"), "empty_text"),
    "only a header": (holding(b"---\ntitle: a\n---\n"), "empty_text"),
    "binary": (holding(b"\x00\x01\x02"), "binary"),
    "PDF by mistake": (holding(b"%PDF-1.7\n"), "binary"),
    "Latin-1": (holding("Größe".encode("latin-1")), "encoding"),
    "UTF-16 with BOM": (holding(f"{QUOTE} 16".encode("utf-16")), None),
    "100 MB file": (huge, "too_large"),
    "missing path": (lambda _: None, "missing"),
    "broken link": (lambda path: path.symlink_to("nowhere"), "missing"),
    "link to itself": (lambda path: path.symlink_to(path), "missing"),
    "pipe": (os.mkfifo, "unreadable"),
    "front matter that is not YAML": (holding(b"---\ntitle: 'a\n---\nText"), "front_matter"),
    "front matter that is no mapping": (holding(b"---\n- a\n---\nText"), "front_matter"),
    "unclosed front matter": (holding(f"---\n{QUOTE}".encode()), None),
    "a date that is none": (holding(f"---\npublished: 2024-02-30\n---\n{QUOTE} x".encode()), None),
    "one very long line": (holding(f"{QUOTE} {'lang ' * 100_000}".encode()), None),
}


@pytest.fixture
def good(tmp_path: Path) -> Path:
    (tmp_path / "good.txt").write_text(QUOTE, encoding="utf-8")
    return tmp_path / "good.txt"


@pytest.mark.parametrize("case", BAD)
def test_in_extract_the_article_behind_it_is_still_extracted(
    run: Run, model: ScriptedModel, good: Path, case: str
) -> None:
    make, reason = BAD[case]
    bad = good.with_name("bad.txt")
    make(bad)
    shown = run("extract", bad, good)
    first, last = (json.loads(line) for line in shown.stdout.splitlines())
    assert (first["article"]["source"], first["outcome"]["reason"]) == (str(bad), reason)
    assert first["outcome"]["state"] == ("failed" if reason else "extracted")
    assert last["outcome"]["state"] == "extracted"
    assert shown.exit_code == (1 if reason else 0)


@pytest.mark.parametrize("case", BAD)
def test_in_batch_it_is_counted_and_what_was_stored_stays(
    run: Run, model: ScriptedModel, good: Path, database: Path, case: str
) -> None:
    run("batch", good, "--db", database)
    make, reason = BAD[case]
    bad = good.with_name("bad.txt")
    make(bad)
    shown = run("batch", bad, good, "--db", database)
    assert shown.exit_code == (1 if reason else 0)
    assert shown.stdout == ""
    if reason:
        assert f"failed {reason} 1 {bad}" in " ".join(shown.stderr.split())
    with Store.open(database, create=False) as store:
        status = store.status()
    assert status.states == ({"extracted": 1, "failed": 1} if reason else {"extracted": 2})
    assert status.records["transfer"] == (1 if reason else 2)
    assert model.asked.count(str(good)) == 1


def test_a_date_that_is_none_is_told_in_one_line(run: Run, model: ScriptedModel, good: Path) -> None:
    BAD["a date that is none"][0](good)
    shown = run("extract", good, "--model", "baseline")
    assert shown.stderr.count("\n") == 1
    assert "2024-02-30" in shown.stderr
    assert json.loads(shown.stdout)["article"]["published"] is None


@pytest.mark.parametrize("command", ["batch", "extract"])
def test_a_folder_without_articles_is_one_clear_line_and_exit_2(run: Run, tmp_path: Path, command: str) -> None:
    (tmp_path / "data.json").touch()
    shown = run(command, tmp_path)
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert str(tmp_path) in shown.stderr
    assert ".json 1" in shown.stderr
    assert not (tmp_path / "register.db").exists()


def test_the_same_text_twice_under_two_names_is_asked_once(
    run: Run, model: ScriptedModel, good: Path, database: Path
) -> None:
    good.with_name("twin.txt").write_text(QUOTE, encoding="utf-8")
    shown = run("batch", good.parent, "--db", database)
    assert len(model.asked) == 1
    assert "1 the same text under another name" in shown.stderr
    with Store.open(database, create=False) as store:
        assert (store.status().articles, store.status().sources) == (1, 2)


def test_a_file_that_changed_since_is_a_new_article_and_the_old_answer_stays(
    run: Run, model: ScriptedModel, good: Path, database: Path
) -> None:
    run("batch", good, "--db", database)
    good.write_text(f"{QUOTE} Nachtrag.", encoding="utf-8")
    run("batch", good, "--db", database)
    assert len(model.asked) == 2
    with Store.open(database, create=False) as store:
        assert (store.status().articles, store.status().sources) == (2, 1)


def test_a_file_that_was_mended_no_longer_counts_as_failed(
    run: Run, model: ScriptedModel, good: Path, database: Path
) -> None:
    text = good.read_bytes()
    good.write_bytes(b"\x00")
    assert run("batch", good, "--db", database).exit_code == 1
    good.write_bytes(text)
    assert run("batch", good, "--db", database).exit_code == 0
    with Store.open(database, create=False) as store:
        assert store.status().states == {"extracted": 1}
