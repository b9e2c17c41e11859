"""The labelled set: letters of made-up people, in which each claim is marked as true `{…}` or planted `[kind: …]`.

Each letter was written before the checker saw it. What lies in `held_out` has only been counted, never looked at, while the
rules were tuned; an earlier part kept aside that missed the aim went over to `tuning`, and a new one was written.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tracker.shapes.letters import Paragraph
from tracker.shapes.profile import Bullet, Position, Profile

FOLDER = Path(__file__).parent
PARTS = tuple(sorted(path.name for path in FOLDER.iterdir() if path.is_dir() and path.name[0] != "_"))
_CLAIM = re.compile(r"\{(?P<true>[^}]*)\}|\[(?P<kind>[a-z]+): (?P<planted>[^\]]*)\]")


@dataclass(frozen=True)
class Claim:
    """A claim's place in its paragraph; `kind` is empty for a true one."""

    paragraph: int
    start: int
    end: int
    kind: str
    text: str


@dataclass(frozen=True)
class Labelled:
    """One person, one posting, and a letter whose claims are known."""

    name: str
    part: str
    profile: Profile
    company: str
    role: str
    posting: str
    paragraphs: tuple[Paragraph, ...]
    claims: tuple[Claim, ...]


@cache
def letters(part: str = "") -> tuple[Labelled, ...]:
    """The letters of one part, or of all."""
    parts = (part,) if part else PARTS
    return tuple(_read(path) for one in parts for path in sorted((FOLDER / one).glob("*.txt")))


def _read(path: Path) -> Labelled:
    head, _, rest = path.read_text().partition("\nposting:\n")
    posting, _, body = rest.partition("\nend\n")
    said = [line.partition(": ") for line in head.splitlines() if re.match(r"\w+: ", line)]
    one = {key: value for key, _, value in said}
    profile = Profile(
        one["name"],
        one["headline"],
        tuple(value for key, _, value in said if key == "language"),
        tuple(_position(line) for line in head.splitlines() if line.startswith("position ")),
        tuple(_bullet(line) for line in head.splitlines() if line.startswith("bullet ")),
    )
    texts, claims = [], []
    for number, raw in enumerate(block for block in body.split("\n\n") if block.strip()):
        text, found = _unmarked(raw.strip(), number)
        texts.append(Paragraph(text))
        claims.extend(found)
    return Labelled(
        path.stem,
        path.parent.name,
        profile,
        one["company"],
        one["role"],
        posting,
        tuple(texts),
        tuple(claims),
    )


def _position(line: str) -> Position:
    row_id, kind, title, organisation, begun, *rest = (
        part.strip() for part in line.removeprefix("position ").split("|")
    )
    return Position(row_id, kind, title, organisation, begun, rest[0] if rest else "", "current" in rest)


def _bullet(line: str) -> Bullet:
    ids, text, *rest = (part.strip() for part in line.removeprefix("bullet ").split("|"))
    row_id, _, position = ids.partition(" ")
    return Bullet(row_id, text, tuple(rest[0].split(", ")) if rest else (), position)


def _unmarked(raw: str, number: int) -> tuple[str, list[Claim]]:
    text, claims, reached = "", [], 0
    for found in _CLAIM.finditer(raw):
        text += raw[reached : found.start()]
        said = found["true"] if found["true"] is not None else found["planted"]
        claims.append(Claim(number, len(text), len(text) + len(said), found["kind"] or "", said))
        text += said
        reached = found.end()
    return text + raw[reached:], claims
