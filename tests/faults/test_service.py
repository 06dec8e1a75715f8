"""The service is busy, down, slow or not ours: rows 1 to 13."""

import email.utils
import json
import logging
import time
import tracemalloc
from collections.abc import Callable

import pytest

from tests.fakes import extraction, transfer
from tests.faults.conftest import KEY, Desk
from tests.faults.rows import case, row
from tests.server import Server, completion

GOOD = extraction(transfer())
QUOTA = json.dumps({"error": {"message": "You exceeded your current quota", "code": "insufficient_quota"}})


@pytest.fixture(autouse=True)
def answering(server: Server) -> None:
    """What is not scripted is answered well."""
    server.default = lambda _: GOOD


@row(1)
def test_one_pause_holds_all_workers_and_costs_no_article_a_try(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "extractor.llm.gate")
    desk.nap = 0.2  # time for the others to be told, too
    desk.many(17)
    desk.server.answer(GOOD)
    for _ in range(7):  # the eighth worker is still busy with the first answer
        desk.server.fail(429, {"retry-after": "2"})
    desk.batch("--concurrency", 8)
    assert (desk.exit_code, desk.ends) == (0, {"extracted": 17})
    assert len(desk.server.requests) == 17 + 7
    assert 1 <= sum(message.startswith("pause of 2.0 s") for message in caplog.messages) < 4  # exact in test_gate.py
    assert max(desk.waits) <= 2.0


@pytest.mark.parametrize(
    "headers",
    [
        case(2, "600-s", {"retry-after": "600"}),
        case(2, "date", {"retry-after": email.utils.formatdate(time.time() + 900, usegmt=True)}),
        case(2, "ms", {"retry-after-ms": "600000"}),
        case(2, "for-ever", {"retry-after": "99999999999999"}),
    ],
)
def test_a_wait_that_is_too_long_stops_the_run_with_the_time_to_resume(desk: Desk, headers: dict[str, str]) -> None:
    desk.many(9)
    desk.server.fail(429, headers)
    desk.batch()
    assert (desk.exit_code, set(desk.ends), desk.waits) == (75, {"waiting"}, [])
    assert "try again later, after 20" in desk.told or "try again later, if ever" in desk.told
    assert len(desk.server.requests) == 1
    desk.batch()
    assert (desk.exit_code, desk.ends) == (0, {"extracted": 9})


@pytest.mark.parametrize("value", [case(2, name, name) for name in ("soon", "-1", "nan", "inf", "1e999")])
def test_a_retry_after_that_makes_no_sense_is_replaced_by_a_wait_of_our_own(desk: Desk, value: str) -> None:
    desk.server.fail(429, {"retry-after": value})
    desk.batch()
    assert (desk.exit_code, desk.ends, len(desk.server.requests)) == (0, {"extracted": 1}, 2)
    assert 0.4 < desk.waits[0] < 1.1


@pytest.mark.parametrize("failures", [case(2, "always", 99)])
def test_pauses_that_bring_no_answer_come_to_an_end(desk: Desk, failures: int) -> None:
    desk.many(3)
    for _ in range(failures):
        desk.server.fail(429, {"retry-after": "1"})
    desk.batch("--concurrency", 1)
    assert (desk.exit_code, desk.ends) == (75, {"waiting": 1})
    assert "8 pauses brought no answer" in desk.told
    assert len(desk.server.requests) == 8


@row(3)
@pytest.mark.parametrize("answered", [0, 1])
def test_a_quota_that_is_used_up_costs_a_request_a_worker_and_stops_the_run(desk: Desk, answered: int) -> None:
    desk.many(20)
    if answered:
        desk.server.answer(GOOD)
    for _ in range(20):
        desk.server.fail(429, {"retry-after": "1"}, QUOTA)
    desk.batch("--concurrency", 4)
    assert desk.exit_code == 5
    assert "billing" in desk.told
    assert len(desk.server.requests) <= answered + (4 if answered else 1)
    assert desk.ends.get("extracted", 0) == answered
    assert set(desk.ends) <= {"extracted", "waiting"}


