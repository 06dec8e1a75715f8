"""Completion: a server's reply to one question, read as plain data of which nothing is taken on trust."""

import json
from dataclasses import dataclass
from typing import Any

from extractor.errors import AnswerError
from extractor.llm.excerpt import excerpt
from extractor.outcome import Usage


@dataclass(frozen=True, slots=True)
class Completion:
    """The reply's parts; model, content and usage are there for an answer of no use, too: it was paid for."""

    model: str | None
    usage: Usage
    choices: list[Any]
    error: Any

    @property
    def content(self) -> str | None:
        """What stands where the answer should; half a character pair, which JSON can spell, is spelled out."""
        content = self._message.get("content")
        return content.encode("utf-8", "backslashreplace").decode() if isinstance(content, str) else None

    @property
    def _message(self) -> dict[str, Any]:
        choice = self.choices[0] if self.choices else None
        message = choice.get("message") if isinstance(choice, dict) else None
        return message if isinstance(message, dict) else {}

    def text(self) -> str:
        """What the model wrote; raise AnswerError where it refused, was filtered, was cut off or said nothing."""
        if len(self.choices) != 1 or not isinstance(self.choices[0], dict):
            told = f": {excerpt(json.dumps(self.error))}" if self.error else ""
            raise AnswerError("no_answer", f"the reply holds {len(self.choices)} choices{told}")
        finish = self.choices[0].get("finish_reason")
        if self._message.get("refusal"):
            raise AnswerError("refused", excerpt(str(self._message["refusal"])))
        if finish == "content_filter":
            raise AnswerError("filtered", "the service's content filter took the answer")
        if finish == "error":
            raise AnswerError(
                "no_answer", f"the service broke off: {excerpt(json.dumps(self.choices[0].get('error')))}"
            )
        if finish in ("length", "max_tokens"):  # no set: it may be a list, too
            raise AnswerError(
                "cut_off", f"after {self.usage.completion_tokens} tokens, for {self.usage.prompt_tokens} of question"
            )
        if self._message.get("tool_calls"):
            raise AnswerError("invalid", "the model called a tool, and it was given none")
        if not (self.content or "").strip():
            raise AnswerError("no_answer", f"the reply is empty, finish reason {excerpt(str(finish), 20)}")
        return self.content or ""


def read_completion(body: bytes) -> Completion:
    """Read a reply of status 200; raise AnswerError where no model server can have written it."""
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict):
        words = excerpt(body[:400].decode("utf-8", "replace"), 80)
        raise AnswerError("foreign", f"no model server writes this: {words}")
    model, choices = data.get("model"), data.get("choices")
    return Completion(
        excerpt(model) if isinstance(model, str) else None,
        _usage(data.get("usage")),
        choices if isinstance(choices, list) else [],
        data.get("error"),
    )


def _usage(reported: Any) -> Usage:
    if not isinstance(reported, dict):
        return Usage()
    details = reported.get("prompt_tokens_details")
    return Usage(
        prompt_tokens=_count(reported.get("prompt_tokens")),
        completion_tokens=_count(reported.get("completion_tokens")),
        cached_tokens=_count(details.get("cached_tokens")) if isinstance(details, dict) else None,
        cost=_dollars(reported.get("cost")),
    )


def _dollars(value: Any) -> float | None:
    # OpenRouter says what a request cost.
    known = isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 2**20
    return float(value) if known else None


def _count(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**40 else None
