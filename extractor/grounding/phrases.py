"""Phrases: a text cut into items, each with what it can be in a statement of quantity."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from extractor.grounding.compounds import divide
from extractor.grounding.folding import fold
from extractor.grounding.forms import Forms
from schemas.names import LANGUAGES

_MOST_DIGITS = 18
_MARK = re.compile(r"[,;:!?()|\n]|\.(?=\s)")


@dataclass(frozen=True, slots=True)
class Item:
    """A number in digits, a phrase of the lexicon or a plain word, at `[start:end]` of its text.

    `kinds` maps what it can be to its value: "digits", or the names of the tables in numerals.toml.
    """

    written: str
    start: int
    end: int
    gap: str  # what stands before it
    kinds: Mapping[str, Decimal]
    currencies: frozenset[str]  # ISO 4217 codes that it may stand for

    def __contains__(self, kind: str) -> bool:
        return kind in self.kinds

    @property
    def broken(self) -> bool:
        """Whether a punctuation mark divides it from what stands before."""
        return bool(_MARK.search(self.gap))


@lru_cache(maxsize=64)
def items(text: str, language: str) -> tuple[Item, ...]:
    """Cut a text into items by the longest phrases that the language's lexicon knows.

    Kept for the next call, since the records of an article share quotes.
    """
    forms, folded = _forms(language), divide(fold(text), language)
    found: list[Item] = []
    position = 0
    while position < len(folded.tokens):
        length, entries = forms.longest(text, folded, position)
        start, end = folded.starts[position], folded.ends[position + max(length, 1) - 1]
        gap = text[found[-1].end if found else 0 : start]
        token = folded.tokens[position]
        kinds = {entry.kind: entry.value for entry in entries if entry.kind != "currency"}
        if token[0].isdecimal():
            kinds = {"digits": Decimal(token.replace(",", "."))} if len(token) <= _MOST_DIGITS else {}
            if text.startswith("+", end):
                kinds["plus"] = Decimal(1)
        elif len(token) == 1 and token.isascii() and gap:
            # "950m" is money, "950 m" may be metres.
            kinds.pop("multipliers", None)
        currencies = frozenset(code for entry in entries for code in entry.codes)
        found.append(Item(text[start:end], start, end, gap, kinds, currencies))
        position += max(length, 1)
    return tuple(found)


class _Entry(NamedTuple):
    kind: str
    value: Decimal
    codes: tuple[str, ...] = ()


@cache
def _lexicon() -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "numerals.toml").read_text(encoding="utf-8"))


@cache
def _forms(language: str) -> Forms[_Entry]:
    words = _counting(_lexicon()[language]) if language in LANGUAGES else ()
    return Forms([*words, *_money(_lexicon()["currencies"])])


def _counting(table: dict[str, Any]) -> Iterator[tuple[str, _Entry]]:
    for kind, cell in table.items():
        for value, forms in cell.items() if isinstance(cell, dict) else [("1", cell)]:
            for form in forms.split(" | "):
                yield form, _Entry(kind, Decimal(value))


def _money(table: dict[str, str]) -> Iterator[tuple[str, _Entry]]:
    for codes, forms in table.items():
        entry = _Entry("currency", Decimal(1), tuple(codes.split()))
        for form in forms.split(" | "):
            yield form, entry
        for code in entry.codes:
            yield code, _Entry("currency", Decimal(1), (code,))
