"""Gateway: one question to one model, the only place that talks over the wire."""

import asyncio
import logging
import time
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import httpx2
from openai import AsyncOpenAI, BadRequestError, OpenAIError, UnprocessableEntityError

from extractor.errors import AnswerError, ArticleError, ExtractorError
from extractor.llm.access import Access
from extractor.llm.answer import read_answer
from extractor.llm.completion import Completion, read_completion
from extractor.llm.limit import larger_limit
from extractor.llm.memory import Forgetful, Memory, Request, as_text, request_for
from extractor.llm.policy import classify
from extractor.llm.prices import Price
from extractor.llm.prompt import Message
from extractor.llm.transport import http_client
from extractor.llm.truncation import check_whole
from extractor.outcome import Attempt, Usage

_NOTHING = Usage(prompt_tokens=0, completion_tokens=0, cached_tokens=0, cost=0.0)

# Below this level the SDK logs whole requests, articles included.
for _name in ("openai", "httpx2", "httpcore2"):
    logging.getLogger(_name).setLevel(logging.WARNING)


class Gateway:
    """Asks `name` at an address, once a call; a failure is one of ours, and hides its cause, which may show the key."""

    def __init__(
        self,
        name: str,
        access: Access,
        response_format: dict[str, Any],
        *,
        deadline: float,
        price: Price | None = None,
        memory: Memory | None = None,
    ) -> None:
        self._name, self._access, self._deadline = name, access, deadline
        self._memory = memory or Forgetful()
        self._response_format = response_format
        self._price = price or Price(access.address)
        # The SDK's timeouts count each read anew, and a dripping server outlives them: our deadline is for the whole.
        self._client = AsyncOpenAI(
            api_key=access.key, base_url=access.address, max_retries=0, timeout=None, http_client=http_client()
        )

    async def ask(self, messages: list[Message], attempts: list[Attempt]) -> dict[str, Any]:
        """Send one request and give the object it was answered with; what it came to is added to `attempts`.

        Where the memory has the reply, nothing is sent; a new one is kept before anything else is done with it.
        """
        limit = larger_limit(attempts)
        body = self.body(messages, limit)
        request = request_for(self._access.address, body, attempts)
        reply = self._memory.recall(request)
        recalled = reply is not None
        started, clock = datetime.now(UTC), time.monotonic()
        completion: Completion | None = None
        failure: ExtractorError | None = None
        answer: dict[str, Any] = {}
        try:
            if reply is None:
                reply = self._without_key(as_text(await self._post(body)), request)
            completion = read_completion(reply.encode())
            usage = self._price.priced(completion.usage, completion.model, self._name)
            completion = replace(completion, usage=usage)
            check_whole(messages, completion.usage)
            answer = read_answer(completion.text())
        except (OpenAIError, TimeoutError, ExtractorError) as error:
            failure = classify(error, self._access, self._deadline)
            if limit and isinstance(error, BadRequestError | UnprocessableEntityError):
                failure = AnswerError("cut_off", f"and no room for {limit} tokens: {failure}")
        attempt = _attempt(len(attempts) + 1, started, time.monotonic() - clock, completion, failure)
        if recalled:
            attempt = replace(attempt, recalled=True, usage=_NOTHING)
        attempts.append(replace(attempt, request=request.key) if failure is None else attempt)
        if reply is not None and not recalled:
            self._memory.keep(request, reply, accepted=failure is None)
        if failure is not None:
            raise failure
        return answer

    def body(self, messages: list[Message], limit: int | None = None) -> dict[str, Any]:
        """The request as it is sent; `limit` tokens of answer where one was cut off."""
        body: dict[str, Any] = {"model": self._name, "messages": messages}
        if self._response_format:
            body["response_format"] = self._response_format
        if limit:
            body["max_completion_tokens"] = limit
        return body

    def _without_key(self, reply: str, request: Request) -> str:
        # What was asked may be answered: a server of one's own may want "test" as a key, and an article say "latest".
        return reply if self._access.key in request.text else self._access.redacted(reply)

    async def _post(self, body: dict[str, Any]) -> bytes:
        async with asyncio.timeout(self._deadline):
            # The plain response: the SDK's own classes accept any shape, and building them costs time.
            response = await self._client.post("/chat/completions", cast_to=httpx2.Response, body=body)
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
