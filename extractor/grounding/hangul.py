"""Hangul: a Korean word divided into number, multiplier, bound and the rest, which are written without a space."""

import re

_COUNTER = "(?:명|인|개|척|대|문|발|기|정|톤|달러|배럴|유로|원|곳|건|종|마리|여단|사단|부대|차례|t)"
_BOUND = "(?:이상|이하|미만|초과|가량|정도|쯤|안팎|내외|남짓|까지)"
_SINO = {char: value for value, char in enumerate("일이삼사오육칠팔구", 1)}
_TENS = {
    "": 0,
    "열": 10,
    "스물": 20,
    "스무": 20,
    "서른": 30,
    "마흔": 40,
    "쉰": 50,
    "예순": 60,
    "일흔": 70,
    "여든": 80,
    "아흔": 90,
}
_ONES = {
    "": 0,
    "한": 1,
    "하나": 1,
    "두": 2,
    "둘": 2,
    "세": 3,
    "셋": 3,
    "네": 4,
    "넷": 4,
    "다섯": 5,
    "여섯": 6,
    "일곱": 7,
}
_ONES |= {"여덟": 8, "아홉": 9}
# "2만" + "8000", "200" + "여", "3500" + "명" + "가량"
_AFTER_NUMBER = re.compile(rf"([십백천만억조]*)(여(?!단|대))?({_COUNTER}?)({_BOUND})?(.*)")
_SINO_NUMBER = re.compile(rf"([수몇]?)((?:[{''.join(_SINO)}]?[십백천만억조])+)(여)?(?={_COUNTER}|$)(.*)")
_NATIVE = (f"({'|'.join(sorted(words, key=len, reverse=True))})" for words in (_TENS, _ONES))
_NATIVE_NUMBER = re.compile(rf"{''.join(_NATIVE)}(?={_COUNTER}|$)(.*)")


def pieces(token: str, after_number: bool, following: str) -> list[tuple[str, int]]:
    """What a word falls into, each piece with its length in the word; native and Sino-Korean digits become 1 to 9."""
    whole = [(token, len(token))]
    if not "가" <= token[0] <= "힣":
        return whole
    if after_number:
        multipliers, *others = _groups(_AFTER_NUMBER, token)
        return _sized([*multipliers, *others])
    counted = bool(re.match(_COUNTER, following))
    match = _SINO_NUMBER.fullmatch(token)
    if match and (match[4] or match[1] or match[3] or counted):
        digits = [(str(_SINO[char]) if char in _SINO else char, 1) for char in match[2]]
        return [*_sized([match[1]]), *digits, *_sized([match[3] or "", *_rest(match[4])])]
    match = _NATIVE_NUMBER.fullmatch(token)
    if match and (match[1] or match[2]) and (match[3] or counted):
        value = _TENS[match[1]] + _ONES[match[2]]
        return [(str(value), len(match[1] + match[2])), *_sized(_rest(match[3]))]
    return whole


def _groups(pattern: re.Pattern[str], token: str) -> list[str]:
    match = pattern.fullmatch(token)
    return [group or "" for group in match.groups()] if match else [token]


def _rest(word: str) -> list[str]:
    return _groups(_AFTER_NUMBER, word)


def _sized(pieces: list[str]) -> list[tuple[str, int]]:
    return [(piece, len(piece)) for piece in pieces if piece]
