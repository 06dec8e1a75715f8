"""A run by the Batch API may end at any moment: nothing is lost, and nothing is submitted twice."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.batch_server import BatchServer
from tests.cli.batch_api import Command, batch, mixed, rows, server, states
from tests.cli.programs import ROOT, until_told

__all__ = ["batch", "server"]


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


_KILLED = """
import os
from extractor.store.submissions import Submissions
real, calls = Submissions.{method}, []
def {method}(self, *arguments):
    calls.append(1)
    if len(calls) < {call}:
        return real(self, *arguments)
    if {after}:
        real(self, *arguments)
    os._exit(9)
Submissions.{method} = {method}
from extractor.cli import main
main()
"""


@pytest.mark.parametrize(
    ("method", "call", "after"),
    [
        ("intend", 1, True),
        ("arrived", 1, False),
        ("collect", 1, False),
        ("collect", 1, True),
        ("settle", 2, True),
        ("arrived", 2, False),
        ("settle", 3, False),
    ],
)
def test_a_run_killed_at_any_step_is_taken_up_there(
    batch: Command, server: BatchServer, database: Path, method: str, call: int, after: bool
) -> None:
    server.default = mixed
    code = _KILLED.format(method=method, call=call, after=after)
    arguments = [*batch.arguments, "--db", str(database), "--via", "batch-api"]
    killed = subprocess.run([sys.executable, "-c", code, *arguments], cwd=ROOT, capture_output=True, check=False)
    assert killed.returncode == 9, killed.stderr
    assert batch().exit_code == 0
    assert states(database) == {"extracted": 2, "empty": 1, "unsupported": 1}
    assert [len(sent) for sent in server.sent()] == [4, 2]
    assert rows(database, "SELECT count(*), sum(prompt_tokens) FROM attempts") == [(6, 600)]
    assert rows(database, "SELECT count(*) FROM submitted WHERE state <> 'done' OR reply IS NOT NULL") == [(0,)]
