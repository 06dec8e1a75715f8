"""Treaty: a written agreement between states, by whatever name."""

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from schemas.actor import Actor
from schemas.closed import Line
from schemas.dates import Edtf
from schemas.record import Record

Obligation = Literal[
    "defence",
    "nonaggression",
    "neutrality",
    "consultation",
    "military_cooperation",
    "basing",
    "arms_control",
    "economic_cooperation",
    "technology_cooperation",
    "sanctions_resistance",
    "other",
]
TreatyStatus = Literal["proposed", "signed", "ratified", "in_force", "suspended", "ended"]
TreatyId = Annotated[str, StringConstraints(pattern=r"^P[1-9][0-9]{0,3}$")]


class Treaty(Record):
    """A treaty, pact, accord or declaration and how far it has got."""

    id: TreatyId
    title: Line = Field(description="the article's name for it in English, else kind and year: 1961 treaty")
    parties: Annotated[list[Actor], Field(min_length=2, max_length=200)]
    obligations: Annotated[list[Obligation], Field(max_length=11)]
    status: TreatyStatus = Field(description="furthest told")
    signed: Edtf | None
    ratified: Edtf | None
    ended: Edtf | None = Field(description="the day it ceased; an expiry still to come is none")
    replaces: Annotated[list[TreatyId], Field(max_length=50)] = Field(
        description="ids of treaties it takes the place of"
    )

    @model_validator(mode="after")
    def _two_parties(self) -> Self:
        if len(set(self.parties)) < 2:
            raise ValueError("a treaty needs two different parties")
        return self
