"""Identity of an article: what a model is shown, and nothing else."""

import hashlib
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.article import Article, digest

ARTICLE = Article(
    "a.md", "Nordkorea lieferte Raketen.", "Titel", "2024-11-22", "https://example.org/1", "Blatt", language="de"
)
# What UTF-8 can write: all but lone surrogates.
WORDS = st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=3), max_size=4)


def test_each_part_is_hashed_with_its_length_so_that_nothing_moves_between_neighbours() -> None:
    assert len({digest("ab", "c"), digest("a", "bc"), digest("abc"), digest("abc", ""), digest("", "abc")}) == 5


@settings(deadline=None)
@given(WORDS, WORDS)
def test_two_lists_of_parts_have_one_digest_only_if_they_are_equal(one: list[str], other: list[str]) -> None:
    assert (digest(*one) == digest(*other)) == (one == other)


def test_the_hash_of_the_text_is_the_one_that_sha256sum_gives() -> None:
    assert ARTICLE.sha256 == hashlib.sha256(ARTICLE.text.encode()).hexdigest()


@pytest.mark.parametrize("field", ["text", "title", "published", "language"])
def test_what_a_model_is_shown_makes_another_article(field: str) -> None:
    assert replace(ARTICLE, **{field: "2023-11-22"}).key != ARTICLE.key
    assert len({ARTICLE.key, replace(ARTICLE, title=None).key, replace(ARTICLE, published=None).key}) == 3


def test_the_same_text_of_another_day_is_another_article_although_its_text_is_the_same() -> None:
    """ "On Friday" is another day there."""
    later = replace(ARTICLE, published="2024-11-29")
    assert later.sha256 == ARTICLE.sha256
    assert later.key != ARTICLE.key


@pytest.mark.parametrize("field", ["source", "url", "publisher"])
def test_a_renamed_or_mirrored_file_is_the_same_article(field: str) -> None:
    assert replace(ARTICLE, **{field: "elsewhere"}).key == ARTICLE.key


def test_a_title_that_moves_into_the_text_makes_another_article() -> None:
    assert Article("a", "AB", title="C").key != Article("a", "A", title="BC").key
