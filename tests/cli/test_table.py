"""Rows for a reader."""

from typing import Any

import click
import pytest

from extractor.cli.table import table
from extractor.outcome import Check, Checked, Kind, Outcome, Rejected, Span
from schemas import Deployment, Record, Transfer, Treaty
from tests.fakes import QUOTE, article, transfer

DEPLOYMENT = {
    "id": "D1",
    "sender": "PRK",
    "host": "RUS",
    "place": "Kursk",
    "supports": "RUS",
    "force_type": "special_forces",
    "personnel": {"low": 10000, "high": 12000, "approximate": True, "unit": "persons", "text": "10 bis 12"},
    "status": "deployed",
    "certainty": "claimed",
    "attributed_to": ["NIS", "Shin Won-sik"],
    "denied_by": ["RUS"],
    "violates": [],
    "date": "2024-10",
    "due": None,
    "in_exchange_for": ["T1"],
    "evidence": ["x"],
}
TREATY = {
    "id": "P1",
    "title": "Comprehensive Strategic Partnership Treaty",
    "parties": ["PRK", "RUS"],
    "obligations": ["defence", "military_cooperation"],
    "status": "in_force",
    "signed": "2024-06-19",
    "ratified": None,
    "ended": None,
    "replaces": [],
    "certainty": "confirmed",
    "attributed_to": [],
    "denied_by": [],
    "in_exchange_for": [],
    "evidence": ["x"],
}
PASSED = (Check("quote", "pass"),)


def shown(kind: Kind, record: Record, checks: tuple[Check, ...] = PASSED) -> str:
    checked = Checked(kind, record, (Span(QUOTE, 0, len(QUOTE)),), checks)
    outcome = Outcome("a.txt", "extracted", article(), records=(checked,))
    return " ".join(click.unstyle(table(outcome)).split())


def quantity(low: int | None, high: int | None, *, approximate: bool = False, unit: str = "missiles") -> dict[str, Any]:
    return {"low": low, "high": high, "approximate": approximate, "unit": unit, "text": "x"}


@pytest.mark.parametrize(
    ("counted", "words"),
    [
        (None, "PRK → RUS missiles delivered"),
        (quantity(20, 20), "RUS 20 missiles delivered"),
        (quantity(20, 20, approximate=True), "RUS ~ 20 missiles"),
        (quantity(9_000_000, None), "RUS ≥ 9,000,000 missiles"),
        (quantity(None, 20), "RUS ≤ 20 missiles"),
        (quantity(10, 12), "RUS 10–12 missiles"),
        (quantity(5, 5, unit="containers"), "RUS 5 containers, missiles"),
    ],
)
def test_a_transfer_tells_who_whom_how_many_and_how_far(counted: dict[str, Any] | None, words: str) -> None:
    assert words in shown("transfer", Transfer.model_validate(transfer(quantity=counted)))


def test_money_and_way_of_a_transfer_are_told() -> None:
    value = {"low": 20, "high": 20, "approximate": False, "unit": "USD", "text": "x"}
    row = shown("transfer", Transfer.model_validate(transfer(value=value, via=["Rajin", "Angara"])))
    assert "missiles, 20 USD, via Rajin, Angara delivered" in row


def test_a_deployment_tells_where_how_many_who_says_so_and_who_denies_it() -> None:
    assert (
        "D1 PRK → RUS, Kursk ~ 10,000–12,000 persons, special forces"
        " deployed 2024-10, claimed (NIS, Shin Won-sik), denied by RUS, for T1"
    ) in shown("deployment", Deployment.model_validate(DEPLOYMENT))


def test_a_deployment_without_a_host_tells_the_side() -> None:
    row = shown("deployment", Deployment.model_validate(DEPLOYMENT | {"host": None, "place": None}))
    assert "PRK → for RUS ~" in row


def test_a_treaty_tells_parties_title_obligations_and_stage() -> None:
    assert (
        "P1 PRK, RUS Comprehensive Strategic Partnership Treaty (defence, military cooperation)"
        " in force, signed 2024-06-19, confirmed"
    ) in shown("treaty", Treaty.model_validate(TREATY))


def test_a_treaty_that_ended_tells_both_dates_and_what_it_replaced() -> None:
    ended = TREATY | {"status": "ended", "ended": "1996", "signed": "1961-07-06", "replaces": ["P2"]}
    row = shown("treaty", Treaty.model_validate(ended))
    assert "ended 1996, signed 1961-07-06, confirmed, replaces P2" in row


def test_a_doubtful_record_is_marked_and_the_doubt_told() -> None:
    doubt = Check("number", "doubt", "no number 100 in the quote")
    row = shown("transfer", Transfer.model_validate(transfer()), (*PASSED, doubt))
    assert "T1? PRK" in row
    assert "? number: no number 100 in the quote" in row


def test_records_kept_apart_are_told_with_the_failed_check() -> None:
    rejected = Rejected("transfer", {"id": "T\x1b2"}, (Check("schema", "pass"), Check("quote", "fail", "not found")))
    told = table(Outcome("a.txt", "unsupported", article(), rejected=(rejected,)))
    assert "no record passed its checks" in told
    assert "kept apart: transfer T\\x1b2, quote: not found" in told


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        (Outcome("a\x1b.txt", "failed", reason="missing", detail="no such file"), "failed: missing: no such file"),
        (Outcome("a.txt", "waiting", article(), detail="quota used up"), "waiting: quota used up"),
        (Outcome("a.txt", "empty", article()), "nothing to be coded"),
    ],
)
def test_an_article_without_records_says_why(outcome: Outcome, words: str) -> None:
    assert words in table(outcome)
    assert "\x1b.txt" not in table(outcome)
