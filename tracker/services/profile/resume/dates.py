"""From when to when, as the lines of a resume say it."""

import re
from dataclasses import dataclass

from tracker.services.profile.months import MONTH, month

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
    """From when to when; `rest` is the line without it, `is_range` tells two dates from one."""

    begun: str
    ended: str
    is_current: bool
    rest: str
    is_range: bool


def span(text: str) -> Span | None:
    """The dates of a line, when it has any where dates stand."""
    if hit := _RANGE.search(text):
        begun, ended = month(hit["begun"]) or "", month(hit["ended"] or "") or ""
        if hit["short"]:
            ended = begun[:2] + hit["short"]
        return Span(begun, ended, bool(hit["now"]), _without(text, hit), True)
    if hit := _HALF.search(text):
        return Span(
            month(f"{hit['begun']} {hit['year']}") or "",
            month(hit["ended"]) or "",
            False,
            _without(text, hit),
            True,
        )
    if hit := _SINCE.search(text):
        return Span(month(hit["begun"] or hit["late"]) or "", "", True, _without(text, hit), True)
    if hit := _ALONE.search(text):
        return Span("", month(hit["ended"] or hit["first"]) or "", False, _without(text, hit), False)
    return None


def _without(text: str, hit: re.Match[str]) -> str:
    before, after = text[: hit.start()].rstrip(_EDGE), text[hit.end() :]
    if gone := _LENGTH.match(after.lstrip(_EDGE)):
        after = after.lstrip(_EDGE)[gone.end() :]
    after = after.strip(_EDGE)
    return f"{before}   {after}".strip() if before and after else (before or after)
