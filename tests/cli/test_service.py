"""The command line against a scripted model server on a real socket."""

import json
from pathlib import Path

from extractor.store import Store
from tests.cli.conftest import Run
from tests.cli.service import KEY, server
from tests.server import Server

__all__ = ["server"]


def test_a_batch_asks_once_for_each_article_and_counts_the_tokens(run: Run, server: Server, folder: Path) -> None:
    database = folder.with_name("register.db")
    shown = run("batch", folder, "--db", database, "--model", "scripted", "--base-url", server.url)
    assert shown.exit_code == 0, shown.stderr
    assert len(server.requests) == 4
    assert "4 requests" in shown.stderr
    assert "unknown: 4 requests of unknown price" in shown.stderr
    again = run("batch", folder, "--db", database, "--model", "scripted", "--base-url", server.url)
    assert (again.exit_code, len(server.requests)) == (0, 4)
    with Store.open(database, create=False) as store:
        assert (store.status().records["transfer"], store.status().attempts) == (4, 4)


def test_extract_gives_lines_in_order_with_the_usage_that_was_reported(run: Run, server: Server, folder: Path) -> None:
    shown = run("extract", folder, "--model", "scripted", "--base-url", server.url)
    told = [json.loads(line) for line in shown.stdout.splitlines()]
    assert [line["article"]["source"] for line in told] == [f"{folder}/{number}.txt" for number in range(4)]
    assert {line["run"]["usage"]["requests"] for line in told} == {1}
    assert told[0]["run"]["usage"]["prompt_tokens"] > 0
    assert told[0]["run"]["model"] == "scripted"


def test_a_key_that_is_refused_stops_the_run_and_is_shown_nowhere(run: Run, server: Server, folder: Path) -> None:
    server.fail(401)
    database = folder.with_name("register.db")
    options = ["--model", "scripted", "--base-url", server.url, "--concurrency", 1]
    shown = run("batch", folder, "--db", database, *options)
    assert (shown.exit_code, shown.stdout, len(server.requests)) == (5, "", 1)
    assert "1 waiting, 3 more waiting" in shown.stderr
    assert KEY not in shown.stderr
    for path in database.parent.glob("register.db*"):
        assert KEY.encode() not in path.read_bytes()
