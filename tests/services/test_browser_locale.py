"""First preferences from the browser's time zone and languages."""

import pytest

from tracker.services.browser_locale import LocalePreferences, locale_preferences
from tracker.services.preferences import LOCALES


@pytest.mark.parametrize(
    ("zone", "languages", "locale", "currency", "week_start"),
    [
        ("America/New_York", "en-US,en", "en-US", "USD", 7),
        ("Europe/Berlin", "de-DE,de,en-US,en", "de-DE", "EUR", 1),
        ("Europe/Berlin", "en-US,en", "en-GB", "EUR", 1),
        ("Europe/Vienna", "de", "de-AT", "EUR", 1),
        ("Europe/Zurich", "fr", "fr-CH", "CHF", 1),
        ("Europe/London", "en-GB", "en-GB", "GBP", 1),
        ("Asia/Calcutta", "en-US,en", "en-IN", "INR", 7),
        ("Asia/Kolkata", "en-IN", "en-IN", "INR", 7),
        ("Asia/Tokyo", "ja", "ja-JP", "JPY", 7),
        ("Asia/Taipei", "zh-Hant", "zh-TW", "TWD", 7),
        ("Africa/Cairo", "ar", "ar-EG", "EGP", 6),
        ("America/Sao_Paulo", "pt", "pt-BR", "BRL", 7),
        ("Europe/Oslo", "no,en", "nb-NO", "NOK", 1),
        ("America/New_York", "en-GB", "en-GB", "USD", 7),
        ("UTC", "fr-FR,fr", "fr-FR", "EUR", 1),
        ("UTC", "en-US", "en-US", "USD", 7),
        ("UTC", "en", "en-US", "", 0),
        ("Africa/Nairobi", "sw-KE", "en-GB", "KES", 7),
        ("Europe/Berlin", "", "", "EUR", 1),
        ("Europe/Berlin", "nonsense!,x" + "," * 5000, "", "EUR", 1),
    ],
)
def test_locale_currency_and_week_follow_language_and_region(
    zone: str, languages: str, locale: str, currency: str, week_start: int
) -> None:
    assert locale_preferences(zone, languages, LOCALES) == LocalePreferences(locale, currency, week_start)
