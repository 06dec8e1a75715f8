"""Bytes become text by a stated rule or not at all."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.errors import InputError
from extractor.sources.decoding import decode


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_each_readable_encoding_gives_the_same_text(encoding: str) -> None:
    assert decode("Größe, Київ, 평양".encode(encoding)) == "Größe, Київ, 평양"


def test_line_ends_of_all_systems_and_composed_letters_give_one_identity() -> None:
    assert decode("a\r\nb\rc\nGro\u0308ße".encode()) == "a\nb\nc\nGr\u00f6ße"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("Größe".encode("latin-1"), "encoding"),
        ("Größe".encode("utf-16")[:-1], "encoding"),
        (b"\xff\xfe\x00\xd8", "encoding"),
        ("Größe".encode("utf-16-le"), "binary"),
        ("Größe".encode("utf-32"), "binary"),
        (b"text\x00text", "binary"),
        (b"%PDF-1.7 ...", "binary"),
        (b"PK\x03\x04", "binary"),
        (b"{\\rtf1 text}", "binary"),
    ],
)
def test_what_is_no_text_is_refused_with_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(InputError) as caught:
        decode(data)
    assert caught.value.reason == reason


@settings(deadline=None)
@given(st.binary(max_size=60))
def test_any_bytes_give_text_without_replaced_characters_or_a_named_reason(data: bytes) -> None:
    try:
        text = decode(data)
    except InputError:
        return
    assert "\x00" not in text
    assert "\r" not in text
    text.encode("utf-8")
    if "\ufffd" in text:
        assert any(mark in data for mark in ("\ufffd".encode(), b"\xfd\xff", b"\xff\xfd"))
