"""Matching: many word forms looked up in a text at once, in time linear in its length.

A form is one or more words. Small letters match in any case, a form with a capital letter matches as written.
`*` at the end of a word stands for up to five more letters; at its beginning, for the first part of a compound.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Generic, NamedTuple, TypeVar

# Hyphens and apostrophes divide tokens ("US-Präsident", "l’Iran"); a soft hyphen or a zero-width character does not.
_TOKEN = re.compile("[^\\W_][\\w\u0300\u0301\u00ad\u200b-\u200d\u2060\ufeff]*")
_FORM_WORD = re.compile(r"\*?[^\W_]\w*\*?")
_UNSEEN = str.maketrans("", "", "\u0300\u0301\u00ad\u200b\u200c\u200d\u2060\ufeff")
# What may stand between two words of one form.
_GAP = re.compile(r"[\s.'’‘ʼ·/\-\u2010-\u2015]{1,3}")
_ENDING = 5  # letters that `*` stands for
_MOST_WORDS = 100_000  # kept for one matcher
_SHORTEST_HEAD = 2  # letters of a compound before the part that is looked for

Payload = TypeVar("Payload")


class Token(NamedTuple):
    """One word of a text: as written without unseen characters, in small letters, and where it stands."""

    text: str
    lower: str
    start: int
    end: int


class Found(NamedTuple, Generic[Payload]):
    """A form met at `tokens[first:last]`."""

    first: int
    last: int
    payload: Payload


class _Word(NamedTuple):
    text: str
    as_written: bool
    open_end: bool


class _Form(NamedTuple, Generic[Payload]):
    words: tuple[_Word, ...]
    compound: bool
    payload: Payload


def tokenize(text: str) -> list[Token]:
    """Words of a text in order; punctuation is none."""
    tokens = []
    for match in _TOKEN.finditer(text):
        word = match[0].translate(_UNSEEN)
        tokens.append(Token(word, word.lower(), match.start(), match.end()))
    return tokens


class Matcher(Generic[Payload]):
    """Finds forms; of several at one place the one with most words wins, then the longest stem, then the first."""

    def __init__(self, forms: Iterable[tuple[str, Payload]]) -> None:
        self._whole: dict[str, list[_Form[Payload]]] = defaultdict(list)
        self._tails: dict[str, list[_Form[Payload]]] = defaultdict(list)
        for form, payload in forms:
            words = tuple(self._word(part, form != form.lower()) for part in _FORM_WORD.findall(form))
            if not words:
                continue
            compound = form.startswith("*")
            parsed = _Form(words, compound, payload)
            self._whole[words[0].text.lower()].append(parsed)
            if compound:
                self._tails[words[0].text.lower()].append(parsed)
        # Few words begin a form, and articles repeat their words: what a word may begin is looked up once.
        self._begun: dict[str, tuple[_Form[Payload], ...]] = {}

    @staticmethod
    def _word(part: str, as_written: bool) -> _Word:
        text = part.strip("*").translate(_UNSEEN)
        return _Word(text if as_written else text.lower(), as_written, part.endswith("*"))

    def find(self, text: str, tokens: list[Token]) -> list[Found[Payload]]:
        """All matches, left to right, none overlapping."""
        found: list[Found[Payload]] = []
        position = 0
        while position < len(tokens):
            begun = self._begun.get(tokens[position].text)
            if begun is None:
                begun = self._remember(tokens[position])
            form = _longest(begun, text, tokens, position) if begun else None
            if form is None:
                position += 1
                continue
            found.append(Found(position, position + len(form.words), form.payload))
            position += len(form.words)
        return found

    def _remember(self, token: Token) -> tuple[_Form[Payload], ...]:
        if len(self._begun) > _MOST_WORDS:
            self._begun.clear()
        begun = self._begun[token.text] = tuple(self._candidates(token))
        return begun

    def _candidates(self, token: Token) -> Iterator[_Form[Payload]]:
        """Forms that a word begins, longest stem first; of a compound the last part may be the beginning."""
        lower = token.lower
        for length in range(len(lower), max(0, len(lower) - _ENDING - 1), -1):
            for form in self._whole.get(lower[:length], ()):
                if _fits(form.words[0], token, 0):
                    yield form
        for start in range(_SHORTEST_HEAD, len(lower) - 2 if self._tails else 0):
            tail = lower[start:]
            for length in range(len(tail), max(0, len(tail) - _ENDING - 1), -1):
                for form in self._tails.get(tail[:length], ()):
                    if _fits(form.words[0], token, start):
                        yield form


def _longest(forms: tuple[_Form[Payload], ...], text: str, tokens: list[Token], position: int) -> _Form[Payload] | None:
    best: _Form[Payload] | None = None
    for form in forms:
        length = len(form.words)
        if (best is None or length > len(best.words)) and (length == 1 or _goes_on(form, text, tokens, position)):
            best = form
    return best


def _goes_on(form: _Form[Payload], text: str, tokens: list[Token], position: int) -> bool:
    """Whether the words behind the first stand in the text too, with nothing but a small gap between."""
    if position + len(form.words) > len(tokens):
        return False
    for offset, word in enumerate(form.words[1:], 1):
        token = tokens[position + offset]
        if not _fits(word, token, 0) or not _GAP.fullmatch(text, tokens[position + offset - 1].end, token.start):
            return False
    return True


def _fits(word: _Word, token: Token, skip: int) -> bool:
    shown = (token.text if word.as_written else token.lower)[skip:]
    if not shown.startswith(word.text):
        return False
    ending = shown[len(word.text) :]
    # An ending may hold digits behind its first letter: "Leopard 2A8" is met by "Leopard 2*", "T-720" not by "T-72*".
    return not ending or (word.open_end and len(ending) <= _ENDING and ending[0].isalpha() and ending.isalnum())
