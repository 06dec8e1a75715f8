"""Policy: which failures are tried again, how often and after what wait. The one owner of retries."""

import asyncio
import math
import re
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Literal, NamedTuple, TypeVar

import aiohttp
from openai import APIConnectionError, APIStatusError
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, wait_exponential_jitter

from extractor.errors import (
    AnswerError,
    ArticleError,
    ExtractorError,
    LaterError,
    Reason,
    RecordingError,
    ServiceError,
    TransientError,
    UnreachableError,
)
from extractor.llm.access import Access
from extractor.llm.excerpt import excerpt
from extractor.llm.gate import Gate
from extractor.outcome import Attempt

T = TypeVar("T")

LONGEST_WAIT = 60.0  # seconds; a service that asks for more is left for another run

# Requests that an article may spend on one kind of failure; what is not named is final at once.
TRIES: dict[str, int] = {
    "connection": 4,
    "server": 4,
    "timeout": 2,  # each has cost a whole deadline
    "rate_limit": 100,  # no try of the article; that there is an end to it, all the same
    # Answers of no use: once more with the same question, never with the useless text.
    "no_answer": 2,
    "not_json": 2,
    "foreign": 2,
    "invalid": 2,
    "cut_off": 2,
}
_UNANSWERED = {"connection", "server", "timeout", "rate_limit", "foreign", "bad_request", "service"}


_KEY_REFUSED = "the API key was refused"


class _Rule(NamedTuple):
    statuses: Sequence[int]
    words: str  # searched in the reply, any case
    becomes: Reason | Literal["stop"]
    says: str


# First match wins. What matches nothing stops the run: a request that is refused once is refused for every article,
# but for a bare 400 or 422, which may mean one article alone; where it means all, the gate stops the run.
_RULES = (
    _Rule((402,), "", "stop", "the account has no credit: see the service's billing page"),
    _Rule((429,), "insufficient_quota|billing", "stop", "the quota is used up: see the service's billing page"),
    _Rule((429,), "request too large", "context", "the article is longer than the account may send"),
    _Rule(
        (400, 403),
        "content_filter|content management policy|moderation",
        "filtered",
        "the content filter refused the article",
    ),
    _Rule((401, 403), "", "stop", _KEY_REFUSED),
    _Rule((400,), "api.?key", "stop", _KEY_REFUSED),
    _Rule((404,), "", "stop", "no such model or address: check the model's name and the base URL"),
    _Rule((413,), "", "context", "the article is longer than the service takes"),
    _Rule(
        (400, 422, 500),
        "context.{0,20}(length|size|window)|maximum context|too many tokens|prompt is too long|exceed_context",
        "context",
        "the article is longer than the model reads",
    ),
    _Rule(
        (400, 422),
        "schema|response_format|grammar",
        "stop",
        "the server does not take our JSON Schema: try --dialect json, or let `extractor doctor` find one",
    ),
    _Rule(
        (400, 422),
        "model.{0,80}(not found|not exist|not a valid|invalid|unknown)|(invalid|unknown|not a valid) model",
        "stop",
        "no such model: check its name",
    ),
    _Rule(
        (400, 422),
        "(unsupported|unrecognized|unknown|extra).{0,20}(parameter|argument|field|input|value)",
        "stop",
        "the server does not take our options",
    ),
    _Rule((400, 422), "", "bad_request", "the server would not take the request"),
    _Rule((408,), "", "timeout", "the server gave up waiting"),
    _Rule((409, 425, *range(500, 600)), "", "server", "the server failed"),
    _Rule((429,), "", "rate_limit", "too many requests"),
    _Rule(range(300, 400), "", "stop", "the address sends us elsewhere, and redirects are not followed"),
)
_OTHER = _Rule((), "", "stop", "the server refused the request")


def classify(error: Exception, access: Access, deadline: float, now: float | None = None) -> ExtractorError:
    """Turn what a request raised into one of our errors: transient, final for the article, or the end of the run."""
    if isinstance(error, ExtractorError):
        return error
    if isinstance(error, APIStatusError):
        return _of_status(error, access, time.time() if now is None else now)
    if isinstance(error, APIConnectionError):
        return _of_connection(error, access)
    if isinstance(error, TimeoutError):
        return TransientError("timeout", f"no whole reply within {deadline:g} s from {access.address}")
    return ServiceError(access.redacted(f"{access.address}: {excerpt(str(error))}"))


