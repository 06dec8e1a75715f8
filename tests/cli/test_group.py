"""The program as a whole: help, version, and how it ends."""

import subprocess
import sys

import click
import pytest

from extractor import __version__
from extractor.cli import COMMANDS, main
from extractor.errors import ServiceError, SettingsError, StoreError
from tests.cli.conftest import Run


def test_help_names_every_command_with_examples_and_exit_codes(run: Run) -> None:
    shown = run("--help")
    assert shown.exit_code == 0
    for word in (*COMMANDS, "Examples:", "Exit codes:", "130"):
        assert word in shown.stdout


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(run: Run, name: str) -> None:
    shown = run(name, "--help")
    assert shown.exit_code == 0
    assert f"extractor {name} " in shown.stdout


def test_the_version_is_told(run: Run) -> None:
    assert __version__ in run("--version").stdout


def test_help_imports_nothing_that_is_slow_to_load() -> None:
    code = (
        "import sys\n"
        "from extractor.cli import main\n"
        "main(['--help'], standalone_mode=False)\n"
        "sys.exit(any(name in sys.modules for name in ('pydantic', 'rich', 'openai', 'sqlite_utils', 'asyncio')))\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)


@pytest.mark.parametrize("arguments", [["nothing"], ["batch"], ["extract", "--format", "xml", "a"], ["--what"]])
def test_wrong_usage_exits_with_2(run: Run, arguments: list[str]) -> None:
    shown = run(*arguments)
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert "Usage: " in shown.stderr


@pytest.mark.parametrize(
    ("error", "exit_code", "line"),
    [
        (SettingsError("no\nkey"), 2, "extractor: no\\nkey\n"),
        (StoreError("locked"), 4, "extractor: locked\n"),
        (ServiceError("\x1b[31mrefused"), 5, "extractor: \\x1b[31mrefused\n"),
        (KeyboardInterrupt(), 130, "extractor: interrupted\n"),
        (BrokenPipeError(), 0, ""),
    ],
)
def test_an_error_that_ends_a_command_is_one_escaped_line_and_an_exit_code(
    run: Run, monkeypatch: pytest.MonkeyPatch, error: BaseException, exit_code: int, line: str
) -> None:
    @click.command()
    def failing() -> None:
        raise error

    monkeypatch.setattr(main, "get_command", lambda *_: failing)
    shown = run("status")
    assert (shown.exit_code, shown.stdout, shown.stderr) == (exit_code, "", line)


@pytest.mark.parametrize(
    ("variables", "arguments", "words"),
    [
        ({}, ["--model", "gpt-5-mini"], "OPENAI_API_KEY"),
        ({"OPENAI_BASE_URL": "http://127.0.0.1:9/v1"}, [], "--model NAME"),
        ({"OPENAI_API_KEY": "your-api-key"}, [], "placeholder"),
    ],
)
@pytest.mark.parametrize("command", ["batch", "extract"])
def test_settings_that_do_not_fit_are_one_line_and_exit_2_before_anything_is_written(
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
    command: str,
    variables: dict[str, str],
    arguments: list[str],
    words: str,
) -> None:
    folder = tmp_path_factory.mktemp("work")
    (folder / "a.txt").write_text("Text", encoding="utf-8")
    monkeypatch.chdir(folder)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    shown = run(command, "a.txt", *arguments)
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert words in shown.stderr
    assert [path.name for path in folder.iterdir()] == ["a.txt"]
