"""Is it right? Scores against hand-labelled articles; beside the machine, never imported by it."""
