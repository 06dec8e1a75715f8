"""The promises of the baseline as a whole: it never raises, it quotes only what stands there, it is the same twice."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.scoring.gold import Case, cases
from extractor.article import Article
from extractor.baseline import Baseline
from extractor.baseline.model import extract
from extractor.checking import examine
from schemas import Extraction
from schemas.names import LANGUAGES
from tests.baseline.told import article, ways

GOLD = list(cases())
WORDS = {
    "de": """Schweden Estland Russland Moskau Nordkorea Putin Kursk der die das an aus nach in mit von für zwischen und
    12 20. 5.000 2023 Juni Freitag liefert hat geliefert wird soll kein nicht noch sagte zu Panzer Haubitzen K9 T-72
    Raketen Munition Soldaten Truppen entsandt abgezogen Vertrag unterzeichnet 1961 Millionen Dollar rund mehr als bis
    Im Gegenzug er es dementierte laut offenbar New START , . ; : ? ( ) | „ “ - … \\n \\n\\n \\n- \\n|""",
    "en": """Sweden Estonia Russia Moscow Iran Putin Kursk the a to from in with by for between and that which 12 20
    5,000 2023 June Friday delivered sent sold will not yet said tanks howitzers K9 T-72 missiles shells soldiers troops
    deployed withdrew treaty agreement signed ratified 1961 million dollars $ about more than up to in return it they
    denied according could accused of New START , . ; : ? ( ) | " 's - … \\n \\n\\n \\n- \\n|""",
}


def _text(language: str) -> st.SearchStrategy[str]:
    words = [word.replace("\\n", "\n") for word in WORDS[language].split()]
    return st.lists(st.sampled_from(words), min_size=8, max_size=60).map(" ".join)


ARTICLES = st.builds(
    article,
    _text("de") | _text("en") | st.text(max_size=200),
    st.sampled_from([None, *LANGUAGES]),
    st.sampled_from([None, "2025-05-14", "2024-06", "no date"]),
)


def proposed(raw: dict[str, list[dict[str, Any]]]) -> int:
    return sum(len(records) for records in raw.values())


@settings(deadline=None)
@given(ARTICLES)
def test_any_text_gives_records_that_pass_their_checks_or_are_kept_apart(shown: Article) -> None:
    raw = extract(shown)
    examined = examine(raw, shown)
    assert set(raw) == {"transfers", "deployments", "treaties"}
    assert len(examined.records) + len(examined.rejected) == proposed(raw)


@settings(deadline=None)
@given(ARTICLES)
def test_every_quote_stands_verbatim_in_any_text(shown: Article) -> None:
    records = [record for records in extract(shown).values() for record in records]
    assert all(quote in shown.text and len(quote) <= 300 for record in records for quote in record["evidence"])


@pytest.mark.parametrize("case", GOLD, ids=lambda case: case.id)
def test_every_quote_and_every_number_phrase_of_a_real_article_stands_verbatim_in_it(case: Case) -> None:
    raw = extract(case.article)
    for record in (record for records in raw.values() for record in records):
        assert 1 <= len(record["evidence"]) <= 3
        assert all(quote in case.article.text and len(quote) <= 300 for quote in record["evidence"])
        for amount in (record.get("quantity"), record.get("value"), record.get("personnel")):
            assert amount is None or amount["text"] in case.article.text
    assert len(Extraction.model_validate(raw).records()) == proposed(raw)


def test_most_real_articles_with_nothing_to_code_give_nothing() -> None:
    """A wrong record costs a reader more than a missing one."""
    empty = [case for case in GOLD if case.empty]
    spoken = [case.id for case in empty if proposed(extract(case.article))]
    assert len(spoken) * 4 < len(empty)


async def test_the_model_proposes_what_was_extracted_without_an_attempt_to_pay_for() -> None:
    model = Baseline()
    proposal = await model.propose(GOLD[0].article)
    await model.close()
    assert (proposal.raw, proposal.attempts) == (extract(GOLD[0].article), ())


def test_the_same_article_gives_the_same_records_twice() -> None:
    assert [extract(case.article) for case in GOLD[:5]] == [extract(case.article) for case in GOLD[:5]]


@pytest.mark.parametrize(
    ("language", "text", "way"),
    [
        ("fr", "La Suède a livré 12 chars à l'Estonie.", "SWE EST"),
        ("es", "España entregó 10 tanques a Ucrania.", "ESP UKR"),
        ("pl", "Polska zamówiła 180 czołgów w Korei Południowej.", "KOR POL"),
        ("uk", "Німеччина передала Україні 18 танків.", "DEU UKR"),
        ("ru", "Россия поставила Ирану 24 истребителя.", "RUS IRN"),
        ("ko", "북한은 러시아에 포탄을 보냈다.", "PRK RUS"),
    ],
)
def test_a_plain_transfer_is_told_in_the_other_languages(language: str, text: str, way: str) -> None:
    assert ways(text, language) == [way]


def test_a_language_that_we_do_not_read_gives_nothing() -> None:
    assert proposed(extract(article("Sverige levererade haubitsar till Estland.", "sv"))) == 0
