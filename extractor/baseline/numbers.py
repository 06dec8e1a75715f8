"""Numbers: phrases of a sentence that say how many, each with the words that bound it."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from extractor.baseline.lexicon import Lexicon
from extractor.matching import Token

_DIGITS = re.compile(r"\d+(m|bn|mn)?")
_INSIDE = re.compile(r"[\s.,'’]")  # between the groups of one number
_YEAR = re.compile(r"(1[89]|20)\d\d")
_NOUN_NEAR = 3  # tokens behind a number in which the noun that it counts begins
_LEAD = 4  # tokens before a number in which a word such as "insgesamt" makes it a total


@dataclass(frozen=True, slots=True)
class Number:
    """Tokens `first` to `last` hold a number and the words that bound it; `money` for a sum, `total` for a sum of parts."""

    first: int
    last: int
    money: bool
    total: bool
    text: str

    @property
    def figure(self) -> str:
        """The number without the words that bound it, to tell repeats by."""
        return re.sub(r"\D", "", self.text) or self.text.lower()


def find(text: str, tokens: list[Token], lexicon: Lexicon, named: Collection[int], nouns: Collection[int]) -> list[Number]:
    """Number phrases in order; years, dates and numbers inside designations are none.

    `named` are tokens of designations, `nouns` tokens at which goods or forces begin.
    """
    counting = lexicon.numbers.get("counting", frozenset())
    numeric = [
        position not in named and (token.lower in counting or _DIGITS.fullmatch(token.lower) is not None)
        for position, token in enumerate(tokens)
    ]
    found: list[Number] = []
    position = 0
    while position < len(tokens):
        if not numeric[position]:
            position += 1
            continue
        last = position + 1
        while last < len(tokens) and numeric[last] and _INSIDE.fullmatch(text, tokens[last - 1].end, tokens[last].start):
            last += 1
        counted = any(noun in nouns for noun in range(last, last + _NOUN_NEAR))
        number = _number(text, tokens, lexicon, position, last, counted)
        if number:
            found.append(number)
        position = last
    return found


def _number(text: str, tokens: list[Token], lexicon: Lexicon, start: int, last: int, counted: bool) -> Number | None:
    begin, end = tokens[start].start, tokens[last - 1].end
    before, after = text[max(0, begin - 2) : begin], text[end : end + 2]
    if re.search(r"[-–/]$", before) and not re.search(r"\d[-–]$", before):
        return None
    if not counted and (_YEAR.fullmatch(text, begin, end) or (after[:1] == "." and end - begin <= 2 and last < len(tokens))):
        return None  # a year, or the day of "19. Juni"
    first = start
    bounds = lexicon.numbers.get("bounds", frozenset())
    while first and tokens[first - 1].lower in bounds and not text[tokens[first - 1].end : tokens[first].start].strip():
        first -= 1
    following = tokens[last].lower if last < len(tokens) else ""
    sign = before.strip()[-1:] + after.strip()[:1]
    money = any(char in "$€£" for char in sign) or following in lexicon.numbers.get("currency", ())
    lead = {token.lower for token in tokens[max(0, first - _LEAD) : start]}
    total = bool(lead & lexicon.numbers.get("total", frozenset()))
    return Number(first, last, money, total, text[tokens[first].start : end])
