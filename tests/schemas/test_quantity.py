"""A number as the article bounds it."""

from typing import Any

import pytest
from pydantic import ValidationError

from schemas import Money, Quantity


def quantity(**changes: Any) -> Quantity:
    told = {"low": 20, "high": 20, "approximate": False, "unit": "rounds", "text": "20 Schuss"}
    return Quantity.model_validate(told | changes)


def money(unit: object) -> Money:
    return Money.model_validate({"low": 5, "high": 5, "approximate": False, "unit": unit, "text": "5 Euro"})


@pytest.mark.parametrize(
    ("low", "high"),
    [(20, 20), (20, None), (None, 20), (10, 12), (0, 0), (4_800_000, None), (10**16, 10**16)],
)
def test_a_quantity_has_one_bound_or_two(low: int | None, high: int | None) -> None:
    told = quantity(low=low, high=high)
    assert (told.low, told.high) == (low, high)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"low": None, "high": None}, "null for the whole quantity"),
        ({"low": 12, "high": 10}, "low 12 is above high 10"),
        ({"low": -1}, "greater than or equal to 0"),
        ({"high": 10**16 + 1}, "less than or equal to"),
        ({"low": "20"}, "valid integer"),
        ({"low": 20.0}, "valid integer"),
        ({"low": True}, "valid integer"),
        ({"high": float("inf")}, "valid integer"),
        ({"approximate": None}, "valid boolean"),
        ({"approximate": "yes"}, "valid boolean"),
        ({"unit": ""}, "at least 1 character"),
        ({"text": " "}, "at least 1 character"),
    ],
)
def test_what_says_nothing_or_contradicts_itself_is_refused(changes: dict[str, Any], why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        quantity(**changes)


@pytest.mark.parametrize("unit", ["USD", "EUR", "KRW", "UAH", "DEM", "SUR"])
def test_money_is_counted_in_a_currency_of_today_or_of_old_deals(unit: str) -> None:
    assert money(unit).unit == unit


@pytest.mark.parametrize("unit", ["dollars", "usd", "$", "XXY", "EURO", ""])
def test_money_in_anything_but_a_currency_code_is_refused(unit: str) -> None:
    with pytest.raises(ValidationError, match="no ISO 4217 currency code"):
        money(unit)
