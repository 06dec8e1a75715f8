"""What a run came to, counted as it goes."""

import pytest

from extractor.errors import ServiceError, StopError, StoreError
from extractor.outcome import Attempt, Outcome, Usage
from extractor.report import Tally, spent


def attempt(result: str, usage: Usage) -> Attempt:
    return Attempt(1, "2025-01-01T00:00:00Z", 1.0, result, usage=usage)


def test_failed_attempts_are_paid_for_too() -> None:
    attempts = [attempt("invalid", Usage(100, 50, 40, 0.5)), attempt("ok", Usage(200, 60, None, 0.25))]
    assert spent(attempts) == Usage(300, 110, 40, 0.75)


def test_what_nobody_reported_is_unknown_and_not_nothing() -> None:
    assert spent([attempt("ok", Usage())]) == Usage(None, None, None, None)
    assert spent([]) == Usage(0, 0, 0, 0.0)


@pytest.mark.parametrize(
    ("states", "error", "interrupted", "exit_code"),
    [
        (["extracted", "empty", "unsupported"], None, False, 0),
        (["extracted", "failed"], None, False, 1),
        (["failed"], None, True, 130),
        (["failed"], StoreError("full"), True, 4),
        (["waiting"], ServiceError("quota"), False, 5),
        ([], StopError("stop"), False, 3),
    ],
)
def test_the_exit_code_tells_the_gravest_thing(
    states: list[str], error: StopError | None, interrupted: bool, exit_code: int
) -> None:
    tally = Tally(error=error, interrupted=interrupted)
    for state in states:
        tally.add(Outcome("a.txt", state, reason="binary" if state == "failed" else None))  # type: ignore[arg-type]  # a parameter is a plain string
    assert tally.exit_code == exit_code
