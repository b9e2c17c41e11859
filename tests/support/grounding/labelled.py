"""Labelled letters of fictional people: true claims as `{…}`, planted ones as `[kind: …]`.

Each letter was written before the check was run on it. Those in `held_out` were only counted, never read, while the
rules were tuned; an earlier held-out part that missed the target was moved to `tuning`, and a new one was written.
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
    """Position of a claim in its paragraph; `kind` is empty for a true one."""

    paragraph: int
    start: int
    end: int
    kind: str
    text: str


@dataclass(frozen=True)
class Labelled:
    """Profile, posting, and a letter whose claims are known."""

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
    """Return the letters of one part, or of all."""
    parts = (part,) if part else PARTS
    return tuple(_read(path) for name in parts for path in sorted((FOLDER / name).glob("*.txt")))


def _read(path: Path) -> Labelled:
    head, _, rest = path.read_text().partition("\nposting:\n")
    posting, _, body = rest.partition("\nend\n")
    pairs = [line.partition(": ") for line in head.splitlines() if re.match(r"\w+: ", line)]
    fields = {key: value for key, _, value in pairs}
    profile = Profile(
        fields["name"],
        fields["headline"],
        tuple(value for key, _, value in pairs if key == "language"),
        tuple(_position(line) for line in head.splitlines() if line.startswith("position ")),
        tuple(_bullet(line) for line in head.splitlines() if line.startswith("bullet ")),
    )
    texts, claims = [], []
    for number, raw in enumerate(block for block in body.split("\n\n") if block.strip()):
        text, paragraph_claims = _without_labels(raw.strip(), number)
        texts.append(Paragraph(text))
        claims.extend(paragraph_claims)
    return Labelled(
        path.stem,
        path.parent.name,
        profile,
        fields["company"],
        fields["role"],
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


def _without_labels(raw: str, number: int) -> tuple[str, list[Claim]]:
    text, claims, reached = "", [], 0
    for match in _CLAIM.finditer(raw):
        text += raw[reached : match.start()]
        claim_text = match["true"] if match["true"] is not None else match["planted"]
        claims.append(Claim(number, len(text), len(text) + len(claim_text), match["kind"] or "", claim_text))
        text += claim_text
        reached = match.end()
    return text + raw[reached:], claims
