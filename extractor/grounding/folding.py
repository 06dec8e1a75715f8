"""Folding: a text as a row of plain tokens, so that copies that differ in dress alone are equal."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

# Soft hyphens, zero-width and direction marks, stress marks, tag characters: not seen, so not compared.
UNSEEN = "\u00ad\u0300-\u036f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f"
_HIDDEN = re.compile(f"[{UNSEEN}]+")
SPACES = " \u00a0\u2007\u2009\u202f"  # the spaces that divide thousands
DASHES = r"\-\u2010-\u2015\u2212"  # for a character class
SIGNS = "$€£¥₩₽₴₹₺₪₫%‰"
_TOKEN = re.compile(
    rf"(?P<number>(?<![\w.,])(?<![^\W\d_][{DASHES}])\d{{1,3}}(?:[{SPACES}]\d{{3}})+(?!\d)(?:[.,]\d+)?"
    rf"|\d{{1,3}}(?:(?P<mark>[.,'’])\d{{3}})(?:(?P=mark)\d{{3}})*(?!\d)(?:[.,]\d+)?"
    rf"|\d+(?:[.,]\d+)?)"
    rf"|(?P<word>(?:[^\W\d_]|[㌀-㏿])[^\W\d_{UNSEEN}㌀-㏿]*(?:[{UNSEEN}]+[^\W\d_{UNSEEN}]+)*)"
    rf"|[{SIGNS}]"
)
_HYPHEN = re.compile(f"[{DASHES}\u00ad]\\s?")
_SEPARATOR = "\n"

# Endings of German nouns and adjectives. Verbs are left alone, for their endings tell tense and mood.
_ENDING = re.compile(r"(?<=\w{5})(?:ern|ers|ens|en|er|em|es|e|n|s)$")
_ADJECTIVE = re.compile(r"(?:isch|lich|ig|bar|sam|haft|los|iv|al|ell|är)(?:e|en|er|em|es)?$")
_AUXILIARY = re.compile(
    r"(?:hab|hatt|hätt|werd|wurd|würd|woll|soll|könn|konn|müss|muss|dürf|durf|mög|moch|möch|wär)\w{0,4}$"
)
_AMOUNT = re.compile(r"hundert|tausend|dutzend|million|milliard")


@dataclass(frozen=True, slots=True)
class Folded:
    """Token number n is `text[starts[n]:ends[n]]`."""

    tokens: tuple[str, ...]
    lower: tuple[str, ...]  # the tokens in small letters
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    line: str  # all tokens, each between separators
    places: tuple[int, ...]  # where in the line each token begins

    def positions(self, needle: "Folded") -> list[tuple[int, int]]:
        """First and last token of each place where the needle's tokens stand in a row, its first letter in any case."""
        if not needle.tokens:
            return []
        key = needle.line
        found: set[int] = set()
        for variant in {key, key[0] + key[1].swapcase() + key[2:]}:
            at = self.line.find(variant)
            while at >= 0:
                found.add(at + 1)
                at = self.line.find(variant, at + 1)
        first = [bisect_right(self.places, at) - 1 for at in sorted(found)]
        return [(one, one + len(needle.tokens) - 1) for one in first]


def fold(text: str, hyphenated: bool = False, inflected: bool = False) -> Folded:
    """Fold a text; `hyphenated` makes "Kampf-panzer" one word, `inflected` takes German endings off."""
    tokens: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for match in _TOKEN.finditer(text):
        token = _plain(match)
        if (
            hyphenated
            and match["word"]
            and ends
            and tokens[-1].isalpha()
            and _HYPHEN.fullmatch(text, ends[-1], match.start())
        ):
            tokens[-1] += token.lower()
            ends[-1] = match.end()
            continue
        tokens.append(token)
        starts.append(match.start())
        ends.append(match.end())
    if inflected:
        tokens = [stem(token) for token in tokens]
    return assemble(tokens, starts, ends)


def assemble(tokens: Iterable[str], starts: Iterable[int], ends: Iterable[int]) -> Folded:
    """Put tokens in a row with their places in the text."""
    tokens = tuple(tokens)
    line = _SEPARATOR + _SEPARATOR.join(tokens) + _SEPARATOR
    steps = accumulate((len(token) + len(_SEPARATOR) for token in tokens), initial=len(_SEPARATOR))
    lower = tuple(token.lower() for token in tokens)
    return Folded(tokens, lower, tuple(starts), tuple(ends), line, tuple(steps)[:-1])


# An article is folded once for all quotes of all its records.
fold_article = lru_cache(maxsize=32)(fold)


def _plain(match: re.Match[str]) -> str:
    token = match[0]
    if match["number"]:
        grouped = re.match(rf"\d{{1,3}}(?:[{SPACES}.,'’]\d{{3}})+(?!\d)", token)
        if grouped:
            token = re.sub(r"\D", "", grouped[0]) + token[grouped.end() :]
        return token if token.isascii() else unicodedata.normalize("NFKC", token)
    if token.isascii():
        return token
    token = _HIDDEN.sub("", token)
    folded = unicodedata.normalize("NFKC", token)
    # A footnote mark or a fraction is no digit of the number before it.
    return token if any(char.isdigit() for char in folded) else folded


def stem(word: str) -> str:
    """A German noun or adjective without its ending, any other word unchanged."""
    lower = word.lower()
    if not word.isalpha() or _AUXILIARY.match(lower) or _AMOUNT.search(lower):
        return word
    if word[0].isupper() or _ADJECTIVE.search(lower):
        short = _ENDING.sub("", word, count=1)
        # "Liefert" and "Lieferte" differ in tense.
        return word + "|" if short == word and word.endswith("t") else short
    return word
