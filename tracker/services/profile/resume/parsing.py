"""A resume's text as positions, bullets, skills and languages."""

import re

from tracker.services.profile.resume import skills
from tracker.services.profile.resume.entries import entries_of, points_of
from tracker.services.profile.resume.found import Found
from tracker.services.profile.resume.headings import section_of
from tracker.services.profile.resume.lines import Line, lines_of
from tracker.services.profile.resume.names import is_place, is_title

_REACH = re.compile(
    r"\S@\S|https?:|www\.|linkedin\.com|github\.com|\+\d[\d\s()./-]{7,}\d|\b0\d[\d\s()/-]{7,}\d"
    r"|^(?:name|phone|tel|telephone|e-?mail|address|mobile)\b\.?\s*[:.]",
    re.I,
)
_TONGUE = re.compile(
    r"\b(?:english|german|french|spanish|italian|portuguese|dutch|swedish|norwegian|danish|finnish|polish|czech|russian|"
    r"ukrainian|turkish|arabic|hebrew|hindi|urdu|bengali|tamil|telugu|punjabi|mandarin|cantonese|chinese|japanese|korean|"
    r"vietnamese|thai|indonesian|malay|greek|romanian|hungarian|bulgarian|croatian|serbian|swahili|persian|farsi|catalan|"
    r"welsh|irish|latin|deutsch|englisch|französisch|spanisch|italienisch|polnisch|russisch|türkisch|arabisch|français|"
    r"anglais|allemand|espagnol|italien|español|inglés|alemán|francés|portugués|italiano)\b",
    re.I,
)
_INLINE = re.compile(
    r"^(languages|sprachen|langues|idiomas|skills|technical skills|kenntnisse)\s*[:–-]\s+(?=\S)", re.I
)
_OF_SKILLS = ("skills", "technical skills", "kenntnisse")
_PLACES = ("job", "education", "project", "volunteering")


def of_text(text: str) -> Found:
    """What the text of a resume says; whatever can't be told apart is kept as a bullet rather than lost."""
    lines = [one for line in lines_of(text) for one in _opened(line)]
    starts = [(n, section) for n, line in enumerate(lines) if (section := section_of(line))]
    found = Found()
    first = starts[0][0] if starts else len(lines)
    rest = _head(found, lines[:first])
    if not starts:
        found.entries, found.loose = entries_of(rest, "job")
        return skills.tagged(found)
    found.loose += points_of(rest)
    ends = [n for n, _ in starts[1:]] + [len(lines)]
    for (start, section), end in zip(starts, ends, strict=True):
        _section(found, section, lines[start + 1 : end])
    return skills.tagged(found)


def _opened(line: Line) -> list[Line]:
    """`Languages: German, English` on a line of its own is a heading with what belongs to it."""
    inline = None if line.is_bullet else _INLINE.match(line.text)
    if not inline or (inline[1].casefold() not in _OF_SKILLS and not _TONGUE.search(line.text)):
        return [line]
    return [Line(inline[1], follows_blank=True), Line(line.text[inline.end() :])]


def _section(found: Found, section: str, lines: list[Line]) -> None:
    if section in _PLACES:
        entries, before = entries_of(lines, section)
        found.entries += entries
        found.loose += before
    elif section == "skills":
        found.loose += skills.of_section([line.text for line in lines])
    elif section == "languages":
        end = next((n for n, line in enumerate(lines) if not _is_language(line.text)), len(lines))
        found.languages += [one for line in lines[:end] for one in _languages(line.text)]
        found.loose += points_of(_head(found, lines[end:]))
    elif section in ("summary", "loose"):
        found.loose += points_of(lines)


def _is_language(text: str) -> bool:
    return bool(_TONGUE.search(text) or re.search(r"\b(?:native|fluent|[ABC][12])\b", text))


def _languages(text: str) -> list[str]:
    if re.search(r"[,;|•·]", text):
        return [part.strip(" .") for part in re.split(r"[,;|•·](?![^(]*\))", text) if part.strip(" .")]
    return [re.sub(r"\s*[:–—-]\s+(.+)$", r" (\1)", text)]


def _head(found: Found, lines: list[Line]) -> list[Line]:
    """Name, ways to reach the person and headline; what is left of the lines above the first heading."""
    told = [part for line in lines if (part := _unreached(line)) is not None]
    if told and _is_name(told[0].text):
        told = told[1:]
    if told and not found.headline and _is_headline(told[0]):
        found.headline = told[0].text
        told = told[1:]
    return told


def _unreached(line: Line) -> Line | None:
    """A line of the head without its ways to reach the person: none, or the title that stands among them."""
    if not _is_reach(line.text):
        return line
    parts = [part.strip() for part in re.split(r"\s[|•·]\s", line.text)]
    title = next((part for part in parts if is_title(part) and not _is_reach(part)), "")
    return Line(title) if title else None


def _is_headline(line: Line) -> bool:
    is_short = not line.is_bullet and len(line.text) <= 120 and not line.text.endswith(".")
    return is_short and is_title(line.text) and not re.search(r"(?:19|20)\d\d", line.text)


def _is_name(text: str) -> bool:
    words = text.split()
    return (
        len(words) <= 6
        and not re.search(r"\d", text)
        and all(word[:1].isupper() or word.islower() for word in words)
    )


def _is_reach(text: str) -> bool:
    return len(text) <= 150 and bool(_REACH.search(text) or is_place(text))
