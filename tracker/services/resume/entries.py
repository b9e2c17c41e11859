"""The positions of a resume's section: where each starts, its heading and its bullets."""

import itertools
import re

from tracker.services.resume.dates import Span, span
from tracker.services.resume.lines import Line
from tracker.services.resume.parsed_resume import LONGEST, Entry, Point
from tracker.services.resume.position_headings import is_place, is_title, is_whole, named, parts_of

_HEAD = 110
_PAGE = re.compile(r"(?:page|seite)?\s*\d+\s*(?:of|/|von)?\s*\d*", re.I)


def entries_of(lines: list[Line], kind: str) -> tuple[list[Entry], list[Point]]:
    """Return the positions of a section, and the bullets before the first of them."""
    dated = {n: date_span for n, line in enumerate(lines) if (date_span := _dated(line))}
    heads = _heads(lines, dated, kind)
    firsts = [*sorted(heads), len(lines)]
    entries: list[Entry] = []
    for start, end in itertools.pairwise(firsts):
        entries.append(_entry(lines, start, heads[start], end, dated, kind, entries))
    return entries, points_of(lines[: firsts[0]])


def _dated(line: Line) -> Span | None:
    """Return the dates of a line that may head a position."""
    dates = span(line.text)
    if not dates or len(dates.rest) > _HEAD:
        return None
    if line.is_bullet:
        return (
            dates
            if dates.is_range and dates.rest and len(dates.rest) <= 80 and is_title(dates.rest)
            else None
        )
    if not dates.is_range and (dates.rest.endswith(".") or len(dates.rest.split()) > 12):
        return None
    return None if Line(dates.rest).is_sentence else dates


def _heads(lines: list[Line], dated: dict[int, Span], kind: str) -> dict[int, int]:
    """Return where each position's heading starts, and the line after it."""
    heads: dict[int, int] = {}
    end = 0
    for n in range(len(lines)):
        if n < end:
            continue
        if n in dated:
            start = _heading_start(lines, n, end, dated[n], kind)
            end = _heading_end(lines, start, n, dated, kind)
            heads[start] = end
        elif _is_undated_heading(lines, n, dated, kind):
            heads[n] = end = n + 1
    return heads


def _heading_start(lines: list[Line], at: int, floor: int, dates: Span, kind: str) -> int:
    """Return the first line of a heading: up from the dates, over the names above them."""
    most = 2 if not dates.rest else 1
    if is_whole(dates.rest, kind):
        most = 0
    start = at
    while start > floor and at - start < most and _is_name(lines[start - 1]):
        if lines[start].follows_blank and not (start == at and not dates.rest):
            break
        start -= 1
    return start


def _heading_end(lines: list[Line], start: int, at: int, dated: dict[int, Span], kind: str) -> int:
    """Return the line after a heading: down from the dates, over a name below them and over the place."""
    texts = [dated[n].rest if n in dated else lines[n].text for n in range(start, at + 1)]
    end = at + 1
    while end < len(lines) and end - at <= 2 and end not in dated and not lines[end].is_bullet:
        text = lines[end].text
        if is_place(text):
            end += 1
        elif len(parts_of(texts)) < 2 and _is_name(lines[end]) and not lines[end].follows_blank:
            if end + 1 in dated and not dated[end + 1].rest:
                break
            texts.append(text)
            end += 1
        else:
            break
    return end


def _is_undated_heading(lines: list[Line], n: int, dated: dict[int, Span], kind: str) -> bool:
    """Return whether a line without dates heads a position: a separate name, with bullets or text below."""
    line = lines[n]
    if not _is_name(line) or not (line.follows_blank or line.is_marked or n == 0):
        return False
    below = lines[n + 1] if n + 1 < len(lines) else None
    if below and (n + 1 in dated or (n + 2 in dated and _is_name(below))):
        return False
    if kind == "education":
        return is_title(line.text) or bool(below and below.is_bullet)
    return bool(below and (below.is_bullet or (below.is_sentence and not below.follows_blank)))


def _is_name(line: Line) -> bool:
    return (
        not line.is_bullet
        and not line.is_sentence
        and len(line.text) <= _HEAD
        and not line.text.endswith(":")
    )


def _entry(
    lines: list[Line], start: int, body: int, end: int, dated: dict[int, Span], kind: str, before: list[Entry]
) -> Entry:
    dates = next((dated[n] for n in range(start, body) if n in dated), None)
    texts = [dated[n].rest if n in dated else lines[n].text for n in range(start, body)]
    title, organisation = named([text for text in texts if text and not is_place(text)], kind)
    if (
        title
        and not organisation
        and before
        and kind == "job"
        and before[-1].organisation
        and _is_next_role(lines, start)
    ):
        organisation = before[-1].organisation
    if not title:
        title, organisation = organisation or "Untitled", ""
    begun, ended = (dates.begun, dates.ended) if dates else ("", "")
    is_current = bool(dates and dates.is_current)
    return Entry(kind, title, organisation, begun, ended, is_current, points_of(lines[body:end]))


def _is_next_role(lines: list[Line], start: int) -> bool:
    """Return whether this is a further role at the previous position's organisation."""
    return is_title(lines[start].text)


def points_of(lines: list[Line]) -> list[Point]:
    """Return lines as bullets of allowed length, without page numbers and introductions to lists."""
    texts = [line.text for line in lines if not (_PAGE.fullmatch(line.text) or _is_lead(line.text))]
    return [Point(part) for text in texts for part in _pieces(text)]


def _is_lead(text: str) -> bool:
    """Return whether a line only introduces a list, as `Key achievements:`."""
    return text.endswith(":") and len(text.split()) <= 4


def _pieces(text: str) -> list[str]:
    """Split a text that is too long for one bullet at the ends of sentences."""
    if len(text) <= LONGEST:
        return [text]
    pieces, piece = [], ""
    for sentence in re.split(r"(?<=[.!?])\s+", text):
        for part in (sentence[at : at + LONGEST] for at in range(0, len(sentence), LONGEST)):
            if len(piece) + len(part) + 1 > LONGEST:
                pieces.append(piece)
                piece = ""
            piece = f"{piece} {part}".strip()
    return [*pieces, piece]
