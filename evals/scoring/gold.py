"""Gold: hand-labelled articles composed for this project."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from extractor.article import Article

FOLDER = Path(__file__).parents[1] / "gold"
Label = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Case:
    """One article with its labels: `transfers`, `deployments`, `treaties`, each a list of codebook records."""

    id: str
    article: Article
    labels: dict[str, list[Label]]

    @property
    def empty(self) -> bool:
        """Whether the article holds nothing to be coded, optional records included."""
        return not any(self.labels.values())


def cases(folder: Path = FOLDER) -> Iterator[Case]:
    """Read `articles/<id>.md` and `labels/<id>.json` of a gold folder, by id."""
    for path in sorted((folder / "articles").glob("*.md")):
        _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
        about = yaml.safe_load(front)
        published = about.get("published")
        article = Article(
            source=str(path),
            text=body.strip(),
            title=about.get("title"),
            published=str(published) if published else None,
            publisher=about.get("publisher"),
            language=about.get("language"),
        )
        labels = json.loads((folder / "labels" / f"{path.stem}.json").read_text(encoding="utf-8"))
        yield Case(path.stem, article, labels)
