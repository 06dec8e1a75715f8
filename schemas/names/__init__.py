"""Names of actors as articles write them, one table a language, read by people and by code.

A table has four columns divided by tabs: code, kind, forms, English name.

- code: ISO 3166-1 alpha-3, ISO 3166-3 for a state that is gone, XKX, or the usual English name of a group (`Houthis`);
  `-` for words that look like an actor's name and are none (`Latin American`, `Washington Post`).
- kind: what the forms are to that actor, see `KINDS`.
- forms: divided by ` | `. A form of small letters matches in any case, one with a capital letter matches as written
  (`Polish`, `US`). `*` at the end stands for up to five more letters (`russisch*`); a form may have several words.
- English name: how the register writes it where it is not the actor itself (a city, a person, a service, a firm).
"""

from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple, get_args

Kind = Literal["name", "adj", "people", "capital", "city", "seat", "leader", "forces", "firm"]
NOBODY = "-"
KINDS: tuple[Kind, ...] = get_args(Kind)
LANGUAGES = ("de", "en", "fr", "es", "pl", "uk", "ru", "ko")


class Name(NamedTuple):
    """One row: all `forms` under which `code` is met in one language."""

    code: str
    kind: Kind
    forms: tuple[str, ...]
    english: str


@cache
def table(language: str) -> tuple[Name, ...]:
    """Rows of one language's table; an unknown language has none."""
    if language not in LANGUAGES:
        return ()
    rows = []
    for number, line in enumerate((files(__name__) / f"{language}.tsv").read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) not in (3, 4) or cells[1] not in KINDS:
            raise ValueError(f"schemas/names/{language}.tsv:{number}: want code, kind, forms, English name")
        forms = tuple(form.strip() for form in cells[2].split("|") if form.strip())
        rows.append(Name(cells[0], cells[1], forms, cells[3].strip() if len(cells) == 4 else ""))
    return tuple(rows)
