"""Text from outside, made fit for a log: one line, bounded, with nothing a terminal obeys."""

from typing import Any


def one_line(value: Any, most: int = 500) -> str:
    """Return at most `most` characters, with control, format and line-separating characters written as escapes."""
    text = str(value)[:most] if isinstance(value, str | int | float) else type(value).__name__
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)
