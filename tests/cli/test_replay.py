"""--record and --replay: a run that was recorded is had again without a key, a network or a cost."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from extractor.store import Store
from tests.cli.conftest import Run
from tests.fakes import QUOTE, extraction, transfer
from tests.server import Server

KEY = "sk-test-0123456789"


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        running.default = lambda _: extraction(transfer())
        yield running


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    (tmp_path / "articles").mkdir()
    for number in range(3):
        (tmp_path / "articles" / f"{number}.txt").write_text(f"{QUOTE} {number}", encoding="utf-8")
    return tmp_path / "articles"


@pytest.fixture
def recordings(tmp_path: Path) -> Path:
    return tmp_path / "recordings"


@pytest.fixture
def recorded(run: Run, server: Server, articles: Path, recordings: Path, monkeypatch: pytest.MonkeyPatch) -> Result:
    """Three articles, recorded with a key; then there is neither key nor server."""
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    asked = run(
        "batch",
        articles,
        "--db",
        articles.with_name("first.db"),
        *("--model", "scripted", "--base-url", server.url, "--record", recordings),
    )
    monkeypatch.delenv("OPENAI_API_KEY")
    server.stop()
    return asked


def records(database: Path) -> list[dict[str, Any]]:
    with Store.open(database, create=False) as store:
        query = "SELECT record, what, status, quotes, model, source FROM register ORDER BY source"
        return list(store._db.query(query))


def flat(text: str) -> str:
    return " ".join(text.split())


def test_a_replayed_batch_gives_the_same_register(
    run: Run, server: Server, recorded: Result, articles: Path, recordings: Path
) -> None:
    assert (recorded.exit_code, len(list(recordings.glob("*.json")))) == (0, 3)

    shown = run("batch", articles, "--db", articles.with_name("second.db"), "--replay", recordings)

    assert (shown.exit_code, len(server.requests)) == (0, 3)
    assert f"replaying scripted from {recordings}: nothing is sent" in shown.stderr
    assert "3 extracted" in shown.stderr
    assert "tokens 0 in, 0 out, 0 requests" in flat(shown.stderr)
    assert "3 answers from the cache" in shown.stderr
    assert records(articles.with_name("second.db")) == records(articles.with_name("first.db"))
    assert len(records(articles.with_name("first.db"))) == 3


def test_a_replayed_extract_prints_the_same_lines(run: Run, recorded: Result, articles: Path, recordings: Path) -> None:
    shown = run("extract", articles, "--replay", recordings)

    told = [json.loads(line) for line in shown.stdout.splitlines()]
    assert shown.exit_code == 0
    assert [len(line["extraction"]["transfers"]) for line in told] == [1, 1, 1]
    usage = {"requests": 0, "recalled": 1, "prompt_tokens": 0, "completion_tokens": 0, "cached_tokens": 0, "cost": 0.0}
    assert [line["run"]["usage"] for line in told] == [usage] * 3


def test_extract_records_too(run: Run, server: Server, articles: Path, recordings: Path) -> None:
    run("extract", articles, "--model", "m", "--base-url", server.url, "--record", recordings)
    server.stop()

    assert run("extract", articles, "--replay", recordings, "--model", "m").exit_code == 0
    assert len(server.requests) == 3


def test_what_the_register_holds_already_is_recorded_without_asking(
    run: Run, server: Server, articles: Path, recordings: Path, tmp_path: Path
) -> None:
    usual = ["batch", articles, "--db", tmp_path / "a.db", "--model", "m", "--base-url", server.url]
    run(*usual)
    run(*usual, "--force", "--record", recordings)

    assert len(server.requests) == 3
    assert run("batch", articles, "--db", tmp_path / "b.db", "--replay", recordings).exit_code == 0


def test_an_article_without_a_recording_fails_alone_and_is_taken_once_there_is_one(
    run: Run, recorded: Result, articles: Path, recordings: Path, tmp_path: Path
) -> None:
    database = tmp_path / "second.db"
    [missing] = [path for path in recordings.glob("*.json") if f"{QUOTE} 1" in path.read_text(encoding="utf-8")]
    missing.rename(tmp_path / missing.name)

    shown = run("batch", articles, "--db", database, "--replay", recordings)

    assert shown.exit_code == 1
    told = flat(shown.stderr)
    assert "3: 2 extracted, 1 failed" in told
    assert f"failed unrecorded 1 {articles}/1.txt" in told
    assert "replay recordings are missing, stale or damaged; which ones:" in told
    with Store.open(database, create=False) as store:
        [row] = store._db.query("SELECT detail, attempts FROM failures")
    assert row["detail"] == f"no recording in {recordings} is about this article: record it with --record"
    assert row["attempts"] == 0

    (tmp_path / missing.name).rename(missing)
    again = run("batch", articles, "--db", database, "--replay", recordings)
    assert (again.exit_code, "3: 1 extracted, 2 already done" in flat(again.stderr)) == (0, True)


def test_a_damaged_recording_is_told_in_one_line(run: Run, recorded: Result, articles: Path, recordings: Path) -> None:
    [damaged, *_] = sorted(recordings.glob("*.json"))
    damaged.write_bytes(damaged.read_bytes()[:-100])

    shown = run("extract", articles, "--replay", recordings)

    assert shown.exit_code == 1
    [line] = [line for line in shown.stderr.splitlines() if "unrecorded" in line]
    assert f"recording {damaged} is no JSON" in line
    assert len(shown.stdout.splitlines()) == 3


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--model", "other"], "no recordings of that model and address; there are: scripted at http://127.0.0.1"),
        (["--base-url", "http://127.0.0.1:9/v1"], "no recordings of that model and address"),
        (["--model", "baseline"], "the baseline has no recordings"),
        (["--record", "more"], "--replay asks nobody: leave out --record"),
        (["--refresh"], "--replay asks nobody: leave out --refresh"),
    ],
)
def test_what_does_not_go_with_a_replay_is_refused_before_anything_is_done(
    run: Run, recorded: Result, articles: Path, recordings: Path, tmp_path: Path, options: list[str], says: str
) -> None:
    shown = run("batch", articles, "--db", tmp_path / "second.db", "--replay", recordings, *options)

    assert (shown.exit_code, shown.stdout) == (2, "")
    assert says in shown.stderr
    assert len(shown.stderr.splitlines()) == 1
    assert not (tmp_path / "second.db").exists()


def test_recordings_of_two_models_want_one_named(run: Run, server: Server, articles: Path, recordings: Path) -> None:
    for name in ("one", "two"):
        run("extract", articles, "--model", name, "--base-url", server.url, "--record", recordings)

    shown = run("extract", articles, "--replay", recordings)

    assert shown.exit_code == 2
    assert f"one at {server.url}" in shown.stderr
    assert f"two at {server.url}" in shown.stderr
    assert run("extract", articles, "--replay", recordings, "--model", "two").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--replay", "gone"], "there is no folder gone to replay"),
        (["--record", "gone", "--model", "baseline"], "nothing to record"),
        (["--record", "a.txt", "--model", "m", "--base-url", "http://127.0.0.1:9/v1"], "cannot be written to a.txt"),
    ],
)
def test_a_folder_of_no_use_is_refused_with_one_line(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(QUOTE, encoding="utf-8")

    shown = run("batch", "a.txt", *arguments)

    assert shown.exit_code == 2
    assert says in shown.stderr
    assert "Traceback" not in shown.output
    assert {path.name for path in tmp_path.iterdir()} == {"a.txt"}
