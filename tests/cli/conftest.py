"""Fixtures of the command line's tests: a scripted model in the place of a real one, and a runner."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from extractor.cli import batch, extract, main
from tests.fakes import QUOTE, ScriptedModel

Run = Callable[..., Result]


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> ScriptedModel:
    """Whatever model is named, this one is asked."""
    scripted = ScriptedModel()
    for module in (batch, extract):
        monkeypatch.setattr(module, "open_model", lambda *_: scripted)
    return scripted


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of four articles that hold one transfer each."""
    folder = tmp_path / "articles"
    folder.mkdir()
    write_articles(folder, 4)
    return folder


def write_articles(folder: Path, count: int) -> None:
    """Fill the folder up to so many articles: 0.txt, 1.txt …"""
    for number in range(count):
        (folder / f"{number}.txt").write_text(f"{QUOTE} {number}", encoding="utf-8")


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Where a register may be made."""
    return tmp_path / "register.db"


@pytest.fixture
def run() -> Run:
    """Call the program: run("batch", path, stdin=b"…") gives exit_code, stdout, stderr."""

    def call(*arguments: object, stdin: bytes = b"") -> Result:
        words = [str(argument) for argument in arguments]
        return CliRunner().invoke(main, words, input=stdin, catch_exceptions=False)

    return call
