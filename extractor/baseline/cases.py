"""Cases: what the ending of a name tells of its part, in languages that mark parts by endings."""

from extractor.baseline.clauses import Clauses

_EITHER = "either"  # an ending of the genitive and of the dative


def ending(clauses: Clauses, first: int, last: int, heads: dict[int, bool]) -> str:
    """Cue of a name without a preposition, "bare" where its ending tells nothing."""
    word = clauses.tokens[last - 1].lower
    cue = next((cue for cue, endings in clauses.lexicon.endings.items() if word.endswith(endings)), "bare")
    if cue != _EITHER:
        return cue
    opens = not first or bool(clauses.between(first - 1, first).strip(" «„“\"'"))
    return "dative" if opens or heads.get(first - 1) or _does(clauses, first - 1) else "genitive"


def _does(clauses: Clauses, position: int) -> bool:
    """Whether a token is the name of who does it: "переданные Испанией Индии"."""
    token = clauses.tokens[position]
    return token.text[:1].isupper() and token.lower.endswith(clauses.lexicon.endings.get("agent", ()))


def turned(clauses: Clauses, cue: str, last: int) -> str:
    """Cue of a name behind a preposition that has another sense with this ending: "в Россию", "в России"."""
    word = clauses.tokens[last - 1].lower
    senses = clauses.lexicon.grammar.turned.get(cue, {})
    return next((sense for sense, endings in senses.items() if word.endswith(endings)), cue)


def bars(clauses: Clauses, position: int, heads: dict[int, bool]) -> bool:
    """Whether a token has its own preposition, so that one before it does not govern the name behind it."""
    lexicon = clauses.lexicon
    token = clauses.tokens[position].lower
    return bool(lexicon.grammar.barriers) and (
        position in heads or token in lexicon.grammar.barriers or token[0].isdigit()
    )
