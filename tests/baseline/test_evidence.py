"""The quotes of a record: verbatim, at most 300 characters, at most three."""

import pytest

from tests.baseline.told import deployments, transfers, treaties

LONG = "after a debate that had gone on for weeks and in which every party had its say, "  # 80 characters


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Sweden delivered howitzers to Estonia."),
        ("en", '"Sweden delivered howitzers to Estonia!"'),
        ("de", "„Schweden lieferte Estland 12 Haubitzen.“"),
    ],
)
def test_a_short_sentence_is_quoted_whole_with_its_quotation_marks(language: str, text: str) -> None:
    assert [one["evidence"] for one in transfers(text, language)] == [[text]]


def test_wide_and_hard_spaces_stay_as_they_stand() -> None:
    text = "The  “Swedish”\u00a0state delivered 12 howitzers to Estonia."
    assert [one["evidence"] for one in transfers(text)] == [[text]]


@pytest.mark.parametrize("before", [0, 2, 5, 9])
@pytest.mark.parametrize("after", [0, 2, 5, 9])
def test_of_a_long_sentence_a_window_around_the_goods_is_quoted_in_whole_words(before: int, after: int) -> None:
    text = f"Sweden, {LONG * before}delivered 12 howitzers to Estonia, {LONG * after}and went home."
    for told in transfers(text):
        [quote] = told["evidence"]
        assert len(quote) <= 300
        assert "12 howitzers" in quote
        assert f" {quote} " in f" {text} "


def test_a_record_told_in_many_sentences_quotes_three() -> None:
    text = (
        "Poland buys arms in South Korea. Poland received tanks and howitzers from South Korea.\n\n"
        "| item | ordered |\n| K2 tanks | 180 |\n\nSouth Korea delivered 180 K2 tanks to Poland."
    )
    told = [*transfers(text), *deployments(text), *treaties(text)]
    assert told
    assert all(1 <= len(one["evidence"]) <= 3 for one in told)
    assert all(len(set(one["evidence"])) == len(one["evidence"]) for one in told)
    assert all(quote in text for one in told for quote in one["evidence"])
