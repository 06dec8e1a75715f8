"""The register in SQLite."""
