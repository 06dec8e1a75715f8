"""extractor batch: many articles into a register."""

import asyncio
from functools import partial
from pathlib import Path

import click

from extractor.batch import Batch, Stop
from extractor.cli.options import database_option, model_options, open_model
from extractor.cli.progress import progress
from extractor.cli.signals import heeding_signals
from extractor.cli.summary import summary
from extractor.cli.terminal import echo_pairs, say
from extractor.cli.via import by_batch_api, checked, command_line, told_of_batches, via_options
from extractor.report import Tally
from extractor.settings import Settings
from extractor.sources import Sources, find
from extractor.store import Store


@click.command("batch")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@database_option
@model_options
@via_options
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Ask about N articles at most.")
@click.option("--force", is_flag=True, help="Ask again about articles that are done.")
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[str, ...],
    database: Path,
    model: str | None,
    base_url: str | None,
    concurrency: int,
    via: str,
    wait: bool,
    limit: int | None,
    force: bool,
) -> None:
    """Read the articles at PATHs into a register: files, folders, quoted patterns, or - for standard input.

    An article with a final outcome under the same model, prompt and schemas is not asked again, so the same
    command goes on where it was stopped. Ctrl-C once finishes what is in hand and saves; twice stops at once.

    \b
    extractor batch articles/ --db register.db
    extractor batch 'news/**/*.md' --limit 20 --model gpt-5-mini
    extractor batch articles/ --model qwen3 --base-url http://localhost:11434/v1
    extractor batch articles/ --model gpt-5-mini --via batch-api --no-wait
    """
    settings = Settings.from_environment(model=model, base_url=base_url, concurrency=concurrency)
    work = partial(by_batch_api, wait=wait) if checked(via, wait, settings) else _batch
    sources = find(paths, say)
    if settings.notice:
        say(settings.notice)
    tally = Tally()
    try:
        asyncio.run(work(sources, settings, database, tally, limit=limit, force=force))
    except KeyboardInterrupt:  # the second one; the run has already been closed
        tally.interrupted = True
    echo_pairs(summary(tally, settings, str(database)), err=True)
    ctx.exit(tally.exit_code)


async def _batch(
    sources: Sources, settings: Settings, database: Path, tally: Tally, *, limit: int | None, force: bool
) -> None:
    model = open_model(settings)
    try:
        with Store.open(database) as store, progress(len(sources)) as tell:
            batch = Batch(
                model,
                store,
                force=force,
                limit=limit,
                concurrency=settings.concurrency,
                progress=tell,
                tally=tally,
            )
            stop = Stop()
            with heeding_signals(stop):
                await batch.run(sources, len(sources), stop=stop, command=command_line())
            if not force:
                told_of_batches(store, model.recipe)
    finally:
        await model.close()
