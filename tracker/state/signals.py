"""Signals to the browser: vars whose change opens, closes or redraws something."""

from uuid import uuid4


def signal() -> str:
    """Return a value unlike any before, for a var that a component watches."""
    return str(uuid4())