@row(4)
@pytest.mark.parametrize("status", [401, 403])
def test_a_key_that_is_refused_costs_one_request_in_all_and_is_shown_nowhere(desk: Desk, status: int) -> None:
    desk.many(20)
    for _ in range(20):
        desk.server.fail(status, body=json.dumps({"error": {"message": f"Incorrect API key provided: {KEY}"}}))
    desk.batch("--concurrency", 8)
    assert desk.exit_code == 5
    assert "the API key was refused" in desk.told
    assert len(desk.server.requests) == 1
    assert set(desk.ends) == {"waiting"}
    assert KEY not in desk.told
    assert KEY.encode() not in desk.database.read_bytes()


@pytest.mark.parametrize(
    "key",
    [
        case(5, "line-break", "sk-one\nsk-two"),
        case(5, "placeholder", "your-api-key"),
        case(5, "dots", "sk-..."),
        case(5, "two-words", "Bearer sk-4711"),
    ],
)
def test_a_key_that_can_be_none_is_refused_before_any_request(desk: Desk, key: str) -> None:
    desk.monkeypatch.setenv("OPENAI_API_KEY", key)
    desk.batch()
    assert (desk.exit_code, desk.server.requests) == (2, [])
    assert "API key" in desk.told
    assert key not in desk.told
    assert not desk.database.exists()


@pytest.mark.parametrize(("key", "sent"), [case(5, "newline", KEY + "\n", KEY), case(5, "empty", " \n", "no-key")])
def test_white_space_around_a_key_is_not_sent(desk: Desk, key: str, sent: str) -> None:
    desk.monkeypatch.setenv("OPENAI_API_KEY", key)
    desk.batch()
    assert (desk.exit_code, desk.server.requests[0].headers["authorization"]) == (0, f"Bearer {sent}")


@row(6)
def test_three_server_errors_and_an_answer_are_four_requests_in_all(desk: Desk) -> None:
    for _ in range(3):
        desk.server.fail(500)
    desk.batch()
    assert (desk.exit_code, desk.ends) == (0, {"extracted": 1})
    assert len(desk.server.requests) == 4
    assert desk.results == ["server", "server", "server", "ok"]


@row(7)
def test_a_server_that_fails_for_ever_stops_the_run_and_the_next_run_takes_all_articles(desk: Desk) -> None:
    desk.many(10)
    for _ in range(20):
        desk.server.fail(500)
    desk.batch("--concurrency", 1)
    assert (desk.exit_code, desk.ends) == (75, {"server": 4, "waiting": 1})
    assert "5 articles in a row failed, the last so: the server failed (HTTP 500" in desk.told
    assert "5 more waiting" in desk.told
    assert len(desk.server.requests) == 5 * 4
    desk.batch()
    assert (desk.exit_code, desk.ends) == (0, {"extracted": 10})


@row(7)
def test_an_answer_between_failures_keeps_the_run_going(desk: Desk) -> None:
    desk.many(10)
    for _ in range(2):
        for _ in range(4 * 4):
            desk.server.fail(500)
        desk.server.answer(GOOD)
    desk.batch("--concurrency", 1)
    assert (desk.exit_code, desk.ends) == (1, {"server": 8, "extracted": 2})


@row(8)
def test_nobody_at_the_address_is_one_line_with_the_address(desk: Desk) -> None:
    desk.many(20)
    desk.server.stop()
    desk.batch()
    assert desk.exit_code == 5
    assert set(desk.ends) == {"waiting"}
    assert f"stopped cannot reach {desk.server.url}" in desk.told
    assert len(desk.server.requests) == 0


@pytest.mark.parametrize("stall", [case(9, "silent", Server.hang), case(10, "dripping", Server.drip)])
def test_a_reply_that_is_not_whole_by_the_deadline_is_given_up(desk: Desk, stall: Callable[[Server], None]) -> None:
    desk.allow(deadline=0.3)
    for _ in range(2):
        stall(desk.server)
    began = time.monotonic()
    desk.batch()
    assert time.monotonic() - began < 5
    assert (desk.exit_code, desk.ends, len(desk.server.requests)) == (1, {"timeout": 1}, 2)


