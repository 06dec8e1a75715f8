"""Numbers: phrases of a sentence that say how many, each with the words that bound it."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from extractor.baseline import korean
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
    tokens, numeric = clauses.tokens, _numeric(clauses, designations, nouns)
    found: list[Number] = []
    position = 0
    while position < len(tokens):
        last = position + 1
        if numeric[position]:
            while last < len(tokens) and (step := _step(clauses, numeric, last)):
                last += step
            counted = any(noun in nouns for noun in range(last, last + _NOUN_NEAR))
            number = _number(clauses, position, last, counted, verbs)
            if number and found and _bounds(clauses, position - 1) and _adjoins(clauses, found[-1], position - 1):
                found[-1] = _range(clauses, found[-1], number)
            elif number:
                found.append(number)
        position = last
    return found


def _numeric(clauses: Clauses, designations: Collection[int], nouns: Collection[int]) -> list[bool]:
    """Which tokens are numbers."""
    tokens, words = clauses.tokens, clauses.lexicon.numbers
    places = range(len(tokens))
    if clauses.lexicon.verb_last:
        return [place not in designations and korean.numeric(clauses, place) for place in places]
    # "Mistral 3": where what describes a noun follows it, a number does not count what it stands behind.
    behind = {place + 1 for place in designations} if clauses.lexicon.noun_first else set()
    variants = {place for place in places if place in behind and not clauses.between(place - 1, place).strip(" -")}
    counting, single = words.get("counting", frozenset()), words.get("single", frozenset())
    return [
        (place not in designations and place not in variants and (token.lower in counting or _is_digits(token.lower)))
        # "one" counts only where it stands before goods; elsewhere it is a pronoun.
        or (token.lower in single and any(noun in nouns for noun in range(place + 1, place + 1 + _NOUN_NEAR)))
        for place, token in enumerate(tokens)
    ]


def _is_digits(word: str) -> bool:
    return _DIGITS.fullmatch(word) is not None


def _adjoins(clauses: Clauses, number: Number, position: int) -> bool:
    """Whether a word stands right behind a number, with nothing but a space between."""
    return number.last == position and not clauses.between(position - 1, position).strip()


def _range(clauses: Clauses, low: Number, high: Number) -> Number:
    """Two numbers with one word between: "between four and six"."""
    text = clauses.text[clauses.tokens[low.first].start : clauses.tokens[high.last - 1].end]
    return Number(low.first, high.last, high.money, low.total or high.total, text)


def _step(clauses: Clauses, numeric: list[bool], last: int) -> int:
    """How many tokens go on the number that ends before `last`: "2,7", "dix-sept", "vingt et un", "treinta y dos"."""
    words, tokens = clauses.lexicon.numbers, clauses.tokens
    gap = clauses.between(last - 1, last)
    if clauses.lexicon.verb_last:
        return int(gap == " " and (numeric[last] or korean.measures(clauses, last)))
    if numeric[last]:
        if _YEAR.fullmatch(tokens[last - 1].text) and tokens[last].text.isalpha():
            return 0  # "en 2023 dix-huit véhicules"
        dashed = gap == "-" and tokens[last - 1].text.isalpha() and tokens[last].text.isalpha()
        return int(dashed or bool(_INSIDE.fullmatch(gap)))
    joined = tokens[last].lower in words.get("joint", ()) and tokens[last - 1].lower in words.get("tens", ())
    return 2 if joined and last + 1 < len(tokens) and tokens[last + 1].lower in words.get("ones", ()) else 0


def _number(clauses: Clauses, start: int, last: int, counted: bool, verbs: Collection[int]) -> Number | None:
    text, tokens, words = clauses.text, clauses.tokens, clauses.lexicon.numbers
    begin, end = tokens[start].start, tokens[last - 1].end
    before, after = text[max(0, begin - 2) : begin], text[end : end + 2]
    if re.search(r"[-–/]$", before) and not re.search(r"\d[-–]$", before):
        return None
    day = after[:1] == "." and end - begin <= 2 and last < len(tokens)  # "19. Juni"
    # "en 2019, équipent la défense aérienne"
    dated = clauses.lexicon.noun_first and tokens[max(0, start - 1)].lower in clauses.lexicon.cues["in"]
    if (dated or not counted) and (day or _YEAR.fullmatch(text, begin, end)):
        return None
    first = start
    while first and first - 1 not in verbs and _bounds(clauses, first - 1):
        first -= 1
    while first < start and tokens[first].lower in words.get("inner", ()):
        first += 1
    of = clauses.lexicon.cues.get("of", ())
    following = next((token.lower for token in tokens[last : last + 2] if token.lower not in of), "")
    signs = before.strip()[-1:] + after.strip()[:1]
    money = any(char in "$€£" for char in signs) or following in words.get("currency", ())
    if clauses.lexicon.verb_last:
        money = any(word in text[begin:end] for word in words["currency"])
    lead = {token.lower for token in tokens[max(0, first - _LEAD) : start]}
    total = bool(lead & words.get("total", frozenset()))
    return Number(first, last, money, total, text[tokens[first].start : end])


def _bounds(clauses: Clauses, position: int) -> bool:
    """Whether a word bounds the number right behind it."""
    words = clauses.lexicon.numbers.get("bounds", frozenset())
    gap = clauses.between(position, position + 1)
    return clauses.tokens[position].lower in words and not gap.strip(" \u00a0\u202f'’")
