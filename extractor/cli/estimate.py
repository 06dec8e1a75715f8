"""extractor estimate: what a run would cost, before anything is sent."""

import asyncio
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import click

from extractor.article import Article
from extractor.cli.options import database_option, format_option, model_options, open_model
from extractor.cli.terminal import count, echo_pairs, say
from extractor.llm.access import OPENAI
from extractor.llm.estimate import Estimate, Range, estimate
from extractor.llm.prices import Price
from extractor.settings import Settings
from extractor.sources import Sources, find
from extractor.store import Store


@dataclass(slots=True)
class _Wanted:
    """Passes the articles that a run would ask, and counts the others; `finished` holds keys."""

    sources: Sources
    finished: set[str]
    already: int = 0
    twice: int = 0
    unreadable: int = 0

    def __iter__(self) -> Iterator[Article]:
        taken: set[str] = set()
        for source in self.sources:
            if not isinstance(source, Article):
                self.unreadable += 1
            elif source.key in self.finished:
                self.already += 1
            elif source.key in taken:
                self.twice += 1
            else:
                taken.add(source.key)
                yield source


@click.command("estimate")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@database_option
@model_options
@format_option
def command(
    paths: tuple[str, ...],
    database: Path,
    form: str,
    **asked: Any,
) -> None:
    """Say what `extractor batch` with the same arguments would cost: tokens, price, time. Nothing is sent.

    Articles that the register has from the same model, prompt and schemas are left out. Tokens are estimated from
    the text by script, 15 % up or down; the high figures have a third of the articles asked again, and a model
    that thinks as much as it answers.

    \b
    extractor estimate news/ --model gpt-5-mini
    extractor estimate 'news/**/*.md' --db register.db --model gpt-5-mini --format json | jq .cost.high
    """
    settings = Settings.from_environment(**asked, asking=False)
    wanted = _Wanted(find(paths, say), _finished(settings, database))
    if settings.notice:
        say(settings.notice)
    price = Price.at(settings.base_url)
    found = estimate(iter(wanted), settings.model, price, settings.concurrency, settings.dialect)
    if settings.is_baseline:
        nothing = Range(0, 0)
        found = Estimate(found.articles, 0, 0, nothing, nothing, nothing, None)
    if form == "json":
        others = {"already": wanted.already, "twice": wanted.twice, "unreadable": wanted.unreadable}
        click.echo(json.dumps({"model": settings.model, **asdict(found), **others}))
    else:
        echo_pairs(_lines(found, wanted, settings))


def _finished(settings: Settings, database: Path) -> set[str]:
    if not database.exists():
        return set()
    # The recipe is the same with and without a key, and the model is not asked.
    model = open_model(replace(settings, base_url=settings.base_url or OPENAI, api_key=""))
    asyncio.run(model.close())
    with Store.open(database, create=False) as store:
        return store.finished(model.recipe)


def _lines(found: Estimate, wanted: _Wanted, settings: Settings) -> Iterator[tuple[str, str]]:
    others = [
        f"{number:,} {what}"
        for number, what in (
            (wanted.already, "already done"),
            (wanted.twice, "the same under another name"),
            (wanted.unreadable, "unreadable"),
        )
        if number
    ]
    yield "articles", ", ".join([f"{found.articles:,} to ask", *others])
    if settings.is_baseline:
        yield "cost", "none: built-in model"
        return
    yield "model", settings.model
    yield "tokens", f"{_about(found.prompt_tokens)} in, {_about(found.completion_tokens)} out"
    yield "", f"{found.static_tokens:,} in of each request are the same, and can be cached"
    if found.cost is None:
        yield "cost", "price unknown"
    else:
        yield "cost", f"${_range(found.cost, ',.2f' if found.cost.low >= 1 else ',.4f')} by list price"
    if found.seconds:
        yield "time", f"{_time(found.seconds)} with {count(settings.concurrency, 'article')} at once"
    yield "", "an estimate: nothing was sent"


def _range(found: Range, form: str) -> str:
    low, high = format(found.low, form), format(found.high, form)
    return low if low == high else f"{low} - {high}"


def _about(found: Range) -> str:
    """Two digits, so that nobody takes it for a count."""
    return _range(Range(float(f"{found.low:.2g}"), float(f"{found.high:.2g}")), ",.0f")


def _time(found: Range) -> str:
    unit, name = (3600, "h") if found.high >= 7200 else (60, "min") if found.high >= 120 else (1, "s")
    return f"{found.low / unit:.1f} - {found.high / unit:.1f} {name}"
