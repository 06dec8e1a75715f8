"""Reading: an article as sentences in which actors, goods, acts and forces are marked."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from extractor.article import Article
from extractor.baseline.lexicon import Act, Item, Lexicon, lexicon, treaty_names
from extractor.baseline.numbers import Number, find
from extractor.baseline.sentences import Sentence, sentences
from extractor.grounding.mentions import Mention, mentions
from extractor.matching import Found, Matcher, Token, tokenize

Payload = TypeVar("Payload")
# They report and resolve; what they are named for is not what they give or sign.
OBSERVERS = ("United Nations", "UN Panel of Experts", "MSMT", "Red Cross", "OSCE", "IAEA", "Amnesty International")
_HEADLINE = 3  # a place named in the headline counts as often as this
_ALLIANCES = ("NATO", "European Union", "Warsaw Pact", "African Union", "ECOWAS", "CSTO", "Arab League", "ASEAN")


def may_sign(code: str) -> bool:
    """Whether an actor can be party to a treaty: a state or an alliance."""
    return len(code) == 3 or code in _ALLIANCES



@dataclass(frozen=True, slots=True)
class Actor:
    """An actor in a sentence: `first` and `last` are token numbers, `cue` what binds it to the rest.

    Cues: to, from, in, with, by, between (a preposition), dative, genitive, origin (an adjective before goods or
    forces), bare.
    """

    code: str
    kind: str
    english: str
    first: int
    last: int
    cue: str


@dataclass
class Scene:
    """One sentence with its marks; each layer is looked up when a rule first asks for it."""

    article: Article
    lexicon: Lexicon
    sentence: Sentence
    tokens: list[Token]
    named: list[Mention]
    number: int

    @property
    def text(self) -> str:
        """The sentence as it stands."""
        return self.article.text[self.sentence.start : self.sentence.end]

    def _find(self, matcher: Matcher[Payload]) -> list[Found[Payload]]:
        return matcher.find(self.article.text, self.tokens)

    @cached_property
    def items(self) -> list[Found[Item]]:
        """Goods named."""
        return self._find(self.lexicon.items)

    @cached_property
    def acts(self) -> list[Found[Act]]:
        """Verbs and nouns of giving, getting and moving."""
        parted = list(self._parted()) if self.lexicon.separable else []
        taken = {mark.first for mark in parted}
        whole = [mark for mark in self._find(self.lexicon.acts) if mark.first not in taken]
        return sorted([*whole, *parted], key=lambda mark: mark.first)

    def _parted(self) -> Iterator[Found[Act]]:
        """Verbs whose particle stands at the end of the clause: "sagte Deutschland 15 Leopard 2 zu"."""
        for position, token in enumerate(self.tokens):
            end = position + 1
            while end < len(self.tokens) and not re.search(r"[,;:.!?)]", self.between(end - 1, end)):
                end += 1
            act = self.lexicon.separable.get((token.lower, self.tokens[end - 1].lower))
            if act and end - position > 2:
                yield Found(position, position + 1, act)

    @cached_property
    def forces(self) -> list[Found[str]]:
        """Kinds of forces."""
        return self._find(self.lexicon.forces)

    @cached_property
    def postings(self) -> list[Found[str]]:
        """Verbs and nouns of sending and withdrawing forces."""
        return self._find(self.lexicon.postings)

    @cached_property
    def instruments(self) -> list[Found[bool]]:
        """Treaties, pacts, agreements."""
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
        """Negation, future, hedges, claims, denials, exchange."""
        return self._find(self.lexicon.words)

    @cached_property
    def numbers(self) -> list[Number]:
        """Phrases that say how many."""
        named = {position for item in self.items for position in range(item.first, item.last)}
        nouns = {mark.first for mark in (*self.items, *self.forces)}
        return find(self.article.text, self.tokens, self.lexicon, named, nouns)

    def uncounted(self, number: Number) -> bool:
        """Whether no noun follows a number: "another 217 on 18 January"."""
        if number.last >= len(self.tokens) or self.between(number.last - 1, number.last).strip():
            return True
        token = self.tokens[number.last]
        if self.lexicon.nouns_have_capitals:
            after = self.tokens[min(number.last + 1, len(self.tokens) - 1)]
            return token.text[:1].islower() and not after.text[:1].isupper()
        known = {mark.first for mark in (*self.acts, *self.postings)}
        prepositions = any(token.lower in words for words in self.lexicon.cues.values())
        return token.lower in self.lexicon.stop or number.last in known or prepositions

    def has(self, label: str, first: int = 0, last: int = 10_000) -> bool:
        """Whether a word of this label stands among the tokens `first` to `last`."""
        return any(word.payload == label and first <= word.first < last for word in self.words)

    @cached_property
    def question(self) -> bool:
        """A mere question asserts nothing."""
        return self.text.rstrip("\"'”’“») ").endswith("?")

    @cached_property
    def clauses(self) -> list[int]:
        """Number of the clause that each token belongs to."""
        number, newest, parents, found = 0, 0, [], []
        for position, token in enumerate(self.tokens):
            gap = self.between(position - 1, position) if position else ""
            opens = token.lower in self.lexicon.subordinators and ("," in gap or not position)
            if re.search(r"[;:()–—|]", gap):
                number = newest = newest + 1
                parents = []
            elif opens or token.lower in self.lexicon.conjunctions:
                parents = [*parents, number] if "," in gap else []
                number = newest = newest + 1
            elif "," in gap and parents:
                # The comma closes an inserted clause: "France, which had a quarrel, sold …"
                number = parents.pop()
            elif "," in gap and not parents and self.tokens and self.tokens[0].lower in self.lexicon.subordinators and number == found[0]:
                number = newest = newest + 1
            found.append(number)
        return found

    def segment(self, position: int) -> tuple[int, int]:
        """Tokens between the semicolons around a token."""
        first, last = position, position + 1
        while first and not re.search(r"[;|]", self.between(first - 1, first)):
            first -= 1
        while last < len(self.tokens) and not re.search(r"[;|]", self.between(last - 1, last)):
            last += 1
        return first, last

    def between(self, first: int, last: int) -> str:
        """The text between two tokens, both left out."""
        return self.article.text[self.tokens[first].end : self.tokens[last].start] if first < last else ""

    @cached_property
    def actors(self) -> list[Actor]:
        """Actors in order."""
        starts = {token.start: number for number, token in enumerate(self.tokens)}
        ends = {token.end: number + 1 for number, token in enumerate(self.tokens)}
        found: list[Actor] = []
        for mention in self.named:
            first = starts.get(mention.start)
            last = ends.get(mention.end)
            if first is None or last is None:
                continue
            cue = self._cue(mention, first, last, found)
            found.append(Actor(mention.code, mention.kind, mention.english, first, last, cue))
        return found

    def _cue(self, mention: Mention, first: int, last: int, before: list[Actor]) -> str:
        if mention.kind == "adj" and self._starts_goods(last):
            return "origin"
        position, article = first - 1, ""
        # Step over what may stand between a preposition and the name: articles, adjectives, titles.
        for _ in range(3):
            if position < 0 or not re.fullmatch(r"[\s\-]*", self.between(position, position + 1)):
                break
            word = self.tokens[position].lower
            for cue, prepositions in self.lexicon.cues.items():
                if word in prepositions:
                    return cue
            if word in self.lexicon.articles:
                article = article or word
            elif self.tokens[position].text[:1].isupper() or len(word) < 4:
                break
            position -= 1
        if self._possessive(mention, last):
            return "genitive"
        if before and self._joined(before[-1].last, first, last):
            return before[-1].cue
        if article in ("der", "den", "dem") and self.lexicon.language == "de":
            return self._german_case(first)
        return self._ending(self.tokens[last - 1].lower)

    def _german_case(self, first: int) -> str:
        """ "der Ukraine" is a genitive behind a noun ("das Embargo der Vereinten Nationen"), else a dative."""
        position = first - 1
        while position > 0 and self.tokens[position].lower not in self.lexicon.articles:
            position -= 1
        if position < 2 or self.between(position - 1, position).strip():
            return "dative"
        noun = self.tokens[position - 1]
        named = any(mention.start <= noun.start < mention.end for mention in self.named)
        return "genitive" if noun.text[:1].isupper() and not named else "dative"

    def _ending(self, word: str) -> str:
        """The cue that a case ending or a particle gives where no preposition stands, else "bare"."""
        for cue, endings in self.lexicon.endings.items():
            if word.endswith(endings):
                return cue
        return "bare"

    def _starts_goods(self, last: int) -> bool:
        """Whether goods or forces begin within two tokens after an adjective, with no other noun between."""
        for mark in (*self.items, *self.forces):
            if last <= mark.first <= last + 2:
                words = self.tokens[last : mark.first]
                nouns = self.lexicon.nouns_have_capitals and any(word.text[:1].isupper() for word in words)
                institution = any(word.lower in self.lexicon.institutions for word in words)
                return not nouns and not institution and not re.search(r"[,;:(]", self.between(last - 1, mark.first) or "")
        return False

    def _possessive(self, mention: Mention, last: int) -> bool:
        follows = self.article.text[mention.end : mention.end + 2]
        if follows in ("'s", "’s") or (follows[:1] in ("'", "’") and self.article.text[mention.end - 1] == "s"):
            return True
        if self.lexicon.language == "de" and mention.kind in ("name", "capital", "leader"):
            word = self.article.text[mention.start : mention.end]
            return word.endswith("s") and self._find_base(word) and last < len(self.tokens)
        return False

    def _find_base(self, word: str) -> bool:
        base = mentions(word[:-1], self.lexicon.language)
        return bool(base) and base[0].end == len(word) - 1

    def _joined(self, last: int, first: int, end: int) -> bool:
        """Whether two names stand in one row: "Polen, Ungarn und die Slowakei"."""
        gap = re.sub(r"\b(the|der|die|das|den|to|la|les|el|l')\b", "", self.between(last - 1, first).lower()).strip()
        if re.fullmatch(r",?\s*(und|and|sowie|et|y|e|i|oraz|та|й|и|і|or|oder|&|와|과|,)", gap):
            follows = self.article.text[self.tokens[end - 1].end :][:6].lower()
            return gap != "," or bool(re.match(r"\s*(,|und\b|and\b|sowie\b|et\b|y\b|i\b|oraz\b|та\b|и\b|і\b|or\b|oder\b)", follows))
        return False


@dataclass
class Reading:
    """An article, sentence by sentence."""

    article: Article
    language: str
    lexicon: Lexicon
    scenes: list[Scene] = field(default_factory=list)

    @cached_property
    def main_pair(self) -> tuple[str, str] | None:
        """The two actors that the article is about, if it is clearly about two."""
        count = Counter(actor.code for scene in self.scenes for actor in scene.actors if may_sign(actor.code))
        top = count.most_common(3)
        if len(top) < 2 or top[1][1] < 2 or (len(top) == 3 and 4 * top[2][1] > 3 * top[1][1]):
            return None
        return top[0][0], top[1][0]

    @cached_property
    def protagonist(self) -> str | None:
        """The state that the article is about, whom "das Land" and "the air force" mean, if there is one."""
        count = Counter(actor.code for scene in self.scenes for actor in scene.actors if len(actor.code) == 3)
        top = count.most_common(2)
        if not top or top[0][1] < 3 or (len(top) == 2 and 3 * top[0][1] < 4 * top[1][1]):
            return None
        return top[0][0]

    @cached_property
    def main_place(self) -> str | None:
        """The state in which, or to which, most of the article happens, if there is one."""
        count: Counter[str] = Counter()
        for scene in self.scenes:
            for actor in scene.actors:
                placed = actor.cue in ("in", "to") or actor.kind == "city"
                if placed and len(actor.code) == 3 and actor.kind not in ("leader", "forces", "firm", "seat"):
                    count[actor.code] += 1 if scene.number else _HEADLINE
        top = count.most_common(2)
        if not top or top[0][1] < 2 or (len(top) == 2 and 3 * top[0][1] < 4 * top[1][1]):
            return None
        return top[0][0]

    def topic(self, number: int) -> str | None:
        """Whom a pronoun at the beginning of scene `number` takes up: the first actor of the sentences just before."""
        for scene in reversed(self.scenes[max(0, number - 2) : number]):
            for actor in scene.actors:
                if actor.cue in ("bare", "genitive") and actor.kind != "city" and actor.code not in OBSERVERS:
                    return actor.code
        return None


def read(article: Article, language: str) -> Reading:
    """Mark up the running text of an article."""
    words = lexicon(language)
    reading = Reading(article, language, words)
    tokens = tokenize(article.text)
    named = _with_aliases(article.text, tokens, mentions(article.text, language), words)
    at, met = 0, 0
    for number, sentence in enumerate(sentences(article.text, words.abbreviations)):
        while at < len(tokens) and tokens[at].start < sentence.start:
            at += 1
        begin = at
        while at < len(tokens) and tokens[at].start < sentence.end:
            at += 1
        while met < len(named) and named[met].start < sentence.start:
            met += 1
        first = met
        while met < len(named) and named[met].start < sentence.end:
            met += 1
        reading.scenes.append(Scene(article, words, sentence, tokens[begin:at], named[first:met], number))
    return reading


def _with_aliases(text: str, tokens: list[Token], named: list[Mention], words: Lexicon) -> list[Mention]:
    known = {mention.code for mention in named}
    taken = {mention.start for mention in named}
    for found in words.aliases.find(text, tokens):
        start, end = tokens[found.first].start, tokens[found.last - 1].end
        if found.payload in known and start not in taken:
            named.append(Mention(start, end, found.payload, "name", ""))
    return sorted(named, key=lambda mention: mention.start)
