"""Reading invitations: times, zones, people, links, and reasons to refuse."""

import time
from contextlib import suppress
from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.invitations import OUTLOOK_ZONE, TEAMS, email, invitation
from tracker.errors import Invalid
from tracker.services.invitations.invitation_reader import REPEATS, read_invitation
from tracker.services.invitations.mail_parts import MAX_BYTES
from tracker.shapes.invitations import Invitation
from tracker.shapes.people import Who

ALICE = Who(UUID(int=1), name="Alice", email="alice@example.com", timezone="Europe/Berlin")


def read(text: str | bytes, user: Who = ALICE) -> Invitation:
    return read_invitation(text.encode() if isinstance(text, str) else text, user)


def problem(text: str | bytes) -> str:
    with pytest.raises(Invalid) as refusal:
        read(text)
    return refusal.value.fields["content"]


def test_an_invitation_is_read_with_its_version_time_and_people() -> None:
    result = read(invitation(sequence=2))
    assert (result.uid, result.sequence, result.stamp) == (
        "abc@kestrel-labs.example", 2, datetime(2026, 11, 1, 8, tzinfo=UTC),
    )  # fmt: skip
    assert (result.starts_at, result.zone, result.minutes) == ("2026-11-10T14:00", "Europe/Berlin", 45)
    assert result.interviewers == "Dana Whitfield, Kofi Osei"
    assert result.domains[0] == "kestrel-labs.example"
    assert not result.is_cancelled


@pytest.mark.parametrize(
    ("start", "zone", "expected"),
    [
        ("DTSTART;TZID=America/New_York:20261110T090000", "", ("2026-11-10T09:00", "America/New_York")),
        ("DTSTART;TZID=W. Europe Standard Time:20260710T090000", "", ("2026-07-10T09:00", "Europe/Berlin")),
        ("DTSTART;TZID=W. Europe Standard Time:20260710T090000", OUTLOOK_ZONE, ("2026-07-10T09:00", "Europe/Berlin")),
        ('DTSTART;TZID="Pacific Standard Time":20261110T090000', "", ("2026-11-10T09:00", "America/Los_Angeles")),
        ("DTSTART;TZID=/mozilla.org/20050126_1/Europe/Paris:20261110T090000", "", ("2026-11-10T09:00", "Europe/Paris")),
        ("DTSTART:20261110T090000", "", ("2026-11-10T09:00", "Europe/Berlin")),
        ("DTSTART:20260710T090000Z", "", ("2026-07-10T11:00", "Europe/Berlin")),
        ("DTSTART;TZID=Europe/Berlin:20260329T023000", "", ("2026-03-29T03:30", "Europe/Berlin")),
    ],
)  # fmt: skip
def test_a_time_is_read_in_its_zone(start: str, zone: str, expected: tuple[str, str]) -> None:
    result = read(invitation(start=start, end="DURATION:PT30M", zone=zone))
    assert (result.starts_at, result.zone, result.minutes) == (*expected, 30)


@pytest.mark.parametrize(
    ("local", "own_time"),
    [("20260710T090000", "2026-07-10T09:00"), ("20261110T090000", "2026-11-10T09:00"),
     ("20261025T013000", "2026-10-25T01:30"), ("20260329T033000", "2026-03-29T03:30")],
)  # fmt: skip
def test_a_zone_without_a_known_name_follows_the_rules_in_the_file(local: str, own_time: str) -> None:
    zone = OUTLOOK_ZONE.replace("W. Europe Standard Time", "Customized Time Zone")
    start = f"DTSTART;TZID=Customized Time Zone:{local}"
    result = read(invitation(start=start, end="", zone=zone))
    assert (result.starts_at, result.zone) == (own_time, "Europe/Berlin")
    assert problem(invitation(start=start, end="")).startswith(
        "The time zone Customized Time Zone isn't known."
    )


def test_a_time_that_occurs_twice_keeps_its_instant() -> None:
    first = read(invitation(start="DTSTART:20261025T003000Z", end=""))
    second = read(invitation(start="DTSTART:20261025T013000Z", end=""))
    assert (first.starts_at, first.fold) == ("2026-10-25T02:30", "0")
    assert (second.starts_at, second.fold) == ("2026-10-25T02:30", "1")


def test_a_whole_day_has_a_day_and_no_time() -> None:
    result = read(invitation(start="DTSTART;VALUE=DATE:20261110", end="DTEND;VALUE=DATE:20261111"))
    assert (result.starts_at, result.day) == ("", "2026-11-10")


@pytest.mark.parametrize(
    ("lines", "place"),
    [
        (["LOCATION:Microsoft Teams Meeting", f"X-MICROSOFT-SKYPETEAMSMEETINGURL:{TEAMS}"], f"Microsoft Teams Meeting, {TEAMS}"),
        (["X-GOOGLE-CONFERENCE:https://meet.google.com/abc-defg-hij"], "https://meet.google.com/abc-defg-hij"),
        (["DESCRIPTION:About us: https://kestrel.example\\nJoin: https://us02web.zoom.us/j/123?pwd=x\\, soon"],
         "https://us02web.zoom.us/j/123?pwd=x"),
        (["LOCATION:https://meet.jit.si/kestrel", "X-GOOGLE-CONFERENCE:https://meet.google.com/x"], "https://meet.jit.si/kestrel"),
        (["LOCATION:Torstr. 1\\, Berlin"], "Torstr. 1, Berlin"),
        (["DESCRIPTION:See https://kestrel.example", "X-GOOGLE-CONFERENCE:javascript:alert(1)"], ""),
    ],
)  # fmt: skip
def test_the_place_has_the_link_of_the_call(lines: list[str], place: str) -> None:
    assert read(invitation(*lines)).place == place


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "utf-16"])
def test_an_invitation_in_an_email_is_found(charset: str) -> None:
    calendar = invitation(title="Gespräch mit Zoë")
    assert read(email(calendar, charset=charset)).title == "Gespräch mit Zoë"
    assert read(email(calendar, attached=True)).title == "Gespräch mit Zoë"
    assert read(calendar.encode("utf-8-sig")).title == "Gespräch mit Zoë"


