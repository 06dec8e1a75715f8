"""One file becomes one article, or fails with its reason."""

import os
import socket
from pathlib import Path

import pytest

from extractor.errors import InputError
from extractor.sources.files import LARGEST, STDIN, read, shown


def failure(path: Path | str, stdin: bytes = b"") -> str:
    with pytest.raises(InputError) as caught:
        read(str(path), print, stdin)
    return caught.value.reason


def test_the_stored_text_is_the_body_and_the_source_the_path_as_given(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: Titel\n---\n\n\nErste Zeile\n\nLetzte\n\n", encoding="utf-8")
    article = read(f"{tmp_path}/./a.md", print)
    assert (article.text, article.title) == ("Erste Zeile\n\nLetzte", "Titel")
    assert article.source == f"{tmp_path}/./a.md"


def test_the_hash_is_that_of_the_stored_text_on_every_system(tmp_path: Path) -> None:
    (tmp_path / "unix.txt").write_bytes("Größe\nzwei\n".encode())
    (tmp_path / "windows.txt").write_bytes("\ufeffGro\u0308ße\r\nzwei\r\n".encode())
    assert read(f"{tmp_path}/unix.txt", print).key == read(f"{tmp_path}/windows.txt", print).key


def test_standard_input_is_read_like_a_file() -> None:
    assert read(STDIN, print, b"---\nlanguage: de\n---\nText").language == "de"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty_text"),
        (b" \n\t\r\n", "empty_text"),
        (b"\xef\xbb\xbf", "empty_text"),
        (b"---\ntitle: only a header\n---\n \n", "empty_text"),
        ("Größe".encode("latin-1"), "encoding"),
        (b"\x00\x01", "binary"),
        (b"---\n- a\n---\nText", "front_matter"),
    ],
)
def test_content_that_is_no_article_fails_with_its_reason(tmp_path: Path, content: bytes, reason: str) -> None:
    (tmp_path / "a.txt").write_bytes(content)
    assert failure(tmp_path / "a.txt") == reason
    assert failure(STDIN, content) == reason


def test_a_huge_file_is_refused_by_its_size_without_being_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (tmp_path / "huge.txt").open("wb") as file:
        file.truncate(100_000_000)
    monkeypatch.setattr(Path, "open", lambda *_: pytest.fail("opened"))
    with pytest.raises(InputError, match=r"100\.0 MB") as caught:
        read(f"{tmp_path}/huge.txt", print)
    assert caught.value.reason == "too_large"


def test_input_that_only_turns_out_too_large_while_reading_is_refused_too() -> None:
    assert failure(STDIN, b"a" * (LARGEST + 1)) == "too_large"


def test_paths_that_lead_nowhere_are_missing(tmp_path: Path) -> None:
    (tmp_path / "broken.txt").symlink_to("nowhere.txt")
    (tmp_path / "loop.txt").symlink_to("loop.txt")
    (tmp_path / "file.txt").touch()
    for name in ("nothing.txt", "broken.txt", "loop.txt", "file.txt/below.txt", "x" * 5000):
        assert failure(tmp_path / name) == "missing"


def test_what_is_no_regular_file_is_unreadable_and_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "folder.txt").mkdir()
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(f"{tmp_path}/socket.txt")
        for name in ("pipe.txt", "folder.txt", "socket.txt"):
            assert failure(tmp_path / name) == "unreadable"
    assert failure("/dev/zero") == "unreadable"


def test_a_file_without_permission_is_unreadable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests may run as root, whom no permission stops."""
    (tmp_path / "secret.txt").write_text("Text", encoding="utf-8")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert failure(tmp_path / "secret.txt") == "unreadable"


def test_a_file_name_that_is_not_utf_8_can_be_stored_and_printed(tmp_path: Path) -> None:
    raw = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    Path(os.fsdecode(raw)).write_text("Text", encoding="utf-8")
    source = read(os.fsdecode(raw), print).source
    assert source == shown(os.fsdecode(raw)) == f"{tmp_path}/caf\\xe9.txt"
