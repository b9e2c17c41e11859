"""The user's wishes: read as the texts of a form, and saved once all are valid."""

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from babel import Locale
from sqlalchemy.dialects.postgresql import insert

from tracker.db import Scope
from tracker.errors import Invalid
from tracker.models import WishList
from tracker.services import jobs
from tracker.services.applications.application_fields import PARSERS as APPLICATION_PARSERS
from tracker.services.applications.application_fields import as_typed
from tracker.services.applications.salary_fields import spread_salary
from tracker.services.comparable_salaries import RATES, RATES_OF
from tracker.services.countries import countries, country_code
from tracker.services.field_parsers import InvalidField, Parser, parsed_by
from tracker.services.matching.technologies import canonical
from tracker.services.priority.score_facts import wishes_of, wishes_row
from tracker.shapes.dates import exact_day
from tracker.shapes.enumerations import JobKind, LabelledEnum, Workplace
from tracker.shapes.priority import MAX_WEIGHT, Breaker, CompanySize, Factor, Seniority, WishesForm
from tracker.storable_text import clean

TICKED: dict[str, type[LabelledEnum]] = {
    "workplaces": Workplace,
    "levels": Seniority,
    "sizes": CompanySize,
    "breakers": Breaker,
}
"""Wishes that are check boxes, named `levels_senior` and so on."""
WORDS = ("wanted", "known", "avoided", "breaking_words")
MAX_WORDS = 50


def read(scope: Scope) -> WishesForm:
    """Return the wishes as form texts, the weights, and the dates of exchange rates and source counts."""
    row = wishes_row(scope) or {}
    wishes, setting = wishes_of(scope, row)
    lists, country_names = ("cities", "industries", *WORDS), dict(countries())
    ticked = {f"{name}_{word}": "on" for name in TICKED for word in getattr(wishes, name)}
    counted = row.get("counted_on")
    return WishesForm(
        typed={
            **{name: ", ".join(getattr(wishes, name)) for name in lists},
            "countries": ", ".join(country_names.get(code, code) for code in wishes.countries),
            **ticked,
            "salary_target": as_typed(wishes.salary_target),
            "salary_floor": as_typed(wishes.salary_floor),
            "currency": wishes.currency,
            "salary_period": wishes.salary_period,
            "rates": "\n".join(f"{name} {rate:g}" for name, rate in sorted(wishes.rates.items())),
        },
        weights={factor.value: wishes.weight(factor) for factor in Factor},
        rates_on=exact_day(RATES_OF, scope.who.locale),
        bundled=[(name, f"{rate:g}") for name, rate in sorted(RATES.items()) if name != "EUR"],
        counted=exact_day(counted, scope.who.locale) if counted else "",
        sources=[
            (name, f"{interviewed} of {sent} led to an interview")
            for name, (interviewed, sent) in sorted(setting.sources.items(), key=lambda item: -item[1][1])[
                :12
            ]
        ],
    )


def change(scope: Scope, changed: Mapping[str, str], weighed: Mapping[str, str]) -> str:
    """Save the changed fields of a form alone; weights too where any is given."""
    current = read(scope)
    weighing = weighed or {f"weight_{name}": str(weight) for name, weight in current.weights.items()}
    return save(scope, {**current.typed, **changed, **weighing})


def save(scope: Scope, typed: Mapping[str, str]) -> str:
    """Save every wish and weight of a form, and request new scores. Raises Invalid with each bad field."""
    spread = spread_salary(typed, scope.who.currency, ("salary_floor", "salary_target"), replaces=True)
    values = parsed_by(_PARSERS, {**dict.fromkeys(_PARSERS, ""), **spread})
    _check_consistency(values)
    for name, kind in TICKED.items():
        values[name] = [word.value for word in kind if typed.get(f"{name}_{word.value}")]
    values["weights"] = weights(typed)
    insertion = insert(WishList).values(user_id=scope.user_id, **values)
    scope.session.execute(insertion.on_conflict_do_update(index_elements=["user_id"], set_=values))
    jobs.request(scope, JobKind.SCORE_ALL)
    return "Priorities saved. Scores are being recalculated"


