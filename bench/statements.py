"""What PostgreSQL was asked, and how it went about it: read from its own log, in a pass of its own."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

LARGE = ("application", "event", "interview", "contact")
_LOGGED = {
    "log_statement": "all",
    "session_preload_libraries": "auto_explain",
    "auto_explain.log_min_duration": "0",
    "auto_explain.log_nested_statements": "on",
}
"""Settings of the role that is watched: every statement and every plan into the log. Only the owner may set them."""
_SAID = re.compile(r"LOG:  (?:statement|execute [^:]*): (.*)")
_SCAN = re.compile(rf"Seq Scan on ({'|'.join(LARGE)})\b")
_CONTROL = re.compile(r"BEGIN(?!;)|COMMIT|ROLLBACK|SELECT 1$")


@dataclass(frozen=True)
class Asked:
    """The statements of one action, all that was sent for it (with BEGIN, COMMIT and pings), and the large
    tables it read from end to end."""

    statements: list[str]
    sent: int
    scans: set[str]


@contextmanager
def logged(owner: str, watched: str) -> Iterator[None]:
    """Meanwhile PostgreSQL logs what new connections of the role that `watched` names ask, and how it goes about it."""
    role = sql.Identifier(urlsplit(watched).username or "")
    change = sql.SQL("ALTER ROLE {} {} {}")
    with psycopg.connect(owner, autocommit=True) as connection:
        for name, value in _LOGGED.items():
            named = sql.SQL("{} TO {}").format(sql.Identifier(*name.split(".")), value)
            connection.execute(change.format(role, sql.SQL("SET"), named))
        try:
            yield
        finally:
            connection.execute(change.format(role, sql.SQL("RESET"), sql.SQL("ALL")))


class Listener:
    """Reads what was added to PostgreSQL's log since it last did."""

    def __init__(self, log: Path) -> None:
        self.log, self.read = log, log.stat().st_size

    def asked(self) -> Asked:
        """What was asked since."""
        with self.log.open("rb") as log:
            log.seek(self.read)
            text = log.read()
        self.read += len(text)
        said = text.decode(errors="replace")
        sent = [match.strip() for match in _SAID.findall(said)]
        return Asked([s for s in sent if not _CONTROL.match(s)], len(sent), set(_SCAN.findall(said)))
