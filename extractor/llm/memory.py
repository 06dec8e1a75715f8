"""Memory: replies kept under the exact request that they answered, so that nothing is paid for twice."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

from extractor.article import digest
from extractor.outcome import Attempt


@dataclass(frozen=True)
class Request:
    """One question as it is sent: `body` holds model, messages, response format and every option.

    `number` counts the same question asked again on purpose after an answer that could be read (a repair that mended
    nothing): it wants another answer, not the same one again.
    """

    address: str
    body: dict[str, Any]
    number: int = 0

    @property
    def model(self) -> str:
        """Name asked for."""
        return str(self.body["model"])

    @cached_property
    def text(self) -> str:
        """The body as JSON, in its own order: a schema's order is that of the answer."""
        return json.dumps(self.body)

    @cached_property
    def key(self) -> str:
        """Hash of all that can change the answer."""
        return digest(self.address, self.model, self.text, str(self.number))


def request_for(address: str, body: dict[str, Any], attempts: Sequence[Attempt]) -> Request:
    """The request to be made after the article's earlier attempts; a useless or a lost reply does not count."""
    answered = {attempt.request for attempt in attempts}
    number = 0
    while (request := Request(address, body, number)).key in answered:
        number += 1
    return request


class Memory(Protocol):
    """Asked before the wire, told after it; both raise StoreError where nothing can be read or written."""

    def recall(self, request: Request, /) -> str | None:
        """The reply to be taken in place of a new one; RecordingError where nothing may be sent and none is there."""
        ...

    def keep(self, request: Request, reply: str, /, *, accepted: bool) -> None:
        """Take a reply that came over the wire; `accepted` where a JSON object could be read from it."""
        ...


class Forgetful:
    """The memory of who has none."""

    def recall(self, _request: Request, /) -> str | None:
        """Nothing."""
        return None

    def keep(self, _request: Request, _reply: str, /, *, accepted: bool) -> None:
        """Nothing."""


def as_text(body: bytes) -> str:
    """A reply's body as text that any file and any table holds, and that reads as the same JSON where it is JSON."""
    try:
        data = json.loads(body)
        text = json.dumps(data, ensure_ascii=False) if isinstance(data, dict) else body.decode("utf-8", "replace")
    except (ValueError, RecursionError):
        text = body.decode("utf-8", "replace")
    # In JSON, what this makes of half a character pair is its proper escape.
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
