"""What an article or a model says cannot act on a terminal."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.cli.terminal import escape, json_line, width, wrap


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("\x1b[31mred", "\\x1b[31mred"),
        ("\x1b]8;;http://a\x07link", "\\x1b]8;;http://a\\x07link"),
        ("\x1b]52;c;cm0=\x07", "\\x1b]52;c;cm0=\\x07"),
        ("ab\rc\x08d", "ab\\rc\\x08d"),
        ("two\nlines", "two\\nlines"),
        ("\u202egnp.exe", "\\u202egnp.exe"),
        ("zero\u200bwidth\ufeff", "zero\\u200bwidth\\ufeff"),
        ("\x9b31m", "\\x9b31m"),
        ("\ud800", "\\ud800"),
        ("\U000e0041tag", "\\U000e0041tag"),
    ],
)
def test_characters_that_act_or_hide_are_written_out(hostile: str, shown: str) -> None:
    assert escape(hostile) == shown


def test_letters_of_every_script_stay_as_they_are() -> None:
    text = "Größe – „Zitat“ Київ Россия 평양 ½ €"
    assert escape(text) == text


# Half letters may come alone; a pair of halves is one letter, in JSON as in any text.
@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]) | st.just("\ud800")))
def test_json_stays_exact_is_one_line_and_safe_to_print(text: str) -> None:
    line = json_line({"text": text})
    assert json.loads(line) == {"text": text}
    assert escape(line) == line
    line.encode("utf-8")


def test_json_has_no_word_for_what_is_no_number() -> None:
    with pytest.raises(ValueError, match="JSON"):
        json_line({"cost": float("nan")})


def test_wide_letters_count_as_the_two_columns_they_take() -> None:
    lines = wrap("평양은 포탄을 보냈다 " * 20, indent=6)
    assert all(line.startswith("      ") for line in lines)
    assert max(len(line) for line in lines) <= 6 + (width() - 6) // 2 + 10
    assert len(lines) > 3
