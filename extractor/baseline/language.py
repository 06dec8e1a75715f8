"""Language: which of the languages we read a text is written in."""

import re
from collections import Counter

from extractor.baseline.lexicon import lexicon
from schemas.names import LANGUAGES

_UKRAINIAN = re.compile("[іїєґІЇЄҐ]")


def detect(text: str) -> str:
    """ISO 639-1 code, by script and by the commonest words; English where nothing speaks for another."""
    letters = Counter(_script(char) for char in text[:5000] if char.isalpha())
    script = letters.most_common(1)[0][0] if letters else "latin"
    if script == "hangul":
        return "ko"
    if script == "cyrillic":
        return "uk" if len(_UKRAINIAN.findall(text[:5000])) * 50 > letters["cyrillic"] else "ru"
    words = re.findall(r"\w+", text[:5000].lower())
    counts = {language: sum(word in lexicon(language).stop for word in words) for language in LANGUAGES}
    return max(("en", "de", "fr", "es", "pl"), key=lambda language: counts[language])


def _script(char: str) -> str:
    code = ord(char)
    if 0xAC00 <= code <= 0xD7AF or 0x1100 <= code <= 0x11FF:
        return "hangul"
    return "cyrillic" if 0x0400 <= code <= 0x052F else "latin"
