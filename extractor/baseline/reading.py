"""Reading: an article as a row of scenes, and whom it is about."""

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from extractor.article import Article
from extractor.baseline.actors import OBSERVERS, is_state, may_sign
from extractor.baseline.lexicon import Lexicon, lexicon
from extractor.baseline.scene import Scene
from extractor.baseline.sentences import sentences
from extractor.grounding.mentions import Mention, mentions
from extractor.matching import Token, tokenize

Marked = TypeVar("Marked", Token, Mention)
_HEADLINE = 3  # a place named in the headline counts as often as this
_LEAD = 4 / 3  # how much more often the first is named than the second to stand out
_TAKEN_UP = 2  # sentences over which a pronoun reaches back


@dataclass
class Reading:
    """An article, sentence by sentence."""

    article: Article
    lexicon: Lexicon
    scenes: list[Scene] = field(default_factory=list)

    @cached_property
    def main_pair(self) -> tuple[str, str] | None:
        """The two actors that the article is about, if it is clearly about two."""
        count = Counter(actor.code for scene in self.scenes for actor in scene.actors if may_sign(actor.code))
        top = count.most_common(3)
        if len(top) < 2 or top[1][1] < 2 or (len(top) == 3 and top[1][1] < _LEAD * top[2][1]):
            return None
        return top[0][0], top[1][0]

    @cached_property
    def protagonist(self) -> str | None:
        """The state that the article is about, whom "das Land" and "the air force" mean, if there is one."""
        count = Counter(actor.code for scene in self.scenes for actor in scene.actors if is_state(actor.code))
        return _standing_out(count, 3)

    @cached_property
    def main_place(self) -> str | None:
        """The state in which, or to which, most of the article happens, if there is one."""
        count: Counter[str] = Counter()
        for scene in self.scenes:
            for actor in scene.actors:
                placed = (actor.cue in ("in", "to") and not scene.describes(actor)) or actor.kind == "city"
                if placed and is_state(actor.code) and actor.kind not in ("leader", "forces", "firm", "seat"):
                    count[actor.code] += 1 if scene.number else _HEADLINE
        return _standing_out(count, 2)

    def first_of(self, code: str) -> int | None:
        """Number of the first scene that names an actor."""
        return next((scene.number for scene in self.scenes if code in {actor.code for actor in scene.actors}), None)

    def above_list(self, scene: Scene) -> int:
        """Number of the sentence that governs a list item; of any other scene its own number."""
        number = scene.number
        while number and self.scenes[number].sentence.shape == "list":
            number -= 1
        return number

    def about_forces(self, row: Scene) -> bool:
        """Whether a table row stands below a text about forces, not about goods."""
        for scene in reversed(self.scenes[: row.number]):
            if scene.sentence.shape != "table" and (scene.forces or scene.items):
                return bool(scene.forces) and not scene.items
        return False

    def topic(self, number: int) -> str | None:
        """Whom a pronoun at the beginning of scene `number` takes up: the first actor of the sentences just before."""
        for scene in reversed(self.scenes[max(0, number - _TAKEN_UP) : number]):
            for actor in scene.actors:
                if actor.cue in ("bare", "genitive") and actor.kind != "city" and actor.code not in OBSERVERS:
                    return actor.code
        return None


def _standing_out(count: Counter[str], least: int) -> str | None:
    top = count.most_common(2)
    if not top or top[0][1] < least or (len(top) == 2 and top[0][1] < _LEAD * top[1][1]):
        return None
    return top[0][0]


def read(article: Article, language: str) -> Reading:
    """Mark up the running text of an article."""
    words = lexicon(language)
    reading = Reading(article, words)
    tokens = tokenize(article.text)
    named = _with_aliases(article.text, tokens, mentions(article.text, language), words)
    for number, sentence in enumerate(sentences(article.text, words.abbreviations, words.grammar.ordinal_dots)):
        own, tokens = _part(tokens, sentence.start, sentence.end)
        who, named = _part(named, sentence.start, sentence.end)
        reading.scenes.append(Scene(article.text, own, words, article, sentence, who, number))
    return reading


def _part(marks: list[Marked], start: int, end: int) -> tuple[list[Marked], list[Marked]]:
    """Marks that begin in a stretch of text, and those behind it."""
    first = next((number for number, mark in enumerate(marks) if mark.start >= start), len(marks))
    last = next((number for number, mark in enumerate(marks[first:], first) if mark.start >= end), len(marks))
    return marks[first:last], marks[last:]


def _with_aliases(text: str, tokens: list[Token], named: list[Mention], words: Lexicon) -> list[Mention]:
    """Names, and short names ("der Norden") where the article names the actor in full."""
    known = {mention.code for mention in named}
    taken = {mention.start for mention in named}
    short = [
        Mention(tokens[found.first].start, tokens[found.last - 1].end, found.payload, "name", "")
        for found in words.aliases.find(text, tokens)
        if found.payload in known and tokens[found.first].start not in taken
    ]
    return sorted([*named, *short], key=lambda mention: mention.start)
