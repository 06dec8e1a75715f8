"""What is tried again, how often, and after what wait."""

import email.utils
from collections.abc import Awaitable, Callable

import pytest

from extractor.errors import (
    REASONS,
    AnswerError,
    ArticleError,
    ServiceError,
    SettingsError,
    TransientError,
    UnreachableError,
)
from extractor.llm.policy import LONGEST_WAIT, TRIES, Policy, answered, retry_after
from extractor.outcome import Attempt

NOW = 1_800_000_000.0
DATE = email.utils.formatdate(NOW + 30, usegmt=True)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "2"}, 2.0),
        ({"retry-after": "0.5"}, 0.5),
        ({"retry-after": "600"}, 600.0),
        ({"retry-after": DATE}, 30.0),
        ({"retry-after": email.utils.formatdate(NOW - 30, usegmt=True)}, 0.0),
        ({"retry-after-ms": "1500", "retry-after": "9"}, 1.5),
        ({"retry-after-ms": "soon", "retry-after": "9"}, 9.0),
        *(({"retry-after": garbage}, None) for garbage in ("", "-1", "nan", "inf", "soon", "1e999", "99 Foo 2026")),
    ],
)
def test_retry_after_is_read_as_seconds_milliseconds_or_a_date(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after(headers, NOW) == seconds


def asker(attempts: list[Attempt], *errors: Exception) -> Callable[[], Awaitable[str]]:
    """A question that fails with each error in turn, the last for ever, and keeps the ledger as a gateway does."""
    left = list(errors)

    async def ask() -> str:
        error = left.pop(0) if len(left) > 1 else left[0]
        result = error.reason if isinstance(error, ArticleError) else "service"
        attempts.append(Attempt(len(attempts) + 1, "", 0.0, "ok" if str(error) == "ok" else result))
        if str(error) != "ok":
            raise error
        return "answer"

    return ask


OK = Exception("ok")


@pytest.mark.parametrize("reason", sorted({*REASONS} - {"rate_limit"}))
async def test_each_reason_has_its_number_of_tries(policy: Policy, reason: str) -> None:
    attempts: list[Attempt] = []
    transient = reason in {"connection", "server", "timeout"}
    error = (TransientError if transient else AnswerError)(reason, "")  # type: ignore[arg-type]  # one of REASONS

    with pytest.raises(type(error)):
        await policy.run(asker(attempts, error), attempts, most=10)

    assert len(attempts) == TRIES.get(reason, 1)
    unanswered = transient or reason in {"foreign", "bad_request"}
    assert answered(attempts) == (0 if unanswered else len(attempts))


@pytest.mark.parametrize("error", [ServiceError("no key"), SettingsError("no"), KeyError("a fault of ours")])
async def test_what_is_no_fault_of_the_article_is_never_tried_again(policy: Policy, error: Exception) -> None:
    attempts: list[Attempt] = []

    with pytest.raises(type(error)):
        await policy.run(asker(attempts, error), attempts, most=10)

    assert len(attempts) == 1


async def test_waiting_for_the_rate_limit_takes_no_try_from_other_failures(policy: Policy) -> None:
    attempts: list[Attempt] = []
    limited, broken = TransientError("rate_limit", "", 1.0), TransientError("server", "")

    answer = await policy.run(asker(attempts, *[limited] * 5, *[broken] * 3, OK), attempts, most=1)

    assert answer == "answer"
    assert len(attempts) == 9


async def test_useless_answers_stop_at_the_attempts_of_the_article(policy: Policy) -> None:
    attempts: list[Attempt] = []

    with pytest.raises(AnswerError):
        await policy.run(asker(attempts, AnswerError("not_json", "")), attempts, most=1)

    assert len(attempts) == 1


async def test_nobody_at_the_address_stops_the_run_after_the_tries(policy: Policy) -> None:
    attempts: list[Attempt] = []

    with pytest.raises(ServiceError, match="cannot reach it; 4 tries"):
        await policy.run(asker(attempts, UnreachableError("connection", "cannot reach it")), attempts, most=2)


async def test_the_wait_doubles_with_some_chance_in_it_and_a_useless_answer_needs_none(
    policy: Policy, waits: list[float]
) -> None:
    attempts: list[Attempt] = []
    broken = TransientError("server", "")

    await policy.run(asker(attempts, broken, broken, broken, AnswerError("not_json", ""), OK), attempts, most=2)

    for wait, least in zip(waits, (0.5, 1.0, 2.0), strict=True):
        assert least <= wait <= least + 0.5


def test_no_wait_of_ours_is_longer_than_the_longest_that_a_service_may_ask_for() -> None:
    assert Policy()._backoff.max < LONGEST_WAIT
