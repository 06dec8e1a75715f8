"""Limits: the options that bound what a run may spend, and the budget they make."""

import functools
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar, cast

import click

from extractor.budget import Budget
from extractor.errors import SettingsError
from extractor.settings import Settings

_Command = TypeVar("_Command", bound=Callable[..., Any])
_DURATION = re.compile(r"(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?")


class Duration(click.ParamType[float]):
    """`90s`, `30m`, `2h`, `1h30m`: seconds."""

    name = "duration"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Read it, or end with a usage error."""
        found = _DURATION.fullmatch(str(value).strip())
        seconds = (
            sum(int(part or 0) * unit for part, unit in zip(found.groups(), (3600, 60, 1), strict=True)) if found else 0
        )
        if not 0 < seconds < 10**7:
            self.fail(f"{value!r} is no duration such as 90s, 30m or 2h", param, ctx)
        return float(seconds)


def limit_options(command: _Command) -> _Command:
    """--max-cost, --max-tokens, --deadline; the command is given them as `budget`."""

    @functools.wraps(command)
    def limited(
        *args: Any, max_cost: float | None, max_tokens: int | None, deadline: float | None, **others: Any
    ) -> Any:
        return command(*args, budget=Budget(max_cost, max_tokens, deadline), **others)

    for option in (
        click.option("--deadline", type=Duration(), metavar="TIME", help="End after 90s, 30m or 2h; resumable."),
        click.option("--max-tokens", type=click.IntRange(min=1), metavar="N", help="Spend about N tokens at most."),
        click.option(
            "--max-cost",
            type=click.FloatRange(min=0, max=1e9, min_open=True),
            metavar="USD",
            help="Spend about so many US dollars at most, by list price.",
        ),
    ):
        limited = option(limited)
    return cast("_Command", limited)


def bounded(budget: Budget, settings: Settings) -> Budget:
    """The budget as it fits the model; raise SettingsError where its cost cannot be bounded."""
    if settings.is_baseline:
        return replace(budget, cost=None, tokens=None)
    if budget.cost is None and budget.tokens is None:
        return budget
    from extractor.llm.estimate import static_tokens
    from extractor.llm.prices import Price

    if budget.cost is not None and budget.tokens is None and not Price.at(settings.base_url).known(settings.model):
        where = settings.base_url or "the service's address"
        raise SettingsError(
            f"--max-cost cannot be held: no price is known for {settings.model!r} at {where}; add --max-tokens N"
        )
    return replace(budget, sent=static_tokens(settings.dialect))
