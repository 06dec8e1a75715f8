"""Where a long text is cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.errors import SettingsError
from extractor.llm.reading import largest_part
from extractor.llm.windows import size, split


def parts(text: str, most: int) -> list[str]:
    return [text[window.start : window.end] for window in split(text, most)]


def test_a_text_that_fits_is_one_part() -> None:
    assert parts("One.\n\nTwo.", 10) == ["One.\n\nTwo."]
    assert parts("", 10) == [""]


def test_paragraphs_stay_whole_and_as_many_go_together_as_fit() -> None:
    assert parts("One one.\n\nTwo.\n\nThree three.", 20) == ["One one.\n\nTwo.\n\n", "Three three."]


def test_a_long_paragraph_is_cut_between_lines_before_sentences() -> None:
    assert parts("A line. Still.\nB line. Still.", 20) == ["A line. Still.\n", "B line. Still."]


def test_a_long_line_is_cut_between_sentences_and_not_within_a_date() -> None:
    text = "Es kam am 3. Mai an. „Wirklich?“ Ja, so war es."
    assert parts(text, 37) == ["Es kam am 3. Mai an. „Wirklich?“ ", "Ja, so war es."]
    assert parts("Sie kamen am 3. Mai an. Ja.", 24) == ["Sie kamen am 3. Mai an. ", "Ja."]


def test_a_long_sentence_is_cut_between_words() -> None:
    assert parts("alpha beta gamma delta", 12) == ["alpha beta ", "gamma delta"]


def test_a_text_without_any_border_is_cut_hard_and_never_within_a_character() -> None:
    assert parts("탄" * 10, 8) == ["탄탄"] * 5


@given(st.text(alphabet=st.sampled_from("ab.!? \n3Ж탄😀”"), max_size=300), st.integers(4, 60))
def test_parts_joined_are_the_text_and_none_is_too_long(text: str, most: int) -> None:
    found = parts(text, most)
    assert "".join(found) == text
    assert all(size(part) <= most for part in found)
    assert all(found) or not text


def test_a_text_of_a_megabyte_is_cut_in_time_that_grows_with_its_length() -> None:
    assert len(split("word " * 200_000, 4_000)) == 250


def test_a_part_is_half_of_what_the_prompt_leaves_and_a_context_without_room_is_refused_with_the_least() -> None:
    fixed = "x" * 20_000  # 5000 tokens

    assert largest_part(9000, fixed) == 2000 * 3
    with pytest.raises(SettingsError, match="take about 5000, so give 5800 or more"):
        largest_part(5799, fixed)
    assert largest_part(5800, fixed) == 400 * 3
