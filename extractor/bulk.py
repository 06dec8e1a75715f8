"""Bulk: many articles through a service's Batch API into one register; submit, leave or wait, collect, resume."""

import asyncio
import json
import secrets
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from tempfile import TemporaryFile
from time import perf_counter
from typing import IO, Literal

from extractor.article import Article
from extractor.batch import Stop
from extractor.errors import ServiceError, StopError, StoreError
from extractor.extraction import UnansweredError, extract
from extractor.llm.batches import (
    ENDPOINT,
    MOST_BYTES,
    MOST_REQUESTS,
    Batches,
    BatchState,
    GoneError,
    UncertainError,
    read_lines,
)
from extractor.llm.rounds import Answered, Reply, Rounds
from extractor.outcome import Outcome
from extractor.report import Tally
from extractor.store import Entry, Store, Submission

FIRST_PAUSE, LONGEST_PAUSE = 5.0, 60.0  # seconds between two looks, each half as long again as the one before
_SKEW = 3600.0  # seconds by which two clocks may differ


@dataclass(slots=True)
class Bulk:
    """One run that leaves articles with the service and brings outcomes home; what it sent is known before it is sent.

    An article gets at most one outcome a run. What the service did not answer (an expired batch) is sent again by the
    next one; what an answer leaves to be asked goes into a batch of its own, at half price too, within this run.
    """

    model: Rounds
    service: Batches
    store: Store
    wait: bool = True
    force: bool = False  # send again what has a final outcome; give up batches that the service does not know
    limit: int | None = None  # articles to send at most
    most_requests: int = MOST_REQUESTS
    most_bytes: int = MOST_BYTES
    first_pause: float = FIRST_PAUSE
    progress: Callable[[Tally], None] = lambda _: None
    tell: Callable[[str], None] = lambda _: None  # a line for the user
    tally: Tally = field(default_factory=Tally)
    _run: int = 0
    _reached: int = 0  # sources that this run has done with or handed over
    _dealt: set[str] = field(default_factory=set)  # articles that this run sends no more
    _taken: set[str] = field(default_factory=set)
    _error: StopError | None = None

    async def run(self, sources: Iterable[Article | Outcome], total: int, *, stop: Stop, command: str = "") -> Tally:
        """Send what is new among `total` sources, collect what is ready; a StopError ends up in the tally, not here."""
        begin = perf_counter()
        self._run = self.store.start_run(self.model.recipe, command=command)
        work = asyncio.create_task(self._work(sources, stop))
        whole = False
        try:
            await asyncio.wait([work, stop.heard], return_when=asyncio.FIRST_COMPLETED)
            if not work.done():
                await asyncio.wait([work], timeout=stop.time_left())
            work.cancel()
            with suppress(asyncio.CancelledError):
                await work
                whole = not stop.asked
        except StopError as error:
            self._error = self._error or error
        finally:
            work.cancel()
            self._close(total, stop, perf_counter() - begin, whole)
        return self.tally

    def _close(self, total: int, stop: Stop, seconds: float, whole: bool) -> None:
        self.tally.seconds, self.tally.error = seconds, self._error
        self.tally.interrupted = stop.asked and self._error is None
        self.tally.left = total - self._reached
        state: Literal["finished", "stopped"] = "finished" if whole else "stopped"
        try:
            self.tally.states["waiting"] += len(self.store.submissions.in_flight(self.model.recipe))
            self.store.finish_run(self._run, state, str(self._error or ("interrupted" if stop.asked else "")))
        except StoreError as error:
            self.tally.error = self.tally.error or error

    async def _work(self, sources: Iterable[Article | Outcome], stop: Stop) -> None:
        # Read before anything is collected: what this run collects is counted as its own.
        finished = set() if self.force else self.store.finished(self.model.recipe)
        await self._recover()
        again = await self._look(stop)
        await self._send(chain(again, self._fresh(sources, finished)), stop)
        pause = 0.0
        while self.wait and not stop.asked and self.store.submissions.open(self.model.recipe):
            await asyncio.wait([stop.heard], timeout=pause)
            pause = min(LONGEST_PAUSE, max(self.first_pause, 1.5 * pause))
            await self._send(iter(await self._look(stop)), stop)

    async def _recover(self) -> None:
        """Find out what became of batches that were about to be sent when a run ended."""
        for submission in self.store.submissions.open(self.model.recipe):
            if submission.batch is not None:
                continue
            since = datetime.fromisoformat(submission.intended).timestamp() - _SKEW
            found = await self.service.find(submission.token, since)
            if found is None:
                self.store.submissions.drop(submission.id, "it never arrived")
            else:
                self.store.submissions.arrived(submission.id, found.name, self._run)

    async def _look(self, stop: Stop) -> list[Entry]:
        """Bring home the batches that have ended and read what came; give the articles that are to be asked further.

        One batch that failed does not keep the others: its error is raised when all were looked at.
        """
        for submission in self.store.submissions.open(self.model.recipe):
            if stop.asked or submission.batch is None:
                continue
            try:
                state = await self.service.state(submission.batch)
                if state.ended:
                    await self._bring(submission, state)
            except GoneError as error:
                if self.force:
                    self.store.submissions.drop(submission.id, str(error))
                else:
                    self._error = self._error or ServiceError(f"{error} (--force gives it up)")
        again = [entry async for entry in self._unsettled(stop)]
        if self._error:
            raise self._error
        return again

    async def _bring(self, submission: Submission, state: BatchState) -> None:
        why = f"{state.status} {state.error}".strip()
        with ExitStack() as files:
            lines = [files.enter_context(await self.service.download(name)) for name in state.files]
            replies = chain.from_iterable(map(read_lines, lines))
            sent = ((key, status, body) for key, status, body in replies if status)
            missing = self.store.submissions.collect(submission.id, why, sent)
        self._release(missing, f"{state.name} {why}: no reply")
        without = f", {len(missing)} without a reply" if missing else ""
        self.tell(f"{state.name} {state.status}: {submission.articles - len(missing)} answered{without}")
        if state.status == "failed":
            self._error = self._error or ServiceError(f"{state.name} failed: {state.error or 'no reason was given'}")

    def _release(self, entries: list[Entry], detail: str) -> None:
        """Articles that got no reply wait, and are left to the next run."""
        for entry in entries:
            self._dealt.add(entry.article.key)
            if entry.round == 2:  # one that was asked before stays in flight, and is counted there
                outcome = Outcome(entry.article.source, "waiting", entry.article, detail=detail)
                self.store.write(self._run, outcome)
                self._count(outcome)

    async def _unsettled(self, stop: Stop) -> AsyncIterator[Entry]:
        """Read all replies that wait to be read; give the articles about which more is to be asked."""
        for entry in self.store.submissions.answered(self.model.recipe):
            if stop.asked:
                return
            read = await self.model.read(entry.article, [Reply(*reply) for reply in entry.replies])
            if isinstance(read, Answered):
                await self._settle(entry.article, read)
            elif entry.article.key not in self._dealt:
                yield entry

    async def _settle(self, article: Article, answer: Answered) -> None:
        try:
            outcome = await extract(article, answer)
        except UnansweredError as unanswered:
            self._error = self._error or unanswered.error
            outcome = unanswered.outcome
        self.store.submissions.settle(self._run, self.model.recipe, outcome)
        self._dealt.add(article.key)
        self._count(outcome)
        await asyncio.sleep(0)

    def _count(self, outcome: Outcome) -> None:
        self.tally.add(outcome)
        self.progress(self.tally)

    def _fresh(self, sources: Iterable[Article | Outcome], finished: set[str]) -> Iterator[Entry]:
        """The articles that must be sent; what needs no sending is counted on the way."""
        elsewhere = self.store.submissions.in_flight(self.model.recipe) | self._dealt
        chosen = 0
        for source in sources:
            self._reached += 1
            if isinstance(source, Outcome):
                self.store.write(self._run, source)
                self._count(source)
                continue
            self.store.see(source.source, source, self._run)
            if source.key in finished:
                self.tally.already += 1
            elif source.key in self._taken:
                self.tally.twice += 1
            else:
                self._taken.add(source.key)
                if source.key not in elsewhere:
                    chosen += 1
                    yield Entry(source)
            self.progress(self.tally)
            if chosen == self.limit:
                return

    async def _send(self, entries: Iterator[Entry], stop: Stop) -> None:
        """Fill as many batches as the service's limits need, and hand each over before the next is filled."""
        left: list[tuple[Entry, bytes]] = []
        while not stop.asked:
            with TemporaryFile() as lines:
                chosen = await self._fill(lines, entries, left)
                if not chosen:
                    return
                await self._submit(lines, chosen)

    async def _fill(self, lines: IO[bytes], entries: Iterator[Entry], left: list[tuple[Entry, bytes]]) -> list[Entry]:
        """Write a request a line up to a limit; the one that did not fit stays in `left`."""
        chosen: list[Entry] = []
        size = 0
        while len(chosen) < self.most_requests:
            if not left:
                entry = next(entries, None)
                if entry is None:
                    break
                line = await self._line(entry)
                if not line:
                    continue
                left.append((entry, line))
            if chosen and size + len(left[0][1]) > self.most_bytes:
                break
            entry, line = left.pop()
            size += lines.write(line)
            chosen.append(entry)
        return chosen

    async def _line(self, entry: Entry) -> bytes:
        """The next request about an article; nothing where its answer needed none."""
        read = await self.model.read(entry.article, [Reply(*reply) for reply in entry.replies])
        if isinstance(read, Answered):
            await self._settle(entry.article, read)
            return b""
        request = {"custom_id": entry.article.key, "method": "POST", "url": ENDPOINT, "body": read}
        return json.dumps(request, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"

    async def _submit(self, lines: IO[bytes], entries: list[Entry]) -> None:
        token = secrets.token_hex(16)
        number = self.store.submissions.intend(self._run, self.model.recipe, token, entries)
        try:
            made = await self.service.create(await self.service.upload(lines), token)
        except UncertainError:
            raise
        except ServiceError as error:
            self._release(self.store.submissions.drop(number, str(error)), str(error))
            raise
        self.store.submissions.arrived(number, made.name, self._run)
        self.tell(f"{made.name}: {len(entries)} requests submitted")
