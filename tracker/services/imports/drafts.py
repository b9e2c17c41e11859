"""Applications and contacts as the rows of a table describe them."""

import unicodedata
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from tracker.db import Scope
from tracker.errors import Invalid, Sorry
from tracker.services.applications.application_fields import PARSERS, check_salary
from tracker.services.applications.salary_fields import spread_salary
from tracker.services.contacts import contact_fields
from tracker.services.employers import employer_key
from tracker.services.field_parsers import InvalidField
from tracker.services.imports.columns import APPLICATION_FIELDS, DATE_FIELDS
from tracker.services.imports.mappings import ImportMapping, SheetMapping
from tracker.services.imports.moments import Moment, read_moment
from tracker.services.imports.status_words import folded_status, standing_of, status_of
from tracker.services.postings import posting_key, source_of
from tracker.shapes.enumerations import Outcome, Stage
from tracker.zones import named

_BLANK = {"", "-", "–", "—", "?", "n/a", "na", "none", "null", "tbd", "unknown", "0000-00-00"}
"""Texts that stand for no date."""
_PLACES = {
    "remote": "remote",
    "yes": "remote",
    "hybrid": "hybrid",
    "onsite": "onsite",
    "office": "onsite",
    "inoffice": "onsite",
}
_EMPLOYMENTS = {
    "fulltime": "full_time", "ft": "full_time", "permanent": "full_time", "parttime": "part_time", "pt": "part_time", "contract": "contract",
    "contractor": "contract", "freelance": "freelance", "internship": "internship", "intern": "internship", "temporary": "temporary",
}  # fmt: skip
SALARY_PARTS = ("salary_from", "salary_to", "currency", "salary_period")
_PLAIN = ("location", "country", "industry", "company_size", "excitement", "tags", "posting_text")
MAX_NOTES = 100_000


class Unimportable(Sorry):
    """A row that can't be imported, with the reason."""


@dataclass
class ApplicationDraft:
    """An application as a row describes it; instants are None where the file doesn't state them."""

    row: int
    values: dict[str, Any]
    stage: Stage
    outcome: Outcome | None
    saved_at: datetime | None = None
    applied_at: datetime | None = None
    status_at: datetime | None = None

    @property
    def keys(self) -> tuple[str, tuple[str, str]]:
        """The key of the posting, and that of the employer and role."""
        return posting_key(self.values["posting_url"]), job_key(self.values["company"], self.values["role"])


@dataclass
class ContactDraft:
    """A contact as a row describes it."""

    row: int
    values: dict[str, str]
    met_at: datetime | None = None


