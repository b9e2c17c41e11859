"""Text from outside, made fit for the database."""


def clean(raw: str) -> str:
    """Return the text without what PostgreSQL can't hold: NUL and lone surrogates."""
    return raw.replace("\x00", "").encode("utf-8", "ignore").decode()
