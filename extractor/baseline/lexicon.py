"""Lexicon: the word forms of one language that the rules know, read from `lexicons/<language>.toml`."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from extractor.matching import Matcher


class Item(NamedTuple):
    """What a form of goods means: category of the codebook and English noun; `named` for a designation such as T-72."""

    category: str
    noun: str
    named: bool


class KnownTreaty(NamedTuple):
    """A treaty that analysts know by name."""

    title: str
    parties: tuple[str, ...]
    signed: str  # year
    obligations: tuple[str, ...]


class Act(NamedTuple):
    """What a verb does: `give`, `get` or `move` (the goods are its subject), and how far that had got."""

    direction: str
    stage: str


@dataclass(frozen=True, slots=True)
class Grammar:
    """Rules that few of the languages have; empty for the others."""

    turned: dict[str, dict[str, tuple[str, ...]]]  # cue of a preposition -> its cue with these case endings
    calendar: dict[str, tuple[str, ...]]  # months, days -> in order, in cases that CLDR does not list
    barriers: frozenset[str]  # that have a preposition of their own: "в 2023 году Иран"
    contrasts: frozenset[str]  # behind a comma: the verb may be left out, "а Чехия — 77"
    commas_divide_verbs: bool  # no two verbs of one clause stand on both sides of a comma
    masculine: frozenset[str]  # German names behind "der" that are subjects: "der Iran"
    perfect: dict[str, frozenset[str]]  # hearsay, ends: "soll … geliefert haben"
    ordinal_dots: bool  # "19. Juni"
    drops_subject: bool  # a verb without a subject takes up the one of the sentence before


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Matchers for the layers of one language. A language without a file has an empty one."""

    language: str
    items: Matcher[Item]
    acts: Matcher[Act]
    separable: dict[str, dict[str, Act]]  # verb -> particle at the end of its clause -> act
    infinitive: dict[str, str]  # mark: "to"; stage: of an act that it postpones
    words: Matcher[str]  # negation, future, hedge, claim, accuse, deny, exchange …
    forces: Matcher[str]  # force type
    postings: Matcher[str]  # status of a deployment
    instruments: Matcher[bool]  # a treaty's noun; False for what only sounds like one
    treaty_stages: Matcher[str]
    obligations: Matcher[str]
    phrases: Matcher[str]  # "the country": take up an actor named before
    taker_phrases: Matcher[str]  # "dem Land"
    aliases: Matcher[str]  # short names that hold where the article names the actor in full
    pronouns: frozenset[str]  # that take up the subject of the sentence before
    objects: frozenset[str]  # pronouns behind a verb: "gave it"
    cues: dict[str, frozenset[str]]  # to, for, against, from, in, with, by, between -> prepositions
    endings: dict[str, tuple[str, ...]]  # cue -> case endings or particles at the end of a name
    periods: Matcher[str]  # "last year"; see baseline.periods
    since: frozenset[str]  # before the beginning of what goes on
    numbers: dict[str, frozenset[str]]  # counting, bounds, currency, total -> words
    articles: frozenset[str]
    new: frozenset[str]  # before the treaty that the article is about
    ties: frozenset[str]  # that tie a sentence to the source of the one before
    grounds: frozenset[str]  # nouns of place before an adjective: "le sol ukrainien"
    siding: frozenset[str]  # before the side that forces support
    ahead: frozenset[str]  # before a time to come: by, until, from
    institutions: frozenset[str]  # nouns that stand for a state behind its adjective
    subordinators: frozenset[str]  # that begin a clause after a comma
    conjunctions: frozenset[str]  # that begin a clause with or without a comma
    grammar: Grammar
    nouns_have_capitals: bool
    verb_last: bool  # Korean: particles behind names, counts behind goods
    clause_endings: tuple[str, ...]  # of a verb that ends a clause
    noun_first: bool  # what describes a noun stands behind it: "armes russes", "obus de mortier"
    abbreviations: tuple[str, ...]
    stop: frozenset[str]


def _read(name: str) -> dict[str, Any]:
    path = files(__package__) / "lexicons" / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def _forms(text: str) -> Iterator[str]:
    return (form.strip() for form in text.split("|") if form.strip())


def _items(data: dict[str, Any], named: bool) -> Iterator[tuple[str, Item]]:
    for category, nouns in data.items():
        for noun, text in nouns.items():
            yield from ((form, Item(category, noun, named)) for form in _forms(text))


def _designations(data: dict[str, Any]) -> Iterator[tuple[str, Item]]:
    """As the language writes and inflects them, and as most languages do."""
    yield from _items(data.get("designations", {}), True)
    yield from _items(_read("designations"), True)


def _labelled(data: dict[str, str]) -> Iterator[tuple[str, str]]:
    for label, text in data.items():
        yield from ((form, label) for form in _forms(text))


