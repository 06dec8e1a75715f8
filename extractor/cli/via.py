"""Via: the ways to a model, one request an article or the service's Batch API, and the run that takes the second."""

import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from extractor.batch import Stop
from extractor.cli.progress import progress
from extractor.cli.signals import heeding_signals
from extractor.cli.terminal import count, say
from extractor.errors import SettingsError
from extractor.recipe import Recipe
from extractor.report import Tally
from extractor.settings import Settings
from extractor.sources import Sources, shown
from extractor.store import Store

_Command = TypeVar("_Command", bound=Callable[..., Any])
_LONGEST = 1000  # characters of the command line that are kept with the run


def via_options(command: _Command) -> _Command:
    """--via, --wait."""
    for option in (
        click.option(
            "--wait/--no-wait",
            default=True,
            help="With batch-api: stay until all is collected, or leave it to a later run.  [default: wait]",
        ),
        click.option(
            "--via",
            type=click.Choice(["direct", "batch-api"]),
            default="direct",
            show_default=True,
            help="Ask at once, or by the service's Batch API: half the price, within a day.",
        ),
    ):
        command = option(command)
    return command


def checked(via: str, wait: bool, settings: Settings, *, told: bool) -> bool:
    """Whether the Batch API is asked; SettingsError where the options do not fit; `told` are limits and recordings."""
    if via == "direct":
        if not wait:
            raise SettingsError("--no-wait needs --via batch-api: only what the service keeps can be left with it")
        return False
    if settings.is_baseline:
        raise SettingsError("--via batch-api needs a language model: the baseline answers at once, and for nothing")
    if told or settings.escalate:
        raise SettingsError(
            "--via batch-api goes without limits of cost, tokens and time, recordings and --escalate: leave them out"
        )
    return True


async def by_batch_api(
    sources: Sources,
    settings: Settings,
    database: Path,
    tally: Tally,
    *,
    limit: int | None,
    force: bool,
    wait: bool,
) -> None:
    """Submit what is new and collect what is ready; with `wait`, until nothing is left to be collected."""
    from extractor.bulk import Bulk
    from extractor.llm.access import Access
    from extractor.llm.batches import Batches
    from extractor.llm.prices import Price
    from extractor.llm.rounds import Rounds

    address, key = settings.base_url or None, settings.api_key or None
    access = Access.of(address, key)
    model = Rounds(
        settings.model,
        address,
        key,
        dialect=settings.dialect,
        context=settings.context,
        price=Price(access.address, batch=True),
    )
    service = Batches(access)
    try:
        with Store.open(database) as store, progress(len(sources)) as tell:
            bulk = Bulk(
                model, service, store, wait=wait, force=force, limit=limit, progress=tell, tell=say, tally=tally
            )
            stop = Stop()
            with heeding_signals(stop):
                await bulk.run(sources, len(sources), stop=stop, command=command_line())
            told_of_batches(store, model.recipe)
    finally:
        await model.close()
        await service.close()


def told_of_batches(store: Store, recipe: Recipe) -> None:
    """Say what is still with the service, and which command collects it."""
    waiting = len(store.submissions.in_flight(recipe))
    if waiting:
        batches = count(len(store.submissions.open(recipe)), "batch", "batches")
        say(f"{count(waiting, 'article')} in {batches} at the service; to collect: {collecting()}")
    elsewhere = store.submissions.elsewhere(recipe)
    if elsewhere:
        say(f"{count(elsewhere, 'article')} in batches of another model or prompt; collect with that one")


def collecting() -> str:
    """The present command, as one that collects from the Batch API."""
    words = [word for word in sys.argv[1:] if word not in {"--force", "--no-wait", "--via=direct"}]
    if "batch-api" not in words and "--via=batch-api" not in words:
        words += ["--via", "batch-api"]
    return shown(shlex.join(["extractor", *words]))


def command_line() -> str:
    """The present command, as it is kept with its run."""
    return shown(shlex.join(["extractor", *sys.argv[1:]]))[:_LONGEST]
