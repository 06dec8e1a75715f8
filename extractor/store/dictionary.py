"""Dictionary: the comments of the tables and views as data, in the shape of Datasette's metadata."""

import re
from typing import TypedDict

from extractor.store.tables import TABLES
from extractor.store.views import VIEWS

_HEAD = re.compile(r"CREATE (?:TABLE|VIEW) (\w+).*?-- (.+)")
# A column of a table begins its line with its name, a column of a view ends with it.
_TABLE_COLUMN = re.compile(r' {4}"?([a-z_0-9]+)"? (?:TEXT|INTEGER|REAL)\b.*?(?:  -- (.+))?')
_VIEW_COLUMN = re.compile(r" {4}.*?(\w+),?  -- (.+)")
_MORE = re.compile(r" {4}-- (.+)")


class Entry(TypedDict):
    """One table or view: what a row is, and a sentence for each column in their order."""

    description: str
    columns: dict[str, str]


def dictionary() -> dict[str, Entry]:
    """Every table and view by its name."""
    return dict(_entry(ddl) for ddl in (*TABLES, *VIEWS))


def _entry(ddl: str) -> tuple[str, Entry]:
    head, *lines = ddl.strip().splitlines()
    named = _HEAD.fullmatch(head)
    if named is None:
        raise ValueError(f"no name and comment in {head!r}")
    shape = _TABLE_COLUMN if head.startswith("CREATE TABLE") else _VIEW_COLUMN
    columns: dict[str, str] = {}
    last = ""
    for line in lines:
        if column := shape.fullmatch(line):
            last = column[1]
            columns[last] = column[2] or ""
        elif more := _MORE.fullmatch(line):
            columns[last] = f"{columns[last]} {more[1]}".strip()
    return named[1], {"description": named[2], "columns": columns}
