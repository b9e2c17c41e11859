"""Quantities in text: numbers with what they count, such as shares, money, durations and people."""

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from tracker.services.grounding.title_nouns import TITLE_NOUNS
from tracker.services.matching.numbers import numbers_in

PERCENT, MONEY, TIME, PEOPLE, OTHER = "percent", "money", "time", "people", "other"

_FRACTIONS = {
    "half": 50.0,
    "third": 100 / 3,
    "quarter": 25.0,
    "fifth": 20.0,
    "sixth": 100 / 6,
    "eighth": 12.5,
    "tenth": 10.0,
}
_FRACTION = re.compile(
    r"\b(?:(?P<n>a|one|two|three|four|nine)[\s-]+)?(?P<part>half|third|quarter|fifth|sixth|eighth|tenth)s?\b(?!\s+(?:a|an)\s+(?:million|billion|dozen))(?![\s-]+(?:party|world|edition|place|time|year|term))",
    re.IGNORECASE,
)
_TIMES = re.compile(
    r"\b(?:(?P<word>doubl|tripl|trebl|quadrupl|halv)(?:e|es|ed|ing)\b(?!-)|(?P<twice>twice)\b(?=\s+(?:the|as|what|that)\b)|(?P<fold>two|three|four|five|six|ten|\d+)[\s-]?(?:fold|times|x)\b|(?P<digits>\d+(?:\.\d+)?)\s?x\b)",
    re.IGNORECASE,
)
_RATIOS = {"doubl": 2.0, "tripl": 3.0, "trebl": 3.0, "quadrupl": 4.0, "halv": 0.5}
_FOLD = {"two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0, "six": 6.0, "ten": 10.0}
_CURRENCY = {"£": "GBP", "€": "EUR", "$": "USD", "gbp": "GBP", "eur": "EUR", "usd": "USD", "chf": "CHF", "euro": "EUR",
             "pound": "GBP", "dollar": "USD", "krona": "SEK", "kronor": "SEK", "kroner": "", "franc": "CHF", "rupee": "INR", "zloty": "PLN", "yen": "JPY", "sek": "SEK", "nok": "NOK", "dkk": "DKK", "pln": "PLN"}  # fmt: skip
_MINUTES = {
    "ms": 1 / 60_000,
    "s": 1 / 60,
    "sec": 1 / 60,
    "secs": 1 / 60,
    "min": 1,
    "mins": 1,
    "h": 60,
    "hr": 60,
    "hrs": 60,
    "millisecond": 1 / 60_000,
    "second": 1 / 60,
    "minute": 1,
    "hour": 60,
    "day": 1440,
    "week": 10_080,
}
_LENGTH = re.compile(
    r"\b(?:(?P<part>half|a\s+third\s+of|a\s+quarter\s+of|three\s+quarters\s+of)\s+)?an?\s+(?P<unit>hour|day|week|minute)\b(?P<more>\s+and\s+a\s+half)?",
    re.IGNORECASE,
)
_PARTS = {"half": 0.5, "a third of": 1 / 3, "a quarter of": 0.25, "three quarters of": 0.75}
_PERCENT = re.compile(
    r"(?:\s*(?:-|–|to|and)\s*\d+(?:\.\d+)?)?\s*(?:%|per\s?cent\b|percent\b|(?:percentage\s+)?points?\b)",
    re.IGNORECASE,
)
_SIGN = re.compile(r"([£€$]|\b(?:GBP|EUR|USD|CHF|SEK|NOK|DKK|PLN)\s?)$")
_MONEY = re.compile(
    r"\s*([£€$]|GBP|EUR|USD|CHF|SEK|NOK|DKK|PLN|euros?|pounds?(?!\s+of\s+(?!a))|dollars?|kronor|krona|kroner|francs?|rupees?|zloty|yen)(?!\w)",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"[\s-]*(?:working[\s-]+)?(millisecond|second|minute|hour|day|week|ms|s|secs?|mins?|h|hrs?)s?\b(?!\s+a\s+week)(?![’'])",
    re.IGNORECASE,
)
_NEXT = re.compile(r"\b(?:and|or|on|in|for|from|with|at|who|as|of|by|to|under|over|than|since|that|which)\b")
_IN_ALL = re.compile(
    r"\s*(?:\w+\s+){0,2}(?:in|of|out of|per)\s+(?:a|every|each)\s+(?P<all>hundred|thousand)\b", re.IGNORECASE
)
_IN_TEN = re.compile(
    r"\b(?P<few>one|two|three|four|five|six|seven|eight|nine|\d+)\s+(?:in|out\s+of)\s+(?:every\s+)?(?P<all>three|four|five|six|ten|10|a\s+hundred|100)\b(?!\s+(?:years|months|weeks|days|hours|minutes|countries|cities))",
    re.IGNORECASE,
)
_HUNDREDS = {"hundred": 100, "thousand": 1000}
_PEOPLE = re.compile(
    rf"\b(?:{'|'.join(TITLE_NOUNS)})s?\b|"
    r"\b(?:people|persons?|staff|team|members?|colleagues|reports|employees|engineers|developers|designers|nurses|assistants|cooks|chefs|teachers|accountants|"
    r"marketers|freelancers|recruiters|analysts|scientists|electricians|apprentices|trainees|juniors|managers|agents|interns|students|pupils|newcomers|graduates|"
    r"brigade|crew|direct|workers|volunteers|specialists|drivers|supervisors|consultants|artists|civil servants)\b",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"\b(?:about|around|roughly|some|approximately|circa|ca\.|close to|nearly|almost|just under|up to|as many as|well|over|more than|above|at least|under|below|fewer than|less than|upwards? of)\s+(?:an?\s+)?[£€$]?\s*$",
    re.IGNORECASE,
)
_ROUND = ("about", "around", "roughly", "some", "approximately", "circa", "ca.")
_NEARLY = ("close to", "nearly", "almost", "just under", "under", "below", "fewer than", "less than")
_OVER = ("well", "over", "more than", "above", "at least", "upward of", "upwards of")
_NAMING = re.compile(
    r"(?:\b(?:level|year|years|key stage|phase|type|grade|series|class|section|iso|osha|windows|office|web|covid|stage|soc)[\s-])$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Quantity:
    """A number with its unit, its place in the text, and how roughly it is stated."""

    value: float
    unit: str
    start: int
    end: int
    currency: str = ""
    hedge: str = ""
    scale: float = 1.0


def quantities_in(text: str) -> list[Quantity]:
    """Return the quantities of a text, without calendar years, ordinals and numbers within names."""
    quantities = [
        _length(match)
        for match in _LENGTH.finditer(text)
        if match["part"] or match["more"] or _is_measure(text, match)
    ]
    quantities += [_ratio(match) for match in _TIMES.finditer(text)]
    quantities += [_share(match) for match in _IN_TEN.finditer(text) if _share(match).value <= 100]
    for part in _FRACTION.finditer(text):
        if _free(part.start(), part.end(), quantities) and not re.match(
            r"\s+(?:of\s+)?an?\s+(?:hour|day|week|million|billion)", text[part.end() :]
        ):
            if part["part"].lower() == "half" and re.search(
                r"\band a\s+$", text[: part.start() + len(part["n"] or "") + 1]
            ):
                continue
            value = _FRACTIONS[part["part"].lower()] * {"two": 2, "three": 3, "four": 4, "nine": 9}.get(
                (part["n"] or "").lower(), 1
            )
            if (part["n"] or part["part"].lower() == "half") and value <= 100:
                quantities.append(
                    Quantity(
                        value,
                        PERCENT,
                        part.start(),
                        part.end(),
                        hedge=_hedge(text, part.start(), part.end()) or "about",
                    )
                )
    for number in numbers_in(text):
        if _free(number.start, number.end, quantities) and not _is_name(
            text, number.start, number.end, number.value
        ):
            quantities.append(_quantity(text, number.value, number.start, number.end))
    quantities = _ranged(text, sorted(quantities, key=lambda quantity: quantity.start))
    return sorted(quantities, key=lambda quantity: quantity.start)


def _ranged(text: str, quantities: list[Quantity]) -> list[Quantity]:
    """Give both numbers of a range the same unit: `900 to 2,100 pounds` is two amounts in pounds."""
    resolved = quantities[-1:]
    for first, second in reversed(list(pairwise(quantities))):
        between, following = text[first.end : second.start].strip().lower(), resolved[0]
        ranges = between in ("to", "-", "–", "down to", "up to", "or")
        ranges = ranges or (between == "and" and bool(re.search(r"\bbetween\s+$", text[: first.start])))
        same = ranges and first.unit == OTHER and following.unit != OTHER
        resolved.insert(0, _in_unit_of(first, following) if same else first)
    return resolved


def _in_unit_of(quantity: Quantity, model: Quantity) -> Quantity:
    return replace(
        quantity,
        value=quantity.value * model.scale,
        unit=model.unit,
        currency=model.currency,
        scale=model.scale,
    )


def _is_measure(text: str, match: re.Match[str]) -> bool:
    """Return whether `a day` is a duration and not a rate, as in `sixty a day`."""
    return bool(re.search(r"\b(?:in|to|within|under|of|took|takes|for|than)\s+$", text[: match.start()]))


def _free(start: int, end: int, quantities: list[Quantity]) -> bool:
    return all(end <= quantity.start or start >= quantity.end for quantity in quantities)


def _length(match: re.Match[str]) -> Quantity:
    share = _PARTS.get(re.sub(r"\s+", " ", (match["part"] or "").lower()), 1.0)
    value = (share + (0.5 if match["more"] else 0)) * _MINUTES[match["unit"].lower()]
    return Quantity(value, TIME, match.start(), match.end())


def _share(match: re.Match[str]) -> Quantity:
    few, all_of = (numbers_in(match[part])[0].value for part in ("few", "all"))
    return Quantity(100 * few / max(all_of, 1), PERCENT, match.start(), match.end(), hedge="about")


def _ratio(match: re.Match[str]) -> Quantity:
    if match["twice"]:
        value = 2.0
    elif match["word"]:
        value = _RATIOS[match["word"].lower()]
        if value < 1:
            return Quantity(50, PERCENT, match.start(), match.end(), hedge="about")
    else:
        value = _FOLD.get((match["fold"] or "").lower()) or float(match["fold"] or match["digits"])
    return Quantity(
        value,
        "ratio",
        match.start(),
        match.end(),
        hedge=_hedge(match.string, match.start(), match.end()) or "about",
    )


def _quantity(text: str, value: float, start: int, end: int) -> Quantity:
    before, after = text[:start], text[end:]
    hedge = _hedge(text, start, end)
    if share := _PERCENT.match(after):
        return Quantity(
            value, PERCENT, start, end + (share.end() if "to" not in share[0] else 0), hedge=hedge
        )
    if share := _IN_ALL.match(after):
        part = 100 * value / _HUNDREDS[share["all"].lower()]
        return Quantity(part, PERCENT, start, end + share.end(), hedge=hedge)
    sign, unit = _SIGN.search(before), _MONEY.match(after)
    if currency := sign or unit:
        written = currency[1].strip().lower()
        first, last = sign.start() if sign else start, end + unit.end() if unit else end
        return Quantity(
            value, MONEY, first, last, _CURRENCY[written.rstrip("s") if len(written) > 3 else written], hedge
        )
    if length := _TIME.match(after):
        scale = _MINUTES[length[1].lower()]
        return Quantity(value * scale, TIME, start, end + length.end(), hedge=hedge, scale=scale)
    near = re.match(r"(?:[\s-]+[\w-]+){1,3}", after)
    counted = _PEOPLE.search(_NEXT.split(near[0])[0]) if near else None
    led = re.search(r"\b(?:team|group|brigade|crew|staff|shifts?)\s+of\s+(?:about\s+|over\s+)?$", before)
    return Quantity(value, PEOPLE if counted or led else OTHER, start, end, hedge=hedge)


def _hedge(text: str, start: int, end: int) -> str:
    if match := _ABOUT.search(text[:start]):
        hedge = match[0].strip().lower()
        for name, words in (("about", _ROUND), ("nearly", _NEARLY), ("over", _OVER)):
            if hedge.startswith(words):
                return name
        return ""
    return (
        "about"
        if re.match(r"\s+(?:or so|odd|plus)\b", text[end:])
        else "over"
        if text[end : end + 1] == "+"
        else ""
    )


def _is_name(text: str, start: int, end: int, value: float) -> bool:
    after = text[end:]
    if 0 < value < 1 and re.search(r"[A-Z]{2,} $", text[:start]):
        return False
    if re.match(r"(?:st|nd|rd|th)\b|[:/]\d|-[A-Z]", after) or re.search(
        r"[A-Za-z]-?$|[A-Z]{2,}\s?$|\d[:/]$", text[max(0, start - 5) : start]
    ):
        return not re.search(r"(?:GBP|EUR|USD|CHF|SEK|NOK|DKK|PLN)\s?$", text[:start])
    if 1900 <= value <= 2099 and re.fullmatch(r"\d{4}", text[start:end]):
        return True
    return bool(_NAMING.search(text[:start])) and value < 100 and text[start:end].isdigit()
