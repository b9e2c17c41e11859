"""Content lines and components of a calendar file (RFC 5545), read in one pass.

Files come from anyone, so the reader takes time in proportion to their length, and evaluates no recurrence.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from tracker.errors import Invalid

FIELD = "content"
"""The form field that an unreadable invitation is reported at."""
MAX_LINES, MAX_DEPTH, MAX_HEAD = 20_000, 5, 2_000
"""Most content lines and nested components of a file, and most characters before a line's value."""
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


@dataclass(frozen=True)
class Line:
    """A property: its name in upper case, its parameters, and its value as written."""

    name: str
    parameters: dict[str, str]
    value: str

    @property
    def text(self) -> str:
        """The value without the escapes of texts."""
        return _ESCAPED.sub(lambda match: "\n" if match[1] in "nN" else match[1], self.value).strip()


@dataclass
class Component:
    """A component with its properties and the components in it."""

    name: str
    lines: list[Line] = field(default_factory=list)
    parts: list["Component"] = field(default_factory=list)

    def first(self, name: str) -> Line | None:
        """Return the first property of a name, or None."""
        return next((line for line in self.lines if line.name == name), None)

    def text(self, name: str) -> str:
        """Return the text of the first property of a name; empty without one."""
        line = self.first(name)
        return line.text if line else ""

    def of_name(self, name: str) -> list["Component"]:
        """Return the components of a name directly in this one."""
        return [part for part in self.parts if part.name == name]


def unreadable(reason: str) -> Invalid:
    """Return the error for a file that can't be imported, reported at the form's field."""
    return Invalid({FIELD: reason})


def parse_calendar(text: str) -> Component:
    """Return the first calendar in a text; raises Invalid when there is none, or it is too large."""
    root = Component("")
    path = [root]
    for line in _content_lines(text):
        if line.name == "BEGIN":
            if len(path) > MAX_DEPTH:
                raise unreadable("This file isn't a calendar file that can be read.")
            component = Component(line.value.strip().upper())
            path[-1].parts.append(component)
            path.append(component)
        elif line.name == "END" and len(path) > 1:
            path.pop()
        else:
            path[-1].lines.append(line)
    calendars = root.of_name("VCALENDAR")
    if not calendars:
        raise unreadable(
            "There is no invitation in this. Choose a file that ends in .ics or .eml, or paste its text."
        )
    return calendars[0]


def _content_lines(text: str) -> Iterator[Line]:
    lines = _unfolded(text)
    if len(lines) > MAX_LINES:
        raise unreadable("This calendar file is too long. Import one invitation at a time.")
    return (line for line in map(_line, lines) if line is not None)


def _unfolded(text: str) -> list[str]:
    """Return logical lines: those that begin with white space continue the previous one."""
    parts: list[list[str]] = []
    for physical in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if physical[:1] in (" ", "\t") and parts:
            parts[-1].append(physical[1:])
        elif physical:
            parts.append([physical])
    return ["".join(part) for part in parts]


def _line(text: str) -> Line | None:
    """Return the property of a logical line; None for anything else."""
    head, separator, value = _divided(text)
    if not separator or len(head) > MAX_HEAD:
        return None
    name, *parameters = _split(head)
    pairs = (parameter.partition("=") for parameter in parameters)
    by_name = {key.strip().upper(): setting.strip('"') for key, _, setting in pairs}
    return Line(name.strip().upper(), by_name, value)


def _divided(text: str) -> tuple[str, str, str]:
    """Divide a line at its first colon that isn't in quotes."""
    position = 0
    for number, part in enumerate(text.split('"')):
        if number % 2 == 0 and (colon := part.find(":")) >= 0:
            return text[: position + colon], ":", text[position + colon + 1 :]
        position += len(part) + 1
    return text, "", ""


def _split(head: str) -> list[str]:
    """Return the parts between semicolons that aren't in quotes."""
    parts, is_quoted = [""], False
    for piece in re.split(r'([;"])', head):
        if piece == '"':
            is_quoted = not is_quoted
        if piece == ";" and not is_quoted:
            parts.append("")
        else:
            parts[-1] += piece
    return parts
