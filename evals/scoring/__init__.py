"""Compare proposed records with hand-labelled ones."""
