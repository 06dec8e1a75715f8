"""The rules of the architecture, held by a machine."""

import ast
import statistics
import subprocess
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("extractor", "schemas", "evals")
TOP = {"extractor", "schemas", "prompts", "evals", "tests", "pyproject.toml", "README.md"} | {
    "Makefile",
    "LICENSE",
    "CHANGELOG.md",
    "uv.lock",
}
# A module may import what stands above it, and its own package.
LAYERS = (
    "schemas",
    "extractor.errors",
    "extractor.settings",
    "extractor.article",
    "extractor.recipe",
    "extractor.outcome",
    "extractor.model",
    "extractor.matching",
    "extractor.sources",
    "extractor.grounding",
    "extractor.checking",
    "extractor.baseline",
    "extractor.llm",
    "extractor.escalation",
    "extractor.extraction",
    "extractor.store",
    "extractor.report",
    "extractor.budget",
    "extractor.batch",
    "extractor.bulk",
    "extractor.cli",
)
ONLY_IN = {
    "instructor": ["extractor/llm/asking.py"],
    "tenacity": ["extractor/llm/policy.py"],
    "openai": ["extractor/llm/"],
    "genai_prices": ["extractor/llm/prices.py"],
    "dotenv": ["extractor/settings.py"],
    "sqlite_utils": ["extractor/store/"],
    "click": ["extractor/cli/"],
    "rich": ["extractor/cli/"],
    "scipy": ["evals/scoring/"],
}


@cache
def modules() -> dict[str, ast.Module]:
    """Path relative to the root -> syntax tree."""
    files = (path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py")))
    return {str(path.relative_to(ROOT)): ast.parse(path.read_text(encoding="utf-8")) for path in files}


def imported(tree: ast.Module) -> set[str]:
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def layer(module: str) -> int | None:
    found = [number for number, name in enumerate(LAYERS) if module == name or module.startswith(name + ".")]
    return found[0] if found else None


def dotted(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def test_the_top_level_holds_what_the_project_says_and_nothing_else() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    names = {line.split("/")[0] for line in listed.stdout.splitlines()} or {path.name for path in ROOT.iterdir()}
    assert {name for name in names if not name.startswith(".")} <= TOP


def test_every_module_of_the_machine_has_its_place_in_the_order() -> None:
    assert [
        path for path in modules() if path.startswith(("extractor/", "schemas/")) and layer(dotted(path)) is None
    ] == ["extractor/__init__.py"]


@pytest.mark.parametrize("path", sorted(path for path in modules() if not path.startswith("evals/")))
def test_a_module_imports_only_what_stands_above_it(path: str) -> None:
    own = layer(dotted(path))
    wrong = {
        name
        for name in imported(modules()[path])
        if (other := layer(name)) is not None and own is not None and other > own
    }
    assert not wrong


@pytest.mark.parametrize("path", sorted(path for path in modules() if path.startswith(("extractor/", "schemas/"))))
def test_the_machine_never_imports_its_judges(path: str) -> None:
    assert not {name for name in imported(modules()[path]) if name.split(".")[0] in ("evals", "tests")}


@pytest.mark.parametrize("library", ONLY_IN)
def test_a_library_is_imported_in_its_place_only(library: str) -> None:
    users = {path for path, tree in modules().items() if library in {name.split(".")[0] for name in imported(tree)}}
    assert users
    assert all(any(path.startswith(place) for place in ONLY_IN[library]) for path in users), users


def test_store_and_language_models_do_not_know_each_other() -> None:
    for path, tree in modules().items():
        if path.startswith("extractor/store/"):
            assert not {name for name in imported(tree) if name.startswith("extractor.llm")}
        if path.startswith("extractor/llm/"):
            assert not {name for name in imported(tree) if name.startswith("extractor.store")}


def test_the_environment_is_read_in_settings_alone() -> None:
    readers = {
        path
        for path, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv")
    }
    assert readers <= {"extractor/settings.py"}


def test_only_the_command_line_prints() -> None:
    printers = {
        path
        for path, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    }
    assert all(path.startswith(("extractor/cli/", "evals/scoring/")) for path in printers)


def test_no_import_runs_in_a_circle() -> None:
    graph = {
        dotted(path): {
            name
            for node in tree.body
            if isinstance(node, ast.ImportFrom) and node.module
            for name in (node.module, *(f"{node.module}.{alias.name}" for alias in node.names))
        }
        for path, tree in modules().items()
    }
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, " -> ".join((*trail, name))
        if name in done:
            return
        for other in graph[name] & graph.keys():
            if other != name and not name.startswith(other + "."):
                visit(other, (*trail, name))
        done.add(name)

    for name in graph:
        visit(name, ())


def test_every_module_opens_with_one_sentence_of_its_own() -> None:
    docstrings = [ast.get_docstring(tree) or "" for tree in modules().values()]
    assert all(docstring.split("\n")[0].endswith((".", "?")) for docstring in docstrings)
    assert len(set(docstrings)) == len(docstrings)


def test_files_and_functions_stay_small() -> None:
    lengths = {path: len((ROOT / path).read_text(encoding="utf-8").splitlines()) for path in modules()}
    assert not {path: length for path, length in lengths.items() if length > 300}
    assert statistics.median(lengths.values()) <= 120
    functions = {
        f"{path}:{node.name}": (node.end_lineno or 0) - node.lineno + 1
        for path, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert not {name: length for name, length in functions.items() if length > 45}
    assert statistics.median(functions.values()) <= 12


def test_no_file_is_named_after_nothing() -> None:
    names = {Path(path).stem for path in modules()}
    assert not names & {"utils", "util", "helpers", "helper", "common", "manager", "base", "misc"}
