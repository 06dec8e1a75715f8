"""What a Batch API may do to us: bad lines, missing lines, batches that expire or fail, files that break off."""

import json
from pathlib import Path

import pytest

from extractor.store import Store
from tests.batch_server import BatchServer, Line, line, unsent
from tests.cli.batch_api import Command, batch, mixed, rows, server, states
from tests.cli.service import KEY
from tests.fakes import QUOTE, extraction, transfer
from tests.server import completion

__all__ = ["batch", "server"]


def test_articles_are_matched_by_their_id_and_strange_lines_do_no_harm(
    batch: Command, server: BatchServer, folder: Path, database: Path
) -> None:
    for number in range(4):
        (folder / f"{number}.txt").write_text(f"{QUOTE} {number}" if number % 2 else f"Regen {number}.", "utf-8")
    server.default = lambda body: extraction(*[transfer()] * (QUOTE in body["messages"][1]["content"]))
    original = server._written

    def littered(lines: list[Line]) -> str | None:
        name = original([*lines, line("somebody-else", 200, {}), {"custom_id": 4, "response": None}])
        server.files[name or ""] = b"\nnot json\n[]\n" + server.files[name or ""] + b'{"custom_id": "half'
        return name

    server._written = littered  # type: ignore[method-assign]  # the service's own disorder
    assert batch().exit_code == 0
    found = rows(
        database, "SELECT text, state FROM outcomes JOIN articles ON key = article WHERE current = 1 ORDER BY 1"
    )
    assert [state for _, state in found] == ["extracted", "extracted", "empty", "empty"]


def test_a_good_batch_may_hold_bad_lines_and_each_is_read_by_its_status(
    batch: Command, server: BatchServer, database: Path
) -> None:
    def by_number(request: Line) -> Line | None:
        asked = request["custom_id"]
        match request["body"]["messages"][1]["content"][-1]:
            case "0":
                return line(asked, 400, {"error": {"code": "content_filter", "message": "no"}})
            case "1":
                return line(asked, 200, json.loads(completion(None, refusal="I will not.")))
            case "2":
                return None
            case _:
                return (server.answered(request) or {}) | {"error": {"code": "odd", "message": "and yet it answered"}}

    server.line = by_number
    shown = batch()
    assert shown.exit_code == 1
    assert "1 extracted, 2 failed, 1 waiting" in shown.stderr
    assert "1 without a reply" in shown.stderr
    with Store.open(database, create=False) as store:
        assert store.status().reasons == {"filtered": 1, "refused": 1}
    server.line = server.answered
    assert "1 extracted, 3 already done" in batch().stderr
    assert [len(sent) for sent in server.sent()] == [4, 1]


def test_a_line_that_failed_for_a_passing_reason_is_asked_again_in_the_next_batch(
    batch: Command, server: BatchServer, database: Path
) -> None:
    server.line = lambda asked: (
        server.answered(asked)
        if len(server.batches) > 1
        else line(asked["custom_id"], 500, {"error": {"message": "crashed"}})
    )
    assert batch().exit_code == 0
    assert rows(database, "SELECT result, count(*) FROM attempts GROUP BY 1") == [("ok", 4), ("server", 4)]
    assert [len(sent) for sent in server.sent()] == [4, 4]


@pytest.mark.parametrize("ends", ["expired", "cancelled"])
def test_what_an_expired_batch_answered_is_kept_and_the_rest_waits_for_the_next_run(
    batch: Command, server: BatchServer, database: Path, ends: str
) -> None:
    server.ends = ends
    server.line = lambda asked: (
        server.answered(asked)
        if asked["body"]["messages"][1]["content"][-1] in "01"
        else unsent(asked["custom_id"], f"batch_{ends}")
    )
    shown = batch()
    assert shown.exit_code == 0
    assert "2 extracted, 2 waiting" in shown.stderr
    assert "go on" in shown.stderr
    assert states(database) == {"extracted": 2, "waiting": 2}
    assert server.count("create") == 1
    server.ends, server.line = "completed", server.answered
    assert "2 extracted, 2 already done" in batch().stderr
    assert [len(sent) for sent in server.sent()] == [4, 2]


