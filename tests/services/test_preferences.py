"""Preferences and their choices."""

import pytest

from tests.support.clock import NOW
from tests.support.people import Person
from tracker.errors import Invalid
from tracker.services.countries import countries
from tracker.services.pages import settings
from tracker.services.preferences import (
    currencies,
    learn_zone,
    locales,
    read,
    save,
    setting_choices,
    zones,
)
from tracker.shapes.dates import known_locale

TYPED = {
    "timezone": "Asia/Tokyo", "locale": "de-DE", "currency": "eur", "weekly_goal": "12", "week_start": "7",
    "columns": "touched,stage",
}  # fmt: skip


def test_every_preference_is_saved(alice: Person) -> None:
    alice.call(save, TYPED)
    seen = alice.call(read)
    assert (seen.timezone, seen.locale, seen.currency, seen.weekly_goal) == ("Asia/Tokyo", "de-DE", "EUR", 12)
    assert (seen.week_start, seen.columns, seen.now_there) == (7, ["stage", "touched"], "Today, 19:00")
    assert seen.typed == {**TYPED, "currency": "EUR", "columns": "stage,touched"}


def test_fields_missing_from_the_form_stay_as_they_are(alice: Person) -> None:
    alice.call(save, TYPED)
    before = alice.call(read)
    alice.call(save, {"weekly_goal": "12"})
    alice.call(save, {})
    assert alice.call(read) == before


@pytest.mark.parametrize(
    ("field", "raw"),
    [
        ("timezone", "Mars/Olympus"), ("timezone", ""), ("timezone", "/etc/localtime"), ("locale", "xx-YY"),
        ("currency", ""), ("currency", "ABCD"), ("weekly_goal", "-1"), ("weekly_goal", "201"), ("weekly_goal", ""),
        ("week_start", "2"), ("columns", ""), ("columns", "stage,password"),
    ],
)  # fmt: skip
def test_an_invalid_preference_is_named_and_nothing_is_saved(alice: Person, field: str, raw: str) -> None:
    before = alice.call(read)
    with pytest.raises(Invalid) as wrong:
        alice.call(save, {**TYPED, field: raw})
    assert list(wrong.value.fields) == [field]
    assert alice.call(read) == before


def test_settings_are_kept_together_or_not_at_all(alice: Person) -> None:
    with pytest.raises(Invalid) as wrong:
        alice.call(settings.save, {"name": "", "weekly_goal": "many", "close": "1", "mail_to": "x"})
    assert set(wrong.value.fields) == {"name", "weekly_goal", "close", "mail_to"}
    with pytest.raises(Invalid):
        alice.call(settings.save, {"name": "New", "day": "", "weekly_goal": "many"})
    assert alice.rows("SELECT name FROM app_user") == [{"name": "Alice"}]
    assert alice.rows("SELECT remind_day FROM preferences") == [{"remind_day": True}]


def test_settings_of_every_part_are_saved_at_once(alice: Person) -> None:
    changed = {"name": "New", "weekly_goal": "3", "close": "60", "day": "", "hour": "on"}
    assert alice.call(settings.save, changed).message == "Settings saved"
    assert alice.rows("SELECT name FROM app_user") == [{"name": "New"}]
    (row,) = alice.rows("SELECT weekly_goal, remind_day, remind_hour, cadence FROM preferences")
    assert (row["weekly_goal"], row["remind_day"], row["remind_hour"]) == (3, False, True)
    assert row["cadence"]["close"] == 60


def test_the_browsers_zone_is_learnt_once(alice: Person) -> None:
    assert alice.call(learn_zone, "Mars/Olympus") is False
    assert alice.call(learn_zone, "Asia/Tokyo") is True
    assert alice.call(learn_zone, "Europe/Paris") is False
    assert alice.call(read).timezone == "Asia/Tokyo"


def test_the_browsers_region_is_learnt_with_its_zone(alice: Person) -> None:
    assert alice.call(learn_zone, "Europe/Berlin", "de-DE,de,en") is True
    learnt = alice.call(read)
    assert (learnt.timezone, learnt.locale, learnt.currency, learnt.week_start) == (
        "Europe/Berlin",
        "de-DE",
        "EUR",
        1,
    )


def test_the_browsers_region_replaces_no_choice(alice: Person) -> None:
    alice.call(save, {"currency": "CHF", "week_start": "6"})
    alice.call(learn_zone, "America/New_York", "en-US,en")
    learnt = alice.call(read)
    assert (learnt.locale, learnt.currency, learnt.week_start) == ("en-US", "CHF", 6)


def test_preferences_are_separate_for_each_user(alice: Person, bob: Person) -> None:
    bob.call(save, TYPED)
    assert alice.call(read).currency == "USD"


def test_everything_offered_is_accepted(alice: Person) -> None:
    shown = zones(NOW)
    assert ("Europe/Berlin", "Europe/Berlin (UTC+1)") in shown
    assert ("Asia/Kathmandu", "Asia/Kathmandu (UTC+5:45)") in shown
    assert ("America/New_York", "America/New York (UTC−5)") in shown
    assert not {"EST5EDT", "Etc/GMT+5", "US/Pacific", "Zulu"} & dict(shown).keys()
    assert zones(NOW, "US/Pacific")[0] == ("US/Pacific", "US/Pacific (UTC−8)")
    assert zones(NOW, "Europe/Berlin") == shown
    assert alice.call(setting_choices) == (shown, currencies(), locales())
    for field, values in (("timezone", shown), ("currency", currencies()), ("locale", locales())):
        assert len(dict(values)) == len(values)
        for value, label in values:
            assert label
            alice.call(save, {field: value})


def test_every_country_offered_can_be_an_applications(alice: Person) -> None:
    assert ("DE", "Germany") in countries()
    for code, _ in countries()[::25]:
        alice.add_application(country=code)


def test_every_locale_offered_is_really_known() -> None:
    for tag, _ in locales():
        assert str(known_locale(tag)).split("_")[0] == tag.split("-")[0], tag
