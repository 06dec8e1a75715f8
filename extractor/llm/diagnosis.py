"""Diagnosis: what a look at a model's server brought out, finding by finding."""

from dataclasses import dataclass, field
from typing import Literal

from extractor.outcome import Usage

Verdict = Literal["good", "limit", "bad"]
Label = Literal["address", "key", "model", "service", "schema", "dialect", "lost", "usage", "time", "cost"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was found out: `limit` is what one can work with, `bad` is what one cannot."""

    label: Label
    verdict: Verdict
    says: str


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """All findings; `dialect` is the one to ask in, None where no question was answered."""

    findings: tuple[Finding, ...]
    dialect: str | None = None
    requests: int = 0
    seconds: float = 0.0
    usage: Usage = field(default_factory=Usage)

    @property
    def exit_code(self) -> int:
        """0 fit, 1 works with limits, 5 refused or out of reach."""
        verdicts = {finding.verdict for finding in self.findings}
        return 5 if "bad" in verdicts else 1 if "limit" in verdicts else 0


NOTHING_NEEDED = Diagnosis(
    (Finding("model", "good", "baseline is built in: no key, no address and no network needed"),)
)
