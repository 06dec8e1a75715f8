"""What a model may not write into any field."""

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from schemas.closed import Line
from tests.grounding.records import transfer

LINE: TypeAdapter[str] = TypeAdapter(Line)


@pytest.mark.parametrize("text", ["\x00", "a\x07b", "\x1b[31mred", "a\x9fb", "\ud800", "a\x7f"])
def test_control_characters_and_lone_surrogates_are_no_text(text: str) -> None:
    """They would reach terminals and spreadsheets, and a lone surrogate cannot be stored."""
    with pytest.raises(ValidationError, match=r"is not text|unicode string"):
        LINE.validate_python(text)


@pytest.mark.parametrize("text", ["", "   ", "\n", "x" * 301])
def test_a_line_holds_1_to_300_characters(text: str) -> None:
    with pytest.raises(ValidationError):
        LINE.validate_python(text)


def test_a_line_loses_the_white_space_around_it_and_keeps_what_is_inside() -> None:
    assert LINE.validate_python(" two\nlines ") == "two\nlines"
    assert LINE.validate_python("х" * 300) == "х" * 300


def test_an_unknown_key_is_an_error() -> None:
    with pytest.raises(ValidationError, match="Extra inputs"):
        transfer(approved=True)


def test_a_value_of_another_type_is_an_error_and_never_converted() -> None:
    with pytest.raises(ValidationError, match="valid string"):
        transfer(item=5)


def test_a_missing_key_is_an_error_even_where_null_is_allowed() -> None:
    told = transfer().model_dump()
    del told["due"]
    with pytest.raises(ValidationError, match="due"):
        type(transfer()).model_validate(told)


def test_a_record_cannot_be_changed_after_its_checks() -> None:
    record: Any = transfer()
    with pytest.raises(ValidationError, match="frozen"):
        record.item = "howitzers"
