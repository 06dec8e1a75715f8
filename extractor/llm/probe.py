"""Probe: small questions to a server, put so that a free answer breaks the schema that they are sent with."""

import asyncio
import json
import time
from dataclasses import dataclass
from typing import Any

import httpx2
from openai import APIStatusError, AsyncOpenAI, OpenAIError

from extractor.checking import KINDS
from extractor.errors import AnswerError, ArticleError, ExtractorError
from extractor.llm.access import Access
from extractor.llm.answer import read_answer
from extractor.llm.completion import Completion, read_completion
from extractor.llm.dialects import response_format
from extractor.llm.excerpt import excerpt
from extractor.llm.policy import classify
from extractor.llm.transport import http_client

_WORDS = ["north", "south"]
_COLOUR = "What colour is a clear sky at noon? Reply with that one word and nothing else: no JSON, no braces."
_EMPTY = 'Reply with the one word "blue". If you can write nothing but JSON, leave every list in it empty.'
_CHOICE: dict[str, Any] = {
    "type": "object",
    "properties": {"answer": {"type": "string", "enum": _WORDS}},
    "required": ["answer"],
    "additionalProperties": False,
}


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: a status, and a completion or one of our errors; no status where nothing came."""

    status: int | None
    seconds: float
    completion: Completion | None = None
    error: ExtractorError | None = None
    listed: tuple[tuple[str, str], ...] | None = None  # models by name and owner, where that was asked for
    words: str = "nothing"  # the first of the answer

    @property
    def refused(self) -> bool:
        """Whether the form of the question was refused, so that another form may be taken."""
        return self.error is not None and self.status in {400, 422, 500, 501}

    @property
    def why(self) -> str:
        """What was wrong with it."""
        return self.error.detail if isinstance(self.error, ArticleError) else str(self.error or "")

    @property
    def answer(self) -> dict[str, Any] | None:
        """The JSON object that was answered; None for anything else."""
        try:
            return read_answer(self.completion.text()) if self.completion else None
        except AnswerError:
            return None

    @property
    def chose(self) -> bool:
        """Whether it is one of the words that the small schema allows."""
        answer = self.answer
        return answer is not None and set(answer) == {"answer"} and answer["answer"] in _WORDS

    @property
    def listing(self) -> bool:
        """Whether it has the shape of an Extraction."""
        answer = self.answer
        return answer is not None and set(answer) == set(KINDS) and all(isinstance(answer[key], list) for key in KINDS)


class Probe:
    """Asks `name` at an address; `replies` keeps all that came back. To be closed after use."""

    def __init__(self, name: str, access: Access, deadline: float) -> None:
        self._name, self._access, self._deadline = name, access, deadline
        self.replies: list[Reply] = []
        self._client = AsyncOpenAI(
            api_key=access.key, base_url=access.address, max_retries=0, timeout=None, http_client=http_client()
        )

    async def models(self) -> Reply:
        """Ask which models there are."""
        return await self._exchange(None)

    async def choose(self, form: str) -> Reply:
        """Ask for a word that the small schema does not allow; in forms without a schema, for anything but JSON."""
        wanted: dict[str, Any] = {} if form == "none" else {"type": form}
        if form == "json_schema":
            wanted["json_schema"] = {"name": "Choice", "strict": True, "schema": _CHOICE}
        return await self._exchange(self._body(_COLOUR, wanted))

    async def extract(self, dialect: str) -> Reply:
        """Ask for a word under the schema that every article is asked with."""
        return await self._exchange(self._body(_EMPTY, response_format(dialect)))

    def _body(self, question: str, wanted: dict[str, Any]) -> dict[str, Any]:
        body: dict[str, Any] = {"model": self._name, "messages": [{"role": "user", "content": question}]}
        return body | ({"response_format": wanted} if wanted else {})

    async def _exchange(self, body: dict[str, Any] | None) -> Reply:
        begin = time.monotonic()
        status: int | None = None
        completion: Completion | None = None
        failure: ExtractorError | None = None
        listed: tuple[tuple[str, str], ...] | None = None
        try:
            async with asyncio.timeout(self._deadline):
                if body is None:
                    response = await self._client.get("/models", cast_to=httpx2.Response)
                else:
                    response = await self._client.post("/chat/completions", cast_to=httpx2.Response, body=body)
            status = response.status_code
            if body is None:
                listed = _listed(response.content)
            else:
                completion = read_completion(response.content)
        except APIStatusError as error:
            status, failure = error.status_code, classify(error, self._access, self._deadline)
        except (OpenAIError, TimeoutError, ExtractorError) as error:
            failure = classify(error, self._access, self._deadline)
        said = (completion.content if completion else None) or "nothing"
        words = excerpt(self._access.redacted(said), 30)
        reply = Reply(status, time.monotonic() - begin, completion, failure, listed, words)
        self.replies.append(reply)
        return reply

    async def close(self) -> None:
        """Give back the connections."""
        await self._client.close()


def _listed(body: bytes) -> tuple[tuple[str, str], ...] | None:
    """Names and owners; None where the reply is no list of models."""
    try:
        rows = json.loads(body)["data"]
        return tuple((excerpt(row["id"]), excerpt(str(row.get("owned_by") or ""))) for row in rows)
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError):
        return None
