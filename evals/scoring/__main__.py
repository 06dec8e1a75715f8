"""Print how good the built-in model is on the hand-labelled articles, by language and kind."""

import argparse
from collections import defaultdict
from pathlib import Path

from evals.scoring.alignment import Counts, align
from evals.scoring.gold import FOLDER, Case, cases
from extractor.baseline.model import extract
from extractor.checking import KINDS, examine


def score(case: Case) -> dict[str, Counts]:
    """Records found, spurious and missed in one article, by kind (plural)."""
    examined = examine(extract(case.article), case.article)
    counts = {}
    for plural, (kind, _) in KINDS.items():
        proposed = [checked.record.model_dump() for checked in examined.records if checked.kind == kind]
        counts[plural] = align(plural, proposed, case.labels[plural]).counts
    return counts


def main() -> None:
    """Score all articles of a gold folder."""
    parser = argparse.ArgumentParser(prog="python -m evals.scoring", description=__doc__)
    parser.add_argument(
        "folder", nargs="?", type=Path, default=FOLDER, help="articles/ and labels/ (default: %(default)s)"
    )
    rows: dict[str, Counts] = defaultdict(Counts)
    empty: dict[str, list[int]] = defaultdict(list)
    for case in cases(parser.parse_args().folder):
        counts = score(case)
        language = case.article.language or "?"
        for name, count in (("all", sum(counts.values(), Counts())), *counts.items()):
            for group in (language, "de + en" if language in ("de", "en") else "others", "all"):
                rows[f"{group:8}{name if name != 'all' else ''}"] += count
        if case.empty:
            empty[language].append(sum(count.spurious for count in counts.values()))
    print("aligned one to one (Hungarian, per article and kind); found = both ends and category agree\n")
    print(f"{'':24}{'F1':>6}{'precision':>11}{'recall':>8}{'found':>7}{'false':>7}{'missed':>8}")
    for name, count in sorted(rows.items()):
        figures = f"{count.f1:6.2f}{count.precision:11.2f}{count.recall:8.2f}"
        print(f"{name:24}{figures}{count.found:7}{count.spurious:7}{count.missed:8}")
    clean = {language: f"{alarms.count(0)} of {len(alarms)}" for language, alarms in sorted(empty.items())}
    print(
        "\narticles that hold nothing, without a false alarm:",
        ", ".join(f"{one} {many}" for one, many in clean.items()),
    )


if __name__ == "__main__":
    main()
