"""Preferences, and the choices for them; the time zone is learned from the browser."""

from datetime import datetime
from functools import lru_cache
from typing import Any

from babel import Locale
from babel.core import get_global
from sqlalchemy import case, select, update

from tracker.db import Scope
from tracker.models import Preferences, preferences
from tracker.services.browser_locale import locale_preferences
from tracker.services.currencies import currency
from tracker.services.field_parsers import InvalidField, Parser, parsed_by, whole_number
from tracker.services.figures import snapshots
from tracker.shapes.dates import known_locale, moment_in_words, offset_in_words
from tracker.shapes.preferences import COLUMNS, DEFAULT_COLUMNS, WEEK_STARTS, PreferencesForm
from tracker.storable_text import clean
from tracker.zones import named, names, places

LOCALES = (
    "en-GB", "en-US", "en-AU", "en-CA", "en-IE", "en-IN", "en-NZ", "en-ZA", "ar-EG", "cs-CZ", "da-DK", "de-AT",
    "de-CH", "de-DE", "el-GR", "es-AR", "es-ES", "es-MX", "fi-FI", "fr-BE", "fr-CA", "fr-CH", "fr-FR", "he-IL",
    "hi-IN", "hu-HU", "id-ID", "it-IT", "ja-JP", "ko-KR", "nb-NO", "nl-BE", "nl-NL", "pl-PL", "pt-BR", "pt-PT",
    "ro-RO", "sk-SK", "sv-SE", "tr-TR", "uk-UA", "vi-VN", "zh-CN", "zh-TW",
)  # fmt: skip


def read(scope: Scope) -> PreferencesForm:
    """Return the user's preferences, with the default columns if none were chosen."""
    p = preferences
    query = select(p.timezone, p.locale, p.currency, p.weekly_goal, p.week_start, p.columns)
    row = scope.rows(query.where(p.user_id == scope.user_id))[0]
    zone = named(row["timezone"]) if row["timezone"] in names() else scope.who.zone
    columns = [name for name in COLUMNS if name in (row["columns"] or DEFAULT_COLUMNS)]
    return PreferencesForm(
        **{**row, "columns": columns},
        now_there=moment_in_words(scope.now, zone, scope.now.astimezone(zone).date(), row["locale"]),
        typed={**{name: str(value) for name, value in row.items()}, "columns": ",".join(columns)},
    )


def save(scope: Scope, typed: dict[str, str]) -> str:
    """Save the submitted preferences only. Raises Invalid, which names every field that isn't valid."""
    if values := parsed_by(_PARSERS, typed):
        if values.get("timezone", scope.who.timezone) != scope.who.timezone:
            snapshots.discard(scope)
        scope.session.execute(
            update(Preferences).where(preferences.user_id == scope.user_id).values(**values)
        )
    return "Preferences saved"


def setting_choices(
    scope: Scope,
) -> tuple[list[tuple[str, str]], list[tuple[str, str]], list[tuple[str, str]]]:
    """Return the time zones, currencies and locales, as values and labels."""
    return zones(scope.now), currencies(), locales()


def learn_zone(scope: Scope, name: str, languages: str = "") -> bool:
    """Save the browser's time zone if the user has none, and return true if it was saved.

    With it, the browser's languages (tags such as `de-DE,en`) set the locale, currency and first day of the week, unless
    the user chose them already.
    """
    if name not in names():
        return False
    query = (
        update(Preferences)
        .where(preferences.user_id == scope.user_id, preferences.timezone == "")
        .values(timezone=name, **_learned(name, languages))
        .returning(preferences.user_id)
    )
    is_changed = scope.session.execute(query).first() is not None
    if is_changed:
        snapshots.discard(scope)
    return is_changed


def _learned(zone: str, languages: str) -> dict[str, Any]:
    """Return values for the preferences that still are the defaults of a new account."""
    if not languages.strip():
        return {}
    learned, p = locale_preferences(zone, languages, LOCALES), preferences
    currency_code = learned.currency if learned.currency in _tender() else ""
    changes = ((p.locale, learned.locale), (p.currency, currency_code), (p.week_start, learned.week_start))
    return {
        column.name: case((column == Preferences.model_fields[column.name].default, value), else_=column)
        for column, value in changes
        if value
    }


def _zone(raw: str) -> str:
    if raw not in names():
        raise InvalidField("Choose a time zone such as Europe/Berlin.")
    return raw


def _locale(raw: str) -> str:
    if raw not in LOCALES:
        raise InvalidField("Choose one of the listed languages and regions.")
    return raw


def _week_start(raw: str) -> int:
    if raw not in dict(WEEK_STARTS):
        raise InvalidField("A week begins on Monday, Sunday or Saturday.")
    return int(raw)


def _columns(raw: str) -> list[str]:
    chosen = {name.strip() for name in clean(raw).split(",") if name.strip()}
    if not chosen or not chosen <= set(COLUMNS):
        raise InvalidField("Choose at least one of the listed columns.")
    return [name for name in COLUMNS if name in chosen]


def _required(parser: Parser, why: str) -> Parser:
    def parse(raw: str) -> Any:
        value = parser(raw)
        if value is None:
            raise InvalidField(why)
        return value

    return parse


@lru_cache
def _tender() -> frozenset[str]:
    """Return the currencies that are legal tender somewhere today."""
    used = get_global("territory_currencies").values()
    return frozenset(
        name for periods in used for name, _, until, tender in periods if tender and until is None
    )


_PARSERS: dict[str, Parser] = {
    "timezone": _zone,
    "locale": _locale,
    "currency": _required(currency, "Choose a currency."),
    "weekly_goal": _required(whole_number(0, 200, "The goal"), "Enter a number; 0 means no goal."),
    "week_start": _week_start,
    "columns": _columns,
}


def zones(now: datetime, current: str = "") -> list[tuple[str, str]]:
    """Return time zones by name, as (name, `Europe/Berlin (UTC+1)`), always with the `current` zone."""
    listed = places() if not current or current in dict(places()) else [(current, current), *places()]
    return [
        (name, label if name == "UTC" else f"{label} ({offset_in_words(now, named(name))})")
        for name, label in listed
    ]


@lru_cache
def currencies() -> list[tuple[str, str]]:
    """Return currencies in use by code, as (code, `EUR · Euro`)."""
    names = Locale("en").currencies
    return [(name, f"{name} · {names[name]}") for name in sorted(_tender()) if name in names]


@lru_cache
def locales() -> list[tuple[str, str]]:
    """Return languages and regions, as (tag, name)."""
    return [(tag, str(known_locale(tag).get_display_name("en"))) for tag in LOCALES]
