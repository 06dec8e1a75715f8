"""Progress: how far a run has got, on stderr; a bar on a terminal, a line now and then in a log."""

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
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    bar = Progress(
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.description}"),
        TimeRemainingColumn(),
        console=Console(file=cast("TextIO", _Patient(sys.stderr))),
        transient=True,
        redirect_stdout=False,
    )
    with bar:
        task = bar.add_task(_told(Tally()), total=total)
        yield lambda tally: bar.update(task, completed=tally.articles, description=_told(tally))


def lines(total: int, clock: Callable[[], float] = time.monotonic) -> Callable[[Tally], None]:
    """Progress for a log: one line each half minute, none for a short run."""
    last = clock()

    def tell(tally: Tally) -> None:
        nonlocal last
        if clock() - last >= _EVERY:
            last = clock()
            say(f"{tally.articles} of {total} articles; {_told(tally)}")

    return tell


def _told(tally: Tally) -> str:
    failed = f", {tally.states['failed']} failed" if tally.states["failed"] else ""
    return f"{tally.records.total()} records{failed}"


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
