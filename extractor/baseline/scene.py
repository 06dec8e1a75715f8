"""Scene: one sentence with its marks; each layer is looked up when a rule first asks for it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from extractor.article import Article
from extractor.baseline import actors, dates, numbers
from extractor.baseline.actors import Actor
from extractor.baseline.clauses import Clauses
from extractor.baseline.dates import When
from extractor.baseline.lexicon import Act, Item, treaty_names
from extractor.baseline.numbers import Number
from extractor.baseline.sentences import Sentence
from extractor.grounding.mentions import Mention
from extractor.matching import Found, Matcher

Payload = TypeVar("Payload")
_SAYING = 2  # tokens between a speaker and the word of saying
_SHORTEST_CLAUSE = 2  # tokens between a verb and its particle


@dataclass(eq=False)
class Scene(Clauses):
    """The n-th sentence of an article."""

    article: Article
    sentence: Sentence
    named: list[Mention]
    number: int

    @property
    def wording(self) -> str:
        """The sentence as it stands."""
        return self.text[self.sentence.start : self.sentence.end]

    @cached_property
    def question(self) -> bool:
        """A mere question asserts nothing."""
        return self.wording.rstrip("\"'”’“») ").endswith("?")

    @cached_property
    def actors(self) -> list[Actor]:
        """Who is named."""
        if self.lexicon.noun_first:
            return actors.find(self, self.named, {item.last for item in self.items}, self._givers())
        if self.lexicon.verb_last:
            begun = {mention.start for mention in self.named}
            names = {position: True for position, token in enumerate(self.tokens) if token.start in begun}
            return actors.find(self, self.named, self._things(), names)
        return actors.find(self, self.named, self._things(), self._heads() if self.lexicon.endings else {})

    @cached_property
    def items(self) -> list[Found[Item]]:
        """Goods named."""
        return self._find(self.lexicon.items)

    @cached_property
    def forces(self) -> list[Found[str]]:
        """Kinds of forces."""
        return [mark for mark in self._find(self.lexicon.forces) if mark.payload != "not_forces"]

    @cached_property
    def acts(self) -> list[Found[Act]]:
        """Verbs and nouns of giving, getting and moving."""
        parted = {mark.first: mark for mark in self._parted()} if self.lexicon.separable else {}
        whole = {mark.first: mark for mark in self._find(self.lexicon.acts)}
        return [mark for _, mark in sorted((whole | parted).items())]

    @cached_property
    def verbs(self) -> dict[int, str]:
        """Tokens of giving, getting and saying, where commas divide verbs."""
        if not self.lexicon.grammar.commas_divide_verbs:
            return {}
        claims = {word.first: "claim" for word in self.words if word.payload == "claim"}
        return claims | {act.first: "act" for act in self.acts if act.payload.direction != "move"}

    @cached_property
    def postings(self) -> list[Found[str]]:
        """Verbs and nouns of sending and withdrawing forces."""
        return self._find(self.lexicon.postings)

    @cached_property
    def whens(self) -> list[When]:
        """Dates."""
        return dates.whens(self, self.article.published)

    @cached_property
    def instruments(self) -> list[Found[bool]]:
        """Treaties, pacts, agreements; False for what only sounds like one."""
        return self._find(self.lexicon.instruments)

    @cached_property
    def known_treaties(self) -> list[Found[str]]:
        """Well-known treaties, by English title."""
        return self._find(treaty_names())

    @cached_property
    def treaty_stages(self) -> list[Found[str]]:
        """Signing, ratifying, ending."""
        return self._find(self.lexicon.treaty_stages)

    @cached_property
    def obligations(self) -> list[Found[str]]:
        """What a treaty binds to."""
        return self._find(self.lexicon.obligations)

    @cached_property
    def words(self) -> list[Found[str]]:
        """Negation, future, hedges, claims, denials, exchange; the "sagte" of "sagte zu" says nothing."""
        parted = {mark.first for mark in self._parted()} if self.lexicon.separable else set()
        return [word for word in self._find(self.lexicon.words) if word.first not in parted]

    @cached_property
    def numbers(self) -> list[Number]:
        """Phrases that say how many."""
        designations = {position for item in self.items for position in range(item.first, item.last)}
        verbs = {position for act in self.acts for position in range(act.first, act.last)}
        days = {position for when in self.whens for position in range(when.first, when.last)}
        return numbers.find(self, designations | days, self._things(), verbs)

    @cached_property
    def reporters(self) -> list[Actor]:
        """Who only says so: "Norway says Sweden sent", "nach Angaben der NATO"."""
        found: list[Actor] = []
        for word in self.words:
            if word.payload == "source":
                found += [actor for actor in self.actors if 0 <= actor.first - word.last <= _SAYING][:1]
            elif word.payload == "claim":
                clause = self.clauses[word.first]
                told = [actor for actor in self.actors if actor.cue in ("bare", "genitive", "origin", "dative")]
                told = [actor for actor in told if self.clauses[actor.first] == clause]
                before = [actor for actor in told if 0 <= word.first - actor.last <= _SAYING][-1:]
                inverted = not word.first or "," in self.between(word.first - 1, word.first)  # ", sagte Norwegen"
                behind = [actor for actor in told if inverted and 0 <= actor.first - word.last <= 1]
                found += before or behind[:1]
        return found

    @cached_property
    def hearsay(self) -> bool:
        """German: "soll geliefert haben" is what others say."""
        perfect = self.lexicon.grammar.perfect
        said = [number for number, token in enumerate(self.tokens) if token.lower in perfect.get("hearsay", ())]
        last = [number for number, token in enumerate(self.tokens) if token.lower in perfect.get("ends", ())]
        return any(one < other and self.clauses[one] == self.clauses[other] for one in said for other in last)

    @cached_property
    def accused(self) -> list[Actor]:
        """Who is accused, where the sentence accuses somebody: "haben dem Norden vorgeworfen", "accused Serbia of"."""
        for word in self.words:
            if word.payload == "accuse":
                if self.lexicon.endings:
                    # "обвинил Пекин в поставках Москве", "Пекин обвинили в поставках Москве"
                    told = [actor for actor in self.actors if actor.cue in ("bare", "dative")]
                    near = [actor for actor in told if 0 <= actor.first - word.last <= 1]
                    return near or [actor for actor in told if actor.first < word.first][-1:]
                dative = [actor for actor in self.actors if actor.cue == "dative"]
                cues = ("bare", "in") if self.lexicon.noun_first else ("bare",)  # "acusó a Irán"
                behind = [actor for actor in self.actors if actor.cue in cues and actor.first >= word.last]
                if self.lexicon.nouns_have_capitals:  # German: only the object stands right behind the verb
                    behind = [actor for actor in behind if actor.first - word.last <= 1]
                return dative[:1] or behind[:1]
        return []

    def uncounted(self, number: Number) -> bool:
        """Whether no noun follows a number: "another 217 on 18 January"."""
        if number.last >= len(self.tokens) or self.between(number.last - 1, number.last).strip():
            return True
        token = self.tokens[number.last]
        if token.lower in self.lexicon.cues.get("of", ()):
            return False  # "une centaine de chars"
        if self.lexicon.nouns_have_capitals:
            after = self.tokens[min(number.last + 1, len(self.tokens) - 1)]
            return token.text[:1].islower() and not after.text[:1].isupper()
        known = {act.first for act in self.acts} | {posting.first for posting in self.postings}
        preposition = any(token.lower in words for words in self.lexicon.cues.values())
        return token.lower in self.lexicon.stop or number.last in known or preposition

    def has(self, label: str, first: int = 0, last: int = 10_000) -> bool:
        """Whether a word of this label stands among the tokens `first` to `last`."""
        return any(word.payload == label and first <= word.first < last for word in self.words)

    def describes(self, actor: Actor) -> bool:
        """Whether an adjective names no ground: "la révolution iranienne", but "le sol ukrainien"."""
        noun = self.tokens[max(0, actor.first - 1)].lower
        return bool(self.lexicon.grounds) and actor.kind == "adj" and noun not in self.lexicon.grounds

    def apart(self, one: int, other: int, penalty: int) -> int:
        """Tokens between two positions, and `penalty` more where they stand in different clauses."""
        return abs(one - other) + penalty * (self.clauses[one] != self.clauses[other])

    def _things(self) -> set[int]:
        """Tokens at which goods or forces begin."""
        return {item.first for item in self.items} | {force.first for force in self.forces}

    def _heads(self) -> dict[int, bool]:
        """Tokens of goods, acts and words of saying, and whether a dative behind them is who gets something."""
        heads = {word.last - 1: False for word in self.words}
        heads |= {act.last - 1: act.payload.direction == "give" for act in self.acts}
        return heads | {position: True for item in self.items for position in range(item.first, item.last)}

    def _givers(self) -> dict[int, bool]:
        """Tokens behind which "de" names a giver: goods, acts; a noun of getting ("l'achat de") names who gets."""
        taking = {act.first for act in self.acts if act.payload.direction == "get" and act.first}
        nouns = {position for position in taking if self.tokens[position - 1].lower in self.lexicon.articles}
        acts = {act.last - 1: True for act in self.acts if act.first not in nouns}
        return acts | {item.last - 1: True for item in self.items}

    def _find(self, matcher: Matcher[Payload]) -> list[Found[Payload]]:
        return matcher.find(self.text, self.tokens)

    def _parted(self) -> Iterator[Found[Act]]:
        """Verbs whose particle stands at the end of the clause: "sagte Deutschland 15 Leopard 2 zu"."""
        for position, token in enumerate(self.tokens):
            particles = self.lexicon.separable.get(token.lower)
            if particles is None:
                continue
            end = position + 1
            while end < len(self.tokens) and not re.search(r"[,;:.!?)]", self.between(end - 1, end)):
                end += 1
            act = particles.get(self.tokens[end - 1].lower)
            if act and end - position > _SHORTEST_CLAUSE:
                yield Found(position, position + 1, act)
