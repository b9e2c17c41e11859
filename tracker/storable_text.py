"""External text, cleaned for the database."""

from collections.abc import Iterable, Mapping

MAX_QUERY_VALUE = 200
"""Longest query value, in characters."""


def clean(raw: str) -> str:
    """Return the text without NUL and lone surrogates, which PostgreSQL can't store."""
    return raw.replace("\x00", "").encode("utf-8", "ignore").decode()


def query_values(query: Mapping[str, object], names: Iterable[str]) -> dict[str, str]:
    """Return query values by name, cleaned and cut to MAX_QUERY_VALUE; missing ones are empty."""
    return {name: clean(str(query.get(name, "")))[:MAX_QUERY_VALUE] for name in names}
