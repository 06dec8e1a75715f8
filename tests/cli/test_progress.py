"""How far a run has got."""

import io
import re
import sys

import pytest

from extractor.cli.progress import lines, progress
from extractor.outcome import Attempt, Outcome, Usage
from extractor.report import Tally

ANSI = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


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
        "extractor: 3/100, 0 rec, 3 failed, 0.1/s, 16m left",
        "extractor: 5/100, 0 rec, 5 failed, 0.1/s, 19m left",
    ]


def large(cost: float | None) -> Tally:
    """Far into a long run."""
    usage = Usage(1_300_000, 900, None, cost)
    counted = tally(123)
    counted.records["transfer"] = 23_456
    counted.already = 4_000
    for _ in range(9):
        counted.add(Outcome("a.txt", "empty", attempts=(Attempt(1, "", 1.0, "ok", usage=usage),)))
    return counted


def test_tokens_cost_rate_and_time_left_stand_on_one_line_of_80(capsys: pytest.CaptureFixture[str]) -> None:
    now = 0.0
    tell = lines(9_999, clock=lambda: now)
    now = 60.0
    tell(large(2.5))
    [line] = capsys.readouterr().err.splitlines()
    assert line == "extractor: 4132/9999, 23.5k rec, 123 failed, 11.7M tok, $22.50, 2.2/s, 44m left"
    assert len(line) <= 80


@pytest.mark.parametrize(("cost", "told"), [(None, "$?"), (0.0, "$0.0000"), (0.01, "$0.0900"), (1.5, "$13.50")])
def test_a_price_that_is_not_known_is_not_told_as_nothing(
    capsys: pytest.CaptureFixture[str], cost: float | None, told: str
) -> None:
    now = 0.0
    tell = lines(9_999, clock=lambda: now)
    now = 60.0
    tell(large(cost))
    assert f", {told}, " in capsys.readouterr().err


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


def test_the_bar_keeps_to_one_line_of_a_small_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "80")
    with progress(9_999) as tell:
        tell(large(2.5))
    shown = ANSI.sub("", terminal.getvalue())
    [line, *_] = [part for part in re.split(r"[\r\n]+", shown) if "11.7M tok" in part]
    assert len(line.rstrip()) <= 80
    assert "4132/9999" in line
    assert line.rstrip().endswith(" left")
