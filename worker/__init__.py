"""The background: an RQ worker and its schedule."""