def _acts(data: dict[str, dict[str, str]]) -> Iterator[tuple[str, Act]]:
    for direction, stages in data.items():
        for stage, text in stages.items():
            yield from ((form, Act(direction, stage)) for form in _forms(text))


def _words(data: dict[str, str]) -> dict[str, tuple[str, ...]]:
    return {cue: tuple(text.split()) for cue, text in data.items()}


def _separable(data: dict[str, str]) -> dict[str, dict[str, Act]]:
    found: dict[str, dict[str, Act]] = {}
    for name, text in data.items():
        direction, _, stage = name.partition(".")
        for form in _forms(text):
            verb, _, particle = form.partition(" ")
            found.setdefault(verb, {})[particle] = Act(direction, stage)
    return found


def _grammar(data: dict[str, Any]) -> Grammar:
    return Grammar(
        turned={cue: _words(senses) for cue, senses in data.get("turned", {}).items()},
        calendar=_words(data.get("calendar", {})),
        barriers=frozenset(data.get("barriers", "").split()),
        contrasts=frozenset(data.get("contrasts", "").split()),
        commas_divide_verbs=bool(data.get("commas_divide_verbs")),
        masculine=frozenset(data.get("masculine", "").split()),
        perfect={part: frozenset(text.split()) for part, text in data.get("perfect", {}).items()},
        ordinal_dots=bool(data.get("ordinal_dots")),
        drops_subject=bool(data.get("drops_subject")),
    )


@cache
def lexicon(language: str) -> Lexicon:
    """The lexicon of a language, read once."""
    data = _read(language)
    treaties = dict(data.get("treaties", {}))
    instruments = [(form, True) for form in _forms(treaties.pop("instrument", ""))]
    instruments += [(form, False) for form in _forms(treaties.pop("not_instrument", ""))]
    return Lexicon(
        language=language,
        items=Matcher([*_items(data.get("items", {}), False), *_designations(data)]),
        acts=Matcher(_acts(data.get("verbs", {}))),
        separable=_separable(data.get("separable", {})),
        infinitive=data.get("infinitive", {}),
        words=Matcher(_labelled(data.get("words", {}))),
        forces=Matcher(_labelled(data.get("forces", {}))),
        postings=Matcher(_labelled(data.get("forces_verbs", {}))),
        instruments=Matcher(instruments),
        treaty_stages=Matcher(_labelled(treaties)),
        obligations=Matcher(_labelled(data.get("obligations", {}))),
        phrases=Matcher((form, "") for form in _forms(data.get("pronouns", {}).get("phrases", ""))),
        taker_phrases=Matcher((form, "") for form in _forms(data.get("pronouns", {}).get("taker_phrases", ""))),
        aliases=Matcher(_labelled(data.get("aliases", {}))),
        pronouns=frozenset(data.get("pronouns", {}).get("subject", "").split()),
        objects=frozenset(data.get("pronouns", {}).get("object", "").split()),
        cues={cue: frozenset(_forms(text)) for cue, text in data.get("cues", {}).items()},
        endings=_words(data.get("endings", {})),
        periods=Matcher(_labelled(data.get("periods", {}))),
        since=frozenset(data.get("since", "").split()),
        numbers={kind: frozenset(text.split()) for kind, text in data.get("numbers", {}).items()},
        articles=frozenset(data.get("articles", "").split()),
        new=frozenset(data.get("new", "").split()),
        ties=frozenset(data.get("ties", "").split()),
        grounds=frozenset(data.get("grounds", "").split()),
        siding=frozenset(data.get("siding", "").split()),
        ahead=frozenset(data.get("ahead", "").split()),
        institutions=frozenset(data.get("institutions", "").split()),
        subordinators=frozenset(data.get("subordinators", "").split()),
        conjunctions=frozenset(data.get("conjunctions", "").split()),
        grammar=_grammar(data),
        nouns_have_capitals=language == "de",
        verb_last=bool(data.get("verb_last")),
        clause_endings=tuple(data.get("clause_endings", "").split()),
        noun_first=bool(data.get("noun_first")),
        abbreviations=tuple(data.get("abbreviations", "").split()),
        stop=frozenset(data.get("stop", "").split()),
    )


@cache
def known_treaties() -> dict[str, KnownTreaty]:
    """Well-known treaties by English title."""
    return {
        title: KnownTreaty(title, tuple(row["parties"].split()), row["signed"], tuple(row["obligations"]))
        for title, row in _read("treaties").items()
    }


@cache
def treaty_names() -> Matcher[str]:
    """Names under which articles write well-known treaties -> English title."""
    return Matcher((form, title) for title, row in _read("treaties").items() for form in _forms(row["forms"]))


@cache
def adversaries() -> frozenset[frozenset[str]]:
    """Pairs of actors at war with each other."""
    return frozenset(frozenset(_pair(text)) for text in _forms(_read("adversaries")["pairs"]))


def _pair(text: str) -> tuple[str, str]:
    first, _, second = text.partition(" ")
    return first, second
