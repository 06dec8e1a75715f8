"""Which model is asked, from options and environment."""

import os
from pathlib import Path

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


@pytest.fixture
def env_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The .env of the working directory, not written yet."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("extractor.settings.ENV_FILE", Path(".env"))
    return tmp_path / ".env"


def test_a_file_in_the_working_directory_stands_in_for_the_environment(env_file: Path) -> None:
    env_file.write_text(
        f"# our server\nexport OPENAI_API_KEY='{KEY}'\nOPENAI_BASE_URL=https://models.example/v1  # here\n"
        'EXTRACTOR_MODEL="from-file"\nPATH=/nowhere\n',
        encoding="utf-8",
    )
    before = dict(os.environ)
    notice = "the address is from the file .env"
    assert Settings.from_environment() == Settings("from-file", "https://models.example/v1", KEY, notice=notice)
    assert dict(os.environ) == before


def test_the_environment_wins_over_the_file_and_an_option_over_both(
    env_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    env_file.write_text("EXTRACTOR_MODEL=from-file\nOPENAI_BASE_URL=http://127.0.0.1:1/v1\n", encoding="utf-8")
    monkeypatch.setenv("EXTRACTOR_MODEL", "from-environment")
    assert Settings.from_environment().model == "from-environment"
    assert Settings.from_environment(model="from-option", base_url="http://127.0.0.1:2/v1").base_url.endswith(":2/v1")
    monkeypatch.setenv("EXTRACTOR_MODEL", "")
    assert Settings.from_environment().model == "from-file"


def test_values_of_the_file_are_taken_word_for_word(env_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET", "of another program")
    env_file.write_text("OPENAI_API_KEY=sk-${SECRET}-$HOME\nEXTRACTOR_MODEL=m\n", encoding="utf-8")
    assert Settings.from_environment().api_key == "sk-${SECRET}-$HOME"


@pytest.mark.parametrize(
    ("data", "why"),
    [(b"OPENAI_API_KEY='sk-", "line 1"), (b"A=1\nB C D=2\n", "line 2"), (b"KEY=\xff\xfe", "UTF-8")],
)
def test_a_file_that_cannot_be_read_is_told_in_one_line_without_what_it_holds(
    env_file: Path, data: bytes, why: str
) -> None:
    env_file.write_bytes(data)
    with pytest.raises(SettingsError, match=r"\.env cannot be read") as caught:
        Settings.from_environment()
    assert why in str(caught.value)
    assert "\n" not in str(caught.value)
    assert "sk-" not in str(caught.value)


def test_the_named_baseline_reads_no_file_and_none_is_ever_made(env_file: Path) -> None:
    assert Settings.from_environment().is_baseline
    assert not env_file.exists()
    env_file.write_bytes(b"\xff")
    assert Settings.from_environment(model="baseline").is_baseline
    env_file.unlink()
    env_file.mkdir()
    assert Settings.from_environment().is_baseline


def test_a_key_of_the_environment_never_goes_to_an_address_of_the_file(
    env_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever can write into a folder could have the key of everybody who works there sent to them."""
    env_file.write_text("OPENAI_BASE_URL=https://models.example/v1\nEXTRACTOR_MODEL=m\n", encoding="utf-8")
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    with pytest.raises(SettingsError, match="--base-url") as caught:
        Settings.from_environment()
    assert KEY not in str(caught.value)
    assert Settings.from_environment(base_url="https://models.example/v1").api_key == KEY


def test_nothing_but_an_estimate_names_a_model_without_a_way_to_reach_it() -> None:
    assert Settings.from_environment(model="gpt-5-mini", asking=False).model == "gpt-5-mini"
