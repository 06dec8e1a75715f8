"""Identity of a result: a stored one is taken again only if all that decided it is the same."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from extractor import recipe as module
from extractor.baseline import Baseline
from extractor.recipe import Recipe, schema_hash

RECIPE = Recipe("gpt-x", "http://127.0.0.1/v1", "prompt", "schema", {"temperature": 0, "seed": 7})


@pytest.mark.parametrize("field", ["model", "base_url", "prompt_hash", "schema_hash"])
def test_every_field_is_part_of_the_key(field: str) -> None:
    changed: dict[str, Any] = {field: "other"}
    assert replace(RECIPE, **changed).key != RECIPE.key


def test_no_two_models_share_results_whatever_else_they_share() -> None:
    assert len({Recipe(model, "", "", "").key for model in ("", "a", "b", "A", " a")}) == 5


def test_the_name_of_a_model_does_not_run_into_its_address() -> None:
    assert Recipe("ab", "c", "", "").key != Recipe("a", "bc", "", "").key


@pytest.mark.parametrize("options", [{}, {"temperature": 0}, {"temperature": 1, "seed": 7}, {"temperature": "0"}])
def test_another_option_or_value_makes_another_key(options: dict[str, str | int | float | bool | None]) -> None:
    assert replace(RECIPE, options=options).key != RECIPE.key


def test_the_order_of_the_options_does_not_matter() -> None:
    assert replace(RECIPE, options={"seed": 7, "temperature": 0}).key == RECIPE.key


def test_a_changed_codebook_makes_another_schema(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is what the fields mean, so results under another wording are other results."""
    before = schema_hash()
    (tmp_path / "CODEBOOK.md").write_text("# Another codebook", encoding="utf-8")
    monkeypatch.setattr(module, "files", lambda _: tmp_path)
    schema_hash.cache_clear()
    try:
        assert schema_hash() != before
    finally:
        schema_hash.cache_clear()


def test_the_baseline_is_identified_by_what_it_is_made_of() -> None:
    recipe = Baseline().recipe
    assert (recipe.model, recipe.base_url, recipe.schema_hash) == ("baseline", "", schema_hash())
    assert len(recipe.prompt_hash) == len(recipe.key) == 64
    assert Baseline().recipe.key == recipe.key
