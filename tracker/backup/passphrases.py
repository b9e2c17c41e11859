"""Passphrases from a file or the environment, never the command line."""

from pathlib import Path

from tracker.errors import Sorry
from tracker.settings import settings


def in_file(path: Path) -> str:
    """Return the passphrase in a file, without the line end."""
    try:
        passphrase = path.read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise Sorry(f"The passphrase can't be read from {path}: {error}") from error
    if not passphrase:
        raise Sorry(f"There is no passphrase in {path}.")
    return passphrase


def configured() -> str:
    """Return the passphrase of BACKUP_PASSPHRASE or BACKUP_PASSPHRASE_FILE, or nothing."""
    config = settings()
    if config.backup_passphrase:
        return config.backup_passphrase
    return in_file(config.backup_passphrase_file) if config.backup_passphrase_file else ""
