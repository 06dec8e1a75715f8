"""extractor status: every article accounted for."""

import json
from pathlib import Path

import pytest

from extractor.store import Store
from tests.cli.conftest import Run
from tests.fakes import QUOTE, ScriptedModel


@pytest.fixture
def database(run: Run, model: ScriptedModel, tmp_path: Path) -> Path:
    """Two articles with a transfer, one without, and a file that is none."""
    for name, text in (("a.txt", QUOTE), ("b.txt", f"{QUOTE} b"), ("c.txt", "Sonne."), ("d.txt", "\0")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    run("batch", tmp_path, "--db", tmp_path / "register.db")
    return tmp_path / "register.db"


def test_every_article_is_told_by_outcome(run: Run, database: Path) -> None:
    shown = run("status", "--db", database)
    told = " ".join(shown.stdout.split())
    assert (shown.exit_code, shown.stderr) == (0, "")
    assert "model scripted, 1 run" in told
    assert "3 articles from 3 paths" in told
    assert "2 extracted 1 empty 1 failed, 1 path of them without an article" in told
    assert "reasons binary 1" in told
    assert "2 transfers, 0 deployments, 0 treaties" in told


def test_json_is_one_object_whose_outcomes_add_up(run: Run, database: Path) -> None:
    status = json.loads(run("status", "--db", database, "--format", "json").stdout)
    assert status["states"] == {"extracted": 2, "empty": 1, "failed": 1}
    assert status["articles"] + status["failed_inputs"] == sum(status["states"].values()) + status["unasked"]


def test_a_register_without_a_run_says_so(run: Run, tmp_path: Path) -> None:
    with Store.open(tmp_path / "new.db"):
        pass
    shown = run("status", "--db", tmp_path / "new.db")
    assert (shown.exit_code, "no run yet" in shown.stdout) == (0, True)


def test_a_register_that_is_not_there_is_not_made(run: Run, tmp_path: Path) -> None:
    shown = run("status", "--db", tmp_path / "gone.db")
    assert (shown.exit_code, shown.stdout) == (4, "")
    assert "gone.db" in shown.stderr
    assert not (tmp_path / "gone.db").exists()
