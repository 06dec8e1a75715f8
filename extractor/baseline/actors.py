"""Actors: who is named in a sentence, each with the word or ending that binds it to the rest."""

import re
from dataclasses import dataclass, replace

from extractor.baseline import cases, korean
from extractor.baseline.clauses import Clauses
from extractor.grounding.mentions import Mention, mentions

# They report and resolve; what they are named for is not what they give or sign.
OBSERVERS = ("United Nations", "UN Panel of Experts", "MSMT", "Red Cross", "OSCE", "IAEA", "Amnesty International")
_ALLIANCES = ("NATO", "European Union", "Warsaw Pact", "African Union", "ECOWAS", "CSTO", "Arab League", "ASEAN")
_STEPS = 3  # words that may stand between a preposition and its name: articles, adjectives
_SHORT = 4  # letters; a shorter word behind a preposition is no adjective
_GOODS_NEAR = 2  # tokens between an adjective and the goods that it describes
_ROW_GAP = 2  # tokens between two names of one row
_AND = r"(?:und|and|sowie|et|y|e|i|oraz|та|й|и|і|or|oder|&|와|과)"
_JOIN = re.compile(rf",?\s*(?:{_AND}|,)")
_GOES_ON = re.compile(rf"\s*(?:,|{_AND}\b)")
_PLACED = re.compile(r"\s?: *[^\s«\"“]")
_YEAR = re.compile(r"(1[89]|20)\d\d")
_ARTICLE = re.compile(r"\b(?:the|der|die|das|den|to|la|le|les|el|los|las|l|à|au|aux|al|a)\b['’]?")


@dataclass(frozen=True, slots=True)
class Actor:
    """An actor at tokens `first` to `last`; `kind` and `english` as in the names tables.

    `cue` is what binds it: to, for, against, from, in, with, by, between (a preposition), dative, genitive, origin
    (an adjective before goods or forces), agent (who does what a passive verb tells), aside (no part), or bare.
    """

    code: str
    kind: str
    english: str
    first: int
    last: int
    cue: str


def may_sign(code: str) -> bool:
    """Whether an actor can be party to a treaty: a state or an alliance."""
    return is_state(code) or code in _ALLIANCES


def is_state(code: str) -> bool:
    """Whether an actor is written as an ISO code."""
    return len(code) == 3 and code.isupper()


def row(clauses: Clauses, actors: list[Actor], first: Actor) -> list[Actor]:
    """The actors that stand in one row with `first`: "Polen, Ungarn und die Slowakei"."""
    found = [first]
    for actor in actors[actors.index(first) + 1 :]:
        if actor.first - found[-1].last <= _ROW_GAP and _JOIN.fullmatch(_gap(clauses, found[-1].last, actor.first)):
            found.append(actor)
    return found


def find(clauses: Clauses, named: list[Mention], things: set[int], heads: dict[int, bool]) -> list[Actor]:
    """Actors in order; `things` are the tokens at which goods or forces begin, `heads` as in Scene."""
    starts = {token.start: number for number, token in enumerate(clauses.tokens)}
    ends = {token.end: number + 1 for number, token in enumerate(clauses.tokens)}
    found: list[Actor] = []
    for mention in named:
        first, last = starts.get(mention.start), ends.get(mention.end)
        if first is not None and last is not None:
            cue = _cue(clauses, mention, (first, last), things, heads)
            follows = cue == "bare" or (clauses.lexicon.endings and cue != "origin")
            if follows and found and _joined(clauses, found[-1].last, first, last):
                cue = found[-1].cue
            found.append(Actor(mention.code, mention.kind, mention.english, first, last, cue))
    return _together(clauses, found) if clauses.lexicon.verb_last else found


def _together(clauses: Clauses, actors: list[Actor]) -> list[Actor]:
    """ "네덜란드와 덴마크는", "체코, 폴란드, 미국에": the last name of a row bears the particle of all."""
    start = 0
    while start < len(actors):
        end = start
        while end + 1 < len(actors) and korean.joined(clauses, actors[end].last, actors[end + 1].first):
            end += 1
        # "북한, 러시아에 파병": two names with a comma between are no row.
        if end - start > 1 or (end > start and "," not in clauses.between(actors[start].last - 1, actors[end].first)):
            actors[start:end] = [replace(actor, cue=actors[end].cue) for actor in actors[start:end]]
        start = end + 1
    return actors


def _cue(clauses: Clauses, mention: Mention, place: tuple[int, int], things: set[int], heads: dict[int, bool]) -> str:
    first, last = place
    if mention.kind == "adj" and _describes(clauses, first, last, things):
        return "origin"
    if clauses.lexicon.verb_last:
        return korean.cue(clauses, mention, last, things, set(heads))
    if clauses.lexicon.noun_first and not first and _PLACED.match(clauses.text, mention.end):
        return "in"  # "Haïti : la force kényane grossit"
    cue, article = _preposition(clauses, _with_first_name(clauses, mention, first), heads)
    if cue == "of":
        return _governor(clauses, first, heads)
    if cue:
        return cases.turned(clauses, cue, last)
    if _possessive(clauses, mention, last):
        return "genitive"
    if article in ("der", "den", "dem") and clauses.lexicon.language == "de":
        return _german_case(clauses, first)
    return cases.ending(clauses, first, last, heads)