@dataclass
class RowReader:
    """Reader of the rows of one table; raises Unimportable for a row that can't be imported."""

    scope: Scope
    mapping: ImportMapping
    sheet: SheetMapping
    places: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        self.places = {name: place for place, name in enumerate(self.sheet.columns) if name}

    def application(self, number: int, row: list[str]) -> ApplicationDraft:
        """Return the application of a row."""
        typed = {name: row[place] for name, place in self.places.items() if place < len(row) and row[place]}
        leftovers: list[str] = []
        values = self._required(typed) | self._optional(typed, leftovers)
        days = {name: self._moment(name, typed) for name in DATE_FIELDS & self.places.keys()}
        zone = named(self.mapping.timezone)
        for name in ("deadline", "follow_up_on"):
            moment = days.get(name)
            values[name] = moment.day if moment else None
        applied, saved, since = days.get("applied_on"), days.get("saved_on"), days.get("status_on")
        stage, outcome = self._standing(typed, has_date=applied is not None)
        if stage is Stage.SAVED and applied:
            applied, saved = None, saved or applied
        values["applied_on"] = applied.local_day(zone, self.scope.who.zone) if applied else None
        values["notes"] = _joined([typed.get("notes", ""), *leftovers])
        at = [self._instant(moment) for moment in (saved, applied, since)]
        return ApplicationDraft(number, values, stage, outcome, *at)

    def contact(self, number: int, row: list[str]) -> ContactDraft:
        """Return the contact of a row."""
        typed = {name: row[place] for name, place in self.places.items() if place < len(row) and row[place]}
        full = " ".join(filter(None, (typed.get("first_name"), typed.get("last_name"))))
        values, leftovers = {}, []
        for name, parse in contact_fields.PARSERS.items():
            raw = typed.get("name") or full if name == "name" else typed.get(name, "")
            try:
                values[name] = str(parse(raw))
            except InvalidField as error:
                if name == "name":
                    raise Unimportable("The name is missing." if not raw else str(error)) from None
                values[name] = ""
                leftovers.append(f"{contact_fields.FIELD_LABELS[name]}: {raw}")
        values["notes"] = _joined([values["notes"], *leftovers])
        return ContactDraft(number, values, self._instant(self._moment("met_on", typed)))

    def _required(self, typed: dict[str, str]) -> dict[str, Any]:
        values = {}
        for name in ("company", "role"):
            try:
                values[name] = PARSERS[name](typed.get(name, ""))
            except InvalidField as error:
                missing = f"The {APPLICATION_FIELDS[name].lower()} is missing."
                raise Unimportable(
                    missing if not typed.get(name) else f"{APPLICATION_FIELDS[name]}: {error}"
                ) from None
        return values

    def _optional(self, typed: dict[str, str], leftovers: list[str]) -> dict[str, Any]:
        """Return the fields that may be empty; a text that its field doesn't accept goes to the notes."""
        texts = {
            **typed,
            "workplace": _choice(typed, "workplace", _PLACES),
            "employment": _choice(typed, "employment", _EMPLOYMENTS),
        }
        values = {name: _parsed(name, texts, leftovers) for name in (*_PLAIN, "workplace", "employment")}
        values["posting_url"] = _parsed("posting_url", texts, leftovers)
        values["source"] = _parsed("source", texts, leftovers) or source_of(values["posting_url"])
        if contact := typed.get("contact"):
            leftovers.append(f"Contact: {contact}")
        return values | self._salary(typed, leftovers)

    def _salary(self, typed: dict[str, str], leftovers: list[str]) -> dict[str, Any]:
        parts = {name: typed[name] for name in SALARY_PARTS if typed.get(name)}
        if "salary" in typed and "salary_from" not in parts:
            parts["salary_from"] = typed["salary"]
        try:
            fields = spread_salary(parts, self.scope.who.currency)
            values = {name: PARSERS[name](fields.get(name, "")) for name in SALARY_PARTS}
            check_salary(values["salary_from"], values["salary_to"])
        except (Invalid, InvalidField):
            leftovers.extend(
                f"{APPLICATION_FIELDS[name]}: {typed[name]}"
                for name in ("salary", *SALARY_PARTS)
                if typed.get(name)
            )
            return dict.fromkeys(SALARY_PARTS)
        if values["salary_from"] is None and values["salary_to"] is None:
            return dict.fromkeys(SALARY_PARTS)
        own = {"currency": self.scope.who.currency, "salary_period": "year"}
        return {name: value if value is not None else own.get(name) for name, value in values.items()}

    def _standing(self, typed: dict[str, str], *, has_date: bool) -> tuple[Stage, Outcome | None]:
        word = typed.get("status", "")
        status = self.mapping.statuses.get(folded_status(word)[:100], "") if word else self.sheet.status
        if outcome := typed.get("outcome", ""):
            known = folded_status(outcome).replace(" ", "_")
            status = known if known in set(Outcome) else status_of(outcome)
            word = outcome
        if word and not status:
            raise Unimportable(f"Choose what the status “{word[:100]}” means.")
        return standing_of(status or ("applied" if has_date else "saved"))

    def _moment(self, name: str, typed: dict[str, str]) -> Moment | None:
        text = typed.get(name, "")
        if folded_status(text) in _BLANK:
            return None
        order = self.sheet.orders.get(str(self.places[name]), "")
        if moment := read_moment(text, order):
            self._check_past(name, moment)
            return moment
        if not order:
            raise Unimportable("Choose the order of day and month.")
        raise Unimportable(f"“{text[:60]}” isn't a date that can be read.")

    def _check_past(self, name: str, moment: Moment) -> None:
        if (
            name not in ("deadline", "follow_up_on")
            and _day(moment, self.mapping, self.scope) > self.scope.today
        ):
            raise Unimportable("A date of what has happened is in the future.")

    def _instant(self, moment: Moment | None) -> datetime | None:
        return min(moment.instant(named(self.mapping.timezone)), self.scope.now) if moment else None


def job_key(company: str, role: str) -> tuple[str, str]:
    """Return a key that is equal for one role at one employer, whatever its spelling."""
    plain = unicodedata.normalize("NFKD", role.casefold())
    letters = "".join(
        letter if letter.isalnum() else " " for letter in plain if not unicodedata.combining(letter)
    )
    return employer_key(company), " ".join(letters.split())


def _day(moment: Moment, mapping: ImportMapping, scope: Scope) -> date:
    return moment.local_day(named(mapping.timezone), scope.who.zone)


def _parsed(name: str, texts: dict[str, str], leftovers: list[str]) -> Any:
    raw = texts.get(name, "")
    try:
        return PARSERS[name](raw)
    except InvalidField:
        leftovers.append(f"{APPLICATION_FIELDS[name]}: {raw}")
        return PARSERS[name]("")


def _choice(typed: dict[str, str], name: str, known: dict[str, str]) -> str:
    """Return the value that a text means; the text itself if it is unknown, and empty for `no`."""
    text = typed.get(name, "")
    letters = "".join(letter for letter in text.casefold() if letter.isalnum())
    return "" if letters in ("no", "false") else known.get(letters, text)


def _joined(texts: list[str]) -> str:
    notes = "\n".join(text for text in texts if text)
    if len(notes) > MAX_NOTES:
        raise Unimportable(f"The notes have {len(notes):,} characters; at most {MAX_NOTES:,} fit.")
    return notes
