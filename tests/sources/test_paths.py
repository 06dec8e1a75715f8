"""Paths become a list of files to read."""

import io
import os
import sys
from pathlib import Path

import pytest

from extractor.article import Article
from extractor.errors import SettingsError
from extractor.outcome import Outcome
from extractor.sources import find
from extractor.sources.front_matter import Note


def silent(line: str) -> None:
    pytest.fail(f"unexpected note: {line}")


def texts(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(f"Text of {name}", encoding="utf-8")


def names(root: Path, *paths: str, note: Note = silent) -> list[str]:
    return [file.removeprefix(f"{root}/") for file in find([f"{root}/{path}" for path in paths], note).files]


def test_a_folder_gives_its_articles_sorted_and_deep_without_hidden_ones(tmp_path: Path) -> None:
    texts(tmp_path, "b.txt", "a.MD", "c.markdown", "sub/deep/d.txt", ".hidden.txt", ".git/e.txt")
    assert names(tmp_path, "") == ["a.MD", "b.txt", "c.markdown", "sub/deep/d.txt"]


def test_what_else_a_folder_holds_is_counted_and_told(tmp_path: Path) -> None:
    texts(tmp_path, "a.txt", "b.json", "c.json", "LICENSE")
    (tmp_path / "link").symlink_to(tmp_path)
    notes: list[str] = []
    assert names(tmp_path, "", note=notes.append) == ["a.txt"]
    assert len(notes) == 1
    for told in (".json 2", "no suffix 1", "links to folders 1"):
        assert told in notes[0]


def test_a_file_given_by_name_is_read_whatever_its_suffix(tmp_path: Path) -> None:
    texts(tmp_path, "a.json", ".hidden")
    assert names(tmp_path, "a.json", ".hidden") == ["a.json", ".hidden"]


def test_patterns_that_no_shell_expanded_are_expanded_sorted(tmp_path: Path) -> None:
    texts(tmp_path, "b.md", "a.md", "c.txt", "x/d.md", ".h/e.md")
    assert names(tmp_path, "*.md") == ["a.md", "b.md"]
    assert sorted(names(tmp_path, "**/*.md")) == ["a.md", "b.md", "x/d.md"]
    assert names(tmp_path, "[x]") == ["x/d.md"]


def test_a_name_with_brackets_is_a_name_before_it_is_a_pattern(tmp_path: Path) -> None:
    texts(tmp_path, "a[1].txt", "a1.txt")
    assert names(tmp_path, "a[1].txt") == ["a[1].txt"]


@pytest.mark.parametrize("pattern", ["*.none", "**x", "[a"])
def test_a_pattern_without_a_match_is_missing_and_stops_nothing(tmp_path: Path, pattern: str) -> None:
    texts(tmp_path, "a.txt")
    first, second = find([f"{tmp_path}/{pattern}", f"{tmp_path}/a.txt"], silent)
    assert isinstance(first, Outcome)
    assert (first.state, first.reason, first.source) == ("failed", "missing", f"{tmp_path}/{pattern}")
    assert isinstance(second, Article)


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    texts(tmp_path, "a.txt")
    assert names(tmp_path, "a.txt", "", "*.txt", "./a.txt") == ["a.txt"]


def test_loops_of_links_end(tmp_path: Path) -> None:
    texts(tmp_path, "x/a.txt")
    for name in ("up", "self"):
        (tmp_path / "x" / name).symlink_to(".." if name == "up" else ".")
    notes: list[str] = []
    assert names(tmp_path, "", note=notes.append) == ["x/a.txt"]
    assert names(tmp_path, "**/*.txt") == ["x/a.txt"]


def test_a_folder_that_is_a_link_itself_is_read(tmp_path: Path) -> None:
    texts(tmp_path, "real/a.txt")
    (tmp_path / "link").symlink_to("real")
    assert names(tmp_path, "link") == ["link/a.txt"]


def test_a_folder_that_may_not_be_listed_fails_instead_of_vanishing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tests may run as root, whom no permission stops."""
    texts(tmp_path, "a.txt", "locked/b.txt")
    scandir = os.scandir

    def refuse(path: str) -> object:
        if path.endswith("locked"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    first, second = find([str(tmp_path)], silent)
    assert isinstance(first, Article)
    assert isinstance(second, Outcome)
    assert (second.source, second.reason) == (f"{tmp_path}/locked", "unreadable")


def test_nothing_to_read_at_all_is_one_clear_line(tmp_path: Path) -> None:
    texts(tmp_path, "a.json")
    with pytest.raises(SettingsError, match="file in this folder"):
        find([str(tmp_path)], silent)


def test_an_empty_folder_beside_articles_is_told(tmp_path: Path) -> None:
    texts(tmp_path, "a.txt")
    (tmp_path / "empty").mkdir()
    notes: list[str] = []
    assert names(tmp_path, "a.txt", "empty", note=notes.append) == ["a.txt"]
    assert notes == [f"{tmp_path}/empty: no .txt, .md, .markdown file in this folder"]


def test_standard_input_is_one_source(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"Text"), encoding="utf-8"))
    (article,) = find(["-", "-"], silent)
    assert isinstance(article, Article)
    assert (article.source, article.text) == ("-", "Text")


def test_faults_of_metadata_are_told_with_the_file_and_the_article_goes_on(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\npublished: 2024-02-30\n---\nText", encoding="utf-8")
    notes: list[str] = []
    (article,) = find([f"{tmp_path}/a.md"], notes.append)
    assert isinstance(article, Article)
    assert article.published is None
    assert notes[0].startswith(f"{tmp_path}/a.md: published '2024-02-30'")
