"""extractor extract: a few articles to stdout, without a database."""

import asyncio
import sys
from collections.abc import Callable

import click

from extractor.batch import Stop, work
from extractor.cli.options import model_options, open_model
from extractor.cli.output import as_object
from extractor.cli.signals import heeding_signals
from extractor.cli.table import table
from extractor.cli.terminal import json_line, say
from extractor.outcome import Outcome
from extractor.report import Tally
from extractor.settings import Settings
from extractor.sources import Sources, find


@click.command("extract")
@click.argument("paths", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--format",
    "form",
    type=click.Choice(["jsonl", "table"]),
    default="jsonl",
    show_default=True,
    help="One JSON object a line for each article, or rows to read.",
)
@model_options
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[str, ...],
    form: str,
    model: str | None,
    base_url: str | None,
    concurrency: int,
    context: int | None,
    escalate: str | None,
) -> None:
    """Extract from FILEs (folders, patterns and - too) and print the result; nothing is stored.

    \b
    extractor extract article.md --format table
    extractor extract articles/ | jq -c '.extraction.transfers[]'
    """
    settings = Settings.from_environment(
        model=model, base_url=base_url, concurrency=concurrency, context=context, escalate=escalate
    )
    sources = find(paths, say)
    if settings.notice:
        say(settings.notice)
    ctx.exit(asyncio.run(_extract(sources, settings, form)).exit_code)


async def _extract(sources: Sources, settings: Settings, form: str) -> Tally:
    model = open_model(settings)
    recipe = model.recipe
    tally = Tally()
    shape: Callable[[Outcome], str] = table if form == "table" else lambda one: json_line(as_object(one, recipe))

    def show(outcome: Outcome) -> None:
        tally.add(outcome)
        if form == "jsonl" and outcome.state == "failed":
            say(f"{outcome.source}: {outcome.reason}: {outcome.detail}")
        text = shape(outcome) if sys.stdout.isatty() else click.unstyle(shape(outcome))
        # Bytes: data are UTF-8 whatever the locale says.
        click.echo(f"{text}\n".encode(), nl=False)

    stop = Stop()
    with heeding_signals(stop):
        try:
            await work(iter(sources), model, concurrency=settings.concurrency, stop=stop, done=show, in_order=True)
        finally:
            await model.close()
    tally.error, tally.interrupted = stop.error, stop.asked and stop.error is None
    if stop.asked:
        say(f"{len(sources) - tally.new + tally.states['waiting']} of {len(sources)} articles were not answered")
    return tally
