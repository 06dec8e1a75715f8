"""The command line: the group of commands, and errors turned into one line and an exit code."""

import os
import sys
from contextlib import suppress
from importlib import import_module

import click

from extractor import __version__
from extractor.cli.terminal import say
from extractor.errors import StopError

# Listed here with their lines, so that --help does not import what the commands need.
COMMANDS = {
    "batch": "Many articles into a register: checked, resumable.",
    "doctor": "Whether a model can be asked, and in which dialect.",
    "extract": "A few articles to the screen or as JSON lines; no database.",
    "estimate": "What a batch would cost, before anything is sent.",
    "status": "Every article that a register knows, by outcome.",
}
_INTERRUPTED = 130

_EPILOG = """\
\b
Examples:
  extractor batch articles/ --db register.db
  extractor batch 'news/**/*.md' --db register.db --model gpt-5-mini
  extractor estimate news/ --model gpt-5-mini
  extractor extract article.md --format table
  pdftotext report.pdf - | extractor extract - | jq .extraction
  extractor status --db register.db

\b
Without OPENAI_API_KEY and OPENAI_BASE_URL the built-in model `baseline` is used:
rules, no language model, no network.

\b
Exit codes:
  0    all well
  1    some articles failed; they are listed with the reason
  2    wrong usage or settings
  3    stopped before the end
  4    the database cannot be used
  5    the model's service refuses every request
  75   the model's service is busy or down: run the same command later
  130  interrupted; what was finished is saved
"""


class _Commands(click.Group):
    """Imports a command when it is called for, and ends the program the same way for all of them."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """Names in the order of the help text."""
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import extractor.cli.NAME and give its `command`."""
        if cmd_name not in COMMANDS:
            return None
        found = import_module(f"extractor.cli.{cmd_name}").command
        return found if isinstance(found, click.Command) else None

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; errors that end it become one line and their exit code."""
        try:
            return super().invoke(ctx)
        except StopError as error:
            say(str(error))
            ctx.exit(error.exit_code)
        except KeyboardInterrupt:
            say("interrupted")
            ctx.exit(_INTERRUPTED)
        except BrokenPipeError:
            # The reader has seen enough (`| head`). What is still buffered must not complain at exit.
            with suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)


@click.group(cls=_Commands, epilog=_EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="extractor")
def main() -> None:
    """Read news articles; find arms transfers, troop deployments and treaties, each with the words that say so."""
