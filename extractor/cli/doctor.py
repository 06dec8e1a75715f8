"""extractor doctor: whether a model can be asked, and how, before any article is."""

import asyncio
import json
from collections.abc import Iterator
from dataclasses import asdict

import click

from extractor.cli.options import dialect_option, format_option
from extractor.cli.terminal import escape, say, wrap
from extractor.llm.diagnosis import NOTHING_NEEDED, Diagnosis
from extractor.settings import Settings

_HANGING = 10  # columns of a label
_MARKS = {"good": "", "limit": "limit: ", "bad": "no: "}
_FIT = {0: "fit", 1: "works with limits", 5: "cannot be asked"}


@click.command("doctor")
@click.option("--model", metavar="NAME", help="Name of the model to look at.  [env: EXTRACTOR_MODEL]")
@click.option("--base-url", metavar="URL", help="Server to look at, OpenAI-compatible.  [env: OPENAI_BASE_URL]")
@dialect_option()
@format_option
@click.pass_context
def command(ctx: click.Context, model: str | None, base_url: str | None, dialect: str | None, form: str) -> None:
    """Ask a model a few small questions: is it there, is the key taken, does it hold to the schema?

    The questions cost a few thousand tokens at most; no article is sent. With --dialect only that one is tried.

    \b
    extractor doctor --model gpt-5-mini
    extractor doctor --model qwen3 --base-url http://localhost:11434/v1

    \b
    Exit codes:
      0  fit
      1  works with limits
      2  wrong usage or settings
      5  refused, or out of reach
    """
    settings = Settings.from_environment(model=model, base_url=base_url)
    if settings.notice:
        say(settings.notice)
    diagnosis = asyncio.run(_diagnose(settings, dialect))
    if form == "json":
        told = asdict(diagnosis) | {"model": settings.model, "verdict": _FIT[diagnosis.exit_code]}
        click.echo(json.dumps(told))
    else:
        for line in _lines(diagnosis):
            click.echo(line)
    ctx.exit(diagnosis.exit_code)


async def _diagnose(settings: Settings, dialect: str | None) -> Diagnosis:
    if settings.is_baseline:
        return NOTHING_NEEDED
    from extractor.llm.access import Access
    from extractor.llm.examination import diagnose

    return await diagnose(settings.model, Access.of(settings.base_url or None, settings.api_key or None), dialect)


def _lines(diagnosis: Diagnosis) -> Iterator[str]:
    for finding in diagnosis.findings:
        for number, line in enumerate(wrap(escape(_MARKS[finding.verdict] + finding.says), _HANGING)):
            yield line if number else f"{finding.label:<{_HANGING}}{line.lstrip()}"
    yield f"{'so':<{_HANGING}}{_FIT[diagnosis.exit_code]}"