def test_a_repair_that_expired_is_sent_again_without_asking_from_the_beginning(
    batch: Command, server: BatchServer, database: Path
) -> None:
    server.default = mixed
    server.line = lambda asked: server.answered(asked) if len(asked["body"]["messages"]) == 2 else None
    assert "1 extracted, 1 empty, 2 waiting" in batch().stderr
    server.line = server.answered
    assert "1 extracted, 1 unsupported, 2 already done" in batch().stderr
    assert [len(sent) for sent in server.sent()] == [4, 2, 2]
    assert rows(database, "SELECT max(number) FROM attempts") == [(2,)]


def test_a_batch_that_the_service_refuses_stops_the_run_with_its_reason(
    batch: Command, server: BatchServer, database: Path
) -> None:
    server.ends = "failed"
    server.errors = [{"code": "token_limit_exceeded", "message": "Enqueued token limit reached"}] * 2
    shown = batch()
    assert shown.exit_code == 5
    assert "batch_1 failed: token_limit_exceeded Enqueued token limit reached (and 1 more)" in shown.stderr
    assert states(database) == {"waiting": 4}
    server.ends = "completed"
    assert "4 extracted" in batch().stderr


def test_a_server_without_a_batch_api_is_said_in_one_line(batch: Command, server: BatchServer, database: Path) -> None:
    server.at("upload", lambda it: it.fail(404, body="404 page not found"))
    shown = batch()
    assert shown.exit_code == 5
    assert f"{server.url} has no Batch API: ask it without --via batch-api\n" in shown.stderr
    assert "Traceback" not in shown.stderr
    assert states(database) == {"waiting": 4}
    assert (len(server.requests), server.batches) == (1, {})
    assert "4 extracted" in batch.direct().stderr


def test_a_batch_that_the_service_does_not_know_stops_the_run_until_it_is_given_up(
    batch: Command, server: BatchServer, database: Path
) -> None:
    server.statuses.append("in_progress")
    batch("--no-wait")
    server.batches.clear()
    lost = batch()
    assert lost.exit_code == 5
    assert "does not know the batch batch_1: was it another key's? (--force gives it up)" in lost.stderr
    assert "4 extracted" in batch("--force").stderr


@pytest.mark.parametrize("route", ["upload", "state", "content"])
def test_a_fault_that_passes_is_not_noticed(
    batch: Command, server: BatchServer, monkeypatch: pytest.MonkeyPatch, route: str
) -> None:
    monkeypatch.setattr("extractor.llm.policy.Policy._wait", lambda *_: 0.0)
    for tell in (lambda it: it.fail(503), lambda it: it.raw(b""), lambda it: it.cut()):
        server.at(route, tell)
    assert batch().exit_code == 0
    assert server.count("create") == 1


def test_a_key_is_stored_nowhere_and_no_article_is_left_behind(
    batch: Command, server: BatchServer, database: Path
) -> None:
    server.line = lambda asked: line(asked["custom_id"], 401, {"error": {"message": f"wrong key {KEY}"}})
    shown = batch()
    assert (shown.exit_code, states(database)) == (5, {"waiting": 4})
    assert KEY not in shown.stderr
    for path in database.parent.glob("register.db*"):
        assert KEY.encode() not in path.read_bytes()


def test_of_two_replies_to_one_request_the_first_stands(batch: Command, server: BatchServer, database: Path) -> None:
    original = server._written

    def doubled(lines: list[Line]) -> str | None:
        empty = json.loads(completion(json.dumps(extraction())))
        # The file is written from the last line to the first.
        return original([*(line(one["custom_id"], 200, empty) for one in lines), *lines])

    server._written = doubled  # type: ignore[method-assign]  # the service's own disorder
    assert "4 extracted" in batch().stderr
    assert rows(database, "SELECT count(*) FROM attempts") == [(4,)]
