"""Articles and records for the tests of this folder."""

from typing import Any

from extractor.article import Article
from schemas import Deployment, Money, Quantity, Transfer, Treaty

# Other checkers accept or rewrite seven false quotes from these (see TEN in test_ground.py).
TEXT_A = (
    "Berlin. Deutschland hat der Ukraine nach Angaben des Ministeriums weitere 30 Gepard-Flakpanzern sowie 14 "
    "Kampfpanzer des Typs Leopard 2A6 überlassen. Frankreich hat 12 Caesar-Haubitzen zugesagt, aber noch nicht "
    "geliefert. Begonnen hatte die Hilfe mit 5.000 Schutzhelmen."
)
TEXT_B = (
    "Officials in Bucharest said the first batch of 18 F-16 fighter jets arrived in Romania. A second batch of 24 jets "
    "has not been delivered."
)
TEXT_C = "The Netherlands will deliver 18 F-16 fighter jets to Ukraine before the year is out, a spokesman said."

_OWN: dict[str, Any] = {
    "certainty": "confirmed",
    "attributed_to": [],
    "denied_by": [],
    "in_exchange_for": [],
}


def article(text: str, language: str | None = "de", published: str | None = "2024-05-10") -> Article:
    """An article without a title."""
    return Article("test", text, published=published, language=language)


def transfer(*evidence: str, **fields: Any) -> Transfer:
    """Germany gives Ukraine tanks, unless told otherwise."""
    told: dict[str, Any] = {
        **_OWN,
        "id": "T1",
        "supplier": "DEU",
        "recipient": "UKR",
        "item": "tanks",
        "category": "armoured_vehicles",
        "quantity": None,
        "value": None,
        "via": [],
        "status": "delivered",
        "violates": [],
        "date": None,
        "due": None,
        "evidence": list(evidence) or ["no quote"],
    }
    return Transfer.model_validate(told | fields)


def deployment(*evidence: str, **fields: Any) -> Deployment:
    """North Korea sends soldiers to Russia."""
    told: dict[str, Any] = {
        **_OWN,
        "id": "D1",
        "sender": "PRK",
        "host": "RUS",
        "place": None,
        "supports": None,
        "force_type": "combat",
        "personnel": None,
        "status": "deployed",
        "violates": [],
        "date": None,
        "due": None,
        "evidence": list(evidence) or ["no quote"],
    }
    return Deployment.model_validate(told | fields)


def treaty(*evidence: str, **fields: Any) -> Treaty:
    """North Korea and Russia sign a treaty."""
    told: dict[str, Any] = {
        **_OWN,
        "id": "P1",
        "title": "treaty",
        "parties": ["PRK", "RUS"],
        "obligations": [],
        "status": "signed",
        "signed": None,
        "ratified": None,
        "ended": None,
        "replaces": [],
        "evidence": list(evidence) or ["no quote"],
    }
    return Treaty.model_validate(told | fields)


def quantity(text: str, low: int | None, high: int | None, approximate: bool = False) -> Quantity:
    """So many vehicles."""
    return Quantity(low=low, high=high, approximate=approximate, unit="vehicles", text=text)


def money(text: str, low: int | None, high: int | None, unit: str = "EUR") -> Money:
    """So much money."""
    return Money(low=low, high=high, approximate=False, unit=unit, text=text)
