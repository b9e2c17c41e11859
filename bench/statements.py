"""Statements and plans of PostgreSQL, read from its log."""

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
"""Settings of the measured role that log every statement and plan. Only the owner may set them."""
_STATEMENT = re.compile(r"LOG:  (?:statement|execute [^:]*): (.*)")
_SCAN = re.compile(rf"Seq Scan on ({'|'.join(LARGE)})\b")
_CONTROL = re.compile(r"BEGIN(?!;)|COMMIT|ROLLBACK|SELECT 1$")


@dataclass(frozen=True)
class Queries:
    """Statements of one action, the number of all messages, and the large tables scanned sequentially.

    `sent` also counts BEGIN, COMMIT and pings.
    """

    statements: list[str]
    sent: int
    scans: set[str]


@contextmanager
def logged(owner: str, measured_url: str) -> Iterator[None]:
    """Log statements and plans of new connections of the role in `measured_url`."""
    role = sql.Identifier(urlsplit(measured_url).username or "")
    change = sql.SQL("ALTER ROLE {} {} {}")
    with psycopg.connect(owner, autocommit=True) as connection:
        for name, value in _LOGGED.items():
            setting = sql.SQL("{} TO {}").format(sql.Identifier(*name.split(".")), value)
            connection.execute(change.format(role, sql.SQL("SET"), setting))
        try:
            yield
        finally:
            connection.execute(change.format(role, sql.SQL("RESET"), sql.SQL("ALL")))


class LogReader:
    """Reader of what was added to PostgreSQL's log since the last read."""

    def __init__(self, log: Path) -> None:
        self.log, self.position = log, log.stat().st_size

    def read(self) -> Queries:
        """Return the queries since the last read."""
        with self.log.open("rb") as log:
            log.seek(self.position)
            content = log.read()
        self.position += len(content)
        text = content.decode(errors="replace")
        sent = [match.strip() for match in _STATEMENT.findall(text)]
        return Queries([s for s in sent if not _CONTROL.match(s)], len(sent), set(_SCAN.findall(text)))
