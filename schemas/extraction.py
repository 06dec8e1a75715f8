"""Extraction: all that one article gives."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from schemas.closed import Closed
from schemas.deployment import Deployment
from schemas.record import Record
from schemas.transfer import Transfer
from schemas.treaty import Treaty

_MOST = 200  # records of one kind; the fullest hand-labelled article holds 26


class Extraction(Closed):
    """Three lists, each possibly empty; three empty lists are a correct answer."""

    transfers: Annotated[list[Transfer], Field(max_length=_MOST)]
    deployments: Annotated[list[Deployment], Field(max_length=_MOST)]
    treaties: Annotated[list[Treaty], Field(max_length=_MOST)]

    def records(self) -> list[Record]:
        """All records, in the order transfers, deployments, treaties."""
        return [*self.transfers, *self.deployments, *self.treaties]

    @model_validator(mode="after")
    def _ids_resolve(self) -> Self:
        ids = [record.id for record in self.records()]
        twice = {one for one in ids if ids.count(one) > 1}
        if twice:
            raise ValueError(f"ids used twice: {', '.join(sorted(twice))}")
        for record in self.records():
            links = [*record.in_exchange_for, *(record.replaces if isinstance(record, Treaty) else [])]
            unknown = sorted(set(links) - set(ids))
            if unknown or record.id in links:
                raise ValueError(f"{record.id} points to {', '.join(unknown) or 'itself'}, which is no other record")
        return self
