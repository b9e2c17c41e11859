"""One-time sign-in addresses of the local account, as secret files in the data folder.

Only the account that runs Pursuit can write to the folder, so only it can create an address.
"""

import hashlib
import re
import secrets
import shlex
import time
from contextlib import suppress
from pathlib import Path

from tracker.settings import CHECKOUT

VALID_SECONDS = 24 * 60 * 60
COMMAND = ".venv/bin/tracker sign-in"
"""Command that prints a new address, run in the checkout."""

_USED = ".used"
_TOKEN = re.compile(r"(?:\S*[?&]token=)?([A-Za-z0-9_-]{43})(?:&\S*)?")


def command(folder: Path) -> str:
    """Return the command that prints a new address for the data folder `folder`."""
    is_default = folder.resolve() == (CHECKOUT / "data").resolve()
    return COMMAND if is_default else f"{COMMAND} --data-dir {shlex.quote(str(folder))}"


def issue(folder: Path, origin: str) -> str:
    """Create an address valid for one sign-in within 24 hours; earlier ones become invalid."""
    token, folder_of_tokens = secrets.token_urlsafe(32), _token_folder(folder)
    folder_of_tokens.mkdir(mode=0o700, parents=True, exist_ok=True)
    for earlier in folder_of_tokens.iterdir():
        earlier.unlink(missing_ok=True)
    (folder_of_tokens / _digest(token)).touch(mode=0o600)
    return f"{origin}/auth/local?token={token}"


def redeem(folder: Path, text: str) -> bool:
    """Use up a token or the address that contains it; False when it is unknown, used or expired.

    The file is named by the token's hash, so the lookup leaks no timing; only one of two requests can
    rename it.
    """
    match = _TOKEN.fullmatch(text.strip())
    if match is None:
        return False
    file = _token_folder(folder) / _digest(match[1])
    with suppress(FileNotFoundError):
        made_at = file.stat().st_mtime
        file.rename(file.with_suffix(_USED))
        return abs(time.time() - made_at) <= VALID_SECONDS
    return False


def restore(folder: Path, text: str) -> None:
    """Make a used token valid again after a failed sign-in, unless a newer one was issued."""
    if match := _TOKEN.fullmatch(text.strip()):
        file = _token_folder(folder) / _digest(match[1])
        with suppress(FileNotFoundError):
            file.with_suffix(_USED).rename(file)


def _token_folder(folder: Path) -> Path:
    return folder / "secrets" / "sign-in"


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
