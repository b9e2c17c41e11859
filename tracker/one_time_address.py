"""One-time sign-in addresses of the local account: a secret file in the data folder, gone once it is used.

Only the account that runs Pursuit can read or write the folder, so only it can make an address.
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
"""What prints a new address, run in the folder of the code."""

_USED = ".used"
_TOKEN = re.compile(r"(?:\S*[?&]token=)?([A-Za-z0-9_-]{43})(?:&\S*)?")


def command(folder: Path) -> str:
    """Return what prints a new address for an installation with its data in `folder`."""
    is_usual = folder.resolve() == (CHECKOUT / "data").resolve()
    return COMMAND if is_usual else f"{COMMAND} --data-dir {shlex.quote(str(folder))}"


def issue(folder: Path, origin: str) -> str:
    """Return a new address for one sign-in within 24 hours; an earlier one that is still unused becomes invalid."""
    token, place = secrets.token_urlsafe(32), _place(folder)
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    for earlier in place.iterdir():
        earlier.unlink(missing_ok=True)
    (place / _digest(token)).touch(mode=0o600)
    return f"{origin}/auth/local?token={token}"


def redeem(folder: Path, typed: str) -> bool:
    """Use up a token, or the whole address it stands in; False when it is unknown, used or too old.

    The file is named by the token's hash: finding it takes no time that depends on the token, and of two requests
    only one can rename it.
    """
    match = _TOKEN.fullmatch(typed.strip())
    if match is None:
        return False
    file = _place(folder) / _digest(match[1])
    with suppress(FileNotFoundError):
        made_at = file.stat().st_mtime
        file.rename(file.with_suffix(_USED))
        return abs(time.time() - made_at) <= VALID_SECONDS
    return False


def restore(folder: Path, typed: str) -> None:
    """Make a token valid again that was used up for a sign-in that failed, unless a newer one was issued since."""
    if match := _TOKEN.fullmatch(typed.strip()):
        file = _place(folder) / _digest(match[1])
        with suppress(FileNotFoundError):
            file.with_suffix(_USED).rename(file)


def _place(folder: Path) -> Path:
    return folder / "secrets" / "sign-in"


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