def _with_first_name(clauses: Clauses, mention: Mention, first: int) -> int:
    """Where a person's name begins: "with Emmanuel Macron" is met by "Macron"."""
    if mention.kind != "leader" or first < 2 or clauses.between(first - 1, first).strip():
        return first
    return first - 1 if clauses.tokens[first - 1].text.istitle() else first


def _preposition(clauses: Clauses, first: int, heads: dict[int, bool]) -> tuple[str, str]:
    """Cue of the preposition before a name, "" for none, and the article between, if any."""
    article = ""
    for position in range(first - 1, max(-1, first - 1 - _STEPS), -1):
        if clauses.between(position, position + 1).strip(" -\u00a0'’"):
            break
        token = clauses.tokens[position]
        if _YEAR.fullmatch(token.text):
            break  # "In 2022 Germany delivered"
        for cue, prepositions in clauses.lexicon.cues.items():
            if token.lower in prepositions:
                return cue, article
        if cases.bars(clauses, position, heads):
            break
        if token.lower in clauses.lexicon.articles:
            article = article or token.lower
        elif token.text[:1].isupper() or len(token.lower) < _SHORT:
            break
    return "", article


def _governor(clauses: Clauses, first: int, heads: dict[int, bool]) -> str:
    """The cue of a name behind "de": from, behind goods or giving, else that of the noun: "au gouvernement de Kiev"."""
    position = first - 1
    while clauses.tokens[position].lower not in clauses.lexicon.cues["of"]:
        position -= 1
    if position - 1 in heads:
        return "from"
    noun = clauses.tokens[max(position - 1, 0)].lower
    told = next((cue for cue, words in clauses.lexicon.cues.items() if noun in words), "")
    return (told or _preposition(clauses, position - 1, heads)[0]).replace("of", "") or "genitive"


def _german_case(clauses: Clauses, first: int) -> str:
    """ "der Ukraine" is a genitive behind a noun ("das Embargo der Türkei"), else a dative; "der Iran" is bare."""
    if clauses.tokens[first - 1].lower == "der" and clauses.tokens[first].lower in clauses.lexicon.grammar.masculine:
        return "bare"
    position = first - 1
    while position > 0 and clauses.tokens[position].lower not in clauses.lexicon.articles:
        position -= 1
    if position < 2 or clauses.between(position - 1, position).strip():
        return "dative"
    noun = clauses.tokens[position - 1].text
    return "genitive" if noun[:1].isupper() and not mentions(noun, "de") else "dative"


def _describes(clauses: Clauses, first: int, last: int, things: set[int]) -> bool:
    """Whether goods or forces begin right behind an adjective, with no other noun between; goods may end before it."""
    if clauses.lexicon.noun_first:
        return bool({first, first - 1} & things) and not re.search(r"[,;:(]", clauses.between(first - 1, first))
    for start in range(last, last + _GOODS_NEAR + 1):
        if start in things:
            words = clauses.tokens[last:start]
            nouns = clauses.lexicon.nouns_have_capitals and any(word.text[:1].isupper() for word in words)
            institution = any(word.lower in clauses.lexicon.institutions for word in words)
            return not nouns and not institution and not re.search(r"[,;:(]", clauses.between(last - 1, start))
    return False


def _possessive(clauses: Clauses, mention: Mention, last: int) -> bool:
    follows = clauses.text[mention.end : mention.end + 2]
    if follows in ("'s", "’s") or (follows[:1] in ("'", "’") and clauses.text[mention.end - 1] == "s"):
        return True
    word = clauses.text[mention.start : mention.end]
    if clauses.lexicon.language != "de" or mention.kind not in ("name", "capital", "leader") or not word.endswith("s"):
        return False
    # "Russlands" but not "Laos": without the s it is still a name.
    shorter = mentions(word[:-1], "de")
    return bool(shorter) and shorter[0].end == len(word) - 1 and last < len(clauses.tokens)


def _gap(clauses: Clauses, last: int, first: int) -> str:
    """What stands between two names, without articles."""
    return _ARTICLE.sub("", clauses.between(last - 1, first).lower()).strip()


def _joined(clauses: Clauses, last: int, first: int, end: int) -> bool:
    """Whether a name continues a row; behind a mere comma the row has to go on."""
    if clauses.lexicon.language == "pl" and clauses.between(last - 1, first).strip() == "a":
        return True  # "między Rosją a Iranem"
    gap = _gap(clauses, last, first)
    if not _JOIN.fullmatch(gap):
        return False
    return gap != "," or bool(_GOES_ON.match(clauses.text[clauses.tokens[end - 1].end :][:8].lower()))
