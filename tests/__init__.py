"""Does it work? Mirrors extractor/ and schemas/."""
