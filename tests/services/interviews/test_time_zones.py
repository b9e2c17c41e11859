"""Time zones in the dialogs that schedule and move an interview."""

import pytest

from tests.support.people import Person
from tracker.services.interviews.scheduling import preview, schedule
from tracker.services.pages.dialogs import begin_move, begin_schedule
from tracker.services.preferences import setting_choices


@pytest.mark.parametrize(
    ("starts", "zone", "fold", "own_time"),
    [
        ("2026-11-05T10:00", "America/New_York", "", "16:00 your time"),
        ("2026-10-28T11:00", "America/New_York", "", "16:00 your time"),
        ("2026-11-05T21:00", "America/New_York", "", "Fri 6 Nov, 03:00 your time"),
        ("2026-11-05T10:00", "Europe/Berlin", "", ""),
        ("2026-11-05T10:00", "Europe/Paris", "", ""),
        ("2026-11-01T01:30", "America/New_York", "", ""),
        ("2026-11-01T01:30", "America/New_York", "1", "07:30 your time"),
        ("", "America/New_York", "", ""),
    ],
)
def test_a_time_in_another_zone_is_shown_on_the_users_clock(
    alice: Person, starts: str, zone: str, fold: str, own_time: str
) -> None:
    assert alice.call(preview, starts, zone, "60", fold).own_time == own_time


def test_the_dialog_offers_the_zones_of_settings_with_the_interviews_own(alice: Person) -> None:
    assert alice.call(begin_schedule, "", True).zones == alice.call(setting_choices)[0]
    interview = alice.call(
        schedule, alice.add_application(), {"starts_at": "2026-11-05T10:00", "zone": "US/Pacific"}
    )
    assert alice.call(begin_move, interview).zones[0] == ("US/Pacific", "US/Pacific (UTC−8)")
