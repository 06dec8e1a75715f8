"""What a run came to, in words."""

from extractor.cli.summary import summary
from extractor.errors import ServiceError
from extractor.outcome import Attempt, Outcome, Usage
from extractor.report import Tally
from extractor.settings import Settings

LANGUAGE_MODEL = Settings("gpt-5-mini")
BASELINE = Settings()


def told(tally: Tally, settings: Settings = LANGUAGE_MODEL) -> str:
    return "\n".join(f"{label} {line}" for label, line in summary(tally, settings, "my register.db"))


def paid(cost: float | None, *, tokens: int | None = 1000, result: str = "ok") -> Outcome:
    attempt = Attempt(1, "2025-01-01T00:00:00Z", 1.0, result, usage=Usage(tokens, 10, None, cost))
    return Outcome("a.txt", "empty", attempts=(attempt,))


def counted(*outcomes: Outcome) -> Tally:
    tally = Tally(seconds=2.0)
    for outcome in outcomes:
        tally.add(outcome)
    return tally


def test_tokens_cost_and_speed_are_told() -> None:
    lines = told(counted(paid(0.25), paid(0.5)))
    assert "tokens 2,000 in, 20 out, 2 requests" in lines
    assert "cost $0.7500\n" in lines
    assert "time 2.0 s, 1.0 articles/s" in lines


def test_the_share_of_what_was_sent_that_was_cached_is_told() -> None:
    attempt = Attempt(1, "2025-01-01T00:00:00Z", 1.0, "ok", usage=Usage(1000, 10, 400, 0.1))
    assert "tokens 1,000 in (40% cached), 10 out, 1 request" in told(
        counted(Outcome("a.txt", "empty", attempts=(attempt,)))
    )


def test_a_price_that_is_not_known_is_never_told_as_nothing() -> None:
    assert "cost unknown" in told(counted(paid(None)))
    assert "cost $0.5000 and 1 request of unknown price" in told(counted(paid(None), paid(0.5)))


def test_a_request_that_no_server_answered_costs_nothing() -> None:
    assert "cost $0.5000\n" in told(counted(paid(None, tokens=None, result="connection"), paid(0.5)))


def test_at_most_five_failures_of_a_kind_are_named() -> None:
    tally = counted(*[Outcome(f"{number}.txt", "failed", reason="binary") for number in range(7)])
    lines = told(tally, BASELINE)
    assert "failed binary 7" in lines
    assert "4.txt" in lines
    assert "5.txt" not in lines
    assert "and 2 more" in lines


def test_a_stopped_run_tells_why_and_how_to_go_on() -> None:
    tally = counted(Outcome("a.txt", "waiting"))
    tally.left, tally.error = 8, ServiceError("quota used up")
    lines = told(tally)
    assert "articles 1: 1 waiting, 8 more waiting" in lines
    assert "stopped quota used up" in lines
    assert "go on the same command" in lines


def test_commands_to_copy_are_quoted_for_the_shell() -> None:
    assert "look extractor status --db 'my register.db'" in told(counted(paid(0.5)))
