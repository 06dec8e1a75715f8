"""Output: an outcome as one JSON object, after the codebook's section "Output"."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from extractor.checking import KINDS
from extractor.outcome import Check, Checked, Outcome
from extractor.recipe import Recipe
from extractor.report import spent

_METADATA = ("title", "published", "language", "publisher", "url", "sha256")


def as_object(outcome: Outcome, recipe: Recipe) -> dict[str, Any]:
    """Every outcome has the same keys; a file that gave no article has null metadata and three empty lists."""
    article = outcome.article
    recalled = sum(attempt.recalled for attempt in outcome.attempts)
    return {
        "article": {
            "source": outcome.source,
            **{name: getattr(article, name, None) for name in _METADATA},
            "characters": len(article.text) if article else None,
        },
        "outcome": {"state": outcome.state, "reason": outcome.reason, "detail": outcome.detail},
        "extraction": {
            plural: [_record(checked) for checked in outcome.records if checked.kind == kind]
            for plural, (kind, _) in KINDS.items()
        },
        "rejected": [
            {"kind": rejected.kind, "raw": rejected.raw, "checks": _checks(rejected.checks)}
            for rejected in outcome.rejected
        ],
        "run": {
            "model": recipe.model,
            "prompt_hash": recipe.prompt_hash,
            "schema_hash": recipe.schema_hash,
            "usage": {
                "requests": len(outcome.attempts) - recalled,
                "recalled": recalled,
                **asdict(spent(outcome.attempts)),
            },
            "seconds": round(outcome.seconds, 3),
        },
    }


def _record(checked: Checked) -> dict[str, Any]:
    return {
        **checked.record.model_dump(mode="json"),
        "evidence": [asdict(span) for span in checked.spans],
        "checks": _checks(checked.checks),
        "doubtful": checked.doubtful,
    }


def _checks(checks: Sequence[Check]) -> list[dict[str, str]]:
    return [{"name": check.name, "verdict": check.verdict, "detail": check.detail} for check in checks]