def weights(typed: Mapping[str, str]) -> dict[str, int]:
    """Return the weights of a form, 0 to 5 each; a factor it doesn't name has its default."""
    raw_weights = {factor.value: str(typed.get(f"weight_{factor.value}", "")) for factor in Factor}
    errors = {
        f"weight_{name}": f"A weight is a whole number from 0 to {MAX_WEIGHT}."
        for name, raw in raw_weights.items()
        if raw and raw not in {str(n) for n in range(MAX_WEIGHT + 1)}
    }
    if errors:
        raise Invalid(errors)
    return {name: int(raw) for name, raw in raw_weights.items() if raw}


def _check_consistency(values: dict[str, Any]) -> None:
    floor, target = values["salary_floor"], values["salary_target"]
    if floor is not None and target is not None and floor > target:
        raise Invalid({"salary_floor": "The minimum salary can't exceed the target."})
    liked = {canonical(word) for word in (*values["wanted"], *values["known"])}
    for name in ("avoided", "breaking_words"):
        both = [word for word in values[name] if canonical(word) in liked]
        if both:
            raise Invalid(
                {name: f"Also listed as wanted or known: {', '.join(both)}. Keep each in one field only."}
            )


def _listed(raw: str) -> list[str]:
    parts = (" ".join(part.split()) for part in re.split(r"[,;\n]", clean(raw)))
    return list(dict.fromkeys(part for part in parts if part))


def _words() -> Parser:
    def parse(raw: str) -> list[str]:
        values = _listed(raw)
        if len(values) > MAX_WORDS:
            raise InvalidField(f"At most {MAX_WORDS}, separated by commas.")
        if any(len(word) > 60 for word in values):
            raise InvalidField("Each has at most 60 characters; separate them by commas.")
        if any(not re.search(r"\w", word) for word in values):
            raise InvalidField("Each needs a letter or a number.")
        return values

    return parse


def _countries(raw: str) -> list[str]:
    codes = {name: country_code(name) for name in _listed(raw)}
    if unknown := [name for name, code in codes.items() if not code]:
        raise InvalidField(
            f"Not recognised: {', '.join(unknown)}. Use a country's name or code, such as Germany or DE."
        )
    return list(dict.fromkeys(codes.values()))


def _rates(raw: str) -> dict[str, float]:
    known, rates = set(map(str, Locale("en").currencies)), {}
    for line in clean(raw).splitlines():
        if not line.strip():
            continue
        match = re.fullmatch(r"\s*([A-Za-z]{3})[\s:=]+([0-9]+(?:[.,][0-9]+)?)\s*", line)
        if not match or match[1].upper() not in known or not 1e-6 <= float(match[2].replace(",", ".")) < 1e9:
            raise InvalidField(
                f"Can't read “{line.strip()}”. Enter a code and how much of it equals one euro, such as USD 1.15."
            )
        rates[match[1].upper()] = float(match[2].replace(",", "."))
    return rates


def _or(parser: Parser, usual: str) -> Callable[[str], Any]:
    return lambda raw: parser(raw) or usual


_AMOUNT: Callable[[str], Decimal | None] = APPLICATION_PARSERS["salary_from"]

_PARSERS: dict[str, Parser] = {
    "countries": _countries,
    **dict.fromkeys(("cities", "industries", *WORDS), _words()),
    "salary_target": _AMOUNT,
    "salary_floor": _AMOUNT,
    "currency": _or(APPLICATION_PARSERS["currency"], ""),
    "salary_period": _or(APPLICATION_PARSERS["salary_period"], "year"),
    "rates": _rates,
}


def ticks(name: str) -> Iterable[tuple[str, str]]:
    """Return the check boxes of a wish, as (field name, label)."""
    return [(f"{name}_{word.value}", word.label) for word in TICKED[name]]
