"""The salary that a posting's text states."""

import re
from itertools import islice

from tracker.services.capture.field_values import pay_facts

MAX_AMOUNTS = 20
"""Amounts of a line that are read."""
_CURRENCY = r"(?:[A-Z]{0,3}\$|€|£|¥|₹|zł|CHF|EUR|USD|GBP|SEK|NOK|DKK|PLN|CAD|AUD|INR|JPY|NZD|SGD|Euros?|euros?|TEUR|Fr\.)"
_AMOUNT = r"\d{1,3}(?:[.,'’ \u00a0]\d{2,3})*(?:[.,]\d{1,2})?(?:[.,]-)?"
_MULTIPLE = r"(?:\s?(?:k|K|[Tt]sd\.?|LPA|lpa|[Ll]akhs?))?"
_ONE = rf"(?:{_CURRENCY}\s?)?{_AMOUNT}{_MULTIPLE}(?:\s?{_CURRENCY})?"
_UNIT = (
    r"(?:\s?(?:gross|brutto|/|per|a|an|p\.|pro|je|im|each)?\s?(?:/|per|a|an|pro|im)?\s?"
    r"(?:year|annum|annually|yearly|yr|month|monthly|week|weekly|day|daily|hour|hourly|hr|h|a\.|m\.|Jahr|jährlich|Monat|monatlich|Woche|Tag|Stunde|Std\.?)\b\.?"
    r"|\s?par (?:an|mois|heure|jour)\b|\s?(?:pa|pcm|p\.a\.?|p\.m\.?)(?!\w))?"
)
_PAY = re.compile(
    rf"(?<![\w.,])(?P<pay>(?:(?:up to|bis zu|from|ab)\s+)?{_ONE}(?:\s?(?:-|–|—|to|bis|and|und)\s?{_ONE})?{_UNIT})(?![\w%])"
)
_ABOUT_PAY = re.compile(
    r"salary|compensation|\bpay\b|pay range|\bpaid\b|\bwage|\brate\b|remuneration|\bote\b|gehalt|vergütung|\blohn|verdienst|entgelt|brutto|salaire|salario|per annum|p\.\s?a\.",
    re.I,
)
_NOT_PAY = re.compile(
    r"bonus|budget|stipend|allowance|reimburse|fund(?:ed|ing|s)\b|raised|series [a-e]\b|revenue|valuation|\barr\b|turnover|umsatz|zuschuss|prämie|"
    r"million|billion|mrd|\bmio\b|assets|customers|referral|relocation|sign.?on|401|credit|voucher|gutschein|grant\b|pension|insurance|versicherung|discount|"
    r"donat|equity worth|invest|savings|market|transaction|deal size|quota|portfolio|budgetverantwortung|benefits? worth",
    re.I,
)


def pay_in_text(text: str, *, is_labelled: bool = False) -> dict[str, str]:
    """Return the salary fields of the only salary in a text; none without one, or with several.

    A line counts if it, or a short line above it, speaks of pay and of no other amount such as a bonus.
    """
    results = []
    above = ""
    for line in text.splitlines():
        about = is_labelled or _ABOUT_PAY.search(line) or (len(above) < 60 and _ABOUT_PAY.search(above))
        if about and len(line) <= 2000:
            results += _salaries(line, is_labelled=is_labelled)
        above = line if line.strip() else above
    distinct = {tuple(sorted(result.items())) for result in results}
    return results[0] if len(distinct) == 1 else {}


def _salaries(line: str, *, is_labelled: bool) -> list[dict[str, str]]:
    results = []
    for match in islice(_PAY.finditer(line), MAX_AMOUNTS):
        pay = match["pay"]
        clause = (
            re.split(r"[;.]\s", line[: match.start()])[-1]
            + re.split(r"[;,.](?:\s|$)", line[match.end() :])[0]
        )
        if _NOT_PAY.search(clause) or not (is_labelled or re.search(_CURRENCY, pay)):
            continue
        if facts := pay_facts(_readable(pay, line)):
            results.append(facts)
    return results


def _readable(pay: str, line: str) -> str:
    """Return a salary with the period that its line states once, such as `Hourly rate: $40`."""
    if pay_facts(pay).get("salary_period"):
        return pay
    adverbs = {"annual": "year", "yearly": "year", "monthly": "month", "weekly": "week", "daily": "day", "hourly": "hour",
               "per year": "year", "per annum": "year", "jahresgehalt": "year", "monatsgehalt": "month", "stundenlohn": "hour", "jahresbrutto": "year",
               "bruttojahr": "year", "day rate": "day", "tagessatz": "day"}  # fmt: skip
    periods = {period for words, period in adverbs.items() if words in line.lower()}
    return f"{pay} per {periods.pop()}" if len(periods) == 1 else pay
