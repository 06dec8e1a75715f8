"""Numbers: phrases of a sentence that say how many, each with the words that bound it."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from extractor.baseline.clauses import Clauses

_DIGITS = re.compile(r"\d+(m|bn|mn)?")
_INSIDE = re.compile(r"[\s.,'’]")  # between the groups of one number
_YEAR = re.compile(r"(1[89]|20)\d\d")
_NOUN_NEAR = 3  # tokens behind a number in which the noun that it counts begins
_LEAD = 4  # tokens before a number in which a word such as "insgesamt" makes it a total


@dataclass(frozen=True, slots=True)
class Number:
    """Tokens `first` to `last` hold a number and the words that bound it.

    `money` for a sum, `total` for what several events come to together.
    """

    first: int
    last: int
    money: bool
    total: bool
    text: str

    @property
    def figure(self) -> str:
        """The number without the words that bound it, to tell repeats by."""
        return re.sub(r"\D", "", self.text) or self.text.lower()


def find(
    clauses: Clauses, designations: Collection[int], nouns: Collection[int], verbs: Collection[int]
) -> list[Number]:
    """Number phrases in order; years, dates and numbers inside designations are none.

    `designations` are tokens of goods, `nouns` tokens at which goods or forces begin, `verbs` tokens of acts: the
    "over" of "handed over" bounds no number.
    """
    tokens, counting = clauses.tokens, clauses.lexicon.numbers.get("counting", frozenset())
    single = clauses.lexicon.numbers.get("single", frozenset())
    numeric = [
        (position not in designations and (token.lower in counting or _DIGITS.fullmatch(token.lower) is not None))
        # "one" counts only where it stands before goods; elsewhere it is a pronoun.
        or (token.lower in single and any(noun in nouns for noun in range(position + 1, position + 1 + _NOUN_NEAR)))
        for position, token in enumerate(tokens)
    ]
    found: list[Number] = []
    position = 0
    while position < len(tokens):
        last = position + 1
        if numeric[position]:
            while last < len(tokens) and numeric[last] and _INSIDE.fullmatch(clauses.between(last - 1, last)):
                last += 1
            counted = any(noun in nouns for noun in range(last, last + _NOUN_NEAR))
            number = _number(clauses, position, last, counted, verbs)
            if number:
                found.append(number)
        position = last
    return found


def _number(clauses: Clauses, start: int, last: int, counted: bool, verbs: Collection[int]) -> Number | None:
    text, tokens, words = clauses.text, clauses.tokens, clauses.lexicon.numbers
    begin, end = tokens[start].start, tokens[last - 1].end
    before, after = text[max(0, begin - 2) : begin], text[end : end + 2]
    if re.search(r"[-–/]$", before) and not re.search(r"\d[-–]$", before):
        return None
    day = after[:1] == "." and end - begin <= 2 and last < len(tokens)  # "19. Juni"
    if not counted and (day or _YEAR.fullmatch(text, begin, end)):
        return None
    first = start
    while first and first - 1 not in verbs and _bounds(clauses, first - 1):
        first -= 1
    following = tokens[last].lower if last < len(tokens) else ""
    signs = before.strip()[-1:] + after.strip()[:1]
    money = any(char in "$€£" for char in signs) or following in words.get("currency", ())
    lead = {token.lower for token in tokens[max(0, first - _LEAD) : start]}
    total = bool(lead & words.get("total", frozenset()))
    return Number(first, last, money, total, text[tokens[first].start : end])


def _bounds(clauses: Clauses, position: int) -> bool:
    """Whether a word bounds the number right behind it."""
    words = clauses.lexicon.numbers.get("bounds", frozenset())
    return clauses.tokens[position].lower in words and not clauses.between(position, position + 1).strip()