def _of_status(error: APIStatusError, access: Access, now: float) -> ExtractorError:
    body = error.body if isinstance(error.body, dict) else {"message": error.body or ""}
    words = " ".join(str(body.get(key) or "") for key in ("code", "type", "message"))[:4000]
    status = error.status_code
    rule = next(
        (rule for rule in _RULES if status in rule.statuses and re.search(rule.words, words, re.IGNORECASE)), _OTHER
    )
    detail = f"{rule.says} (HTTP {status} from {access.address})"
    # Services quote the key, or half of it, when they refuse it.
    if rule.says != _KEY_REFUSED and words.strip():
        detail += ": " + excerpt(access.redacted(words))
    if rule.becomes == "stop":
        return ServiceError(detail)
    if rule.becomes not in _UNANSWERED or rule.becomes == "bad_request":
        return AnswerError(rule.becomes, detail)
    wait = retry_after(error.response.headers, now)
    if wait is not None and wait > LONGEST_WAIT:
        return LaterError(f"{detail}; it asks us to wait {math.ceil(wait)} s: try again later, {_clock(now + wait)}")
    return TransientError(rule.becomes, detail, wait)


def _of_connection(error: APIConnectionError, access: Access) -> ExtractorError:
    # The SDK's aiohttp client reports a refused or a lost connection as a timeout: only the innermost cause tells.
    causes: list[BaseException] = [error]
    while causes[-1].__cause__ is not None:
        causes.append(causes[-1].__cause__)
    for cause in causes:
        if isinstance(cause, ExtractorError):
            return cause
        if isinstance(cause, aiohttp.ClientSSLError | aiohttp.InvalidURL):
            return ServiceError(f"no safe connection to {access.address}: {excerpt(str(cause))}")
        if isinstance(cause, aiohttp.ClientConnectorError):
            return UnreachableError("connection", f"cannot reach {access.address}: {excerpt(str(cause))}")
        if isinstance(cause, aiohttp.ServerTimeoutError):
            return TransientError("timeout", f"no reply from {access.address}")
    return TransientError("connection", f"the connection to {access.address} broke: {excerpt(str(causes[-1]))}")


def retry_after(headers: Mapping[str, str], now: float) -> float | None:
    """Seconds that a reply asks us to wait: `retry-after-ms`, `retry-after` as seconds or date; None for garbage."""
    for name, unit in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        try:
            seconds = float(headers[name]) * unit
        except (KeyError, ValueError):
            continue
        return seconds if math.isfinite(seconds) and seconds >= 0 else None
    try:
        return max(0.0, parsedate_to_datetime(headers["retry-after"]).timestamp() - now)
    except (KeyError, ValueError):
        return None


def _clock(moment: float) -> str:
    try:
        return datetime.fromtimestamp(moment, UTC).strftime("after %Y-%m-%d %H:%M:%S UTC")
    except (OverflowError, ValueError, OSError):
        return "if ever"


def answered(attempts: Sequence[Attempt]) -> int:
    """How many of the attempts a model answered, well or badly: these count against an article, the others do not."""
    return sum(attempt.result not in _UNANSWERED for attempt in attempts)


class Policy:
    """Runs a question until it is answered or its tries are spent; tests give a `sleep` that takes no time."""

    def __init__(self, sleep: Callable[[float], Awaitable[Any]] = asyncio.sleep, *, shared: bool = True) -> None:
        """Without `shared` what happens to one question tells nothing of the next: no pauses, stops and breaker."""
        self._sleep, self._shared = sleep, shared
        self._gate = Gate(sleep)
        self._backoff = wait_exponential_jitter(multiplier=0.5, max=20, jitter=0.5)

    async def run(self, question: Callable[[], Awaitable[T]], attempts: list[Attempt], most: int) -> T:
        """Ask, and ask again by the table; `question` adds to `attempts`, of which at most `most` may be answered."""

        if not self._shared:
            self._gate = Gate(self._sleep)

        def again(error: BaseException) -> bool:
            # Recordings stay as they are, and no attempt is made that could be counted.
            if not isinstance(error, ArticleError) or isinstance(error, RecordingError):
                return False
            tries = sum(attempt.result == error.reason for attempt in attempts)
            left = isinstance(error, TransientError) or answered(attempts) < most
            return left and tries < TRIES.get(error.reason, 1)

        async def asked() -> T:
            return await self._gate.send(question)

        retrying = AsyncRetrying(retry=retry_if_exception(again), wait=self._wait, sleep=self._rest, reraise=True)
        try:
            return await retrying(asked)
        except UnreachableError as error:
            # Nobody listens: the other articles would fare no better.
            told = f"{error.detail}; {len(attempts)} tries: try again later"
            raise self._gate.stop(ServiceError(told)) from None
        except ArticleError as error:
            if stop := self._gate.failed(error):
                raise stop from None
            raise

    def _wait(self, state: RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        if not isinstance(error, TransientError):
            return 0.0
        wait = self._backoff(state) if error.retry_after is None else error.retry_after
        if error.reason != "rate_limit" and error.retry_after is None:
            return wait
        self._gate.pause(wait, error.detail)  # it is waited for there, by all workers
        return 0.0

    async def _rest(self, seconds: float) -> None:
        if seconds:
            await self._sleep(seconds)
