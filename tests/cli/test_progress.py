"""How far a run has got."""

import io
import sys

import pytest

from extractor.cli.progress import lines, progress
from extractor.outcome import Outcome
from extractor.report import Tally


def tally(number: int) -> Tally:
    counted = Tally()
    for _ in range(number):
        counted.add(Outcome("a.txt", "failed", reason="missing"))
    return counted


def test_a_log_gets_a_line_each_half_minute_and_a_short_run_none(capsys: pytest.CaptureFixture[str]) -> None:
    now = 0.0
    tell = lines(100, clock=lambda: now)
    for now, number in ((10.0, 1), (29.9, 2), (30.0, 3), (31.0, 4), (60.0, 5)):  # noqa: B007 - the clock reads it
        tell(tally(number))
    assert capsys.readouterr().err.splitlines() == [
        "extractor: 3 of 100 articles; 0 records, 3 failed",
        "extractor: 5 of 100 articles; 0 records, 5 failed",
    ]


class Terminal(io.StringIO):
    """A terminal that is closed after some time."""

    closed_now = False

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if self.closed_now:
            raise OSError(5, "Input/output error")
        return super().write(text)


def test_a_terminal_gets_a_bar_with_the_count(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    with progress(7) as tell:
        tell(tally(3))
    assert "3/7" in terminal.getvalue()
    assert "3 failed" in terminal.getvalue()


def test_a_terminal_that_is_closed_does_not_end_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with progress(7) as tell:
        tell(tally(1))
        terminal.closed_now = True
        tell(tally(2))
