"""Dates in the lines of a resume."""

import re
from dataclasses import dataclass

from tracker.services.months import MONTH, month

_DATE = (
    rf"(?:(?<![A-Za-zÀ-ÿ])(?:{MONTH})\.?,?\s*(?:['’]\s?\d\d|(?:19|20)\d\d)(?!\d)|(?<!\d)(?:0?[1-9]|1[0-2])[/.](?:19|20)\d\d(?!\d)"
    r"|(?<!\d)(?:19|20)\d\d[-/.](?:1[0-2]|0?[1-9])(?!\d)|(?:spring|summer|autumn|fall|winter)\s+(?:19|20)\d\d"
    r"|(?<![\d.,$€£])(?:19|20)\d\d(?![\d%]))"
)
_NOW = r"(?:present|current(?:ly)?|now|today|ongoing|to date|heute|jetzt|aujourd['’]hui|présent|actualidad|actual|presente)"
_TO = r"\s*(?:-{1,2}|–|—|−|to|until|till|bis|à|au|al?|hasta|→)\s*"
_RANGE = re.compile(
    rf"(?P<begun>{_DATE}){_TO}(?:(?P<ended>{_DATE})|(?P<now>{_NOW})\b|(?P<short>\d\d)(?!\d))", re.I
)
_HALF = re.compile(
    rf"(?<![A-Za-z])(?P<begun>{MONTH})\.?{_TO}(?P<ended>(?:{MONTH})\.?\s*(?P<year>(?:19|20)\d\d))", re.I
)
_SINCE = re.compile(
    rf"(?<!\w)(?:since|seit|depuis|desde)\s+(?P<begun>{_DATE})|(?P<late>{_DATE})\s*(?:-|–|—)\s*$", re.I
)
_ALONE = re.compile(
    rf"(?:^|[\s,(|–—·-])(?:expected\s+|graduated\s+)?(?P<ended>{_DATE})\)?\s*$|^(?P<first>{_DATE})(?=[\s:|–—-])",
    re.I,
)
_LENGTH = re.compile(
    r"\(?\s*(?:\d+\s*(?:years?|yrs?|jahre?|ans?)\b)?[\s,]*(?:\d+\s*(?:months?|mos?|monate?|mois)\b)?\s*\)?",
    re.I,
)
_EDGE = " \t,;:|·•–—-()[]/"


@dataclass(frozen=True)
class Span:
    """A range of dates; `rest` is the line without it, `is_range` tells a range from a single date."""

    begun: str
    ended: str
    is_current: bool
    rest: str
    is_range: bool


def span(text: str) -> Span | None:
    """Return the dates of a line, if any stand where dates belong."""
    if match := _RANGE.search(text):
        begun, ended = month(match["begun"]) or "", month(match["ended"] or "") or ""
        if match["short"]:
            ended = begun[:2] + match["short"]
        return Span(begun, ended, bool(match["now"]), _without(text, match), True)
    if match := _HALF.search(text):
        return Span(
            month(f"{match['begun']} {match['year']}") or "",
            month(match["ended"]) or "",
            False,
            _without(text, match),
            True,
        )
    if match := _SINCE.search(text):
        return Span(month(match["begun"] or match["late"]) or "", "", True, _without(text, match), True)
    if match := _ALONE.search(text):
        return Span("", month(match["ended"] or match["first"]) or "", False, _without(text, match), False)
    return None


def _without(text: str, match: re.Match[str]) -> str:
    before, after = text[: match.start()].rstrip(_EDGE), text[match.end() :]
    if length := _LENGTH.match(after.lstrip(_EDGE)):
        after = after.lstrip(_EDGE)[length.end() :]
    after = after.strip(_EDGE)
    return f"{before}   {after}".strip() if before and after else (before or after)
