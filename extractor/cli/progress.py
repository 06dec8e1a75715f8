"""Progress: how far a run has got and what it spent, on stderr; a bar on a terminal, a line now and then in a log."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TextIO, cast

from extractor.cli.terminal import say
from extractor.report import Tally

_EVERY = 30.0  # seconds between two lines where stderr is no terminal


@contextmanager
def progress(total: int) -> Iterator[Callable[[Tally], None]]:
    """Give the function to be called after each article."""
    if not sys.stderr.isatty():
        yield lines(total)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    bar = Progress(
        BarColumn(bar_width=10),
        MofNCompleteColumn(),
        TextColumn("{task.description}"),
        console=Console(file=cast("TextIO", _Patient(sys.stderr))),
        transient=True,
        redirect_stdout=False,
    )
    with bar:
        pace = _Pace(total, time.monotonic)
        task = bar.add_task(_told(Tally()), total=total)
        yield lambda tally: bar.update(task, completed=tally.articles, description=_told(tally) + pace.told(tally))


def lines(total: int, clock: Callable[[], float] = time.monotonic) -> Callable[[Tally], None]:
    """Progress for a log: one line each half minute, none for a short run."""
    last, pace = clock(), _Pace(total, clock)

    def tell(tally: Tally) -> None:
        nonlocal last
        if clock() - last >= _EVERY:
            last = clock()
            say(f"{tally.articles}/{total}, {_told(tally)}{pace.told(tally)}")

    return tell


class _Pace:
    """Articles a second, and the time that those left will take; what needs no asking takes none."""

    def __init__(self, total: int, clock: Callable[[], float]) -> None:
        self._total, self._clock, self._begin = total, clock, clock()

    def told(self, tally: Tally) -> str:
        seconds = self._clock() - self._begin
        if not tally.new or seconds <= 0:
            return ""
        rate = tally.new / seconds
        left = max(0, self._total - tally.articles) / rate
        return f", {short(rate)}/s, {_time(left)} left"


def _told(tally: Tally) -> str:
    """Records, failures, tokens and cost, in few letters: all of it has to stand on one line of 80."""
    parts = [f"{short(tally.records.total())} rec"]
    if tally.states["failed"]:
        parts.append(f"{short(tally.states['failed'])} failed")
    if used := tally.prompt_tokens + tally.completion_tokens:
        parts.append(f"{short(used)} tok")
    if tally.requests:
        parts.append(_cost(tally))
    return ", ".join(parts)


def _cost(tally: Tally) -> str:
    known = f"${tally.cost:.2f}" if tally.cost >= 1 else f"${tally.cost:.4f}"
    return known if not tally.unpriced else f"{known}+?" if tally.cost else "$?"


def short(number: float) -> str:
    """`0.4`, `7`, `999`, `12k`, `3.4M`."""
    for least, unit, letter in ((1e9, 1e9, "G"), (1e6, 1e6, "M"), (1e4, 1e3, "k")):
        if number >= least:
            return f"{number / unit:.{1 if number < 100 * unit else 0}f}{letter}"
    return f"{number:.1f}" if number < 10 and number != int(number) else f"{number:.0f}"


def _time(seconds: float) -> str:
    minutes = round(seconds / 60)
    if seconds < 100:
        return f"{seconds:.0f}s"
    return f"{minutes}m" if minutes < 100 else f"{minutes // 60}h{minutes % 60:02}m"


class _Patient:
    """A stream that goes on when the terminal behind it is closed, so that the run can still be saved."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        try:
            return self._stream.write(text)
        except OSError:
            return len(text)

    def flush(self) -> None:
        try:
            self._stream.flush()
        except OSError:
            return
