"""External text as a single log line."""

from typing import Any


def one_line(value: Any, max_length: int = 500) -> str:
    """Return at most `max_length` characters, with control and line-separating characters escaped."""
    text = str(value)[:max_length] if isinstance(value, str | int | float) else type(value).__name__
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)
