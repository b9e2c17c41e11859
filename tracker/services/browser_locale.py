"""The first preferences of an account, from the time zone and the languages of its browser."""

from collections.abc import Sequence
from dataclasses import dataclass

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.numbers import get_territory_currencies

NOWHERE = "ZZ"
AMERICAN_TAG = "en-US"
"""The language of most software, so that it says little about where its user lives."""
AMERICAN = {"US", "PR", "GU", "AS", "VI", "MP", "PH", NOWHERE}
"""Territories where American dates and the 12-hour clock are usual, or that aren't known."""
_MAX_LANGUAGES = 10


@dataclass(frozen=True)
class LocalePreferences:
    """Preferences that follow from where a user lives and which language they read; empty where unknown."""

    locale: str = ""
    currency: str = ""
    week_start: int = 0


def locale_preferences(zone: str, languages: str, offered: Sequence[str]) -> LocalePreferences:
    """Return the locale among those offered, the currency, and the first day of the week.

    The territory is that of the time zone, else that of the first language that has one. The locale decides the clock: a browser
    in American English outside America gets the 24-hour clock.
    """
    tags = list(filter(None, map(_parsed, languages.split(",")[:_MAX_LANGUAGES])))
    territory = _territory(zone) or next((tag.territory for tag in tags if tag.territory), None) or NOWHERE
    return LocalePreferences(
        _locale(territory, tags, offered) if tags else "", _currency(territory), _week_start(territory)
    )


def _parsed(tag: str) -> Locale | None:
    try:
        return Locale.parse(tag.strip()[:35], sep="-")
    except (ValueError, UnknownLocaleError):
        return None


def _territory(zone: str) -> str:
    canonical = get_global("zone_aliases").get(zone, zone)
    territory = str(get_global("zone_territories").get(canonical, NOWHERE))
    return "" if territory in (NOWHERE, "001") else territory


def _locale(territory: str, tags: list[Locale], offered: Sequence[str]) -> str:
    """Return the locale of the first offered language, in the language's region or the zone's."""
    languages = {tag.partition("-")[0] for tag in offered}
    language = next((tag for tag in tags if _language(tag) in languages), Locale("en"))
    name = _language(language)
    tag = f"{name}-{language.territory or ''}"
    if tag == AMERICAN_TAG and territory not in AMERICAN:
        tag = ""
    fallback = AMERICAN_TAG if name == "en" and territory in AMERICAN else ""
    matches = (tag, f"{name}-{territory}", _by_script(language), fallback)
    of_language = next(locale for locale in offered if locale.startswith(f"{name}-"))
    return next((locale for locale in matches if locale in offered), of_language)


def _language(tag: Locale) -> str:
    return {"no": "nb", "nn": "nb", "iw": "he"}.get(tag.language, tag.language)


def _by_script(tag: Locale) -> str:
    return "zh-TW" if tag.language == "zh" and tag.script == "Hant" else ""


def _currency(territory: str) -> str:
    currencies = get_territory_currencies(territory) if territory != NOWHERE else []
    return str(currencies[0]) if currencies else ""


def _week_start(territory: str) -> int:
    """Return the ISO number of the first day of the week; 0 where it is unknown or not offered."""
    try:
        first = Locale.parse(f"und_{territory}").first_week_day + 1
    except (ValueError, UnknownLocaleError):
        return 0
    return first if territory != NOWHERE and first in (1, 6, 7) else 0
