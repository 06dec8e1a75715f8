"""What is extracted: Transfer, Deployment and Treaty, after the codebook."""

from schemas.deployment import Deployment
from schemas.extraction import Extraction
from schemas.quantity import Money, Quantity
from schemas.record import Record
from schemas.transfer import Transfer
from schemas.treaty import Treaty

__all__ = ["Deployment", "Extraction", "Money", "Quantity", "Record", "Transfer", "Treaty"]
