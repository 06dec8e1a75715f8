"""Terminal: the one way by which text of articles and models reaches a screen."""

import json
import re
import shutil
from collections.abc import Iterable
from contextlib import nullcontext, suppress

import click

_LABEL = 10  # columns of a label

# Controls, ANSI escapes, invisible and direction-changing characters, halves of surrogate pairs, language tags.
_UNSAFE = re.compile(
    "[\\x00-\\x1f\\x7f-\\x9f\\xad\\u061c\\u180e\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb"
    "\\ud800-\\udfff\\U000e0000-\\U000e007f]"
)


def escape(text: str) -> str:
    """The text on one line, with every character that a terminal might obey or hide written out, as in \\x1b."""
    return _UNSAFE.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), text)


def json_line(value: object) -> str:
    """One line of JSON; what `escape` writes out is written as \\uXXXX, so that the data stay exact."""
    dumped = json.dumps(value, ensure_ascii=False, allow_nan=False)
    return _UNSAFE.sub(lambda match: json.dumps(match[0])[1:-1], dumped)


def say(message: str) -> None:
    """One line for the user, on stderr; nothing is lost when nobody reads it."""
    with suppress(OSError):
        click.echo(f"extractor: {escape(message)}", err=True)


def echo_pairs(pairs: Iterable[tuple[str, str]], *, err: bool = False) -> None:
    """Labels and what belongs to them in two columns; not wrapped, so that paths and commands can be copied."""
    for label, text in pairs:
        with suppress(OSError) if err else nullcontext():
            click.echo(f"{label:<{_LABEL}}{escape(text)}".rstrip(), err=err)


def count(number: int, noun: str, plural: str = "") -> str:
    """`1 article`, `2 articles`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def width() -> int:
    """Columns to write in: those of the terminal, between 60 and 100; 80 where there is none."""
    return min(100, max(60, shutil.get_terminal_size((80, 24)).columns))


def wrap(text: str, indent: int = 0, hanging: int = 0) -> list[str]:
    """Lines no wider than `width()`; Korean and other wide letters count as the two columns they take."""
    from rich.console import Console
    from rich.text import Text

    lines = Text(text).wrap(Console(), width() - indent - hanging, tab_size=1)
    return [" " * (indent + (hanging if number else 0)) + line.plain.rstrip() for number, line in enumerate(lines)]
