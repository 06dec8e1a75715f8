"""extractor batch --via batch-api against a scripted Batch API on a real socket."""

import json
from pathlib import Path

import pytest

from tests.batch_server import BatchServer
from tests.cli.batch_api import Command, batch, mixed, rows, server, states, with_options
from tests.cli.conftest import Run

__all__ = ["batch", "server"]


SAME = (
    (
        "SELECT articles.sha256, state, reason, outcomes.detail, transfers, doubtful, rejected, number, result, "
        "attempts.detail, attempts.model, prompt_tokens, cached_tokens, answer FROM outcomes "
        "JOIN articles ON articles.key = article LEFT JOIN attempts ON attempts.outcome = outcomes.id "
        "LEFT JOIN answers ON answers.attempt = attempts.id WHERE current = 1 ORDER BY articles.sha256, number"
    ),
    (
        "SELECT record, recipient, item, quantity_low, quotes "
        "FROM (SELECT * FROM register JOIN transfers USING (record)) ORDER BY record"
    ),
    "SELECT kind, reason, raw FROM rejected ORDER BY raw",
    "SELECT record, name, verdict, detail FROM checks ORDER BY record, id",
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


def test_several_batches_are_made_where_one_is_not_enough(
    batch: Command, server: BatchServer, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_options(monkeypatch, most_requests=3)
    assert "4 extracted" in batch().stderr
    assert [len(sent) for sent in server.sent()] == [3, 1]


def test_a_batch_is_no_larger_than_the_service_takes(
    batch: Command, server: BatchServer, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_options(monkeypatch, most_bytes=50_000)
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


def test_results_are_collected_though_the_files_are_gone(
    batch: Command, server: BatchServer, folder: Path, database: Path
) -> None:
    server.statuses.append("in_progress")
    batch("--no-wait")
    for number in range(1, 4):
        (folder / f"{number}.txt").unlink()
    assert "4 extracted" in batch().stderr
    assert states(database) == {"extracted": 4}


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
