"""Asking: one article's question, and the re-ask about what failed its checks. The one place that knows instructor."""

import json
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any, Self, cast

import instructor
from instructor.core import InstructorRetryException
from openai.types.chat import ChatCompletion
from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from extractor.article import Article
from extractor.errors import AnswerError, ArticleError, RecordingError
from extractor.llm.draft import Draft
from extractor.llm.gateway import Gateway
from extractor.llm.policy import Policy, answered
from extractor.llm.prompt import Message
from extractor.outcome import Attempt

# It logs every failed answer as an error, and an answer quotes its article.
logging.getLogger("instructor").setLevel(logging.CRITICAL)


class Asking:
    """Asks until an answer passes its checks or `attempts` answers were had; what passed once is never asked again.

    instructor decides by its response model whether to ask again. It never writes what is sent: its own conversation
    repeats every earlier answer and grows with each, and given a `context` it renders the article as a template.
    """

    def __init__(self, gateway: Gateway, policy: Policy, wording: str, attempts: int) -> None:
        self._gateway, self._policy, self._wording, self._attempts = gateway, policy, wording, attempts
        # Typed as a synchronous call by the library, whatever it is given.
        self._create = cast(
            "Callable[..., Awaitable[object]]",
            instructor.patch(create=self._again, mode=instructor.Mode.JSON_SCHEMA),
        )

    async def ask(self, question: list[Message], article: Article, attempts: list[Attempt]) -> dict[str, Any]:
        """Give the best answer's records, good and bad; raise AnswerError where no answer had an Extraction's shape."""
        raw = await self._policy.run(lambda: self._gateway.ask(question, attempts), attempts, self._attempts)
        draft = Draft(article, raw)
        _mark(attempts, draft)
        if draft.faults and answered(attempts) < self._attempts:
            await self._repair(draft, question, attempts)
        if draft.misshapen:
            raise AnswerError("invalid", draft.faults[0])
        return draft.raw

    async def _repair(self, draft: Draft, question: list[Message], attempts: list[Attempt]) -> None:
        try:
            await self._create(
                response_model=_settled(draft),
                max_retries=self._attempts,  # an upper bound only: the gate counts
                messages=question,
                question=question,
                draft=draft,
                attempts=attempts,
            )
        except InstructorRetryException as error:
            cause = error.__cause__
            # A repair that fails takes nothing back: the draft stands, and what is wrong with it stays on record.
            # But a replay that cannot repeat a repair is not the run that was recorded.
            if isinstance(cause, RecordingError) or not isinstance(cause, ArticleError | ValidationError):
                raise (cause or error) from None

    async def _again(
        self, *, question: list[Message], draft: Draft, attempts: list[Attempt], **_: Any
    ) -> ChatCompletion:
        """Stand in for the SDK's `create`: within the bound, ask about what failed and merge the answer in."""
        if answered(attempts) >= self._attempts:
            raise AnswerError("invalid", f"after {self._attempts} attempts")
        conversation: list[Message] = [
            *question,
            {"role": "assistant", "content": draft.failed()},
            {"role": "user", "content": "\n\n".join([self._wording, *draft.faults])},
        ]
        raw = await self._policy.run(lambda: self._gateway.ask(conversation, attempts), attempts, self._attempts)
        draft.merge(raw)
        _mark(attempts, draft)
        return _completion(raw)


def _settled(draft: Draft) -> type[BaseModel]:
    class Settled(BaseModel):
        """An answer after which nothing is left to mend."""

        model_config = ConfigDict(extra="allow")

        @model_validator(mode="after")
        def _nothing_left(self) -> Self:
            if draft.faults:
                raise ValueError("something is left to mend")
            return self

    return Settled


def _mark(attempts: list[Attempt], draft: Draft) -> None:
    if draft.faults:
        attempts[-1] = replace(attempts[-1], result="invalid", detail="\n".join(draft.faults))


def _completion(raw: dict[str, Any]) -> ChatCompletion:
    message = {"role": "assistant", "content": json.dumps(raw)}
    choice = {"index": 0, "finish_reason": "stop", "message": message}
    return ChatCompletion.model_validate(
        {"id": "", "object": "chat.completion", "created": 0, "model": "", "choices": [choice]}
    )
