"""Estimate: what articles would cost to ask about, in tokens, money and time; nothing is sent."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass

from extractor.article import Article
from extractor.llm.dialects import response_format, shown
from extractor.llm.prices import Price
from extractor.llm.prompt import load, question
from extractor.outcome import Usage
from extractor.settings import DEFAULT_DIALECT

# Tokens a character, fitted to what o200k_base makes of the gold articles, their answers and our prompt: no kept-up
# package brings that vocabulary along, and we fetch none. Measured: 0.99 of all articles, 0.87 to 1.15 of each.
_LETTER, _SIGN, _LATIN, _CYRILLIC, _OTHER = 0.21, 0.425, 1.6, 0.34, 0.81
_ERROR = 0.15

# Answer tokens for each token of article. Gold answers have 1.84; news at large holds less that is to be coded. The
# high figure has a third of the articles asked again and as much thinking as answer.
_SPARSE, _DENSE = 0.5, 3.7
_ASKED_AGAIN = 1 / 3
# What servers are seen to write, in tokens a second, and the seconds until they begin.
_SLOW, _FAST, _DELAY = 30.0, 120.0, 1.0


@dataclass(frozen=True, slots=True)
class Range:
    """From low to high."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Estimate:
    """Figures for all articles together, one request each at the low end."""

    articles: int
    static_tokens: int  # of every request the same: prompt, examples and schema
    article_tokens: int
    prompt_tokens: Range
    completion_tokens: Range
    cost: Range | None  # US dollars; None where the model has no known price
    seconds: Range | None  # None where nothing is asked over the wire


def tokens(text: str) -> int:
    """About how many tokens a text has; see the measured error above."""
    ascii_letters = len(re.findall(r"[A-Za-z ]", text))
    ascii_all = len(text.encode("ascii", "ignore"))
    cyrillic = len(re.findall(r"[\u0400-\u052f]", text))
    # Hangul, Chinese and the like; the punctuation between counts with the accented letters.
    wide = len(re.findall(r"[\u1100-\u1fff\u2100-\U0010ffff]", text))
    latin = len(text) - ascii_all - cyrillic - wide
    signs = ascii_all - ascii_letters
    return round(_LETTER * ascii_letters + _SIGN * signs + _LATIN * latin + _CYRILLIC * cyrillic + _OTHER * wide)


def static_tokens(dialect: str = DEFAULT_DIALECT, prompt: str = "extraction/v1") -> int:
    """Tokens of a request without its article."""
    schema = json.dumps(response_format(dialect), separators=(",", ":"))
    return tokens(load(prompt).text) + tokens(shown(dialect)) + tokens(schema)


def estimate(articles: Iterable[Article], model: str, price: Price, concurrency: int, dialect: str) -> Estimate:
    """Reckon it up; each article is read once and not kept."""
    prompt, static = load("extraction/v1"), static_tokens(dialect)
    count = asked = 0
    for article in articles:
        count += 1
        asked += tokens(question(prompt, article)[1]["content"])
    sent = count * static + asked
    prompts = Range(sent * (1 - _ERROR), sent * (1 + _ERROR) * (1 + _ASKED_AGAIN))
    answers = Range(asked * _SPARSE, asked * _DENSE)
    # Requests that are out before the first one is answered find nothing cached.
    cached = max(0, count - concurrency) * static * (1 - _ERROR)
    low = _cost(price, model, count, (prompts.low, answers.low, cached))
    high = _cost(price, model, count, (prompts.high, answers.high, 0))
    at_once = max(1, min(concurrency, count))
    return Estimate(
        articles=count,
        static_tokens=static,
        article_tokens=asked,
        prompt_tokens=_whole(prompts),
        completion_tokens=_whole(answers),
        cost=None if low is None or high is None else Range(low, high),
        seconds=Range(
            (answers.low / _FAST + count * _DELAY) / at_once, (answers.high / _SLOW + count * _DELAY) / at_once
        ),
    )


def _cost(price: Price, model: str, count: int, whole: tuple[float, float, float]) -> float | None:
    # A request at a time: some prices rise with the length of a single one.
    sent, received, cached = (number / max(1, count) for number in whole)
    one = price.of(Usage(round(sent), round(received), round(cached)), model)
    return None if one is None else one * count


def _whole(found: Range) -> Range:
    return Range(round(found.low), round(found.high))
