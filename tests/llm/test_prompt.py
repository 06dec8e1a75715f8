"""Prompts are found by name and refused when missing, broken or edited after their release."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from extractor.errors import SettingsError
from extractor.llm.prompt import load, question
from tests.fakes import article

FILES = {
    "extraction/v1.md": "schema: s\nversion: 1\nwritten: d\nwhy: w\n\nCode this.\n\n[An example](../examples/one.md)\n",
    "examples/one.md": "title: t\n\nText with \\1 and \\g<0>.\n",
    "examples/one.json": '{\n  "transfers": ["ä"]\n}\n',
}


@pytest.fixture
def prompts(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    lock = "".join(f"{hashlib.sha256(text.encode()).hexdigest()}  {name}\n" for name, text in FILES.items())
    (tmp_path / "versions.lock").write_text(lock, encoding="utf-8")
    return tmp_path


def test_a_prompt_is_sent_without_its_header_and_with_its_examples(prompts: Path) -> None:
    text = load("extraction/v1", prompts).text

    assert text == ('Code this.\n\nArticle:\ntitle: t\n\nText with \\1 and \\g<0>.\n\nAnswer:\n{"transfers":["ä"]}')


BREAKS: list[tuple[Callable[[Path], object], str]] = [
    (lambda at: (at / "extraction/v1.md").write_text("Code that."), "never edited"),
    (lambda at: (at / "examples/one.md").write_text("title: t\n\nAnother text.\n"), "never edited"),
    (lambda at: (at / "examples/one.json").unlink(), "cannot be read"),
    (lambda at: (at / "extraction/v1.md").unlink(), "cannot be read"),
    (lambda at: (at / "versions.lock").write_text(""), "versions.lock has none"),
    (lambda at: (at / "versions.lock").write_text("nonsense\n"), r"versions.lock"),
    (lambda at: (at / "versions.lock").unlink(), "cannot be read"),
]


@pytest.mark.parametrize(("spoil", "says"), BREAKS)
def test_a_prompt_that_is_not_what_was_released_is_refused(
    prompts: Path, spoil: Callable[[Path], object], says: str
) -> None:
    spoil(prompts)

    with pytest.raises(SettingsError, match=says):
        load("extraction/v1", prompts)


@pytest.mark.parametrize("name", ["", "extraction", "extraction/v0", "../extraction/v1", "extraction/v1.md", "x/v1\n"])
def test_a_name_that_is_no_prompt_is_refused(prompts: Path, name: str) -> None:
    with pytest.raises(SettingsError, match="is no prompt"):
        load(name, prompts)


def test_a_prompt_without_text_below_its_header_is_refused(prompts: Path) -> None:
    empty = "schema: s\nversion: 1\n\n  \n"
    (prompts / "extraction/v1.md").write_text(empty)
    (prompts / "versions.lock").write_text(f"{hashlib.sha256(empty.encode()).hexdigest()}  extraction/v1.md\n")

    with pytest.raises(SettingsError, match="no text"):
        load("extraction/v1", prompts)


def test_what_is_not_known_of_an_article_is_said_to_be_unknown(prompts: Path) -> None:
    _, shown = question(load("extraction/v1", prompts), article(text="T"))

    assert shown["content"] == "title: unknown\npublished: unknown\nlanguage: de\n\nT"
