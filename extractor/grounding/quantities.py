"""Quantities: whether a quote holds the phrase of a quantity, and whether that phrase says its numbers."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from extractor.article import Article
from extractor.grounding.phrases import Item, items
from extractor.grounding.quotes import find
from extractor.grounding.statements import Reading, Statement, statement
from extractor.outcome import Check, Verdict
from schemas import Money, Quantity, Record
from schemas.names import LANGUAGES

Amount = Quantity | Money

_ORDER: tuple[Verdict, ...] = ("pass", "none", "doubt", "fail")
_SCALES = tuple(Decimal(10) ** power for power in (3, 6, 9, 12))  # of a table's header
_NUMERIC = {"digits", "numbers", "one", "half", "few"}
_NEAR = 3  # items between a number and its currency


def check(record: Record, quotes: Sequence[str], article: Article) -> Check:
    """Check each quantity and sum of a record against the quotes; the worst verdict counts."""
    findings = [_amount(amount, quotes, article) for amount in _amounts(record)]
    if not findings:
        return Check("number", "none")
    worst = max((verdict for verdict, _ in findings), key=_ORDER.index)
    return Check("number", worst, "; ".join(detail for verdict, detail in findings if verdict == worst and detail))


def _amounts(record: Record) -> Iterator[Amount]:
    for name in ("quantity", "value", "personnel"):
        amount = getattr(record, name, None)
        if amount is not None:
            yield amount


def _amount(amount: Amount, quotes: Sequence[str], article: Article) -> tuple[Verdict, str]:
    languages = (article.language,) if article.language in LANGUAGES else LANGUAGES
    best: tuple[Verdict, str] | None = None
    for quote in quotes:
        place = find(amount.text, quote, article.language)
        for language in languages if place else ():
            finding = _compared(amount, quote, place or (0, 0), language, quotes, article)
            if best is None or _ORDER.index(finding[0]) < _ORDER.index(best[0]):
                best = finding
    return best or ("fail", f"{amount.text!r} stands in no quote")


def _compared(
    amount: Amount, quote: str, place: tuple[int, int], language: str, quotes: Sequence[str], article: Article
) -> tuple[Verdict, str]:
    row = items(quote, language)
    inside = [number for number, item in enumerate(row) if item.end > place[0] and item.start < place[1]]
    if not inside:
        return "doubt", f"no number read in {amount.text!r}"
    said = statement(row, inside[0], inside[-1])
    verdict, detail = _verdict(amount, said)
    if verdict == "fail" and _stands_elsewhere(amount, said, quotes, language):
        verdict, detail = "doubt", f"{amount.text!r} holds only one of {_coded(amount)}"
    if verdict == "fail" and _is_scaled(amount, said, article.text, language):
        verdict, detail = "doubt", f"{amount.text!r} is multiplied by a word that stands elsewhere"
    if verdict == "pass" and isinstance(amount, Money):
        return _currency(amount, row[max(0, inside[0] - _NEAR) : inside[-1] + 1 + _NEAR])
    return verdict, detail


def _verdict(amount: Amount, said: Statement) -> tuple[Verdict, str]:
    if Reading(_decimal(amount.low), _decimal(amount.high), amount.approximate) in said.readings:
        return "pass", ""
    wanted = _wanted(amount)
    if wanted <= said.figures:
        return "doubt", f"{amount.text!r} bounds the number otherwise than {_coded(amount)}"
    if not said.figures:
        return "doubt", f"no number read in {amount.text!r} to compare with {_coded(amount)}"
    if wanted <= said.figures | said.lesser:
        return "doubt", f"{_coded(amount)} is a lesser number of {amount.text!r}"
    return "fail", f"{amount.text!r} does not say {_coded(amount)}"


def _stands_elsewhere(amount: Amount, said: Statement, quotes: Sequence[str], language: str) -> bool:
    """Rival figures of two sources widen low and high: one end stands in the text, the other in a quote."""
    wanted = _wanted(amount)
    if not wanted & said.figures:
        return False
    rows = [items(quote, language) for quote in quotes]
    return wanted <= {figure for row in rows for figure in statement(row, 0, len(row) - 1).figures}


def _is_scaled(amount: Amount, said: Statement, text: str, language: str) -> bool:
    """Whether bare digits stand under a multiplier: "3.37" in a table whose header says "bn"."""
    if any(char.isalpha() for char in amount.text):
        return False
    scales = [scale for scale in _SCALES if {value / scale for value in _wanted(amount)} <= said.figures]
    return bool(scales) and not _multipliers(text, language).isdisjoint(scales)


@lru_cache(maxsize=64)
def _multipliers(text: str, language: str) -> frozenset[Decimal | None]:
    """Multipliers that no number stands before; an article is read once for all numbers of all its records."""
    return frozenset(
        item.kinds.get("multipliers", item.kinds.get("plurals"))
        for before, item in pairwise(items(text, language))
        if not before.kinds.keys() & _NUMERIC
    )


def _currency(amount: Money, near: Sequence[Item]) -> tuple[Verdict, str]:
    codes = {code for item in near for code in item.currencies}
    if codes and amount.unit not in codes:
        return "doubt", f"{amount.text!r} is not told in {amount.unit}"
    return "pass", ""


def _wanted(amount: Amount) -> set[Decimal]:
    return {Decimal(value) for value in (amount.low, amount.high) if value is not None}


def _decimal(value: int | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _coded(amount: Amount) -> str:
    """ "100 to 200", "at least 100", "about 100" """
    if amount.low == amount.high:
        shown = f"{amount.low}"
    elif amount.high is None:
        shown = f"at least {amount.low}"
    elif amount.low is None:
        shown = f"at most {amount.high}"
    else:
        shown = f"{amount.low} to {amount.high}"
    return f"about {shown}" if amount.approximate else shown
