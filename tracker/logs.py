"""Logging: one escaped line per record, so that input can't forge log lines."""

import io
import logging
import sys

FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"
CONTINUATION = "    | "
"""Prefix of a record's further lines, such as a traceback."""


def escaped(text: str) -> str:
    """Return `text` with control and other non-printable characters escaped, line breaks included."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else _escape(char) for char in text)


def _escape(character: str) -> str:
    return character.encode("unicode_escape", "backslashreplace").decode("ascii")


class SafeFormatter(logging.Formatter):
    """Formatter that writes a record as one escaped line and its traceback as prefixed lines."""

    def formatMessage(self, record: logging.LogRecord) -> str:
        """Return the record's line."""
        return escaped(super().formatMessage(record))

    def formatException(self, ei: object) -> str:
        """Return the traceback with prefixed lines."""
        return prefixed(super().formatException(ei))  # type: ignore[arg-type]

    def formatStack(self, stack_info: str) -> str:
        """Return the stack with prefixed lines."""
        return prefixed(super().formatStack(stack_info))


def prefixed(text: str) -> str:
    """Return the text with each line escaped and prefixed."""
    return "\n".join(CONTINUATION + escaped(line) for line in text.split("\n"))


class LoggedOutput(io.TextIOBase):
    """Text stream that logs each line printed to it."""

    def __init__(self, name: str, level: int) -> None:
        self._log, self._level, self._partial_line = logging.getLogger(name), level, ""

    def writable(self) -> bool:
        """Return True."""
        return True

    def write(self, text: str) -> int:
        """Log each complete line; keep the rest until its end."""
        *lines, self._partial_line = (self._partial_line + text).split("\n")
        for line in lines:
            if line.strip():
                self._log.log(self._level, "%s", line)
        return len(text)


def configure() -> None:
    """Send all records, library logs, warnings and printed lines to the safe handler."""
    handler = logging.StreamHandler(sys.__stderr__)
    handler.setFormatter(SafeFormatter(FORMAT))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for name in ("tracker", "worker", "rq", "stdout", "_granian"):
        logging.getLogger(name).setLevel(logging.INFO)
    logging.raiseExceptions = False  # Logging a failure to log would recurse without end.
    logging.captureWarnings(True)
    for library in ("_granian", "granian.access"):
        logging.getLogger(library).handlers.clear()
        logging.getLogger(library).propagate = True
    sys.stdout, sys.stderr = LoggedOutput("stdout", logging.INFO), LoggedOutput("stderr", logging.WARNING)
