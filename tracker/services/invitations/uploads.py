"""Uploaded invitations between the upload and the confirmation: in Redis, for a few minutes."""

import secrets
from datetime import timedelta
from typing import Any

from tracker.cache import valkey
from tracker.db import Scope
from tracker.errors import NotFound
from tracker.services.invitations.calendar_text import unreadable
from tracker.services.invitations.mail_parts import TOO_LARGE
from tracker.shapes.people import Who

RETENTION = timedelta(minutes=10)
PROBLEMS = {"too_large": TOO_LARGE, "no_file": "Choose a file first.", "empty": "This file is empty."}
"""Problems of an upload, by the key that stands for it in the address."""


def store(user: Who, content: bytes) -> str:
    """Store a file for its user for ten minutes, and return its key."""
    key = secrets.token_urlsafe(16)
    valkey().set(_name(user, key), content, ex=RETENTION)
    return key


def stored(scope: Scope, key: str) -> bytes:
    """Return a stored file of this user.

    Raises NotFound for an unknown or expired key, and Invalid for a key of PROBLEMS.
    """
    if problem := PROBLEMS.get(key):
        raise unreadable(problem)
    content: Any = valkey().get(_name(scope.who, key[:100]))
    if content is None:
        raise NotFound("file")
    return bytes(content)


def _name(user: Who, key: str) -> str:
    return f"pursuit:invitation:{user.user_id}:{key}"
