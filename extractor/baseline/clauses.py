"""Clauses: the words of a sentence and how punctuation divides them."""

import re
from dataclasses import dataclass
from functools import cached_property

from extractor.baseline.lexicon import Lexicon
from extractor.matching import Found, Token

_BREAK = re.compile(r"[;:()–—|]")  # ends a clause
_FULL_BREAK = re.compile(r"[;|]")  # nothing on its other side belongs to a verb on this side


@dataclass(eq=False)
class Clauses:
    """A row of tokens of `text`; positions are token numbers."""

    text: str  # of the whole article
    tokens: list[Token]
    lexicon: Lexicon

    def between(self, first: int, last: int) -> str:
        """The text between two tokens, both left out."""
        return self.text[self.tokens[first].end : self.tokens[last].start] if first < last else ""

    @cached_property
    def clauses(self) -> list[int]:
        """Number of the clause that each token belongs to; a clause goes on behind one inserted into it."""
        number = newest = 0
        outer: list[int] = []  # clauses that were broken off by an inserted one
        told: set[int] = set()  # clauses that have their verb
        found: list[int] = []
        for position, token in enumerate(self.tokens):
            gap = self.between(position - 1, position) if position else ""
            subordinate = token.lower in self.lexicon.subordinators and "," in gap
            if (
                (gap != " " and _BREAK.search(gap))
                or (self.lexicon.verb_last and ("“" in gap or "”" in gap))
                or ("," in gap and token.lower in self.lexicon.grammar.contrasts)
            ):
                number = newest = newest + 1
                outer = []
            elif subordinate or (position and token.lower in self.lexicon.conjunctions):
                outer = [*outer, number] if "," in gap else []
                number = newest = newest + 1
            elif position and self.tokens[position - 1].lower.endswith(self.lexicon.clause_endings):
                number = newest = newest + 1
            elif "," in gap and outer:
                # "France, which had a quarrel, sold …"
                number = outer.pop()
            elif "," in gap and number == 0 and self.tokens[0].lower in self.lexicon.subordinators:
                # "When the shooting started, Canada cancelled …"
                number = newest = newest + 1
            kinds = self._verbs_behind(position) if "," in gap and self.verbs else set()
            if kinds and number in told:
                number = newest = newest + 1
            elif kinds == {"claim"}:
                # "Китай, пишут газеты, отгрузил": who stands before the comma waits for the verb.
                outer = [*outer, number]
                number = newest = newest + 1
            if position in self.verbs:
                told.add(number)
            found.append(number)
        return found

    @cached_property
    def periods(self) -> list[Found[str]]:
        """ "Last year", "yesterday"."""
        return self.lexicon.periods.find(self.text, self.tokens)

    @property
    def verbs(self) -> dict[int, str]:
        """Tokens that need a clause of their own behind a comma, and what they tell; none in most languages."""
        return {}

    def _verbs_behind(self, position: int) -> set[str]:
        """Verbs between a comma and the next one."""
        end = position + 1
        while end < len(self.tokens) and not re.search(r"[,;:()–—|]", self.between(end - 1, end)):
            end += 1
        return {self.verbs[verb] for verb in range(position, end) if verb in self.verbs}

    def segment(self, position: int) -> range:
        """Tokens between the semicolons around a token."""
        first, last = position, position + 1
        while first and not _FULL_BREAK.search(self.between(first - 1, first)):
            first -= 1
        while last < len(self.tokens) and not _FULL_BREAK.search(self.between(last - 1, last)):
            last += 1
        return range(first, last)
