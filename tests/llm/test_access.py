"""Keys and addresses are checked before any request, and no text shows the key."""

import pytest

from extractor.errors import SettingsError
from extractor.llm import LanguageModel
from extractor.llm.access import OPENAI, Access

HERE = "http://127.0.0.1:1/v1"


@pytest.mark.parametrize(
    ("base_url", "api_key", "address", "key"),
    [
        (None, "sk-abc", OPENAI, "sk-abc"),
        ("", "sk-abc", OPENAI, "sk-abc"),
        (None, " sk-abc\t", OPENAI, "sk-abc"),
        (HERE + "/", "ollama", HERE, "ollama"),
        ("https://example.org", "k", "https://example.org", "k"),
        (HERE, None, HERE, "no-key"),
    ],
)
def test_a_key_and_an_address_are_taken_without_what_surrounds_them(
    base_url: str | None, api_key: str | None, address: str, key: str
) -> None:
    access = Access.of(base_url, api_key)

    assert (access.address, access.key) == (address, key)


@pytest.mark.parametrize(
    ("api_key", "says"),
    [
        (None, "no API key"),
        ("", "empty"),
        ("  ", "empty"),
        ("sk-abcdef\n", "line break"),
        ("sk-abc def", "space"),
        ("sk-abcdéf", "character"),
        ("sk-...", "placeholder"),
        ("your-api-key", "placeholder"),
        ("sk-your_key_here", "placeholder"),
        ("<key>", "placeholder"),
        ("$OPENAI_API_KEY", "placeholder"),
        ("changeme", "placeholder"),
        ("sk-ab***yz", "placeholder"),
    ],
)
def test_a_key_that_cannot_be_one_is_refused_before_any_request_and_never_shown(api_key: str | None, says: str) -> None:
    with pytest.raises(SettingsError, match=says) as caught:
        LanguageModel("name", None, api_key)

    assert not (api_key or "").strip() or (api_key or "").strip() not in str(caught.value)


@pytest.mark.parametrize(
    "base_url",
    ["127.0.0.1:8080", "ftp://host/v1", "http://", "http://host:port", "http://u:secret@host/v1", "http://h/v1?key=1"],
)
def test_an_address_that_is_none_is_refused(base_url: str) -> None:
    with pytest.raises(SettingsError, match="base URL") as caught:
        LanguageModel("name", base_url, "sk-abc")

    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "options"), [(" ", {}), ("name", {"attempts": 0}), ("name", {"deadline": 0.0}), ("name", {"prompt": "x"})]
)
def test_options_that_make_no_sense_are_refused(name: str, options: dict[str, object]) -> None:
    with pytest.raises(SettingsError):
        LanguageModel(name, HERE, None, **options)  # type: ignore[arg-type]  # a table of options


def test_the_key_is_in_no_representation() -> None:
    access = Access.of(None, "sk-secret")

    assert "secret" not in repr(access)
    assert access.redacted("wrong key sk-secret!") == "wrong key [key]!"
