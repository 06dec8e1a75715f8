"""Gateway: one question to one model, the only place that talks over the wire."""

import asyncio
import logging
import time
from datetime import UTC, datetime
from typing import Any

import httpx2
from openai import AsyncOpenAI, OpenAIError

from extractor.errors import ArticleError, ExtractorError
from extractor.llm.access import Access
from extractor.llm.answer import read_answer
from extractor.llm.completion import Completion, read_completion
from extractor.llm.policy import classify
from extractor.llm.prompt import Message
from extractor.llm.transport import http_client
from extractor.outcome import Attempt, Usage

# Below this level the SDK logs whole requests, articles included.
for _name in ("openai", "httpx2", "httpcore2"):
    logging.getLogger(_name).setLevel(logging.WARNING)


class Gateway:
    """Asks `name` at an address, once a call; a failure is one of ours, and hides its cause, which may show the key."""

    def __init__(self, name: str, access: Access, response_format: dict[str, Any], *, deadline: float) -> None:
        self._name, self._access, self._deadline = name, access, deadline
        self._response_format = response_format
        # The SDK's timeouts count each read anew, and a dripping server outlives them: our deadline is for the whole.
        self._client = AsyncOpenAI(
            api_key=access.key, base_url=access.address, max_retries=0, timeout=None, http_client=http_client()
        )

    async def ask(self, messages: list[Message], attempts: list[Attempt]) -> dict[str, Any]:
        """Send one request and give the object it was answered with; what it came to is added to `attempts`."""
        started, clock = datetime.now(UTC), time.monotonic()
        completion: Completion | None = None
        failure: ExtractorError | None = None
        answer: dict[str, Any] = {}
        try:
            completion = read_completion(await self._post(messages))
            answer = read_answer(completion.text())
        except (OpenAIError, TimeoutError, ExtractorError) as error:
            failure = classify(error, self._access, self._deadline)
        attempts.append(_attempt(len(attempts) + 1, started, time.monotonic() - clock, completion, failure))
        if failure is not None:
            raise failure
        return answer

    def body(self, messages: list[Message]) -> dict[str, Any]:
        """The request as it is sent."""
        return {"model": self._name, "messages": messages, "response_format": self._response_format}

    async def _post(self, messages: list[Message]) -> bytes:
        async with asyncio.timeout(self._deadline):
            # The plain response: the SDK's own classes accept any shape, and building them costs time.
            response = await self._client.post("/chat/completions", cast_to=httpx2.Response, body=self.body(messages))
        return response.content

    async def close(self) -> None:
        """Give back the connections."""
        await self._client.close()


def _attempt(
    number: int, started: datetime, seconds: float, completion: Completion | None, failure: ExtractorError | None
) -> Attempt:
    result = "ok" if failure is None else failure.reason if isinstance(failure, ArticleError) else "service"
    detail = failure.detail if isinstance(failure, ArticleError) else str(failure or "")
    return Attempt(
        number=number,
        started=started.isoformat(timespec="milliseconds"),
        seconds=seconds,
        result=result,
        detail=detail,
        model=completion.model if completion else None,
        answer=completion.content if completion else None,
        usage=completion.usage if completion else Usage(),
    )
