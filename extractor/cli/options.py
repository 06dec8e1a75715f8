"""Options: those that commands share, and the model that they name."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from extractor.llm.dialects import DIALECTS
from extractor.model import Model
from extractor.settings import DEFAULT_CONCURRENCY, DEFAULT_CONTEXT, DEFAULT_DIALECT, Settings

if TYPE_CHECKING:
    from extractor.llm.memory import Memory

_Command = TypeVar("_Command", bound=Callable[..., Any])


def model_options(command: _Command) -> _Command:
    """--model, --base-url, --dialect, --context, --escalate, --concurrency."""
    for option in (
        click.option(
            "--concurrency",
            type=click.IntRange(1, 256),
            default=DEFAULT_CONCURRENCY,
            show_default=True,
            help="Articles asked at once.",
        ),
        dialect_option(default=DEFAULT_DIALECT, show_default=True),
        click.option(
            "--context",
            type=click.IntRange(min=1),
            metavar="N",
            default=DEFAULT_CONTEXT,
            show_default=True,
            help="Tokens of a question with its answer; longer articles are asked about in parts.",
        ),
        click.option("--escalate", metavar="NAME", help="Stronger model for articles whose answers fail their checks."),
        click.option("--base-url", metavar="URL", help="Server to ask, OpenAI-compatible.  [env: OPENAI_BASE_URL]"),
        click.option("--model", metavar="NAME", help="`baseline` or the name of a model.  [env: EXTRACTOR_MODEL]"),
    ):
        command = option(command)
    return command


def dialect_option(**settings: Any) -> Callable[[_Command], _Command]:
    """--dialect, one of those that we speak."""
    return click.option(
        "--dialect",
        type=click.Choice(list(DIALECTS)),
        help="How the server takes the schema; `extractor doctor` finds it.",
        **settings,
    )


def database_option(command: _Command) -> _Command:
    """--db, a path."""
    option = click.option(
        "--db",
        "database",
        type=click.Path(path_type=Path),
        default="register.db",
        show_default=True,
        help="The register, an SQLite file.",
    )
    return option(command)


def format_option(command: _Command) -> _Command:
    """--format, given to the command as `form`."""
    option = click.option(
        "--format",
        "form",
        type=click.Choice(["table", "json"]),
        default="table",
        show_default=True,
        help="Lines to read, or one JSON object.",
    )
    return option(command)


def open_model(settings: Settings, memory: "Memory | None" = None) -> Model:
    """The model that the settings name, which does not ask for what `memory` recalls; to be closed after use."""
    if settings.is_baseline:
        from extractor.baseline import Baseline

        return Baseline()
    from extractor.llm.model import LanguageModel

    def named(name: str) -> Model:
        return LanguageModel(
            name,
            settings.base_url or None,
            settings.api_key or None,
            dialect=settings.dialect,
            context=settings.context,
            memory=memory,
        )

    if not settings.escalate:
        return named(settings.model)
    from extractor.escalation import Escalation

    return Escalation(named(settings.model), named(settings.escalate))
