"""What PostgreSQL was asked, and how it went about it: read from its own log, in a pass of its own."""

import re
from dataclasses import dataclass
from pathlib import Path

LARGE = ("application", "event", "interview", "contact")
OPTIONS = (
    "-c log_statement=all -c session_preload_libraries=auto_explain -c auto_explain.log_min_duration=0 "
    "-c auto_explain.log_nested_statements=on"
)
"""For PGOPTIONS of the server that is watched: every statement and every plan into the log."""
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
