"""Compare a posting with a profile, without a model: its requirements, and what supports each."""
