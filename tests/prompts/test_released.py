"""The wording in `prompts/` is what was released, says all that the codebook asks for, and its examples are right."""

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest

from extractor.article import Article
from extractor.checking import examine
from extractor.llm.prompt import FOLDER, load
from schemas import Deployment, Extraction, Transfer, Treaty

EXAMPLES = sorted(path.stem for path in (FOLDER / "examples").glob("*.md"))
GOLD = FOLDER.parent / "evals/gold/articles"


def example(name: str) -> tuple[Article, dict[str, Any]]:
    header, _, text = (FOLDER / f"examples/{name}.md").read_text(encoding="utf-8").partition("\n\n")
    fields = dict(line.split(": ", 1) for line in header.splitlines())
    answer: dict[str, Any] = json.loads((FOLDER / f"examples/{name}.json").read_text(encoding="utf-8"))
    return Article(name, text, fields["title"], fields["published"], language=fields["language"]), answer


def test_every_file_is_locked_with_the_hash_that_it_has() -> None:
    locked = [line.split() for line in (FOLDER / "versions.lock").read_text(encoding="utf-8").splitlines()]
    files = [path for path in FOLDER.rglob("*") if path.suffix in {".md", ".json"}]

    assert sorted(map(tuple, locked)) == sorted(
        (hashlib.sha256(path.read_bytes()).hexdigest(), path.relative_to(FOLDER).as_posix()) for path in files
    )


@pytest.mark.parametrize(
    "path", sorted((FOLDER / "extraction").glob("*.md")) + sorted((FOLDER / "repair").glob("*.md"))
)
def test_a_prompt_begins_with_four_lines_about_itself(path: Path) -> None:
    header = path.read_text(encoding="utf-8").partition("\n\n")[0].splitlines()

    assert [line.partition(": ")[0] for line in header] == ["schema", "version", "written", "why"]
    assert header[1] == f"version: {path.stem.removeprefix('v')}"


def test_the_prompt_is_lean_and_holds_every_example() -> None:
    text = load("extraction/v1").text

    assert len(text.encode()) < 14_000
    assert text.count("\nAnswer:\n") == len(EXAMPLES)
    assert "](" not in text  # a link that stands for an example and was not replaced


@pytest.mark.parametrize("kind", [Transfer, Deployment, Treaty])
def test_the_prompt_names_every_field_and_every_stage(kind: type[Transfer | Deployment | Treaty]) -> None:
    text = load("extraction/v1").text
    stages = kind.model_json_schema()["properties"]["status"]["enum"]

    missing = [name for name in [*kind.model_fields, *stages] if not re.search(rf"\b{name}\b", text)]
    assert missing == []


def test_the_examples_show_hedging_denial_exchange_deployment_succession_and_nothing() -> None:
    answers = [Extraction.model_validate(example(name)[1]) for name in EXAMPLES]
    records = [record for answer in answers for record in answer.records()]

    assert {record.certainty for record in records} == {"confirmed", "claimed", "speculated"}
    assert any(record.denied_by for record in records)
    assert any(record.in_exchange_for for record in records)
    assert any(answer.deployments for answer in answers)
    assert any(treaty.replaces for answer in answers for treaty in answer.treaties)
    assert any(not answer.records() for answer in answers)
    assert {example(name)[0].language for name in EXAMPLES} >= {"de", "en"}


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_record_of_an_example_passes_the_checks_without_a_doubt(name: str) -> None:
    article, answer = example(name)
    proposed = len(Extraction.model_validate(answer).records())

    examined = examine(answer, article)

    assert [(one.raw["id"], one.checks) for one in examined.rejected] == []
    assert [(one.record.id, one.checks) for one in examined.records if one.doubtful] == []
    assert len(examined.records) == proposed


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_was_written_for_the_prompt_and_is_in_no_evaluation(name: str) -> None:
    sentences = [part for part in re.split(r"(?<=[.!?])\s+", example(name)[0].text) if len(part) > 25]
    gold = [path.read_text(encoding="utf-8") for path in GOLD.glob("*.md")]

    assert sentences
    assert gold
    assert [part for part in sentences if any(part in text for text in gold)] == []
