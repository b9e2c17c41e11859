"""A posting's lines, numbered as pasted, each with the kind of its section."""

import re

from tracker.services.matching.skills import skills_in
from tracker.shapes.matching import PostingLine

MUST, NICE, DUTIES, OFFER, ABOUT = "must", "nice", "duties", "offer", "about"

_HEADINGS = (
    (NICE, r"nice to have|bonus|plus(?:es)?\b|prefer|desir|optional|ideal|advantage|good to have|extra|even better|would be great"),
    (OFFER, r"offer|benefit|perks|what you(?:'|’)?(?:ll| will)? get|why (?:us|join|work)|in return|compensation|salary|we give|how to apply|process"),
    (MUST, (r"require|must|essential|mandatory|you(?:'|’)?(?:ll| will)? need|you(?:'|’)?(?:ll| will)? bring|you have|we ask|we expect|we(?:'|’)?re looking for"
            r"|we are looking for|look for in|qualification|who you are|about you|your profile|your skills|skills|experience|need to have|ideal candidate|minimum|we need|criteria")),
    (DUTIES, r"responsib|you(?:'|’)?(?:ll| will)? (?:do|be doing)|your role|the role|the job|duties|tasks|day.to.day|what you do|your work|mission"),
    (ABOUT, r"about|who we are|our (?:team|company|story|culture)|the company|the team|equal opportunit"),
)  # fmt: skip
_HEADING = [(section, re.compile(pattern, re.IGNORECASE)) for section, pattern in _HEADINGS]
_PIECE = re.compile(r"(?s).{1,600}(?:\s|$)|.{1,600}")
_ENDS = re.compile(r"(?<=[.!?;])\s+(?=[A-Z0-9])")


def posting_lines(posting: str) -> list[PostingLine]:
    """Return the lines that contain text; blank ones count for the numbers but aren't returned."""
    section, lines = "", []
    for number, raw in enumerate(posting.splitlines(), 1):
        text = raw.strip()
        if not text:
            continue
        heading = _heading(text)
        section = heading or section
        lines.append(PostingLine(number, text, "heading" if heading and _is_bare(text) else section))
    return lines


def sentences(line: PostingLine) -> list[str]:
    """Return the sentences of a line, for a posting that is one long paragraph."""
    return [piece for sentence in _ENDS.split(line.text) if sentence.strip() for piece in pieces(sentence)]


def pieces(text: str) -> list[str]:
    """Split a text into parts of a sentence's length, which bounds the cost of an endless line."""
    return [match[0] for match in _PIECE.finditer(text)]


def _heading(text: str) -> str:
    bare = text.strip("#*_ -–—•:").strip()
    match = re.match(r"[^:]{3,40}:(?=\s|$)", bare)
    if match and not _is_bullet(text):
        bare = match[0]
    elif not _is_bare(text):
        return ""
    return next((section for section, pattern in _HEADING if pattern.search(bare)), "")


def _is_bare(text: str) -> bool:
    """Return whether a line is a heading and nothing more: short, no sentence, no requirement."""
    bare = text.strip("#*_ ")
    if _is_bullet(text) or bare.endswith((".", ";", ",")):
        return False
    if bare.endswith((":", "?")) or text.startswith(("#", "**")):
        return len(bare.split()) <= 8
    return (
        len(bare.split()) <= 5 and not skills_in(bare) and not re.search(r"\d|\byears?\b|\brequired$", bare)
    )


def _is_bullet(text: str) -> bool:
    return bool(re.match(r"[-–—•·*▪◦✓✔]\s|\d{1,2}[.)]\s", text))
