"""Korean: what particles, and words behind a name, tell of its part; which words are numbers and dates."""

import re

from extractor.baseline.clauses import Clauses
from extractor.grounding.mentions import Mention, mentions

_PHRASE = 3  # words behind a name that may belong to its phrase: "우크라이나 국방부 대변인은"
_COUNTER = "(?:명|인|개|척|대|문|발|기|정|톤|배럴|여단|포대|달러|유로|원|엔|위안|루블)"
_BOUND = "(?:이상|이하|미만|초과|가량|정도|안팎|내외|남짓|넘게|넘는|규모)"
_PARTICLE = "(?:의|을|를|이|가|은|는|에|와|과|도|로|으로|씩|까지|만|에서|분)?"
_MEASURE = re.compile(f"(?:{_COUNTER}{_BOUND}?|{_BOUND}){_PARTICLE}")
_NUMBER = re.compile(
    rf"(?:(?:\d+[십백천만억조]*)+|[수몇][십백천만억]+|[십백천만억]{{2,}})여?{_COUNTER}?{_BOUND}?(?:(?<=\D){_PARTICLE})"
)
_NATIVE = frozenset(["한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉", "열", "스무"])
_YEAR = re.compile(r"([12]\d{3})년")
_MONTH = re.compile(r"(1[0-2]|[1-9])월")
_DAY = re.compile(r"(3[01]|[12]\d|[1-9])일(?!간)")
_YEARS = {"지난해": -1, "작년": -1, "올해": 0, "내년": 1}
_CLOSING = ("와", "과", "을", "를", "은", "는", "이", "가", "도", "에", "로")


def cue(clauses: Clauses, mention: Mention, last: int, things: set[int], names: set[int]) -> str:
    """Cue of a name by the word behind it, by its particle, or by that of the phrase that it begins.

    `things` are the tokens at which goods or forces begin, `names` those at which an actor does.
    """
    following = _following(clauses, last)
    told = next((cue for cue, words in clauses.lexicon.cues.items() if following.startswith(tuple(words))), "")
    own = _own(clauses, mention)
    if told == "in" and (own or mention.kind == "forces"):
        told = ""  # "리비아 주둔 병력", but "미군 주둔"
    if own or (told and following):
        return told if told and following and own in ("", "to", "object", "with") else own
    for position in range(last, min(last + _PHRASE, len(clauses.tokens))):
        if clauses.between(position - 1, position).strip():
            break
        if position in things:
            return "origin"
        if position in names:
            return "aside"
        particle = _particle(clauses, clauses.tokens[position].lower)
        if particle:
            return particle
    return "bare"


def joined(clauses: Clauses, last: int, first: int) -> bool:
    """Whether a name goes on a row of names that has no particle yet but "와" or "과"."""
    open_ended = clauses.tokens[last - 1].lower.endswith(("와", "과")) or not closed(clauses.tokens[last - 1].lower)
    gap = clauses.between(last - 1, first)
    return (
        open_ended
        and not gap.strip(" ,·")
        and (bool(gap.strip()) or clauses.tokens[last - 1].lower.endswith(("와", "과")))
    )


def closed(word: str) -> bool:
    """Whether a noun bears a particle, so that the next one begins a phrase of its own."""
    return word.endswith(_CLOSING)


def numeric(clauses: Clauses, position: int) -> bool:
    """Whether a token is a number: "2만8000개", "수십", or "두" before a counter."""
    word = clauses.tokens[position].lower
    if word in _NATIVE:
        return bool(_MEASURE.fullmatch(_following(clauses, position + 1)))
    after = clauses.text[clauses.tokens[position].end :][:1]
    return bool(_NUMBER.fullmatch(word)) and after not in ("㎜", "%", "％", "㎞")


def measures(clauses: Clauses, position: int) -> bool:
    """Whether a token is a counter or a bound behind a number: "200여 문", "1000명 이상"."""
    return bool(_MEASURE.fullmatch(clauses.tokens[position].lower))


def _following(clauses: Clauses, position: int) -> str:
    """The token at `position` if nothing but a space stands before it, else ""."""
    if position >= len(clauses.tokens) or clauses.between(position - 1, position).strip():
        return ""
    return clauses.tokens[position].lower


def _own(clauses: Clauses, mention: Mention) -> str:
    """The cue of a name's own particle; "" where it has none, or where its last letters only look like one."""
    word = clauses.text[mention.start : mention.end]
    for cue, endings in clauses.lexicon.endings.items():
        for ending in endings:
            if word.endswith(ending):
                base = word[: -len(ending)]
                # A short name is known with its particles only: "말리에" by "말리의".
                if any(known.end == len(form) for form in (base, base + "의") for known in mentions(form, "ko")[:1]):
                    return cue
    return ""


def _particle(clauses: Clauses, word: str) -> str:
    return next((cue for cue, endings in clauses.lexicon.endings.items() if word.endswith(endings)), "")


def date(clauses: Clauses, position: int, this_year: int | None) -> tuple[int, int | None, int | None, int | None]:
    """Where a date that begins at `position` ends, with its year, month and day: "지난해 10월 8일부터"."""
    word, last = clauses.tokens[position].lower, position
    year = next((this_year + years for name, years in _YEARS.items() if this_year and word.startswith(name)), None)
    told = _YEAR.match(word)
    if told or year:
        year, last = int(told[1]) if told else year, position + 1
    month = day = None
    told = _MONTH.match(_next(clauses, position, last))
    if told:
        month, last = int(told[1]), last + 1
    told = _DAY.match(_next(clauses, position, last))
    if told:
        day, last = int(told[1]), last + 1
    # "지난해" alone is a period, not a date.
    return (last, year, month, day) if month or day or word[0].isdigit() else (position, None, None, None)


def _next(clauses: Clauses, start: int, last: int) -> str:
    """The word that may go on a date begun at `start` and so far ended before `last`."""
    return clauses.tokens[start].lower if last == start else _following(clauses, last)
