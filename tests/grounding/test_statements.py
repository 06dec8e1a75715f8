"""What phrases say as low, high and approximate, in eight languages."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.grounding.phrases import items
from extractor.grounding.statements import statement
from schemas.names import LANGUAGES

Bounds = tuple[int | None, int | None, bool]


def _readings(phrase: str, language: str) -> set[Bounds]:
    row = items(phrase, language)
    return {
        (None if one.low is None else int(one.low), None if one.high is None else int(one.high), one.approximate)
        for one in (statement(row, 0, len(row) - 1).readings if row else ())
    }


@pytest.mark.parametrize(
    ("language", "phrase", "low", "high", "approximate"),
    [
        # The codebook's table.
        ("de", "20", 20, 20, False),
        ("de", "zwanzig", 20, 20, False),
        ("de", "rund 20", 20, 20, True),
        ("en", "about 20", 20, 20, True),
        ("de", "gut 20", 20, None, False),
        ("en", "at least 20", 20, None, False),
        ("de", "bis zu 20", None, 20, False),
        ("en", "nearly 20", None, 20, False),
        ("de", "10 bis 12", 10, 12, False),
        ("en", "between 10 and 12", 10, 12, False),
        ("de", "Dutzende", 24, None, True),
        ("de", "Hunderte", 200, None, True),
        ("de", "Tausende", 2000, None, True),
        ("en", "millions of shells", 2_000_000, None, True),
        # Separators and multipliers.
        ("de", "5.000 Mann", 5000, 5000, False),
        ("en", "5,000 men", 5000, 5000, False),
        ("fr", "5 000 hommes", 5000, 5000, False),
        ("de", "1,1 Millionen Patronen", 1_100_000, 1_100_000, False),
        ("de", "1.750 Mio. Euro", 1_750_000_000, 1_750_000_000, False),
        ("en", "$10.8 million a month", 10_800_000, 10_800_000, False),
        ("en", "€950m", 950_000_000, 950_000_000, False),
        ("pl", "10–12 tys. żołnierzy", 10_000, 12_000, False),
        # Words.
        ("de", "zweihundertfünfzig Panzer", 250, 250, False),
        ("de", "einundzwanzig Haubitzen", 21, 21, False),
        ("de", "fünfzehntausend Mann", 15_000, 15_000, False),
        ("de", "zwei Dutzend Fahrzeuge", 24, 24, False),
        ("de", "einige Hundert Drohnen", 200, None, True),
        ("de", "zweimal 500 Millionen Dollar", 1_000_000_000, 1_000_000_000, False),
        ("de", "anderthalb Millionen Schuss", 1_500_000, 1_500_000, False),
        ("de", "knapp 900 Männer", None, 900, False),
        ("de", "nicht mehr als 5.000", None, 5000, False),
        ("de", "500 oder mehr", 500, None, False),
        ("de", "Der erste Leopard", 1, 1, False),
        ("de", "14 Leopard 2A4", 14, 14, False),
        ("en", "well over a hundred vehicles", 100, None, False),
        ("en", "two and a half million", 2_500_000, 2_500_000, False),
        ("en", "two hundred and fifty tanks", 250, 250, False),
        ("en", "half a million shells", 500_000, 500_000, False),
        ("en", "less than 50", None, 50, False),
        ("en", "hundreds of thousands of shells", 200_000, None, True),
        ("en", "500+ drones", 500, None, False),
        ("en", "~500 drones", 500, 500, True),
        ("en", "six million 122mm shells", 6_000_000, 6_000_000, False),
        ("en", "the first of three batteries", 1, 1, False),
        ("fr", "quatre-vingt-dix-sept chars", 97, 97, False),
        ("fr", "soixante et onze", 71, 71, False),
        ("fr", "vingt et un hélicoptères", 21, 21, False),
        ("fr", "Cent quarante-quatre policiers", 144, 144, False),
        ("fr", "une cinquantaine", 50, 50, True),
        ("fr", "un peu plus d’un millier", 1000, None, False),
        ("fr", "2 500 hommes environ", 2500, 2500, True),
        ("es", "millón y medio de barriles", 1_500_000, 1_500_000, False),
        ("es", "entre cuatro y seis lanchas", 4, 6, False),
        ("es", "treinta y cinco tanques", 35, 35, False),
        ("es", "dos mil quinientos soldados", 2500, 2500, False),
        ("pl", "trzydziestoma wozami", 30, 30, False),
        ("pl", "sto czterdzieści cztery", 144, 144, False),
        ("pl", "kilkaset dronów", 200, None, True),
        ("pl", "półtora miliarda dolarów", 1_500_000_000, 1_500_000_000, False),
        ("uk", "двадцять п’ять танків", 25, 25, False),
        ("uk", "Понад 12 тисяч військових", 12_000, None, False),
        ("uk", "від 10 до 12 тисяч", 10_000, 12_000, False),
        ("ru", "не менее шести гаубиц", 6, None, False),
        ("ru", "тридцати шести гаубиц", 36, 36, False),
        ("ru", "более тысячи", 1000, None, False),
        ("ru", "десятки тысяч снарядов", 20_000, None, True),
        ("ru", "400 млн долларов", 400_000_000, 400_000_000, False),
        ("ko", "1만 2천명", 12_000, 12_000, False),
        ("ko", "2만8000개 넘게", 28_000, None, False),
        ("ko", "200여 문", 200, None, False),
        ("ko", "약 50대", 50, 50, True),
        ("ko", "최대 12척", None, 12, False),
        ("ko", "수백 발", 200, None, True),
        ("ko", "스물다섯 대", 25, 25, False),
        ("ko", "삼천 명", 3000, 3000, False),
        ("ko", "30대가량", 30, 30, True),
        ("ko", "1조 2000억 원", 1_200_000_000_000, 1_200_000_000_000, False),
    ],
)
def test_a_phrase_says_its_number(
    language: str, phrase: str, low: int | None, high: int | None, approximate: bool
) -> None:
    assert (low, high, approximate) in _readings(phrase, language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("phrase", "count"),
    [
        ("30 Leopard 2A6", 30),
        ("30 Leopard-2A4", 30),
        ("100 Leopard 1A5", 100),
        ("18 A-10", 18),
        ("30 A400M", 30),
        ("24 M1A1 Abrams", 24),
        ("18 F-16", 18),
    ],
)
def test_a_designation_is_no_number(phrase: str, count: int, language: str) -> None:
    assert _readings(phrase, language) == {(count, count, False)}


@pytest.mark.parametrize(
    ("language", "phrase", "unsaid"),
    [
        ("de", "mehr als 100", (100, 100, False)),
        ("de", "10 bis 12", (10, 10, False)),
        ("en", "between 10 and 12 million", (10, 12_000_000, False)),
        ("de", "14 Leopard 2A4", (2, 2, False)),
        ("en", "12 F-16s", (16, 16, False)),
        ("en", "forty 155mm howitzers", (155, 155, False)),
        ("de", "Dutzende", (12, 12, False)),
        ("en", "20 per cent", (20, 20, False)),
        ("ko", "3월에 20대", (3, 3, False)),
    ],
)
def test_a_phrase_does_not_say_another(language: str, phrase: str, unsaid: Bounds) -> None:
    assert unsaid not in _readings(phrase, language)


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("they sent at least 20 tanks", {(20, None, False)}),
        # "Handed over" is no bound; "over 20 tanks" is.
        ("they handed over 20 tanks", {(20, None, False), (20, 20, False)}),
    ],
)
def test_a_bound_before_the_phrase_counts_unless_it_may_be_a_preposition(sentence: str, said: set[Bounds]) -> None:
    row = items(sentence, "en")
    readings = statement(row, len(row) - 2, len(row) - 1).readings
    assert {(one.low, one.high, one.approximate) for one in readings} == said


@settings(deadline=None)
@given(st.text(), st.sampled_from(LANGUAGES))
def test_any_text_can_be_read(text: str, language: str) -> None:
    row = items(text, language)
    assert all(0 <= item.start <= item.end <= len(text) for item in row)
    if row:
        assert statement(row, 0, len(row) - 1)


EUROPEAN = ["20", "5.000", "9" * 20, "million", "millions", "dozens", "half", "and", "of", "zwei", "hundert", "twice"]
OTHER = ["zweihundert", "만", "200여명", "수백", "quatre", "vingt", "до", "десятки", "to", "between", "–", "~", "%"]
PIECES = st.sampled_from([*EUROPEAN, *OTHER])


@settings(deadline=None)
@given(st.lists(PIECES, max_size=30), st.sampled_from(LANGUAGES))
def test_number_words_in_any_order_can_be_read(parts: list[str], language: str) -> None:
    row = items(" ".join(parts), language)
    if row:
        assert statement(row, 0, len(row) - 1)