def test_folded_lines_and_lines_of_alarms_are_read_as_the_standard_says() -> None:
    alarm = "BEGIN:VALARM\nDESCRIPTION:Reminder\nSUMMARY:Not this\nEND:VALARM"
    result = read(invitation(alarm, title="Technical inter\r\n view with\r\n\t Kestrel"))
    assert result.title == "Technical interview with Kestrel"


@pytest.mark.parametrize(
    "text",
    [invitation(method="CANCEL"), invitation("STATUS:CANCELLED"), invitation(method="CANCEL", start="", end="")],
)  # fmt: skip
def test_a_cancellation_is_recognised(text: str) -> None:
    assert read(text).is_cancelled


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (invitation("RRULE:FREQ=WEEKLY"), REPEATS),
        (invitation("RRULE:FREQ=SECONDLY"), REPEATS),
        (invitation("RDATE:20261117T130000Z"), REPEATS),
        (invitation("RECURRENCE-ID:20261117T130000Z"), REPEATS),
        (invitation(method="REPLY"), "This is an answer to an invitation, not an invitation."),
        (invitation(start="DTSTART:soon"), "This invitation has no date that can be read. Schedule the interview by hand."),
        (invitation(start="DTSTART:20261399T250000Z"), "This invitation has no date that can be read. Schedule the interview by hand."),
        (invitation(end="DTEND:20261113T130000Z"), "This meeting lasts longer than a day. Schedule the interview by hand."),
        ("BEGIN:VCALENDAR\nEND:VCALENDAR", "There is no meeting in this calendar file."),
        (invitation("END:VEVENT", "BEGIN:VEVENT"), "This file has 2 meetings. Import one invitation at a time."),
        ("Dear Alice, see you on Monday", "There is no invitation in this. Choose a file that ends in .ics or .eml, or paste its text."),
        ("", "There is no invitation in this. Choose a file that ends in .ics or .eml, or paste its text."),
        (b"%PDF-1.7 \x00\xff", "There is no invitation in this. Choose a file that ends in .ics or .eml, or paste its text."),
        (b"x" * (MAX_BYTES + 1), "An invitation has at most 1 MB. Save it without its attachments."),
    ],
    ids=range(14),
)  # fmt: skip
def test_anything_else_is_refused_with_a_reason(text: str | bytes, reason: str) -> None:
    assert problem(text) == reason


@given(st.text(max_size=400), st.integers(-3, 10**15))
def test_no_text_breaks_the_reader(text: str, sequence: int) -> None:
    try:
        result = read(invitation(f"LOCATION:{text}", f"X:{text}", title=text, sequence=sequence))
    except Invalid:
        return
    assert len(result.title) <= 200
    assert "\x00" not in repr(result)
    assert 0 <= result.sequence < 2**31


@given(st.binary(max_size=600))
def test_no_bytes_break_the_reader(content: bytes) -> None:
    for wrapped in (content, b"Subject: x\r\n" + content, b"BEGIN:VCALENDAR\r\n" + content):
        try:
            read(wrapped)
        except Invalid:
            continue


PADDING = MAX_BYTES - 2000
HOSTILE = {
    "one long line": invitation("DESCRIPTION:" + "x" * PADDING),
    "folds": invitation("DESCRIPTION:x" + "\r\n y" * (PADDING // 4)),
    "quotes": invitation("X" + ';A="' * (PADDING // 4) + ":x"),
    "colons": invitation(":" * PADDING),
    "nested components": "BEGIN:VCALENDAR\n" + "BEGIN:VEVENT\n" * (PADDING // 14),
    "attendees": invitation(*["ATTENDEE;CN=A:mailto:a@example.com"] * (PADDING // 40)),
    "links": invitation("DESCRIPTION:" + "https://a.b/ " * (PADDING // 13)),
    "escapes": invitation("LOCATION:" + "\\n" * (PADDING // 2)),
    "brackets": invitation("DESCRIPTION:" + "https://a.b/(" * (PADDING // 13)),
    "nested email": "".join(
        f'Content-Type: multipart/mixed; boundary="{n}"\n\n--{n}\n' for n in range(15_000)
    ),
    "boundaries": 'Content-Type: multipart/mixed; boundary="a"\n\n' + "--a\n\n" * (PADDING // 5),
    "header lines": "Subject: x\n" * (PADDING // 11),
    "zones": invitation(zone=OUTLOOK_ZONE * 1000, start="DTSTART;TZID=W. Nowhere:20261110T090000"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_takes_no_more_than_a_moment(name: str) -> None:
    begun = time.process_time()
    with suppress(Invalid):
        read(HOSTILE[name])
    assert time.process_time() - begun < 1.5
