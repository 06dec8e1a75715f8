"""Rows of the fault table, as marks and as parameters whose ids name them."""

from typing import Any

import pytest


def row(*numbers: int) -> pytest.MarkDecorator:
    """Mark a test with its row, which shows in the test's id."""
    return pytest.mark.parametrize("row", [numbers], ids=["row-" + "-".join(map(str, numbers))], indirect=True)


def case(number: int, name: str, *values: Any) -> Any:
    """One case of a row among the parameters of a test."""
    return pytest.param(*values, id=f"row-{number}-{name}")
