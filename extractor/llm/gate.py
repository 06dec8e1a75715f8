"""Gate: what each request passes before it is sent, so that all workers heed what the service told one of them."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from extractor.errors import ArticleError, LaterError, ServiceError, StopError

T = TypeVar("T")

_log = logging.getLogger(__name__)

MOST_PAUSES = 8  # in a row, without an answer between them
MOST_FAILURES = 5  # articles in a row, without an answer between them

# Failures that say nothing of the article: the service is down, or not what we take it for.
_OF_THE_SERVICE = {"connection", "server", "timeout", "rate_limit", "foreign", "bad_request"}


class Gate:
    """Shared by the workers of a run: the first request goes alone, none goes in a pause, and none after a stop."""

    def __init__(self, sleep: Callable[[float], Awaitable[Any]], clock: Callable[[], float] = time.monotonic) -> None:
        self._sleep, self._clock = sleep, clock
        self._first, self._known = asyncio.Lock(), False
        self._until = 0.0
        self._pause: asyncio.Task[None] | None = None
        self._pauses = self._failures = 0
        self._stopped: StopError | None = None

    async def send(self, question: Callable[[], Awaitable[T]]) -> T:
        """Ask when the way is free; raise the StopError that another worker was given, without asking."""
        if not self._known:
            # A wrong key or model costs one request, not one a worker; and the prompt is in the service's cache after.
            async with self._first:
                if not self._known:
                    try:
                        return await self._asked(question)
                    finally:
                        self._known = True
        return await self._asked(question)

    async def _asked(self, question: Callable[[], Awaitable[T]]) -> T:
        while self._pause and not self._pause.done():
            await asyncio.shield(self._pause)
        if self._stopped:
            raise self._stopped
        try:
            answer = await question()
        except StopError as error:
            self.stop(error)
            raise
        except ArticleError as error:
            if error.reason not in _OF_THE_SERVICE:
                self._answered()
            raise
        self._answered()
        return answer

    def _answered(self) -> None:
        self._pauses = self._failures = 0

    def pause(self, seconds: float, detail: str) -> None:
        """Let no request go for so long; pauses asked for at the same time are one, the longest."""
        self._until = max(self._until, self._clock() + seconds)
        if self._pause and not self._pause.done():
            return
        self._pauses += 1
        if self._pauses == MOST_PAUSES:
            self.stop(LaterError(f"{detail}; {MOST_PAUSES} pauses brought no answer: try again later"))
            return
        _log.info("pause of %.1f s: %s", seconds, detail)
        self._pause = asyncio.create_task(self._rest())

    async def _rest(self) -> None:
        over = 0.0
        while over < self._until:  # which may be put off meanwhile
            over = self._until
            await self._sleep(max(0.0, over - self._clock()))

    def stop(self, error: StopError) -> StopError:
        """Let no further request go; the first error counts and is given back."""
        self._stopped = self._stopped or error
        return self._stopped

    def failed(self, error: ArticleError) -> StopError | None:
        """Count an article that the service failed; give the error that ends the run where it failed too many."""
        if error.reason not in _OF_THE_SERVICE:
            return None
        self._failures += 1
        if self._failures < MOST_FAILURES:
            return self._stopped
        told = f"{self._failures} articles in a row failed, the last so: {error.detail}"
        return self.stop(
            ServiceError(told) if error.reason == "bad_request" else LaterError(f"{told}: try again later")
        )
