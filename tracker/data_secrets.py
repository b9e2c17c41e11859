"""Random secrets of an installation, each in a file of its data folder."""

import secrets
from pathlib import Path


def secret(folder: Path, name: str) -> str:
    """Return the secret `name` of a data folder; created on first use, readable by its owner only."""
    path = folder / "secrets" / name
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists() or not path.read_text().strip():
        unfinished = path.with_suffix(".new")
        unfinished.touch(mode=0o600)
        unfinished.write_text(secrets.token_urlsafe(32))
        unfinished.rename(path)
    return path.read_text().strip()
