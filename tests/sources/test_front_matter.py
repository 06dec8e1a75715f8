"""The YAML block before a text."""

import pytest

from extractor.errors import InputError
from extractor.sources.front_matter import metadata, split

ARTICLE = """---
title: "Jemen:  Fund auf einer Dhau"
published: 2025-07-18
url: https://news.example/1
publisher: Musterblatt
language: de
cluster: 7
---
Text
"""


def read(header: str) -> tuple[dict[str, str | None], list[str]]:
    notes: list[str] = []
    known = metadata(split(f"---\n{header}\n---\nText")[0], notes.append)
    return {key: str(value) if value else None for key, value in known.items()}, notes


def test_the_five_keys_are_read_and_others_ignored() -> None:
    header, body = split(ARTICLE)
    notes: list[str] = []
    assert metadata(header, notes.append) == {
        "title": "Jemen: Fund auf einer Dhau",
        "published": "2025-07-18",
        "url": "https://news.example/1",
        "publisher": "Musterblatt",
        "language": "de",
    }
    assert (body, notes) == ("Text\n", [])


@pytest.mark.parametrize("text", ["Text", "---\nA rule, and no second one\nText", "--- \t", "", "a\n---\nb: c\n---\n"])
def test_a_text_without_a_closed_block_is_all_body(text: str) -> None:
    assert split(text) == ({}, text)


def test_an_empty_block_is_no_fault() -> None:
    assert split("---\n---\nText") == ({}, "Text")


@pytest.mark.parametrize(
    "header", ["title: 'open", "a: b: c", "- a\n- b", "just words", "{[a]: b}", "[" * 3000, 'title: "\x07"']
)
def test_a_block_that_is_no_yaml_mapping_fails_with_its_reason(header: str) -> None:
    with pytest.raises(InputError) as caught:
        split(f"---\n{header}\n---\nText")
    assert caught.value.reason == "front_matter"


def test_a_tag_that_would_run_code_is_only_a_string() -> None:
    header, _ = split("---\ntitle: !!python/object/apply:os.system ['true']\n---\n")
    assert header == {"title": ["true"]}


@pytest.mark.parametrize(
    ("written", "published"),
    [
        ("2024-11-22", "2024-11-22"),
        ("'2024-11-22T10:00:00+01:00'", "2024-11-22"),
        ("2024-11-22 10:00", "2024-11-22"),
        ("2024-11", "2024-11"),
        ("2024", "2024"),
        ("null", None),
        ("~", None),
        ("", None),
    ],
)
def test_dates_of_any_precision_are_kept_and_none_is_no_fault(written: str, published: str | None) -> None:
    known, notes = read(f"published: {written}")
    assert (known["published"], notes) == (published, [])


@pytest.mark.parametrize("written", ["2024-02-30", "gestern", "22.11.2024", "2024-01/2024-02", "[2024]", "20241122"])
def test_a_date_that_is_none_is_left_out_and_told(written: str) -> None:
    known, notes = read(f"published: {written}")
    assert known["published"] is None
    assert len(notes) == 1
    assert "published" in notes[0]


@pytest.mark.parametrize(("written", "language"), [("de", "de"), ("no", "no"), ("DE-at", "de"), ("pt_BR", "pt")])
def test_languages_are_two_letters_and_norwegian_is_not_false(written: str, language: str) -> None:
    assert read(f"language: {written}") == (read(f"language: {language}")[0], [])
    assert read(f"language: {written}")[0]["language"] == language


@pytest.mark.parametrize("written", ["German", "d", "12", "{a: b}"])
def test_another_language_is_left_out_and_told(written: str) -> None:
    known, notes = read(f"language: {written}")
    assert known["language"] is None
    assert len(notes) == 1


def test_escapes_cannot_carry_control_characters_or_half_letters_into_metadata() -> None:
    known, notes = read('title: "\\e[31mred"\npublisher: "\\ud800"')
    assert (known["title"], known["publisher"], len(notes)) == (None, None, 2)
