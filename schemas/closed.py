"""Closed: the base of everything that a model may answer."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints

# Control characters would reach terminals and spreadsheets; a lone surrogate cannot be stored as UTF-8.
_FORBIDDEN = {*range(0x20), 0x7F, *range(0x80, 0xA0)} - {0x09, 0x0A, 0x0D}


def _printable(text: str) -> str:
    for char in text:
        code = ord(char)
        if code in _FORBIDDEN or 0xD800 <= code <= 0xDFFF:
            raise ValueError(f"character U+{code:04X} is not text")
    return text


Line = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300), AfterValidator(_printable)
]
"""One short piece of text, 1 to 300 characters, without control characters."""


class Closed(BaseModel):
    """Unknown keys, non-finite numbers and values of another type are errors, never repaired in silence."""

    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False, frozen=True)
