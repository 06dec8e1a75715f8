"""Which model is asked, from options and environment."""

import pytest

from extractor.errors import SettingsError
from extractor.settings import DEFAULT_MODEL, Settings

KEY = "sk-proj-0123456789"


def test_without_key_and_address_the_built_in_model_is_used_and_said_so_in_one_line() -> None:
    settings = Settings.from_environment()
    assert settings.is_baseline
    assert "baseline" in settings.notice
    assert "\n" not in settings.notice


def test_a_named_baseline_is_offline_and_silent_even_with_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    assert Settings.from_environment(model="baseline") == Settings()


def test_the_option_wins_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXTRACTOR_MODEL", "from-environment")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:1/v1")
    settings = Settings.from_environment(model="from-option", base_url="http://127.0.0.1:2/v1")
    assert (settings.model, settings.base_url) == ("from-option", "http://127.0.0.1:2/v1")
    assert Settings.from_environment().model == "from-environment"


def test_a_key_without_a_model_asks_the_default_model_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", f" {KEY}\n")
    settings = Settings.from_environment()
    assert (settings.model, settings.api_key) == (DEFAULT_MODEL, KEY)
    assert DEFAULT_MODEL in settings.notice


@pytest.mark.parametrize("name", ["OPENAI_API_KEY", "OPENAI_BASE_URL", "EXTRACTOR_MODEL"])
def test_an_empty_variable_counts_as_unset(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, " ")
    assert Settings.from_environment().is_baseline


def test_a_base_url_without_a_model_is_refused_with_the_option_to_add(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    with pytest.raises(SettingsError, match="--model NAME"):
        Settings.from_environment(base_url="http://127.0.0.1:1/v1")


def test_a_model_that_can_be_reached_nowhere_is_refused() -> None:
    with pytest.raises(SettingsError, match="OPENAI_API_KEY"):
        Settings.from_environment(model="gpt-5-mini")


def test_the_key_is_in_no_representation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    assert KEY not in repr(Settings.from_environment())
