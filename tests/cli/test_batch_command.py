"""extractor batch: what a user sees, and what is left when it is stopped."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from extractor.store import Store
from tests.cli.conftest import Run, write_articles
from tests.cli.programs import ANSWERING, HANGING, program, until_told
from tests.fakes import ScriptedModel


@pytest.fixture
def folder(folder: Path) -> Path:
    """With nine articles."""
    write_articles(folder, 9)
    return folder


def flat(text: str) -> str:
    return " ".join(text.split())


def test_the_summary_tells_outcomes_records_cost_time_and_where_to_look(
    run: Run, model: ScriptedModel, folder: Path, database: Path
) -> None:
    (folder / "sun.txt").write_text("Sonne.", encoding="utf-8")
    (folder / "bad.txt").write_bytes(b"\x00")
    shown = run("batch", folder, "--db", database)
    assert (shown.exit_code, shown.stdout) == (1, "")
    told = flat(shown.stderr)
    assert "articles 11: 9 extracted, 1 empty, 1 failed" in told
    assert f"failed binary 1 {folder}/bad.txt" in told
    assert "9 transfers, 0 deployments, 0 treaties; 0 doubtful, 0 kept apart" in told
    assert "cost none: built-in model" in told
    assert "articles/s" in told
    assert "extractor status --db" in told
    assert model.closed


def test_a_second_run_says_that_there_is_nothing_to_do(
    run: Run, model: ScriptedModel, folder: Path, database: Path
) -> None:
    run("batch", folder, "--db", database)
    shown = run("batch", folder, "--db", database)
    assert (shown.exit_code, len(model.asked)) == (0, 9)
    assert "nothing to do, 9 articles already done" in flat(shown.stderr)


def test_limit_and_force_are_heeded(run: Run, model: ScriptedModel, folder: Path, database: Path) -> None:
    assert "7 more waiting" in run("batch", folder, "--db", database, "--limit", 2).stderr
    run("batch", folder, "--db", database, "--limit", 2)
    assert len(set(model.asked)) == len(model.asked) == 4
    run("batch", folder, "--db", database, "--force")
    assert len(model.asked) == 13


def test_a_database_that_cannot_be_used_exits_with_4_before_any_question(
    run: Run, model: ScriptedModel, folder: Path
) -> None:
    shown = run("batch", folder, "--db", folder)
    assert (shown.exit_code, model.asked) == (4, [])
    assert shown.stderr.endswith("\n")
    assert model.closed


@contextmanager
def hanging(folder: Path, database: Path, first: str = "") -> Iterator[subprocess.Popen[str]]:
    """A run whose model has answered three articles and hangs on two others."""
    with program(HANGING, first, "batch", folder, "--db", database, "--concurrency", 2) as running:
        assert running.stdout is not None
        for _ in range(2):
            assert running.stdout.readline() == "hanging\n"
        yield running


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_one_signal_saves_what_is_finished_and_leaves_the_rest_waiting(
    folder: Path, database: Path, number: signal.Signals
) -> None:
    short = "from extractor.batch import Stop; batch.Stop = lambda: Stop(grace=0.1)"
    with hanging(folder, database, short) as running:
        running.send_signal(number)
        _, told = running.communicate(timeout=30)
    assert running.returncode == 130
    assert "3 extracted, 2 waiting, 4 more waiting" in flat(told)
    assert "Traceback" not in told
    with Store.open(database, create=False) as store:
        assert store.status().states == {"extracted": 3, "waiting": 2}


def test_a_second_ctrl_c_stops_at_once_and_the_next_run_goes_on(
    run: Run, model: ScriptedModel, folder: Path, database: Path
) -> None:
    with hanging(folder, database) as running:
        running.send_signal(signal.SIGINT)
        until_told(running, "stopping")
        began = time.monotonic()
        running.send_signal(signal.SIGINT)
        _, told = running.communicate(timeout=30)
    assert time.monotonic() - began < 5  # the grace is 10 s
    assert running.returncode == 130
    assert "Traceback" not in told
    assert "interrupted" in told
    assert "3 already done" in run("batch", folder, "--db", database).stderr
    assert len(model.asked) == 6


def test_a_run_ignores_the_signals_that_its_caller_had_it_ignore(folder: Path, database: Path) -> None:
    """`nohup` starts it with SIGHUP ignored, and a shell script a job in the background with SIGINT ignored."""
    with hanging(folder, database, "import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN)") as running:
        running.send_signal(signal.SIGHUP)
        running.send_signal(signal.SIGTERM)
        until_told(running, "stopping")
        assert running.poll() is None


def test_a_killed_run_has_lost_nothing_that_was_finished(folder: Path, database: Path) -> None:
    with hanging(folder, database) as running:
        running.kill()
    with Store.open(database, create=False) as store:
        assert store.status().states == {"extracted": 3}


def test_a_reader_of_stderr_that_goes_away_does_not_end_the_run(folder: Path, database: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    try:
        with program(ANSWERING, "", "batch", folder, "--db", database, stderr=write) as running:
            running.communicate(timeout=30)
    finally:
        os.close(write)
    assert running.returncode == 0
    with Store.open(database, create=False) as store:
        assert store.status().states == {"extracted": 9}
