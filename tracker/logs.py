"""Logging: one line a record, whatever is in it, so that no line of a log can be forged by what people send."""

import io
import logging
import sys

FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"
BESIDE = "    | "
"""Begins each line that belongs to a record but isn't its first, such as those of a traceback."""


def escaped(text: str) -> str:
    """Return `text` with every character escaped that a terminal acts upon or doesn't show, line breaks included."""
    if text.isprintable():
        return text
    return "".join(one if one.isprintable() else _escape(one) for one in text)


def _escape(character: str) -> str:
    return character.encode("unicode_escape", "backslashreplace").decode("ascii")


class SafeFormatter(logging.Formatter):
    """Writes a record as one escaped line, and its traceback as further lines that no record begins like."""

    def formatMessage(self, record: logging.LogRecord) -> str:
        """Return the record's line."""
        return escaped(super().formatMessage(record))

    def formatException(self, ei: object) -> str:
        """Return the traceback, each line marked."""
        return beside(super().formatException(ei))  # type: ignore[arg-type]

    def formatStack(self, stack_info: str) -> str:
        """Return the stack, each line marked."""
        return beside(super().formatStack(stack_info))


def beside(text: str) -> str:
    """Return lines as those that belong to a record and aren't its first."""
    return "\n".join(BESIDE + escaped(line) for line in text.split("\n"))


class Printed(io.TextIOBase):
    """A stream that logs what is printed to it, line by line."""

    def __init__(self, name: str, level: int) -> None:
        self._log, self._level, self._begun = logging.getLogger(name), level, ""

    def writable(self) -> bool:
        """Whether it takes text."""
        return True

    def write(self, text: str) -> int:
        """Log each whole line; the rest waits for its end."""
        *lines, self._begun = (self._begun + text).split("\n")
        for line in lines:
            if line.strip():
                self._log.log(self._level, "%s", line)
        return len(text)


def configure() -> None:
    """Log everything of this process safely: our records, those of libraries, warnings, and what is printed."""
    handler = logging.StreamHandler(sys.__stderr__)
    handler.setFormatter(SafeFormatter(FORMAT))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for talks in ("tracker", "worker", "rq", "stdout", "_granian"):
        logging.getLogger(talks).setLevel(logging.INFO)
    logging.raiseExceptions = False  # a log that can't be written must not log that, and so on without end
    logging.captureWarnings(True)
    for library in ("_granian", "granian.access"):
        logging.getLogger(library).handlers.clear()
        logging.getLogger(library).propagate = True
    sys.stdout, sys.stderr = Printed("stdout", logging.INFO), Printed("stderr", logging.WARNING)
