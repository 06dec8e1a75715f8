"""Quotes: where in a text a quote stands, forgiving its dress and never its digits, names, negations or verbs."""

import re
import unicodedata
from bisect import bisect_left
from itertools import pairwise

from extractor.grounding.folding import DASHES, SPACES, UNSEEN, Folded, fold, fold_article, stem

_FEWEST_WORDS = 3
_FEWEST_CHARACTERS = 12
# Hyphens may vanish before endings are forgiven, so that the mildest reading wins.
_MANNERS = ((False, False), (True, False), (False, True), (True, True))

# A quote may not begin or end inside a number, a designation or a range.
_WORD_BEFORE = re.compile(rf"[^\W_][{UNSEEN}]*\Z")
_WORD_AFTER_HIDDEN = re.compile(rf"[{UNSEEN}]+[^\W_]")
_CUT_BEFORE_DIGIT = re.compile(rf"(?:\w[{DASHES}]|\d[.,'’])\Z")
_CUT_AFTER_DIGIT = re.compile(rf"[.,'’{DASHES}]?\d|[십백천만억조여]|(?![가-힣])\w")
_CUT_AFTER_LETTER = re.compile(rf"[{DASHES}]?\d")
_THOUSANDS_BEFORE = re.compile(rf"(?<![\w.,{DASHES}])\d{{1,3}}(?:[{SPACES}]\d{{3}})*[{SPACES}]?\Z")
_THOUSANDS_AFTER = re.compile(rf"[{SPACES}]?\d{{3}}(?!\d)")
_LOOK_BACK = 16
_HANGUL = re.compile(r"[가-힣]")

# Words that join a number, a kind and a type into one noun phrase; each may stand on one side only.
_TYPE_WORD = re.compile(
    "de[rmns]|die|das|vom|typs?|typus|modells?|klasse|version|of|the|type|model|class|de|du|del|la|les?|tipo|modèle|modelo|"
    "clase|classe|typu|modelu|типа|типу|модели|моделі|형"
)
_MOST_TYPE_WORDS = 4
_MOST_UNITS = 8
_PHRASE_GAP = re.compile(rf"[\s\"'„“”‚‘’«»{DASHES}]*")


def too_short(quote: str) -> bool:
    """Whether a quote has so few words and characters that it would be found in any article."""
    return len(quote.split()) < _FEWEST_WORDS and len(quote.strip()) < _FEWEST_CHARACTERS


def find(quote: str, text: str, language: str | None = None) -> tuple[int, int] | None:
    """Start and end of the first place where `text` says what `quote` says, or None.

    First as written, then as tokens, then without hyphens and German endings, last as a noun phrase in another order.
    """
    quote = unicodedata.normalize("NFC", quote).strip()
    place = _as_written(quote, text, language)
    german = _german(language)
    for hyphenated, inflected in _MANNERS:
        if place or (inflected and not german):
            continue
        folded = fold_article(text, hyphenated, inflected)
        for first, last in folded.positions(fold(quote, hyphenated, inflected)):
            start, end = folded.starts[first], folded.ends[last]
            if _whole(text, start, end, language):
                place = start, end
                break
    return place or _reordered(fold(quote), quote, text, german)


def _german(language: str | None) -> bool:
    return language is None or language.lower().startswith("de")


def _as_written(quote: str, text: str, language: str | None) -> tuple[int, int] | None:
    start = text.find(quote) if quote else -1
    while start >= 0:
        if _whole(text, start, start + len(quote), language):
            return start, start + len(quote)
        start = text.find(quote, start + 1)
    return None


