"""Everything that can go wrong, as one tree.

ExtractorError
├── ArticleError         one article cannot be had or answered: it fails with a reason, the run goes on
│   ├── InputError       the file gives no article
│   ├── AnswerError      the model gave no usable answer
│   └── RecordingError   nothing may be sent, and the recordings hold no reply
├── TransientError       worth another try by the retry policy; when tries run out the article fails with its reason
│   └── UnreachableError nobody listens at the address; when tries run out the run stops
└── StopError            nothing more can be done in this run: what is left stays waiting
    ├── SettingsError    an option or a variable is missing or wrong
    ├── StoreError       the database cannot be used
    ├── BudgetError      a limit of cost, tokens or time is reached
    └── ServiceError     the model's service refuses us: key, quota, model name, address
        └── LaterError   it is busy or down: the same command goes on when it is not
"""

from typing import ClassVar, Literal, get_args

Reason = Literal[
    "missing",  # no such file, or a link that leads nowhere
    "unreadable",  # no permission, or no regular file
    "empty_text",  # nothing but white space
    "binary",  # holds bytes that no text holds
    "encoding",  # neither UTF-8 nor UTF-16 with a byte order mark
    "too_large",
    "front_matter",  # not YAML, or no mapping
    "refused",  # the model would not answer
    "filtered",  # the service's content filter took the answer
    "cut_off",  # the answer reached its length limit
    "no_answer",  # empty reply
    "not_json",
    "foreign",  # the reply came from no model server, such as a sign-in page
    "bad_request",  # the server would not take this article's request
    "invalid",  # JSON of another shape, after all attempts
    "context",  # the article is longer than the model reads
    "server",  # 5xx after all tries
    "connection",
    "timeout",
    "rate_limit",
    "unrecorded",  # a replay has no recording of the request, or one that is stale or damaged
    "internal",  # a fault of ours
]
REASONS: tuple[Reason, ...] = get_args(Reason)


class ExtractorError(Exception):
    """Root of the tree."""


class ArticleError(ExtractorError):
    """One article fails; catch it to go on with the next."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason: Reason = reason
        self.detail = detail


class InputError(ArticleError):
    """The file gives no article: mend or remove the file."""


class AnswerError(ArticleError):
    """The model gave no usable answer: see the attempts kept in the database."""


class RecordingError(ArticleError):
    """A replay has no reply to a request: record the article anew."""

    def __init__(self, detail: str) -> None:
        super().__init__("unrecorded", detail)


class TransientError(ArticleError):
    """The service failed in a way that may pass: the policy tries again, at `retry_after` seconds if it said so."""

    def __init__(self, reason: Reason, detail: str, retry_after: float | None = None) -> None:
        super().__init__(reason, detail)
        self.retry_after = retry_after


class UnreachableError(TransientError):
    """Nobody listens at the address: when tries run out, no other article will fare better."""


class StopError(ExtractorError):
    """The run ends here with `exit_code`; what was finished is stored."""

    exit_code: ClassVar[int] = 3


class SettingsError(StopError):
    """An option or an environment variable is missing or wrong: the message says which."""

    exit_code = 2


class StoreError(StopError):
    """The database cannot be opened or written: the message says why."""

    exit_code = 4


class BudgetError(StopError):
    """The run has spent what it may: the same command goes on, with as much again."""


class ServiceError(StopError):
    """The model's service refuses every request: check key, quota, model name and address."""

    exit_code = 5


class LaterError(ServiceError):
    """The service is busy or down: run the same command later, after the time if the message gives one."""

    exit_code = 75  # EX_TEMPFAIL, which mailers and cron wrappers know
