"""Alignment: proposed and labelled records of one article and kind, one to one."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from scipy.optimize import linear_sum_assignment

Record = dict[str, Any]


class Counts(NamedTuple):
    """Records found, proposed in vain, and missed."""

    found: int = 0
    spurious: int = 0
    missed: int = 0

    def __add__(self, other: "Counts") -> "Counts":  # type: ignore[override]  # sums counts, does not join tuples
        return Counts(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))

    @property
    def precision(self) -> float:
        """Found of all proposed; 0 where nothing was proposed."""
        return self.found / max(1, self.found + self.spurious)

    @property
    def recall(self) -> float:
        """Found of all labelled."""
        return self.found / max(1, self.found + self.missed)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.found / max(1, 2 * self.found + self.spurious + self.missed)


@dataclass(frozen=True, slots=True)
class Alignment:
    """Index pairs (proposed, labelled) that agree; what is left on either side."""

    pairs: tuple[tuple[int, int], ...]
    spurious: tuple[int, ...]
    missed: tuple[int, ...]

    @property
    def counts(self) -> Counts:
        """How many of each, optional labels apart."""
        return Counts(len(self.pairs), len(self.spurious), len(self.missed))


def agree(kind: str, proposed: Record, labelled: Record) -> bool:
    """Both ends and the category agree; deployment: sender and host or supported side; treaty: the parties."""
    if kind == "transfers":
        return all(proposed[field] == labelled[field] for field in ("supplier", "recipient", "category"))
    if kind == "deployments":
        same_side = any(proposed[field] and proposed[field] == labelled[field] for field in ("host", "supports"))
        return bool(proposed["sender"] == labelled["sender"] and same_side)
    return set(proposed["parties"]) == set(labelled["parties"])


def align(kind: str, proposed: list[Record], labelled: list[Record]) -> Alignment:
    """Hungarian method over pairs that agree; among equals the pair with more fields in common, then the earlier one.

    An optional label is taken last, and counts neither when found nor when missed.
    """
    if not proposed or not labelled:
        return _rest((), len(proposed), labelled)
    gain = [[_gain(kind, one, other) for other in labelled] for one in proposed]
    rows, columns = linear_sum_assignment(gain, maximize=True)
    pairs = tuple((int(row), int(column)) for row, column in zip(rows, columns, strict=True) if gain[row][column] > 0)
    return _rest(pairs, len(proposed), labelled)


def _gain(kind: str, proposed: Record, labelled: Record) -> float:
    if not agree(kind, proposed, labelled):
        return 0.0
    fields = ("status", "certainty", "date", "quantity", "personnel", "force_type", "signed")
    common = sum(1 for field in fields if field in proposed and proposed[field] == labelled.get(field))
    # Any agreeing pair outweighs all shared fields of another: the number of pairs comes first.
    return (1.0 if labelled.get("optional") else 1000.0) + common


def _rest(pairs: tuple[tuple[int, int], ...], proposed: int, labelled: list[Record]) -> Alignment:
    optional = {number for number, label in enumerate(labelled) if label.get("optional")}
    spurious = tuple(sorted(set(range(proposed)) - {one for one, _ in pairs}))
    missed = tuple(sorted(set(range(len(labelled))) - {other for _, other in pairs} - optional))
    return Alignment(tuple(pair for pair in pairs if pair[1] not in optional), spurious, missed)
