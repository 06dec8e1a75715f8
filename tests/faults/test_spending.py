"""What is paid for, and how often: rows 30 to 32; what a server says of itself: rows 47, 48 and 50."""

import json

import pytest

from tests.fakes import extraction, transfer
from tests.faults.conftest import Desk
from tests.faults.rows import case, row

GOOD = extraction(transfer())
BAD = transfer(id="T2", evidence=["Dieses Zitat steht nirgends im Artikel."])


@row(30)
@pytest.mark.parametrize("attempts", [1, 2, 6])
def test_answers_that_stay_invalid_cost_exactly_the_attempts_and_requests_hardly_grow(
    desk: Desk, attempts: int
) -> None:
    desk.allow(attempts=attempts)
    desk.server.default = lambda _: extraction(transfer(), BAD)
    desk.batch()
    sizes = [len(request.raw) for request in desk.server.requests]
    assert len(sizes) == attempts
    assert desk.results == ["invalid"] * attempts
    assert len({*sizes[1:]}) <= 1  # each question anew is as long as the one before it
    assert max(sizes) <= sizes[0] + 2_000
    assert (desk.ends, desk.records) == ({"extracted": 1}, 1)


@row(30)
def test_the_question_anew_is_capped_however_much_was_wrong(desk: Desk) -> None:
    desk.allow(attempts=4)
    many = [transfer(id=f"T{number}", item="y" * 5_000, evidence=["x" * 5_000]) for number in range(1, 150)]
    desk.server.default = lambda _: extraction(*many)
    desk.batch()
    first, *again = (len(request.raw) for request in desk.server.requests)
    assert len(again) == 3
    assert max(again) <= first + 12_000 + 20 * 400 + 2_000


@row(30)
def test_a_shape_that_stays_wrong_fails_the_article_and_keeps_each_error(desk: Desk) -> None:
    desk.allow(attempts=3)
    desk.server.default = lambda _: {"records": ["z" * 100_000]}
    desk.batch()
    assert (desk.ends, desk.results) == ({"invalid": 1}, ["invalid"] * 3)
    assert desk.rows("SELECT count(*) FROM attempts WHERE detail LIKE '%it holds records%'") == [(3,)]
    first, *again = (len(request.raw) for request in desk.server.requests)
    assert max(again) <= first + 15_000


@row(31)
def test_usage_that_a_server_does_not_report_is_unknown_and_never_nothing(desk: Desk) -> None:
    for _ in range(2):
        desk.server.say(json.dumps(extraction(BAD)), usage=[])
    desk.batch()
    assert len(desk.server.requests) == 2
    assert desk.rows("SELECT count(*) FROM attempts WHERE prompt_tokens IS NULL AND cost IS NULL") == [(2,)]


@row(32)
def test_usage_counts_every_attempt_of_every_run_failed_ones_too(desk: Desk) -> None:
    desk.put("eins", "zwei", "drei")
    desk.server.say(None, refusal="No.")
    desk.server.say('{"transfers"', finish="length")
    desk.server.fail(500)
    desk.server.say("no JSON")
    desk.server.fail(401)
    desk.batch("--concurrency", 1)
    assert desk.exit_code == 5
    desk.batch("--concurrency", 1)
    assert desk.exit_code == 0
    assert len(desk.results) == len(desk.server.requests)
    reported = sum(result not in ("server", "service") for result in desk.results)
    [(prompt, completion)] = desk.rows("SELECT sum(prompt_tokens), sum(completion_tokens) FROM attempts")
    assert (prompt, completion) == (100 * reported, 10 * reported)
    assert len(desk.rows("SELECT DISTINCT run FROM attempts")) == 2


@pytest.mark.parametrize(
    ("status", "body"),
    [
        case(47, "openai", 400, {"error": {"code": "context_length_exceeded", "message": "8192 tokens"}}),
        case(47, "vllm", 400, {"message": "maximum context length is 8192 tokens, you requested 9000"}),
        case(47, "llama.cpp", 500, {"error": {"message": "exceed_context_size_error: 9000 > 8192"}}),
        case(47, "too-many-at-once", 429, {"error": {"message": "Request too large: limit 8192, requested 9000"}}),
        case(47, "body", 413, {"error": {"message": "8192 bytes"}}),
    ],
)
def test_an_article_that_is_longer_than_the_context_fails_with_its_sizes_and_no_other_does(
    desk: Desk, status: int, body: dict[str, object]
) -> None:
    desk.many(3)
    desk.server.fail(status, body=json.dumps(body))
    desk.batch("--concurrency", 1)
    assert (desk.exit_code, desk.ends, len(desk.server.requests)) == (1, {"context": 1, "empty": 2}, 3)
    assert "8192" in desk.details


@row(48)
def test_a_server_that_ignores_the_schema_gets_nothing_into_the_register_unchecked(desk: Desk) -> None:
    desk.server.default = lambda _: extraction(transfer(category="parade", extra=1), transfer(id="T2"))
    desk.batch()
    assert (desk.ends, desk.records) == ({"extracted": 1}, 1)
    [(reason,)] = desk.rows("SELECT reason FROM rejected")
    assert "category" in reason
    assert "extra" in reason


@row(50)
def test_the_name_that_answers_is_stored_beside_the_name_that_was_asked(desk: Desk) -> None:
    desk.server.default = lambda _: GOOD
    desk.batch()
    assert desk.rows("SELECT runs.model, attempts.model FROM attempts JOIN runs ON runs.id = attempts.run") == [
        ("scripted", "scripted-model")
    ]
