"""Reader: what is done, what is left, what failed and why; every figure is counted from rows, none is carried along."""

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from extractor.store.writer import TABLE, settled

if TYPE_CHECKING:
    from sqlite_utils import Database


_COUNTED = (
    "SELECT state, reason, count(*) AS outcomes, sum(transfers) AS transfer, sum(deployments) AS deployment, "
    "sum(treaties) AS treaty, sum(doubtful) AS doubtful, sum(rejected) AS rejected FROM outcomes"
)
# An attempt that got no answer (connection refused) costs nothing; an answered one without a price is unpriced.
_SPENT = (
    "SELECT count(*) - coalesce(sum(recalled), 0) AS attempts, coalesce(sum(recalled), 0) AS recalled, "
    "coalesce(sum(prompt_tokens), 0) AS prompt_tokens, "
    "coalesce(sum(completion_tokens), 0) AS completion_tokens, coalesce(sum(cached_tokens), 0) AS cached_tokens, "
    "coalesce(sum(cost), 0.0) AS cost, "
    "coalesce(sum(cost IS NULL AND (result = 'ok' OR prompt_tokens IS NOT NULL)), 0) AS unpriced FROM attempts"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """What outcomes came to and what was spent on them."""

    states: dict[str, int]  # outcomes by state; a state without any is left out
    reasons: dict[str, int]  # those that failed or wait, by reason
    records: dict[str, int]  # transfer, deployment, treaty
    doubtful: int
    rejected: int
    attempts: int  # requests made
    recalled: int  # answers from the cache or a recording, for which nothing was sent
    prompt_tokens: int  # tokens as far as reported
    completion_tokens: int
    cached_tokens: int
    cost: float | None  # US dollars; None where the price of an answer is unknown
    unpriced: int  # attempts that were answered at an unknown price


@dataclass(frozen=True, slots=True, kw_only=True)
class Status(Totals):
    """How the database stands under one recipe: articles + failed_inputs = sum of states + unasked, always.

    States, reasons and records are of the outcomes that count; what was spent is of all attempts in all runs of the
    recipe. An article stays counted when the file that held it is gone.
    """

    recipe_key: str | None  # None where there was no run
    model: str | None
    articles: int  # all in the database, whatever the recipe
    sources: int  # paths that held them
    failed_inputs: int  # paths that gave no article
    unasked: int  # articles that have no outcome under this recipe
    runs: int
    others: tuple["Other", ...]


@dataclass(frozen=True, slots=True)
class Other:
    """Another recipe in the same database, latest first."""

    recipe_key: str
    model: str
    outcomes: int  # that count


def finished(db: "Database", recipe_key: str) -> set[str]:
    """Keys of the articles that need no further asking under this recipe."""
    query = "SELECT article, state, reason FROM outcomes WHERE recipe_key = ? AND current = 1"
    return {key for key, state, reason in db.execute(query, [recipe_key]) if key and settled(state, reason)}


def totals(db: "Database", run: int) -> Totals:
    """Everything that one run wrote, whether it still counts or not."""
    return Totals(**_counted(db, "run = :run", {"run": run}), **_spent(db, "run = :run", {"run": run}))


def status(db: "Database", recipe_key: str | None) -> Status:
    """How the database stands under the recipe, or under that of the latest run."""
    known = {"recipe": recipe_key}
    for latest in db.query("SELECT recipe_key AS recipe FROM runs ORDER BY id DESC LIMIT 1"):
        known = {"recipe": recipe_key or latest["recipe"]}
    asked, inputs = db.execute(
        "SELECT count(article), count(*) - count(article) FROM outcomes WHERE recipe_key = :recipe AND current = 1",
        known,
    ).fetchone()
    articles = _one(db, "SELECT count(*) FROM articles", known)
    return Status(
        **_counted(db, "recipe_key = :recipe AND current = 1", known),
        **_spent(db, "run IN (SELECT id FROM runs WHERE recipe_key = :recipe)", known),
        recipe_key=known["recipe"],
        model=_one(db, "SELECT max(model) FROM runs WHERE recipe_key = :recipe", known),
        articles=articles,
        sources=_one(db, "SELECT count(DISTINCT source) FROM sources", known),
        failed_inputs=inputs,
        unasked=articles - asked,
        runs=_one(db, "SELECT count(*) FROM runs WHERE recipe_key = :recipe", known),
        others=_others(db, known),
    )


def _counted(db: "Database", which: str, values: dict[str, Any]) -> dict[str, Any]:
    states: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    sums: Counter[str] = Counter()
    for row in db.query(f"{_COUNTED} WHERE {which} GROUP BY state, reason", values):
        states[row["state"]] += row["outcomes"]
        if row["reason"]:
            reasons[row["reason"]] += row["outcomes"]
        sums.update({name: row[name] for name in ("transfer", "deployment", "treaty", "doubtful", "rejected")})
    return {
        "states": dict(states),
        "reasons": dict(reasons),
        "records": {kind: sums[kind] for kind in TABLE},
        "doubtful": sums["doubtful"],
        "rejected": sums["rejected"],
    }


def _spent(db: "Database", which: str, values: dict[str, Any]) -> dict[str, Any]:
    row: dict[str, Any] = next(db.query(f"{_SPENT} WHERE {which}", values))
    return row | {"cost": None if row["unpriced"] else row["cost"]}


def _others(db: "Database", known: dict[str, Any]) -> tuple[Other, ...]:
    query = (
        "SELECT recipe_key, model, (SELECT count(*) FROM outcomes WHERE outcomes.recipe_key = runs.recipe_key "
        "AND current = 1) FROM runs WHERE recipe_key <> :recipe GROUP BY recipe_key ORDER BY max(id) DESC"
    )
    return tuple(Other(*row) for row in db.execute(query, known))


def _one(db: "Database", query: str, values: dict[str, Any]) -> Any:
    return db.execute(query, values).fetchone()[0]
