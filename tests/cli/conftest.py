"""Fixtures of the command line's tests: a scripted model in the place of a real one, and a runner."""

from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from extractor.cli import batch, extract, main
from tests.fakes import ScriptedModel

Run = Callable[..., Result]


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> ScriptedModel:
    """Whatever model is named, this one is asked."""
    scripted = ScriptedModel()
    for module in (batch, extract):
        monkeypatch.setattr(module, "open_model", lambda *_: scripted)
    return scripted


@pytest.fixture
def run() -> Run:
    """Call the program: run("batch", path, stdin=b"…") gives exit_code, stdout, stderr."""

    def call(*arguments: object, stdin: bytes = b"") -> Result:
        words = [str(argument) for argument in arguments]
        return CliRunner().invoke(main, words, input=stdin, catch_exceptions=False)

    return call
