"""Invitations as mail programs and calendars send them."""

import base64
from email.message import EmailMessage

OUTLOOK_ZONE = """BEGIN:VTIMEZONE
TZID:W. Europe Standard Time
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
"""
TEAMS = "https://teams.microsoft.com/l/meetup-join/19%3ameeting_abc"


def invitation(
    *lines: str,
    method: str = "REQUEST",
    uid: str = "abc@kestrel-labs.example",
    sequence: int = 0,
    stamp: str = "20261101T080000Z",
    start: str = "DTSTART:20261110T130000Z",
    end: str = "DTEND:20261110T134500Z",
    title: str = "Technical interview with Kestrel Labs",
    zone: str = "",
) -> str:
    """Return a calendar file with one meeting; `lines` are further properties of it."""
    properties = [
        f"UID:{uid}", f"SEQUENCE:{sequence}", f"DTSTAMP:{stamp}", start, end, f"SUMMARY:{title}",
        "ORGANIZER;CN=Dana Whitfield:mailto:dana@kestrel-labs.example",
        'ATTENDEE;CN="Osei, Kofi";PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:kofi@kestrel-labs.example',
        "ATTENDEE;CN=Alice:mailto:alice@example.com",
        "ATTENDEE;CUTYPE=ROOM;CN=Room 4:mailto:room4@kestrel-labs.example",
        *lines,
    ]  # fmt: skip
    event = "\n".join(line for line in properties if line)
    head = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Test//EN"
    named_method = f"\nMETHOD:{method}" if method else ""
    return f"{head}{named_method}\n{zone}BEGIN:VEVENT\n{event}\nEND:VEVENT\nEND:VCALENDAR\n".replace(
        "\n", "\r\n"
    )


def email(calendar: str, *, charset: str = "utf-8", attached: bool = False) -> bytes:
    """Return an email with the invitation as a base64 part, or as an attachment of unknown type."""
    message = EmailMessage()
    message["From"], message["Subject"] = "Dana Whitfield <dana@kestrel-labs.example>", "Invitation"
    message.set_content("You are invited.")
    message.add_alternative("<p>You are invited.</p>", subtype="html")
    content = calendar.encode(charset)
    if attached:
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename="invite.ics")
        return message.as_bytes()
    boundary_part = EmailMessage()
    boundary_part["Content-Type"] = f'text/calendar; method=REQUEST; charset="{charset}"'
    boundary_part["Content-Transfer-Encoding"] = "base64"
    boundary_part.set_payload(base64.encodebytes(content).decode())
    message.attach(boundary_part)
    return message.as_bytes()
