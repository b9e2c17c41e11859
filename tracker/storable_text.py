"""Text from outside, made fit for the database."""

from collections.abc import Iterable, Mapping

MAX_QUERY_VALUE = 200
"""Characters of one value of an address's query."""


def clean(raw: str) -> str:
    """Return the text without what PostgreSQL can't hold: NUL and lone surrogates."""
    return raw.replace("\x00", "").encode("utf-8", "ignore").decode()


def query_values(query: Mapping[str, object], names: Iterable[str]) -> dict[str, str]:
    """Return the named values of an address's query, clean and at most `MAX_QUERY_VALUE` long; empty where there is none."""
    return {name: clean(str(query.get(name, "")))[:MAX_QUERY_VALUE] for name in names}
