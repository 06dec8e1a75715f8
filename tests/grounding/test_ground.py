"""One record against its article: spans and verdicts."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.grounding import ground
from tests.grounding.records import TEXT_A, TEXT_B, TEXT_C, article, quantity, transfer

TEN = [
    (TEXT_A, "de", "40 Gepard-Flakpanzern", False),
    (TEXT_A, "de", "14 Kampfpanzer des Typs Leopard 2A4", False),
    (TEXT_B, "en", "first batch of 24 F-16 fighter jets", False),
    (TEXT_B, "en", "A second batch of 24 jets has been delivered", False),
    (TEXT_B, "en", "18 F-16 fighter jets arrived in Bulgaria", False),
    (TEXT_C, "en", "Netherlands delivered 18 F-16 fighter jets", False),
    (TEXT_A, "de", "Frankreich hat 12 Caesar-Haubitzen geliefert", False),
    (TEXT_A, "de", "30 Gepard-Flakpanzer", True),
    (TEXT_A, "de", "5000 Schutzhelme", True),
    (TEXT_A, "de", "14 Leopard 2A6 Kampfpanzer", True),
]


@pytest.mark.parametrize(("text", "language", "quote", "true"), TEN)
def test_true_quotes_pass_false_ones_fail_and_none_is_rewritten(
    text: str, language: str, quote: str, true: bool
) -> None:
    record = transfer(quote)
    before = record.model_dump_json()
    spans, checks = ground(record, article(text, language))
    assert checks[0].verdict == ("pass" if true else "fail")
    assert record.model_dump_json() == before
    assert [text[span.start : span.end] for span in spans] == [span.quote for span in spans]
    assert len(spans) == true


def test_each_kind_of_check_is_given_once() -> None:
    _, checks = ground(transfer("Deutschland gab der Ukraine Panzer"), article("Panzer"))
    assert [check.name for check in checks] == ["quote", "number", "actor", "date"]


def test_a_quote_that_is_missing_beside_one_that_stands_fails_and_keeps_the_span() -> None:
    """An invented value has no words in the article; the answer copied from a worked example neither."""
    text = "Deutschland gab der Ukraine Panzer."
    spans, checks = ground(transfer("Deutschland gab der Ukraine Panzer", "Polen gab zwölf Haubitzen"), article(text))
    assert [span.quote for span in spans] == ["Deutschland gab der Ukraine Panzer"]
    assert checks[0].verdict == "fail"
    assert "Polen gab zwölf Haubitzen" in checks[0].detail


def test_a_quote_of_one_word_fails_although_it_stands() -> None:
    spans, checks = ground(transfer("Panzer"), article("Panzer"))
    assert (spans, checks[0].verdict) == ((), "fail")


def test_a_number_out_of_a_quote_that_was_not_found_does_not_count() -> None:
    record = transfer("Deutschland gab 40 Panzer", quantity=quantity("40 Panzer", 40, 40))
    _, checks = ground(record, article("Deutschland gab der Ukraine Panzer"))
    assert [check.verdict for check in checks[:2]] == ["fail", "fail"]


def test_hidden_characters_stay_in_the_span() -> None:
    text = "Deutschland gab\u200b der \u202eUkraine\u202c 30 Kampf\u00adpanzer."
    spans, _ = ground(transfer("gab der Ukraine 30 Kampfpanzer"), article(text))
    assert spans[0].quote == text[12:-1]


LINES = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=300).filter(str.strip)


@settings(deadline=None)
@given(st.text(), st.lists(LINES, min_size=1, max_size=3), LINES, st.sampled_from(["de", "ko", "xx", None]))
def test_any_record_on_any_text_gets_its_verdicts(
    text: str, evidence: list[str], phrase: str, language: str | None
) -> None:
    record = transfer(*evidence, quantity=quantity(phrase, 1, 2))
    spans, checks = ground(record, article(text, language))
    assert [text[span.start : span.end] for span in spans] == [span.quote for span in spans]
    assert len(checks) == 4
