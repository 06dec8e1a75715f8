"""Record: the fields that every record has."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from schemas.closed import Closed, Line

Certainty = Literal["confirmed", "claimed", "speculated"]
RecordId = Annotated[str, StringConstraints(pattern=r"^[TDP][1-9][0-9]{0,3}$")]
Names = Annotated[list[Line], Field(max_length=20)]
Evidence = Annotated[list[Line], Field(min_length=1, max_length=3)]


class Record(Closed):
    """One event that an article asserts, suspects, plans, threatens or denies."""

    id: RecordId
    certainty: Certainty = Field(
        description="confirmed: own voice, or admitted by an acting party; claimed: attributed; speculated: may, signs"
    )
    attributed_to: Names = Field(description="who is named as saying so, English, no titles; unnamed: []")
    denied_by: Names
    in_exchange_for: Annotated[list[RecordId], Field(max_length=50)] = Field(
        description="ids it is given in return for, by explicit words; on the returning side only"
    )
    evidence: Evidence = Field(description="verbatim quotes, a clause or sentence each, that carry the claim")
