"""News articles into a checked register of arms transfers, troop deployments and treaties."""

__version__ = "0.1.0"
