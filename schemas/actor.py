"""Actor: a state as its ISO code, anything else as its usual English name."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Annotated

from pydantic import AfterValidator

from schemas.closed import Line
from schemas.names import LANGUAGES, NOBODY, table

# Only these kinds stand for the whole actor when a model writes them into a field; a city or a firm does not.
_STANDS_FOR = ("name", "capital", "seat", "leader")


@cache
def state_codes() -> frozenset[str]:
    """ISO 3166-1 alpha-3 codes, ISO 3166-3 alpha-3 codes of states that are gone, and XKX for Kosovo."""
    import pycountry

    gone = (country.alpha_3 for country in pycountry.historic_countries)
    return frozenset({country.alpha_3 for country in pycountry.countries} | set(gone) | {"XKX"})


@cache
def _names() -> dict[str, str]:
    """Folded name -> code: our own names of states first, then CLDR's and ISO's, then capitals and leaders."""
    names: dict[str, str] = {}
    others: dict[str, str] = {}
    for language in LANGUAGES:
        for row in table(language):
            if row.kind in _STANDS_FOR and row.code != NOBODY:
                kept = names if row.kind == "name" else others
                for form in (*row.forms, row.english):
                    # A whole name is wanted here, so the stem is taken without its open end.
                    kept.setdefault(_fold(form.rstrip("*")), row.code)
    # ISO gives the states that are gone first: "East Timor" is TLS, not the TMP of before 2002.
    listed = {_fold(name): code for name, code in (*_iso(), *_cldr())}
    names = others | listed | names
    names.pop("", None)
    return names


def _iso() -> Iterator[tuple[str, str]]:
    import pycountry

    for country in (*pycountry.historic_countries, *pycountry.countries):
        for field in ("name", "official_name", "common_name"):
            if hasattr(country, field):
                yield getattr(country, field), country.alpha_3


def _cldr() -> Iterator[tuple[str, str]]:
    import pycountry
    from babel import Locale

    alpha_3 = {country.alpha_2: country.alpha_3 for country in pycountry.countries} | {"XK": "XKX"}
    for language in LANGUAGES:
        for alpha_2, name in Locale(language).territories.items():
            if alpha_2 in alpha_3:
                yield name, alpha_3[alpha_2]


@cache
def _stems() -> tuple[tuple[str, str], ...]:
    rows = (row for language in LANGUAGES for row in table(language) if row.kind in _STANDS_FOR and row.code != NOBODY)
    stems = {(_fold(form.rstrip("*")), row.code) for row in rows for form in row.forms if form.endswith("*")}
    return tuple(sorted(stems, key=lambda pair: (-len(pair[0]), pair)))


def _fold(name: str) -> str:
    folded = unicodedata.normalize("NFKC", name).casefold().replace("’", "'")
    folded = re.sub(r"^(the|die|der|das|la|le|les|el|los|las|l')\s*(?<=[\s'])", "", " ".join(folded.split()))
    return folded.strip(" .")


def normalise_actor(name: str) -> str:
    """Turn a state's name in any language into its code; any other name comes back with its white space folded."""
    name = " ".join(unicodedata.normalize("NFC", name).split())
    if name.upper() in state_codes() and len(name) == 3 and name.isupper():
        return name
    folded = _fold(name)
    if folded in _names():
        return _names()[folded]
    for stem, code in _stems():
        # Inflected forms: "Russlands", "Польщі".
        if folded.startswith(stem) and len(folded) - len(stem) <= 3 and folded[len(stem) :].isalpha():
            return code
    return name


def _state(name: str) -> str:
    if name not in state_codes():
        raise ValueError(f"{name!r} is no state: give its name or ISO 3166-1 alpha-3 code")
    return name


Actor = Annotated[Line, AfterValidator(normalise_actor)]
"""`DEU`, `SUN`, `NATO`, `Houthis`."""

StateCode = Annotated[Actor, AfterValidator(_state)]
"""An actor that must be a state: its alpha-3 code."""
