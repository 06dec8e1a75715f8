"""extractor batch --via batch-api against a scripted Batch API on a real socket."""

import json
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from extractor import bulk
from extractor.cli import via
from extractor.store import Store
from tests.batch_server import BatchServer, Line, line, unsent
from tests.cli.conftest import Run
from tests.cli.programs import ROOT, until_told
from tests.fakes import QUOTE, extraction, transfer
from tests.server import completion

KEY = "sk-test-0123456789"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[BatchServer]:
    """A server that finds the transfer in every article; its key is in the environment."""
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    with BatchServer() as running:
        running.default = lambda _: extraction(transfer())
        yield running


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "articles").mkdir()
    for number in range(4):
        (tmp_path / "articles" / f"{number}.txt").write_text(f"{QUOTE} {number}", encoding="utf-8")
    return tmp_path / "articles"


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "register.db"


class Command:
    """`batch(...)` runs the command by the Batch API; `direct(...)` without it."""

    def __init__(self, run: Run, server: BatchServer, folder: Path, database: Path) -> None:
        self._run, self._arguments = run, ("batch", folder, "--model", "scripted", "--base-url", server.url)
        self._database = database

    def __call__(self, *options: str) -> Result:
        return self.direct("--via", "batch-api", *options)

    def direct(self, *options: str, database: Path | None = None) -> Result:
        return self._run(*self._arguments, "--db", database or self._database, *options)