@pytest.mark.parametrize(
    "swell",
    [
        case(11, "64-MB", Server.flood),
        case(11, "gzip", lambda it: it.reply(200, {"content-encoding": "gzip"}, "bomb")),
    ],
)
def test_a_reply_without_end_is_cut_and_takes_no_memory(desk: Desk, swell: Callable[[Server], None]) -> None:
    swell(desk.server)
    desk.batch()  # loads what is loaded once
    desk.server.requests.clear()
    swell(desk.server)
    tracemalloc.start()
    try:
        desk.batch("--force")
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert (desk.exit_code, desk.ends, len(desk.server.requests)) == (1, {"too_large": 1}, 1)
    assert peak < 48 * 2**20


REPLY = completion(json.dumps(GOOD)).encode()
HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n"


@pytest.mark.parametrize(
    "data",
    [
        case(12, "reset", b""),
        case(12, "half-a-head", HEAD),
        case(12, "long-content-length", HEAD + b"content-length: %d\r\n\r\n" % (len(REPLY) + 9) + REPLY),
        case(12, "chunk-cut", HEAD + b"transfer-encoding: chunked\r\n\r\n%x\r\n%b" % (len(REPLY), REPLY[:200])),
        case(12, "no-last-chunk", HEAD + b"transfer-encoding: chunked\r\n\r\n%x\r\n%b\r\n" % (len(REPLY), REPLY)),
    ],
)
def test_a_reply_that_breaks_off_is_asked_for_again_and_never_used(desk: Desk, data: bytes) -> None:
    desk.server.raw(data)
    desk.batch()
    assert (desk.exit_code, desk.ends, desk.results) == (0, {"extracted": 1}, ["connection", "ok"])
    assert len(desk.server.requests) == 2


@row(13)
@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_not_followed_and_the_key_not_sent_on(desk: Desk, status: int) -> None:
    desk.many(9)
    with Server() as other:
        desk.server.fail(status, {"location": f"{other.url}/chat/completions"})
        desk.batch()
    assert (desk.exit_code, set(desk.ends), other.requests) == (5, {"waiting"}, [])
    assert len(desk.server.requests) == 1
    assert "redirects are not followed" in desk.told


@row(49)
def test_one_request_that_is_refused_fails_its_article_and_no_other(desk: Desk) -> None:
    desk.many(6)
    desk.server.fail(400, body='{"error": {"message": "could not parse the JSON body"}}')
    desk.batch("--concurrency", 1)
    assert (desk.exit_code, desk.ends) == (1, {"bad_request": 1, "extracted": 5})
    assert "could not parse the JSON body" in desk.details
    desk.batch()
    assert (desk.exit_code, desk.ends) == (0, {"extracted": 6})


@row(49)
def test_requests_that_are_all_refused_stop_the_run(desk: Desk) -> None:
    desk.many(20)
    for _ in range(20):
        desk.server.fail(400)
    desk.batch("--concurrency", 1)
    assert (desk.exit_code, desk.ends) == (5, {"bad_request": 4, "waiting": 1})
    assert len(desk.server.requests) == 5


@row(49)
@pytest.mark.parametrize(
    ("message", "says"),
    [
        ("Invalid schema for response_format 'Extraction': 'uniqueItems' is not permitted", "uniqueItems"),
        ("failed to parse grammar", "JSON Schema"),
        ("Unsupported parameter: 'max_tokens'", "options"),
        ("gpt-99 is not a valid model ID", "no such model"),
    ],
)
def test_what_every_request_would_be_refused_for_stops_the_run_at_once(desk: Desk, message: str, says: str) -> None:
    desk.many(9)
    desk.server.fail(400, body=json.dumps({"error": {"message": message}}))
    desk.batch()
    assert (desk.exit_code, set(desk.ends), len(desk.server.requests)) == (5, {"waiting"}, 1)
    assert says in desk.told
