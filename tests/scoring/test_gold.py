"""The hand-labelled articles, as the scorer reads them."""

import json
from pathlib import Path

from evals.scoring.gold import Label, cases
from schemas.names import LANGUAGES

ARTICLE = """---
id: xx-001
language: de
published: 2024-11-22
title: "Titel: mit Doppelpunkt"
publisher: Blatt
url: null
notice: Composed.
---

Erste Zeile

Ein Strich --- mitten im Text.
"""
EMPTY: dict[str, list[Label]] = {"transfers": [], "deployments": [], "treaties": []}


def folder(path: Path, article: str) -> Path:
    for name in ("articles", "labels"):
        (path / name).mkdir()
    (path / "articles/xx-001.md").write_text(article, encoding="utf-8")
    (path / "labels/xx-001.json").write_text(json.dumps(EMPTY), encoding="utf-8")
    return path


def test_a_case_is_an_article_without_its_header_and_its_labels(tmp_path: Path) -> None:
    [case] = cases(folder(tmp_path, ARTICLE))
    assert (case.id, case.labels, case.empty) == ("xx-001", EMPTY, True)
    assert case.article.text == "Erste Zeile\n\nEin Strich --- mitten im Text."
    assert (case.article.title, case.article.published) == ("Titel: mit Doppelpunkt", "2024-11-22")
    assert (case.article.language, case.article.publisher) == ("de", "Blatt")


def test_an_unknown_day_of_publication_is_none(tmp_path: Path) -> None:
    [case] = cases(folder(tmp_path, ARTICLE.replace("2024-11-22", "null")))
    assert case.article.published is None


def test_the_gold_articles_are_in_eight_languages_and_some_hold_nothing() -> None:
    gold = list(cases())
    assert {case.article.language for case in gold} == set(LANGUAGES)
    assert [case.id for case in gold] == sorted({case.id for case in gold})
    assert 20 < sum(case.empty for case in gold) < len(gold) / 2


def test_every_label_of_the_gold_articles_quotes_its_own_article() -> None:
    """White space apart: a quote may run over the end of a line."""
    wrong = [
        (case.id, label["id"], quote)
        for case in cases()
        for labels in case.labels.values()
        for label in labels
        for quote in label["evidence"]
        if " ".join(quote.split()) not in " ".join(case.article.text.split())
    ]
    assert wrong == []
