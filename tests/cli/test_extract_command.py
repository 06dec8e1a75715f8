"""extractor extract: data on stdout and nothing else."""

import json
import signal
from pathlib import Path
from typing import Any

import pytest

from extractor.article import Article
from extractor.errors import ServiceError
from schemas import Extraction
from tests.cli.conftest import Run
from tests.cli.programs import ANSWERING, HANGING, program, until_told
from tests.fakes import QUOTE, ScriptedModel, extraction, transfer

ARTICLE = f"---\ntitle: Raketen\npublished: 2024-11-22\nlanguage: de\n---\nSeoul: {QUOTE}\n"


def lines(stdout: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stdout.splitlines()]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "a.md").write_text(ARTICLE, encoding="utf-8")
    return tmp_path / "a.md"


def test_one_article_gives_one_line_of_the_codebooks_shape(run: Run, model: ScriptedModel, path: Path) -> None:
    shown = run("extract", path)
    (line,) = lines(shown.stdout)
    assert shown.exit_code == 0
    assert list(line) == ["article", "outcome", "extraction", "rejected", "run"]
    assert line["article"]["source"] == str(path)
    assert line["article"]["title"] == "Raketen"
    assert line["article"]["published"] == "2024-11-22"
    assert line["article"]["characters"] == len(f"Seoul: {QUOTE}")
    assert line["outcome"] == {"state": "extracted", "reason": None, "detail": ""}
    (record,) = line["extraction"]["transfers"]
    assert record["evidence"] == [{"quote": QUOTE, "start": 7, "end": 7 + len(QUOTE)}]
    assert {check["verdict"] for check in record["checks"]} <= {"pass", "doubt", "none"}
    assert line["run"]["model"] == "scripted"
    assert model.closed


def test_the_records_of_the_output_are_a_valid_extraction_again(run: Run, model: ScriptedModel, path: Path) -> None:
    (line,) = lines(run("extract", path).stdout)
    for record in line["extraction"]["transfers"]:
        record["evidence"] = [span["quote"] for span in record["evidence"]]
        del record["checks"], record["doubtful"]
    assert Extraction.model_validate(line["extraction"]).transfers[0].supplier == "PRK"


def test_a_failed_article_has_a_line_too_with_empty_lists_and_the_exit_code_is_1(
    run: Run, model: ScriptedModel, path: Path, tmp_path: Path
) -> None:
    shown = run("extract", tmp_path / "gone.txt", path)
    failed, good = lines(shown.stdout)
    assert (shown.exit_code, failed["outcome"]["reason"], good["outcome"]["state"]) == (1, "missing", "extracted")
    assert failed["article"]["source"] == str(tmp_path / "gone.txt")
    assert failed["extraction"] == {"transfers": [], "deployments": [], "treaties": []}
    assert list(failed) == list(good)
    assert list(failed["article"]) == list(good["article"])


def test_rejected_records_are_told_as_the_model_gave_them(run: Run, model: ScriptedModel, path: Path) -> None:
    invented = transfer(evidence=["Nordkorea hat Russland nichts geliefert."])
    model.answer = lambda _: extraction(invented)
    (line,) = lines(run("extract", path).stdout)
    assert (line["outcome"]["state"], line["rejected"][0]["raw"]) == ("unsupported", invented)
    assert any(check["verdict"] == "fail" for check in line["rejected"][0]["checks"])


def test_notices_go_to_stderr(run: Run, model: ScriptedModel, path: Path) -> None:
    shown = run("extract", path)
    assert "using baseline" in shown.stderr
    assert run("extract", path, "--model", "baseline").stderr == ""


def test_standard_input_is_an_article(run: Run, model: ScriptedModel) -> None:
    shown = run("extract", "-", stdin=ARTICLE.encode())
    assert lines(shown.stdout)[0]["article"]["source"] == "-"
    assert lines(shown.stdout)[0]["article"]["title"] == "Raketen"


def test_the_table_tells_who_gave_what_to_whom_with_the_words_that_say_so(
    run: Run, model: ScriptedModel, path: Path
) -> None:
    shown = run("extract", path, "--format", "table")
    assert "PRK → RUS  ≥ 100 missiles  delivered, confirmed" in shown.stdout
    assert f"“{QUOTE}”" in shown.stdout
    assert "Raketen" in shown.stdout
    # The path is never broken, so that it can be copied.
    assert max(len(line) for line in shown.stdout.splitlines() if str(path) not in line) <= 80


def test_hostile_words_of_a_model_reach_neither_format_alive(run: Run, model: ScriptedModel, path: Path) -> None:
    model.answer = lambda _: extraction(transfer(id="\x1b]52;c;cm0=\x07", evidence=["\u202e"]))
    for form in ("table", "jsonl"):
        shown = run("extract", path, "--format", form)
        assert "\x1b" not in shown.stdout
        assert "\u202e" not in shown.stdout


def test_a_refusing_service_stops_with_its_exit_code_and_says_what_was_not_answered(
    run: Run, model: ScriptedModel, path: Path, tmp_path: Path
) -> None:
    def refuse(_: Article) -> dict[str, Any]:
        raise ServiceError("quota used up")

    model.answer = refuse
    (tmp_path / "b.md").write_text(ARTICLE, encoding="utf-8")
    shown = run("extract", tmp_path, "--concurrency", 1)
    assert shown.exit_code == 5
    assert [line["outcome"]["state"] for line in lines(shown.stdout)] == ["waiting"]
    assert "2 of 2 articles were not answered" in shown.stderr
    assert "quota used up" in shown.stderr


@pytest.mark.parametrize("form", ["jsonl", "table"])
def test_a_reader_that_has_seen_enough_ends_the_program_quietly(tmp_path: Path, form: str) -> None:
    for number in range(200):
        (tmp_path / f"{number}.txt").write_text(f"{QUOTE} {number}", encoding="utf-8")
    with program(ANSWERING, "", "extract", tmp_path, "--model", "baseline", "--format", form) as running:
        assert running.stdout is not None
        running.stdout.readline()
        running.stdout.close()
        running.stdout = None
        _, told = running.communicate(timeout=30)
    assert (running.returncode, told) == (0, "")


def test_ctrl_c_ends_with_complete_lines_and_its_exit_code(tmp_path: Path) -> None:
    for number in range(9):
        (tmp_path / f"{number}.txt").write_text(f"{QUOTE} {number}", encoding="utf-8")
    with program(HANGING, "", "extract", tmp_path, "--model", "baseline", "--concurrency", 2) as running:
        assert running.stdout is not None
        told = [running.stdout.readline() for _ in range(5)]
        running.send_signal(signal.SIGINT)
        until_told(running, "stopping")
        running.send_signal(signal.SIGINT)
        rest, errors = running.communicate(timeout=30)
    assert running.returncode == 130
    assert "Traceback" not in errors
    answered = [json.loads(line) for line in [*told, *rest.splitlines()] if line != "hanging\n"]
    assert [line["outcome"]["state"] for line in answered] == ["extracted"] * 3
