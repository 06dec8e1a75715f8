"""Deployment: forces, or personnel under a state's orders, sent beyond that state's borders."""

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from schemas.actor import Actor, StateCode
from schemas.closed import Line
from schemas.dates import Edtf
from schemas.quantity import Quantity
from schemas.record import Names, Record

ForceType = Literal[
    "combat",
    "special_forces",
    "engineers",
    "advisers",
    "police",
    "mercenaries",
    "air",
    "naval",
    "workers",
    "other",
]
DeploymentStatus = Literal["considered", "agreed", "halted", "deployed", "withdrawing", "withdrawn"]


class Deployment(Record):
    """Forces sent to a host state or to one side of a conflict."""

    id: Annotated[str, StringConstraints(pattern=r"^D[1-9][0-9]{0,3}$")]
    sender: Actor
    host: StateCode | None = Field(description="whose territory; 'the front' names none")
    place: Line | None = Field(description="proper name in it, English")
    supports: Actor | None = Field(description="on whose side, if said")
    force_type: ForceType = Field(description="combat if nothing narrower; advisers: trainers, technicians, officers")
    personnel: Quantity | None = Field(description="unit: persons")
    status: DeploymentStatus
    violates: Names
    date: Edtf | None = Field(description="EDTF, when the stage was reached, not when reported")
    due: Edtf | None = Field(description="EDTF, when it is planned")

    @model_validator(mode="after")
    def _known_ends(self) -> Self:
        if self.host is None and self.supports is None:
            raise ValueError("a deployment needs a host or the side it supports")
        if self.sender == self.host:
            raise ValueError(f"sender and host are both {self.sender}: moves at home are not coded")
        return self
