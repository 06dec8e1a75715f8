"""Quantity and Money: a number as the article bounds it."""

import re
from functools import cache
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from schemas.closed import Closed, Line

# Far above any stock or budget, far below SQLite's 63 bits.
_LARGEST = 10**16


class _Bounded(Closed):
    low: Annotated[int, Field(ge=0, le=_LARGEST)] | None = Field(description="null if only an upper bound is told")
    high: Annotated[int, Field(ge=0, le=_LARGEST)] | None = Field(description="null if only a lower bound is told")
    approximate: bool = Field(description="true for about, rund, dozens")

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.low is None and self.high is None:
            raise ValueError("neither low nor high: write null for the whole quantity")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"low {self.low} is above high {self.high}")
        return self


class Quantity(_Bounded):
    """How many or how much; `text` is the phrase as it stands in a quote."""

    unit: Line = Field(description="English plural: rounds, missiles, systems, vehicles, persons")
    text: Line = Field(description="the phrase exactly as in a quote")


@cache
def _currencies() -> frozenset[str]:
    import pycountry

    gone = {"DEM", "FRF", "SUR", "YUD", "CSK", "DDM", "ITL", "GBP"}  # prices of old deals
    return frozenset(currency.alpha_3 for currency in pycountry.currencies) | gone


def _currency(unit: str) -> str:
    if not re.fullmatch(r"[A-Z]{3}", unit) or unit not in _currencies():
        raise ValueError(f"{unit!r} is no ISO 4217 currency code")
    return unit


class Money(_Bounded):
    """A sum of money in full units; `unit` is an ISO 4217 code."""

    unit: Annotated[str, AfterValidator(_currency)] = Field(description="ISO 4217 code: USD, EUR")
    text: Line = Field(description="the phrase exactly as in a quote")
