"""Transfer: arms, materiel, technology or goods from one actor to another."""

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from schemas.actor import Actor
from schemas.closed import Line
from schemas.dates import Edtf
from schemas.quantity import Money, Quantity
from schemas.record import Names, Record

Category = Literal[
    "aircraft",
    "air_defence",  # a missile meant for aircraft or missiles is air_defence, not missiles
    "ammunition",  # shells, rounds, bombs, rockets for launchers
    "armoured_vehicles",
    "artillery",  # guns, howitzers, rocket launchers
    "drones",
    "electronic_warfare",
    "missiles",
    "naval",
    "nuclear",
    "small_arms",
    "space",
    "sensors",
    "technology",  # know-how, components, software, whatever they are for
    "energy",
    "economic",
    "unspecified_arms",
    "other",
]
TransferStatus = Literal["delivered", "agreed", "considered", "halted"]


class Transfer(Record):
    """Arms, materiel, technology, or goods given for military reasons or against sanctions."""

    id: Annotated[str, StringConstraints(pattern=r"^T[1-9][0-9]{0,3}$")]
    supplier: Actor = Field(description="ISO 3166-1 alpha-3 of a state, else usual English name")
    recipient: Actor
    item: Line = Field(description="English, short, with designation: Pantsir air defence systems")
    category: Category
    quantity: Quantity | None
    value: Money | None
    via: Names = Field(description="transit states, ports, vessels, firms, middlemen")
    status: TransferStatus = Field(
        description="furthest: delivered (begun counts), agreed (ordered, promised), considered, halted (refused)"
    )
    violates: Names = Field(description="what the article says it breaches: UN arms embargo")
    date: Edtf | None = Field(description="EDTF, when the stage was reached, not when reported")
    due: Edtf | None = Field(description="EDTF, when it is planned")

    @model_validator(mode="after")
    def _two_ends(self) -> Self:
        if self.supplier == self.recipient:
            raise ValueError(f"supplier and recipient are both {self.supplier}")
        return self
