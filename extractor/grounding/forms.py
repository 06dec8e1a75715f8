"""Forms: words and phrases of a table, met in a folded text at a given token."""

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Generic, NamedTuple, TypeVar

from extractor.grounding.folding import DASHES, Folded, fold

Value = TypeVar("Value")

_MOST_WORDS = 100_000  # kept for one table
ENDING = 5  # letters that `*` stands for, as schemas.names has it
# What may stand between two words of one form.
_GAP = re.compile(rf"[\s.'’‘ʼ·{DASHES}]{{0,3}}")


class _Word(NamedTuple):
    text: str
    as_written: bool  # else compared in small letters
    open_end: bool


class _Form(NamedTuple, Generic[Value]):
    rank: tuple[int, int]  # words, then letters without the open ends: the longer wins
    words: tuple[_Word, ...]
    value: Value


class Forms(Generic[Value]):
    """A table of forms, written as schemas.names says: small letters match any case, `*` is an open end."""

    def __init__(self, entries: Iterable[tuple[str, Value]]) -> None:
        self._by_start: dict[str, list[_Form[Value]]] = defaultdict(list)
        self._begun: dict[str, tuple[_Form[Value], ...]] = {}
        for form, value in entries:
            folded = fold(form)
            written = form != form.lower()
            words = tuple(
                _Word(token if written else token.lower(), written, form.startswith("*", end))
                for token, end in zip(folded.tokens, folded.ends, strict=True)
            )
            if words:
                rank = len(words), sum(len(word.text) for word in words)
                self._by_start[words[0].text.lower()].append(_Form(rank, words, value))

    def longest(self, text: str, folded: Folded, position: int) -> tuple[int, list[Value]]:
        """Length in tokens of the longest form that begins at a token, and its values in the table's order; or 0."""
        begun = self._begun.get(folded.tokens[position])
        if begun is None:
            begun = self._remember(folded.tokens[position], folded.lower[position])
        rank, values = (0, 0), list[Value]()
        for form in begun:
            if form.rank >= rank and (len(form.words) == 1 or _goes_on(form.words, text, folded, position)):
                values = [*values, form.value] if form.rank == rank else [form.value]
                rank = form.rank
        return rank[0], values

    def _remember(self, token: str, lower: str) -> tuple[_Form[Value], ...]:
        """Forms that a word begins, the longest stem first, kept for the next time: articles repeat their words."""
        if len(self._begun) > _MOST_WORDS:
            self._begun.clear()
        self._begun[token] = begun = tuple(
            form
            for length in range(len(lower), max(0, len(lower) - ENDING - 1), -1)
            for form in self._by_start.get(lower[:length], ())
            if _fits(form.words[0], token, lower)
        )
        return begun


def _goes_on(words: tuple[_Word, ...], text: str, folded: Folded, position: int) -> bool:
    """Whether the words behind the first stand there too, with nothing but a small gap between."""
    if position + len(words) > len(folded.tokens):
        return False
    return all(
        _fits(word, folded.tokens[number], folded.lower[number])
        and _GAP.fullmatch(text, folded.ends[number - 1], folded.starts[number])
        for number, word in enumerate(words[1:], position + 1)
    )


def _fits(word: _Word, token: str, lower: str) -> bool:
    shown = token if word.as_written else lower
    if not shown.startswith(word.text):
        return False
    ending = shown[len(word.text) :]
    return not ending or (word.open_end and len(ending) <= ENDING and ending.isalpha())
