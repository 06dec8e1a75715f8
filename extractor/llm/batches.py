"""Batches: the Batch API on the wire, four endpoints of which no reply is taken on trust."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import IO, Any, Literal, TypeVar

import httpx2
from openai import APIStatusError, AsyncOpenAI, OpenAIError

from extractor.errors import ArticleError, ExtractorError, ServiceError, TransientError, UnreachableError
from extractor.llm.access import Access
from extractor.llm.excerpt import excerpt
from extractor.llm.policy import Policy, classify
from extractor.llm.transport import LARGEST_REPLY, http_client
from extractor.outcome import Attempt

T = TypeVar("T")

MOST_REQUESTS, MOST_BYTES = 50_000, 200_000_000  # of one batch, as the service documents them
ENDED = frozenset({"completed", "failed", "expired", "cancelled"})
ENDPOINT: Literal["/v1/chat/completions"] = "/v1/chat/completions"  # as the service knows it, whatever the base URL
_LABEL = "extractor"  # under this name a batch's metadata hold our token
_LARGEST_FILE = 4 * 2**30
_ABSENT = (404, 405, 501)


class UncertainError(ServiceError):
    """A batch was asked for and no clear answer came: it may have been made, and must be looked for before another."""


class GoneError(ServiceError):
    """The service does not know a batch or a file of results that it once gave a name."""


@dataclass(frozen=True, slots=True)
class BatchState:
    """A batch as the service told it; `files` hold what came back, good and bad lines in any order."""

    name: str
    status: str
    token: str  # "" where the batch is not ours
    created: float  # seconds since 1970
    done: int
    files: tuple[str, ...]
    error: str  # why the service refused all of it

    @property
    def ended(self) -> bool:
        """Whether nothing more will come of it."""
        return self.status in ENDED


class Batches:
    """Every method raises ServiceError where the service fails for good; `deadline`: seconds for one small reply."""

    def __init__(
        self, access: Access, policy: Policy | None = None, *, deadline: float = 120.0, transfer: float = 1800.0
    ) -> None:
        self._access, self._policy = access, policy or Policy(shared=False)
        self._deadline, self._transfer = deadline, transfer  # the latter for a whole file, up or down
        self._client = AsyncOpenAI(
            api_key=access.key,
            base_url=access.address,
            max_retries=0,
            timeout=None,
            http_client=http_client(_LARGEST_FILE),
        )

    async def upload(self, lines: IO[bytes]) -> str:
        """Hand over a file of requests, a JSON object a line; give its name. A file uploaded twice costs nothing."""

        async def post() -> bytes:
            lines.seek(0)
            response = await self._client.files.with_raw_response.create(
                file=("requests.jsonl", lines, "application/jsonl"), purpose="batch"
            )
            return response.content

        return self._name(await self._again(post, self._transfer, self._no_batches))

    async def create(self, file: str, token: str) -> BatchState:
        """Ask for the batch, once: UncertainError where it may have been made, ServiceError where it was not."""
        try:
            with self._classified(self._deadline, self._no_batches):
                async with asyncio.timeout(self._deadline):
                    response = await self._client.batches.with_raw_response.create(
                        input_file_id=file,
                        endpoint=ENDPOINT,
                        completion_window="24h",
                        metadata={_LABEL: token},
                    )
        except TransientError as error:
            if isinstance(error, UnreachableError) or error.reason == "rate_limit":
                raise ServiceError(f"no batch was made: {error.detail}") from None
            raise UncertainError(f"{error.detail}; the same command finds out whether the batch was made") from None
        except ArticleError as error:
            raise ServiceError(f"no batch was made: {error.detail}") from None
        try:
            return self._state(self._object(response.content))
        except ServiceError as error:
            raise UncertainError(f"{error}; the same command finds out whether the batch was made") from None

    async def state(self, name: str) -> BatchState:
        """How a batch stands; GoneError where the service does not know it."""

        async def get() -> bytes:
            return (await self._client.batches.with_raw_response.retrieve(name)).content

        gone = GoneError(f"{self._access.address} does not know the batch {excerpt(name)}: was it another key's?")
        return self._state(self._object(await self._again(get, self._deadline, gone)))

    async def find(self, token: str, since: float) -> BatchState | None:
        """Look for the batch that carries the token among those made after `since`, seconds since 1970."""
        last = ""
        while True:
            states, more = await self._page(last)
            for state in states:
                if state.token == token:
                    return state
            # The list begins with the latest.
            if not more or not states or states[-1].created < since or states[-1].name == last:
                return None
            last = states[-1].name

    async def _page(self, after: str) -> tuple[list[BatchState], bool]:
        query = {"limit": 100, "after": after} if after else {"limit": 100}

        async def get() -> bytes:
            # Not the SDK's own paging: it builds classes of whatever comes.
            response = await self._client.get("/batches", cast_to=httpx2.Response, options={"params": query})
            return response.content

        page = self._object(await self._again(get, self._deadline, self._no_batches))
        listed = page.get("data")
        states = [self._state(one) for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
        return states, bool(page.get("has_more"))

    async def download(self, file: str) -> IO[bytes]:
        """Give a file of results, on disk and without a name, to be read from its start and closed by the caller."""
        gone = GoneError(f"{self._access.address} no longer has the results {excerpt(file)}")
        return await self._again(lambda: self._downloaded(file), self._transfer, gone)

    async def _downloaded(self, file: str) -> IO[bytes]:
        target = TemporaryFile()  # noqa: SIM115 - the caller closes it
        try:
            async with self._client.files.with_streaming_response.content(file) as response:
                async for chunk in response.iter_bytes():
                    target.write(chunk)
        except BaseException:
            target.close()
            raise
        target.seek(0)
        return target

    async def close(self) -> None:
        """Give back the connections."""
        await self._client.close()

    async def _again(self, call: Callable[[], Awaitable[T]], deadline: float, absent: ServiceError) -> T:
        """Call by the retry policy; `absent` is raised where the service has no such address."""
        attempts: list[Attempt] = []

        async def once() -> T:
            try:
                with self._classified(deadline, absent):
                    async with asyncio.timeout(deadline):
                        return await call()
            except ExtractorError as error:
                result = error.reason if isinstance(error, ArticleError) else "service"
                attempts.append(Attempt(len(attempts) + 1, "", 0.0, result))
                raise

        try:
            return await self._policy.run(once, attempts, 1)
        except ArticleError as error:  # no article is meant, but everything in the batch
            raise ServiceError(f"{error.detail}; {len(attempts)} tries: try again later") from None

    @contextmanager
    def _classified(self, deadline: float, absent: ServiceError) -> Iterator[None]:
        try:
            yield
        except APIStatusError as error:
            if error.status_code in _ABSENT:
                raise absent from None
            raise classify(error, self._access, deadline) from None
        except httpx2.HTTPError as error:  # while a file streams in, the SDK wraps nothing
            told = excerpt(self._access.redacted(str(error)))
            raise TransientError("connection", f"the connection to {self._access.address} broke: {told}") from None
        except (OpenAIError, TimeoutError, ExtractorError) as error:
            raise classify(error, self._access, deadline) from None

    @property
    def _no_batches(self) -> ServiceError:
        return ServiceError(f"{self._access.address} has no Batch API: ask it without --via batch-api")

    def _object(self, body: bytes) -> dict[str, Any]:
        try:
            data = json.loads(body)
        except (ValueError, RecursionError):
            data = None
        if not isinstance(data, dict):
            words = excerpt(body[:400].decode("utf-8", "replace"), 80)
            raise ServiceError(f"{self._access.address}: no Batch API writes this: {words}")
        return data

    def _name(self, body: bytes) -> str:
        return self._named(self._object(body))

    def _named(self, data: dict[str, Any]) -> str:
        name = data.get("id")
        if not (isinstance(name, str) and 0 < len(name) <= 200 and name.isascii() and name.isprintable()):
            raise ServiceError(f"{self._access.address}: the service gave no name: {excerpt(json.dumps(data), 80)}")
        return name

    def _state(self, data: dict[str, Any]) -> BatchState:
        metadata, counts = data.get("metadata"), data.get("request_counts")
        token = metadata.get(_LABEL) if isinstance(metadata, dict) else None
        done = [counts.get("completed"), counts.get("failed")] if isinstance(counts, dict) else []
        created = data.get("created_at")
        files = (data.get("output_file_id"), data.get("error_file_id"))
        return BatchState(
            name=self._named(data),
            status=excerpt(str(data.get("status")), 40),
            token=token if isinstance(token, str) else "",
            created=float(created) if isinstance(created, int | float) else 0.0,
            done=sum(number for number in done if isinstance(number, int)),
            files=tuple(file for file in files if isinstance(file, str) and file),
            error=self._access.redacted(_refusal(data.get("errors"))),
        )


def _refusal(errors: Any) -> str:
    """The first reason that the service gives for refusing a batch, and how many there are."""
    listed = errors.get("data") if isinstance(errors, dict) else None
    reasons = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    if not reasons:
        return ""
    words = " ".join(str(reasons[0].get(key) or "") for key in ("code", "message"))
    return excerpt(words) + (f" (and {len(reasons) - 1} more)" if len(reasons) > 1 else "")


def read_lines(file: IO[bytes]) -> Iterator[tuple[str, int, dict[str, Any]]]:
    """Give the custom id, HTTP status and body of each line; a line that names no request is passed over.

    A request that the service did not send at all (expired, cancelled) has status 0; one that it lost, 500.
    """
    while data := file.readline(LARGEST_REPLY):
        try:
            line = json.loads(data)
        except (ValueError, RecursionError):
            continue
        if isinstance(line, dict) and isinstance(line.get("custom_id"), str):
            yield (line["custom_id"], *_told(line))


def _told(line: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    response, error = line.get("response"), line.get("error")
    # The status decides: a line with an empty `error` may hold a refusal, and one with an error an answer.
    if isinstance(response, dict) and isinstance(status := response.get("status_code"), int):
        body = response.get("body")
        return status, body if isinstance(body, dict) else {"error": {"message": str(body)}}
    code = error.get("code") if isinstance(error, dict) else None
    return (0 if code in {"batch_expired", "batch_cancelled"} else 500), {"error": error}