@pytest.fixture
def batch(run: Run, server: BatchServer, folder: Path, database: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    monkeypatch.setattr(bulk.Bulk, "__init__", without_pause(bulk.Bulk.__init__))
    monkeypatch.setattr(via.sys, "argv", ["extractor", "batch", "articles", "--no-wait"])
    return Command(run, server, folder, database)


def without_pause(init: Any) -> Any:
    return lambda self, *arguments, **options: init(self, *arguments, **{"first_pause": 0.0} | options)


def states(database: Path) -> dict[str, int]:
    with Store.open(database, create=False) as store:
        return store.status().states


def rows(database: Path, query: str) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(database)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


SAME = (
    "SELECT articles.sha256, state, reason, outcomes.detail, transfers, doubtful, rejected, number, result, "
    "attempts.detail, attempts.model, prompt_tokens, cached_tokens, answer FROM outcomes "
    "JOIN articles ON articles.key = article LEFT JOIN attempts ON attempts.outcome = outcomes.id "
    "LEFT JOIN answers ON answers.attempt = attempts.id WHERE current = 1 ORDER BY articles.sha256, number",
    "SELECT record, recipient, item, quantity_low, quotes FROM (SELECT * FROM register JOIN transfers USING (record)) "
    "ORDER BY record",
    "SELECT kind, reason, raw FROM rejected ORDER BY raw",
    "SELECT record, name, verdict, detail FROM checks ORDER BY record, id",
)


def mixed(body: dict[str, Any]) -> dict[str, Any]:
    """One good answer, one empty, one that fails its checks for ever, one that is mended when asked again."""
    number = body["messages"][1]["content"][-1]
    again = len(body["messages"]) > 2
    bad = extraction(transfer(evidence=[f"never said {number}"]))
    return {"0": extraction(transfer()), "1": extraction(), "2": bad}.get(
        number, extraction(transfer()) if again else bad
    )


def test_the_rows_are_those_of_a_direct_run(
    batch: Command, server: BatchServer, database: Path, tmp_path: Path
) -> None:
    server.default = mixed
    shown = batch()
    assert shown.exit_code == 0, shown.stderr
    assert server.count("chat") == 0
    batch.direct(database=tmp_path / "direct.db")
    for query in SAME:
        assert rows(database, query) == rows(tmp_path / "direct.db", query), query
    assert rows(database, "SELECT state FROM runs") == [("finished",)]


def test_the_requests_are_those_of_a_direct_run(batch: Command, server: BatchServer, tmp_path: Path) -> None:
    server.default = mixed
    batch()
    batch.direct(database=tmp_path / "direct.db")
    [first, again] = server.sent()
    assert {one["url"] for one in first} == {"/v1/chat/completions"}
    direct = [request.body for request in server.requests if request.path == "/v1/chat/completions"]
    assert sorted(json.dumps(one["body"]) for one in first + again) == sorted(map(json.dumps, direct))
    assert len(again) == 2


def test_what_is_left_with_the_service_is_collected_by_the_same_command(
    batch: Command, server: BatchServer, database: Path
) -> None:
    server.statuses.extend(["validating", "in_progress", "finalizing"])
    left = batch("--no-wait")
    assert left.exit_code == 0
    collects = "extractor batch articles --via batch-api"
    assert f"4 articles in 1 batch at the service; to collect: {collects}\n" in left.stderr
    assert "4 waiting" in left.stderr
    assert states(database) == {"waiting": 4}
    for _ in range(2):
        assert "4 waiting" in batch("--no-wait").stderr
    done = batch()
    assert (done.exit_code, states(database)) == (0, {"extracted": 4})
    assert "4 extracted" in done.stderr
    assert "waiting" not in done.stderr
    assert (server.count("create"), server.count("upload")) == (1, 1)
    assert "nothing to do" in batch().stderr
    assert server.count("create") == 1


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


def test_a_batch_of_which_the_run_never_heard_is_found_again(
    batch: Command, server: BatchServer, database: Path
) -> None:
    server.lost = True
    cut = batch()
    assert cut.exit_code == 5
    assert "the same command finds out whether the batch was made" in cut.stderr
    assert len(server.batches) == 1
    server.lost = False
    for _ in range(5):  # others were made since, and the list has pages
        server.batches[f"other_{len(server.batches)}"] = {"id": f"other_{len(server.batches)}", "created_at": 2**33}
    assert "4 extracted" in batch().stderr
    assert (server.count("create"), server.count("list")) == (1, 3)
    assert states(database) == {"extracted": 4}


def test_a_batch_that_never_arrived_is_sent_again(batch: Command, server: BatchServer, database: Path) -> None:
    server.at("create", lambda it: it.raw(b""))
    assert batch().exit_code == 5
    assert (server.batches, states(database)) == ({}, {})
    assert "4 extracted" in batch().stderr
    assert len(server.batches) == 1


def test_several_batches_are_made_where_one_is_not_enough(
    batch: Command, server: BatchServer, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    init = bulk.Bulk.__init__
    monkeypatch.setattr(bulk.Bulk, "__init__", lambda self, *a, **o: init(self, *a, most_requests=3, **o))
    assert "4 extracted" in batch().stderr
    assert [len(sent) for sent in server.sent()] == [3, 1]


def test_a_batch_is_no_larger_than_the_service_takes(
    batch: Command, server: BatchServer, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    init = bulk.Bulk.__init__
    monkeypatch.setattr(bulk.Bulk, "__init__", lambda self, *a, **o: init(self, *a, most_bytes=50_000, **o))
    assert "4 extracted" in batch().stderr
    sizes = [len(server.files[made["input_file_id"]]) for made in server.batches.values()]
    assert len(sizes) > 1
    assert max(sizes) <= 50_000


def test_the_limit_is_heeded_and_what_is_in_a_batch_is_not_sent_twice(
    batch: Command, server: BatchServer, database: Path
) -> None:
    server.statuses.extend(["in_progress"] * 3)
    assert "2 waiting, 2 more waiting" in batch("--no-wait", "--limit", "2").stderr
    batch("--no-wait")
    assert [len(sent) for sent in server.sent()] == [2, 2]
    asked = [one["custom_id"] for sent in server.sent() for one in sent]
    assert len(set(asked)) == 4
    direct = batch.direct()
    assert (server.count("chat"), direct.exit_code) == (0, 0)
    assert "4 articles in 2 batches at the service; to collect:" in direct.stderr
    assert "4 more waiting" in direct.stderr


def test_force_sends_again_what_is_done_but_not_what_is_on_its_way(
    batch: Command, server: BatchServer, database: Path
) -> None:
    batch()
    server.statuses.extend(["in_progress"] * 2)
    for _ in range(2):
        batch("--force", "--no-wait")
    assert [len(sent) for sent in server.sent()] == [4, 4]
    assert states(database) == {"extracted": 4}


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


def test_results_are_collected_though_the_files_are_gone(
    batch: Command, server: BatchServer, folder: Path, database: Path
) -> None:
    server.statuses.append("in_progress")
    batch("--no-wait")
    for number in range(1, 4):
        (folder / f"{number}.txt").unlink()
    assert "4 extracted" in batch().stderr
    assert states(database) == {"extracted": 4}


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


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--no-wait", "--model", "scripted"], "--no-wait needs --via batch-api"),
        (["--via", "batch-api", "--model", "baseline"], "needs a language model"),
    ],
)
def test_options_that_do_not_fit_together_are_refused(
    run: Run, server: BatchServer, folder: Path, options: list[str], says: str
) -> None:
    shown = run("batch", folder, *options)
    assert (shown.exit_code, server.requests) == (2, [])
    assert says in shown.stderr


def test_ctrl_c_while_waiting_leaves_the_batch_to_the_next_run(
    batch: Command, server: BatchServer, folder: Path, database: Path
) -> None:
    server.statuses.extend(["in_progress"] * 2)
    code = "from extractor.cli import main; main()"
    arguments = ["batch", folder, "--db", database, "--via", "batch-api", "--model", "scripted"]
    with subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments), "--base-url", server.url],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
    ) as running:
        until_told(running, "submitted")
        server.wait_for(3)
        running.send_signal(signal.SIGINT)
        _, told = running.communicate(timeout=30)
    assert running.returncode == 130
    assert "Traceback" not in told
    assert "to collect: extractor batch" in told or "to collect:" in told
    assert rows(database, "SELECT state, detail FROM runs") == [("stopped", "interrupted")]
    assert "4 extracted" in batch().stderr
    assert server.count("create") == 1
