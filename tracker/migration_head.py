"""The schema revision that this version needs, read without importing Alembic (7 MiB, 0.2 s)."""

import re
from functools import cache

from tracker.settings import CHECKOUT

_ASSIGNMENT = re.compile(r'^(revision|down_revision) = "(\w+)"$', re.MULTILINE)


@cache
def migration_head() -> str:
    """Return the revision of the latest migration."""
    texts = (path.read_text() for path in sorted((CHECKOUT / "alembic" / "versions").glob("*.py")))
    assignments: list[tuple[str, str]] = [pair for text in texts for pair in _ASSIGNMENT.findall(text)]
    followed = {revision for name, revision in assignments if name == "down_revision"}
    [head] = {revision for name, revision in assignments if name == "revision"} - followed
    return head
