"""Compounds: number words written together, cut into tokens of their own ("zweihundertfünfzig", "200여명")."""

import re

from extractor.grounding import hangul
from extractor.grounding.folding import Folded, assemble

_ONES = ("ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun")
_TENS = ("zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig")
_TEENS = ("zehn", "elf", "zwölf", *(f"{one}zehn" for one in ("drei", "vier", "fünf", "sech", "sieb", "acht", "neun")))
# "einundzwanzig" is turned round here, once.
_TURNED = {f"{one}und{ten}": f"{20 + 10 * t + o}" for t, ten in enumerate(_TENS) for o, one in enumerate(_ONES, 1)}
_GERMAN = "|".join(sorted((*_TURNED, *_TENS, *_TEENS, *_ONES, "hundert", "tausend"), key=len, reverse=True))
# Possessive, so that a word of many numbers is not tried in all its divisions.
_GERMAN_NUMBER = re.compile(f"(?:(?>{_GERMAN})(?:und)?+)++(?<!und)")
_GERMAN_PIECE = re.compile(f"({_GERMAN})(?:und)?")
_KOREAN_NUMBER = re.compile(r"[\d.,]+|[십백천만억조]")


def divide(folded: Folded, language: str) -> Folded:
    """The same tokens, with compounds of German and Korean numbers divided; others have none."""
    if language not in ("de", "ko"):
        return folded
    parts: list[tuple[str, int, int]] = []
    for position, (token, start, end) in enumerate(zip(folded.tokens, folded.starts, folded.ends, strict=True)):
        if language == "de":
            pieces = _german(token)
        else:
            near = bool(parts) and start - parts[-1][2] <= 1 and _KOREAN_NUMBER.fullmatch(parts[-1][0]) is not None
            pieces = hangul.pieces(token, near, " ".join(folded.tokens[position + 1 : position + 2]))
        if len(pieces) == 1:
            pieces = [(pieces[0][0], end - start)]
        place = start
        for piece, length in pieces:
            parts.append((piece, min(place, end), min(place + length, end)))
            place += length
    return assemble(*zip(*parts, strict=True)) if parts else folded


def _german(token: str) -> list[tuple[str, int]]:
    lower = token.lower()
    if not _GERMAN_NUMBER.fullmatch(lower):
        return [(token, len(token))]
    found = list(_GERMAN_PIECE.finditer(lower))
    return [(_TURNED.get(match[1], match[1]), len(match[0])) for match in found]
