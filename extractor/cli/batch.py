"""extractor batch: many articles into a register."""

import asyncio
from pathlib import Path
from typing import Any

import click

from extractor.batch import Batch, Stop
from extractor.budget import Budget
from extractor.cli.limits import bounded, limit_options
from extractor.cli.memories import Memories, recording_options
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
@limit_options
@via_options
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Ask about N articles at most.")
@click.option("--force", is_flag=True, help="Take articles that are done, too: stored answers are checked again.")
@click.option("--refresh", is_flag=True, help="As --force, but ask the model anew and pay again.")
@recording_options
@click.pass_context
def command(
    ctx: click.Context,
    /,
    paths: tuple[str, ...],
    database: Path,
    via: str,
    wait: bool,
    limit: int | None,
    force: bool,
    budget: Budget,
    refresh: bool,
    record: Path | None,
    replay: Path | None,
    **asked: Any,
) -> None:
    """Read the articles at PATHs into a register: files, folders, quoted patterns, or - for standard input.

    An article with a final outcome under the same model, prompt and schemas is not asked again, so the same
    command goes on where it was stopped. Every answer is kept in the register, and the same request to the
    same model is answered from there at no cost. Ctrl-C once finishes what is in hand and saves; twice stops
    at once. A run that reaches --max-cost, --max-tokens or --deadline ends in good order, too, with exit code 3.

    \b
    extractor batch 'news/**/*.md' --limit 20 --model gpt-5-mini
    extractor batch articles/ --model qwen3 --base-url http://localhost:11434/v1
    extractor batch articles/ --model gpt-5-mini --via batch-api --no-wait
    """
    memories = Memories(record, replay, refresh=refresh)
    settings = memories.settings(**asked)
    bulk = checked(via, wait, settings, told=bool(record or replay or budget.limited or budget.seconds))
    budget = bounded(budget, settings)
    sources = find(paths, say)
    if settings.notice:
        say(settings.notice)
    tally = Tally()
    try:
        if bulk:
            run = by_batch_api(sources, settings, database, tally, limit=limit, force=force or refresh, wait=wait)
        else:
            run = _batch(sources, settings, memories, database, tally, budget, limit=limit, force=force or refresh)
        asyncio.run(run)
    except KeyboardInterrupt:  # the second one; the run has already been closed
        tally.interrupted = True
    echo_pairs(summary(tally, settings, str(database)), err=True)
    ctx.exit(tally.exit_code)


async def _batch(
    sources: Sources,
    settings: Settings,
    memories: Memories,
    database: Path,
    tally: Tally,
    budget: Budget,
    *,
    limit: int | None,
    force: bool,
) -> None:
    # Before the register is opened: a key that will not do leaves no empty file behind.
    model = open_model(settings, memories.memory())
    try:
        with Store.open(database) as store, progress(len(sources)) as tell:
            memories.register.store = store
            batch = Batch(
                model,
                store,
                force=force,
                limit=limit,
                concurrency=settings.concurrency,
                budget=budget,
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
