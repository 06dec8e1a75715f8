"""Outcome: what one article came to. Every article ends in exactly one."""

from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from extractor.article import Article
from extractor.errors import Reason
from schemas import Record

State = Literal[
    "extracted",  # at least one record passed its checks
    "empty",  # the article holds nothing to be coded
    "unsupported",  # records were proposed and none passed its checks
    "failed",  # see reason
    "waiting",  # not asked, or stopped on the way; the next run takes it
]
STATES: tuple[State, ...] = get_args(State)
FINAL: tuple[State, ...] = ("extracted", "empty", "unsupported", "failed")

Kind = Literal["transfer", "deployment", "treaty"]
CheckName = Literal["schema", "quote", "number", "actor", "date"]
Verdict = Literal["pass", "doubt", "fail", "none"]  # none: nothing to check


@dataclass(frozen=True, slots=True)
class Span:
    """Where a quote stands: `text[start:end]`, in characters of the stored text."""

    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Check:
    """One check of one record; `detail` says what was looked for and what was found."""

    name: CheckName
    verdict: Verdict
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """A record that may be stored: no check failed, some may doubt."""

    kind: Kind
    record: Record
    spans: tuple[Span, ...]
    checks: tuple[Check, ...]

    @property
    def doubtful(self) -> bool:
        """Whether a reader should look before relying on it."""
        return any(check.verdict == "doubt" for check in self.checks)


@dataclass(frozen=True, slots=True)
class Rejected:
    """A proposed record kept apart, with the checks that it failed."""

    kind: Kind
    raw: dict[str, Any]  # as the model gave it
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens as the server reported them, None where it did not; cost in US dollars, None where no price is known."""

    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    cached_tokens: int | None = None
    cost: float | None = None


@dataclass(frozen=True, slots=True)
class Attempt:
    """One question to a model: a request, paid for whether it helped or not, or an answer recalled."""

    number: int  # 1, 2, …
    started: str  # UTC, ISO 8601
    seconds: float
    result: str  # "ok" or a reason
    detail: str = ""
    model: str | None = None  # the name that answered
    answer: str | None = None  # raw
    usage: Usage = field(default_factory=Usage)  # nothing for a recalled answer: it was paid for before
    request: str | None = None  # key under which the answer is kept; None where the answer was of no use
    recalled: bool = False  # taken from the cache or a recording; nothing was sent


@dataclass(frozen=True, slots=True)
class Outcome:
    """The end of one article under one recipe."""

    source: str
    state: State
    article: Article | None = None  # None where the input gave none
    reason: Reason | None = None  # why it failed or waits
    detail: str = ""
    records: tuple[Checked, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    attempts: tuple[Attempt, ...] = ()
    seconds: float = 0.0
