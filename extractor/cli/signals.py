"""Signals: Ctrl-C once ends a run in good order, twice at once; SIGTERM and a closed terminal count as Ctrl-C."""

import asyncio
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from extractor.batch import Stop
from extractor.cli.terminal import say

_HEEDED = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@contextmanager
def heeding_signals(stop: Stop) -> Iterator[None]:
    """Ask `stop` at the first signal and raise KeyboardInterrupt at the second."""

    def handle(number: int, frame: FrameType | None) -> None:
        del number, frame
        if stop.asked:
            raise KeyboardInterrupt
        stop.ask()

    # What the caller chose to ignore stays ignored (nohup, a background job of a script).
    before = {number: signal.getsignal(number) for number in _HEEDED}
    heeded = [number for number, handler in before.items() if handler is not signal.SIG_IGN]
    stop.heard.add_done_callback(lambda _: _tell(stop))
    loop = asyncio.get_running_loop()
    for number in heeded:
        # The loop's handler only wakes it: a signal just before it waits would be slept through. The plain one acts,
        # and is heard even while the built-in model keeps the loop busy.
        loop.add_signal_handler(number, lambda: None)
        signal.signal(number, handle)
    try:
        yield
    finally:
        for number in heeded:
            loop.remove_signal_handler(number)
            signal.signal(number, before[number])


def _tell(stop: Stop) -> None:
    why = f"{stop.error}; stopping" if stop.error else "stopping"
    say(f"{why}: articles in hand get {stop.time_left():.0f} s, Ctrl-C ends at once")