def _whole(text: str, start: int, end: int, language: str | None) -> bool:
    """Whether `text[start:end]` ends at the ends of words; a German ending or a Korean particle may be left out."""
    if _WORD_BEFORE.search(text[max(0, start - _LOOK_BACK) : start]) and text[start].isalnum():
        return False
    if text[start].isdigit() and (
        _CUT_BEFORE_DIGIT.search(text[max(0, start - 2) : start]) or _divides_thousands(text, start)
    ):
        return False
    last = text[end - 1]
    if last.isdigit() and (_CUT_AFTER_DIGIT.match(text, end) or _divides_thousands(text, end)):
        return False
    if not last.isalpha() or end == len(text):
        return True
    if _CUT_AFTER_LETTER.match(text, end) or _WORD_AFTER_HIDDEN.match(text, end):
        return False
    if not text[end].isalpha() or (_HANGUL.match(last) and _HANGUL.match(text[end])):
        return True
    return _german(language) and _same_word(text, end)


def _divides_thousands(text: str, cut: int) -> bool:
    before = text[max(0, cut - _LOOK_BACK) : cut]
    return bool(_THOUSANDS_AFTER.match(text, cut) and _THOUSANDS_BEFORE.search(before))


def _same_word(text: str, cut: int) -> bool:
    start = end = cut
    while start and text[start - 1].isalpha():
        start -= 1
    while end < len(text) and text[end].isalpha():
        end += 1
    return stem(text[start:cut]) == stem(text[start:end])


def _units(folded: Folded, text: str, first: int = 0, stop: int | None = None) -> list[tuple[str, int, int]]:
    """Tokens that touch or hang together by a hyphen, as one: `2A6`, `F-16`, `Gepard-Flakpanzer`."""
    units: list[tuple[str, int, int]] = []
    part = slice(first, stop)
    for token, start, end in zip(folded.tokens[part], folded.starts[part], folded.ends[part], strict=True):
        if units and re.fullmatch(f"[{DASHES}]?", text[units[-1][2] : start]):
            before, begin, _ = units.pop()
            units.append((before + token, begin, end))
        else:
            units.append((token, start, end))
    return units


def _reordered(folded: Folded, quote: str, text: str, german: bool) -> tuple[int, int] | None:
    """A number with a kind and a type, told in another order: "14 Leopard 2A6 Kampfpanzer".

    Any word that may be a verb, a preposition or a negation on either side makes this no noun phrase.
    """
    units = _units(folded, quote) if len(folded.tokens) <= 2 * _MOST_UNITS else []
    if not 2 < len(units) <= _MOST_UNITS or not units[0][0].isdigit() or not _one_phrase(units, quote):
        return None
    content = [unit for unit, _, _ in units if not _TYPE_WORD.fullmatch(unit.lower())]
    # German nouns have capitals; elsewhere one small word can be the noun.
    if sum(unit[0].islower() for unit in content) > (0 if german else 1):
        return None
    wanted = sorted(_key(unit, german) for unit in content)
    article = fold_article(text)
    for position, token in enumerate(article.tokens):
        if token == units[0][0]:
            end = _phrase_end(article, position, text, wanted, german)
            if end is not None and _whole(text, article.starts[position], end, None):
                return article.starts[position], end
    return None


def _one_phrase(units: list[tuple[str, int, int]], text: str) -> bool:
    return all(_PHRASE_GAP.fullmatch(text, one[2], other[1]) for one, other in pairwise(units))


def _key(unit: str, german: bool) -> str:
    return stem(unit) if german else unit


def _phrase_end(article: Folded, position: int, text: str, wanted: list[str], german: bool) -> int | None:
    """End of the phrase that begins at a token and holds the wanted units, each once, and type words besides."""
    window = _units(article, text, position, position + 2 * _MOST_UNITS + _MOST_TYPE_WORDS)
    left = list(wanted)
    extra = 0
    for number, (unit, start, end) in enumerate(window):
        if number and not _PHRASE_GAP.fullmatch(text, window[number - 1][2], start):
            return None
        key = _key(unit, german)
        at = bisect_left(left, key)
        if at < len(left) and left[at] == key:
            del left[at]
        elif _TYPE_WORD.fullmatch(unit.lower()) and extra < _MOST_TYPE_WORDS:
            extra += 1
        else:
            return None
        if not left:
            return end
    return None
