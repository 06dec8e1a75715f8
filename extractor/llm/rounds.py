"""Rounds: a language model asked by batches: what it has answered so far is gone through again, then asked further."""

import json
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import httpx2
from openai import APIStatusError

from extractor.article import Article
from extractor.llm.gateway import Gateway
from extractor.llm.limit import larger_limit
from extractor.llm.model import LanguageModel
from extractor.llm.policy import Policy
from extractor.llm.prompt import Message
from extractor.model import Proposal
from extractor.outcome import Attempt
from extractor.recipe import Recipe


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back for one request: HTTP status and body, when it was handed over, and after how many seconds."""

    status: int
    body: dict[str, Any]
    started: str = ""  # UTC, ISO 8601
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Answered:
    """A Model that gives the one answer that an article has got, whatever it was."""

    recipe: Recipe
    result: Proposal | Exception

    async def propose(self, article: Article) -> Proposal:
        """Give it, or raise what the asking ended with."""
        del article
        if isinstance(self.result, Exception):
            raise self.result
        return self.result

    async def close(self) -> None:
        """Nothing is held."""


class Rounds:
    """The rules of a direct run, question for question, so that the same replies give the same rows.

    No request is made here: `read` says which one comes next.
    """

    def __init__(self, name: str, base_url: str | None, api_key: str | None, **options: Any) -> None:
        """Take the `options` of a LanguageModel."""
        self._model = LanguageModel(
            name, base_url, api_key, policy=Policy(_no_wait, shared=False), gateway=self._open, **options
        )

    @property
    def recipe(self) -> Recipe:
        """That of a direct run: an article answered in one way is not asked in the other."""
        return self._model.recipe

    def _open(self, *arguments: Any, **options: Any) -> Gateway:
        self._told = _Told(*arguments, **options)
        return self._told

    async def read(self, article: Article, replies: Sequence[Reply]) -> Answered | dict[str, Any]:
        """Give the answer that the replies add up to, or the body of the request that is to be made next."""
        self._told.replies = deque(replies)
        result: Proposal | Exception
        try:
            result = await self._model.propose(article)
        except _MoreError as more:
            return more.body
        except Exception as error:  # noqa: BLE001 - kept for `extract`, which says what becomes of the article
            result = error
        return Answered(self.recipe, result)

    async def close(self) -> None:
        """Give back what the model holds."""
        await self._model.close()


class _MoreError(Exception):
    def __init__(self, body: dict[str, Any]) -> None:
        super().__init__("one more request is to be made")
        self.body = body


class _Told(Gateway):
    """Answers with the replies that batches brought, in their order, and raises _MoreError where none is left."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.replies: deque[Reply] = deque()

    async def ask(self, messages: list[Message], attempts: list[Attempt]) -> dict[str, Any]:
        if not self.replies:
            raise _MoreError(self.body(messages, larger_limit(attempts)))
        reply, before = self.replies[0], len(attempts)
        try:
            return await super().ask(messages, attempts)
        finally:
            for number in range(before, len(attempts)):
                attempts[number] = replace(attempts[number], started=reply.started, seconds=reply.seconds)

    async def _post(self, body: dict[str, Any]) -> bytes:
        del body
        reply = self.replies.popleft()
        if reply.status == 200:
            return json.dumps(reply.body).encode()
        request = httpx2.Request("POST", f"{self._access.address}/chat/completions")
        status = reply.status if 300 <= reply.status < 600 else 500
        error = reply.body.get("error", reply.body)
        raise APIStatusError(
            "a failed line of a batch", response=httpx2.Response(status, request=request), body=error or {}
        )


async def _no_wait(_seconds: float) -> None:
    """A batch takes hours: the next try is in the next one."""
