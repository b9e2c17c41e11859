"""A resume's text as positions, bullets, skills and languages."""

import re

from tracker.services.resume import skill_lists
from tracker.services.resume.entries import entries_of, points_of
from tracker.services.resume.lines import Line, lines_of
from tracker.services.resume.parsed_resume import ParsedResume
from tracker.services.resume.position_headings import is_place, is_title
from tracker.services.resume.section_headings import section_of

_CONTACT = re.compile(
    r"\S@\S|https?:|www\.|linkedin\.com|github\.com|\+\d[\d\s()./-]{7,}\d|\b0\d[\d\s()/-]{7,}\d"
    r"|^(?:name|phone|tel|telephone|e-?mail|address|mobile)\b\.?\s*[:.]",
    re.I,
)
_LANGUAGE = re.compile(
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


def of_text(text: str) -> ParsedResume:
    """Parse a resume's text; lines that aren't recognised become bullets."""
    lines = [opened for line in lines_of(text) for opened in _opened(line)]
    starts = [(n, section) for n, line in enumerate(lines) if (section := section_of(line))]
    parsed = ParsedResume()
    first = starts[0][0] if starts else len(lines)
    rest = _head(parsed, lines[:first])
    if not starts:
        parsed.entries, parsed.loose = entries_of(rest, "job")
        return skill_lists.tagged(parsed)
    parsed.loose += points_of(rest)
    ends = [n for n, _ in starts[1:]] + [len(lines)]
    for (start, section), end in zip(starts, ends, strict=True):
        _section(parsed, section, lines[start + 1 : end])
    return skill_lists.tagged(parsed)


def _opened(line: Line) -> list[Line]:
    """Split `Languages: German, English` into a heading and its content."""
    inline = None if line.is_bullet else _INLINE.match(line.text)
    if not inline or (inline[1].casefold() not in _OF_SKILLS and not _LANGUAGE.search(line.text)):
        return [line]
    return [Line(inline[1], follows_blank=True), Line(line.text[inline.end() :])]


def _section(parsed: ParsedResume, section: str, lines: list[Line]) -> None:
    if section in _PLACES:
        entries, before = entries_of(lines, section)
        parsed.entries += entries
        parsed.loose += before
    elif section == "skills":
        parsed.loose += skill_lists.of_section([line.text for line in lines])
    elif section == "languages":
        end = next((n for n, line in enumerate(lines) if not _is_language(line.text)), len(lines))
        parsed.languages += [language for line in lines[:end] for language in _languages(line.text)]
        parsed.loose += points_of(_head(parsed, lines[end:]))
    elif section in ("summary", "loose"):
        parsed.loose += points_of(lines)


def _is_language(text: str) -> bool:
    return bool(_LANGUAGE.search(text) or re.search(r"\b(?:native|fluent|[ABC][12])\b", text))


def _languages(text: str) -> list[str]:
    if re.search(r"[,;|•·]", text):
        return [part.strip(" .") for part in re.split(r"[,;|•·](?![^(]*\))", text) if part.strip(" .")]
    return [re.sub(r"\s*[:–—-]\s+(.+)$", r" (\1)", text)]


def _head(parsed: ParsedResume, lines: list[Line]) -> list[Line]:
    """Take name, contact details and headline from the lines above the first heading; return the rest."""
    lines_left = [part for line in lines if (part := _without_contact(line)) is not None]
    if lines_left and _is_name(lines_left[0].text):
        lines_left = lines_left[1:]
    if lines_left and not parsed.headline and _is_headline(lines_left[0]):
        parsed.headline = lines_left[0].text
        lines_left = lines_left[1:]
    return lines_left


def _without_contact(line: Line) -> Line | None:
    """Return a line without contact details: the title among them, or none."""
    if not _is_contact(line.text):
        return line
    parts = [part.strip() for part in re.split(r"\s[|•·]\s", line.text)]
    title = next((part for part in parts if is_title(part) and not _is_contact(part)), "")
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


def _is_contact(text: str) -> bool:
    return len(text) <= 150 and bool(_CONTACT.search(text) or is_place(text))
