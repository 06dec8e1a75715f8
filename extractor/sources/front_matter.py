"""Front matter: the YAML block that may stand before a text, and the metadata in it."""

import re
from collections.abc import Callable, Mapping
from typing import TypedDict

from extractor.errors import InputError
from schemas.dates import check_edtf

Note = Callable[[str], None]

# A header is short. Without a bound, a long text that opens with a rule would be parsed as YAML to its end.
_LONGEST = 32_000
_BLOCK = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_DATE_TIME = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ][0-9]{1,2}:[0-9]{2}.*")
_LANGUAGE = re.compile(r"([a-z]{2})(?:[-_][a-z0-9]+)*", re.IGNORECASE)
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


class Metadata(TypedDict):
    """What an Article knows beside its text."""

    title: str | None
    published: str | None
    url: str | None
    publisher: str | None
    language: str | None


def split(text: str) -> tuple[dict[str, object], str]:
    """Header and body; a text that opens with --- but never closes it is all body. InputError if it is no mapping."""
    block = _BLOCK.match(text[:_LONGEST])
    if block is None:
        return {}, text
    import yaml

    try:
        # The base loader keeps every scalar a string: "no" stays Norwegian, and 2024-02-30 does not raise.
        loaded = yaml.BaseLoader(block[1]).get_single_data()
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f" (line {mark.line + 2})" if mark else ""
        raise InputError("front_matter", f"the block between the --- lines is not YAML{place}") from error
    if loaded in (None, ""):
        return {}, text[block.end() :]
    if not isinstance(loaded, dict):
        raise InputError("front_matter", "the block between the --- lines holds no `key: value` lines")
    return {str(key).lower(): value for key, value in loaded.items()}, text[block.end() :]


def metadata(header: Mapping[str, object], note: Note) -> Metadata:
    """The five keys that an article has; a value that cannot be used is left out and told to `note`."""

    def text(key: str) -> str | None:
        value = header.get(key)
        if value is None or value in ("", "~", "null", "Null", "NULL"):
            return None
        line = " ".join(value.split()) if isinstance(value, str) else ""
        if not line or _UNPRINTABLE.search(line):
            note(f"{key} left out: it is no line of text")
            return None
        return line

    return Metadata(
        title=text("title"),
        published=_published(text("published"), note),
        url=text("url"),
        publisher=text("publisher"),
        language=_language(text("language"), note),
    )


def _published(value: str | None, note: Note) -> str | None:
    if value is None:
        return None
    date_time = _DATE_TIME.fullmatch(value)
    date = date_time[1] if date_time else value
    try:
        # An interval is refused through its slash: an article has one date.
        return check_edtf(date.replace("/", "?"))
    except ValueError:
        note(f"published {value!r} left out: it is no date (YYYY-MM-DD), so words like 'on Friday' stay open")
        return None


def _language(value: str | None, note: Note) -> str | None:
    if value is None:
        return None
    match = _LANGUAGE.fullmatch(value)
    if match is None:
        note(f"language {value!r} left out: write two letters, as in de or uk")
        return None
    return match[1].lower()
