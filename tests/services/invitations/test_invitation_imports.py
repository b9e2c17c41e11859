"""Importing invitations: made, moved and cancelled interviews, versions, guesses and undo."""

from typing import Any

import pytest

from tests.support.invitations import TEAMS, email, invitation
from tests.support.people import Person
from tracker.errors import Invalid, NotFound
from tracker.services.applications.deletion import remove
from tracker.services.contacts import contact_changes
from tracker.services.interviews import scheduling, state_changes
from tracker.services.invitations import imports, uploads
from tracker.services.pages import invitation as page


@pytest.fixture
def application(alice: Person) -> str:
    """Return the id of Alice's application at Kestrel Labs, beside two others."""
    alice.add_application("Linear", "Technical lead", "interviewing")
    row_id = alice.add_application("Kestrel Labs GmbH", "Backend engineer", "applied")
    alice.add_application("Acme", "Engineer")
    return row_id


def confirm(person: Person, text: str, key: str = "", **changes: str) -> str:
    """Import an invitation with the proposed values; return the message."""
    read, shown = person.call(page.read_text, text, "")
    done = person.call(
        page.import_invitation, read, shown.application_id, {**shown.form.typed, **changes}, key
    )
    return str(done.message)


def only_interview(person: Person) -> dict[str, Any]:
    [row] = person.rows("SELECT * FROM interview")
    return row


def problem(person: Person, text: str) -> dict[str, str]:
    with pytest.raises(Invalid) as refusal:
        confirm(person, text)
    return refusal.value.fields


def test_an_invitation_is_scheduled_for_the_application_that_fits(alice: Person, application: str) -> None:
    link = f"X-MICROSOFT-SKYPETEAMSMEETINGURL:{TEAMS}"
    _, shown = alice.call(page.read_text, invitation(link), "")
    assert (shown.action, shown.application_id) == ("schedule", application)
    assert shown.form.typed["kind"] == "technical"
    assert confirm(alice, invitation(link)) == "Technical interview scheduled"
    row = only_interview(alice)
    assert (str(row["application_id"]), row["kind"], row["minutes"]) == (application, "technical", 45)
    assert f"{row['wall_time']:%Y-%m-%d %H:%M}" == "2026-11-10 14:00"
    assert (row["place"], row["interviewers"]) == (TEAMS, "Dana Whitfield, Kofi Osei")
    assert {
        event["door"] for event in alice.rows("SELECT door FROM event WHERE batch = :b", b=alice.batch)
    } == {"import"}
    assert alice.row("application", application)["stage"] == "interviewing"


def test_a_newer_version_moves_the_interview_and_undo_moves_it_back(alice: Person, application: str) -> None:
    confirm(alice, invitation())
    moved = invitation("LOCATION:Room 9", sequence=1, start="DTSTART:20261112T090000Z", end="")
    _, shown = alice.call(page.read_text, moved, "")
    assert (shown.action, shown.subject) == ("move", "Backend engineer at Kestrel Labs GmbH")
    assert shown.sentence == "Moves the technical interview from Tue 10 Nov 2026, 14:00."
    assert confirm(alice, moved) == "Technical interview moved to Thu 12 Nov 2026, 10:00"
    batch, row = alice.batch, only_interview(alice)
    assert (f"{row['wall_time']:%d %H:%M}", row["place"], row["invitation_sequence"]) == (
        "12 10:00",
        "Room 9",
        1,
    )
    alice.undo(batch)
    row = only_interview(alice)
    assert (f"{row['wall_time']:%d %H:%M}", row["place"]) == ("10 14:00", "")


def test_a_cancellation_cancels_and_a_later_version_schedules_again(alice: Person, application: str) -> None:
    confirm(alice, invitation())
    cancelled = invitation(method="CANCEL", sequence=1, start="", end="")
    _, shown = alice.call(page.read_text, cancelled, "")
    assert shown.sentence == "Cancels the technical interview on Tue 10 Nov 2026, 14:00."
    assert confirm(alice, cancelled) == "Technical interview cancelled"
    batch = alice.batch
    assert only_interview(alice)["state"] == "cancelled"
    assert problem(alice, cancelled) == {"content": imports.CANCELLED}
    alice.undo(batch)
    assert only_interview(alice)["state"] == "scheduled"
    confirm(alice, cancelled)
    confirm(alice, invitation(sequence=2))
    assert only_interview(alice)["state"] == "scheduled"


def test_an_older_or_equal_version_changes_nothing_and_says_so(alice: Person, application: str) -> None:
    confirm(alice, invitation(sequence=3))
    before = only_interview(alice)
    assert problem(alice, invitation(sequence=2, start="DTSTART:20261113T090000Z")) == {
        "content": imports.OUTDATED
    }
    older = invitation(sequence=3, stamp="20261031T080000Z")
    assert problem(alice, older) == {"content": imports.OUTDATED}
    assert problem(alice, invitation(method="CANCEL", sequence=2)) == {"content": imports.OUTDATED}
    assert problem(alice, invitation(sequence=3)) == {"content": imports.IMPORTED}
    assert only_interview(alice) == before


def test_the_same_version_can_be_imported_again_after_undo(alice: Person, application: str) -> None:
    confirm(alice, invitation())
    alice.undo()
    assert alice.rows("SELECT 1 FROM interview") == []
    assert confirm(alice, invitation()) == "Technical interview scheduled"


def test_a_submission_that_arrives_twice_schedules_once(alice: Person, application: str) -> None:
    read, shown = alice.call(page.read_text, invitation(), "")
    for _ in range(2):
        done = alice.call(page.import_invitation, read, application, shown.form.typed, "one press")
        assert done.message == "Technical interview scheduled"
    only_interview(alice)


def test_a_version_imported_while_the_dialog_was_open_wins(alice: Person, application: str) -> None:
    confirm(alice, invitation())
    opened, shown = alice.call(page.read_text, invitation(sequence=1, start="DTSTART:20261112T090000Z"), "")
    confirm(alice, invitation(sequence=2, start="DTSTART:20261113T090000Z"))
    with pytest.raises(Invalid, match="newer version"):
        alice.call(page.import_invitation, opened, application, shown.form.typed, "")
    assert f"{only_interview(alice)['wall_time']:%d}" == "13"


def test_a_whole_day_asks_for_the_time(alice: Person, application: str) -> None:
    text = invitation(start="DTSTART;VALUE=DATE:20261110", end="")
    _, shown = alice.call(page.read_text, text, "")
    assert shown.form.typed["starts_at"] == ""
    assert (
        shown.sentence == "It is for all of Tue 10 Nov 2026, without a time: enter when the interview starts."
    )
    assert problem(alice, text) == {"starts_at": "Enter a date and time."}
    confirm(alice, text, starts_at="2026-11-10T11:00")
    assert f"{only_interview(alice)['wall_time']:%H:%M}" == "11:00"


def test_a_cancellation_of_an_unknown_meeting_is_refused(alice: Person, application: str) -> None:
    assert problem(alice, invitation(method="CANCEL")) == {"content": imports.NOT_IMPORTED}


def test_an_invitation_without_a_fitting_application_asks_for_it(alice: Person) -> None:
    alice.add_application("Linear", "Technical lead")
    _, shown = alice.call(page.read_text, invitation(), "")
    assert shown.application_id == ""
    assert len(shown.form.offered) == 1
    assert problem(alice, invitation()) == {"application": "Which application is it for?"}


@pytest.mark.parametrize("title", ["Chat with Kestrel Labs", "Chat about Backend engineer"])
def test_company_and_contacts_suggest_the_application(alice: Person, application: str, title: str) -> None:
    alice.call(contact_changes.add, {"name": "Dana Whitfield"}, application)
    text = invitation(title=title).replace("kestrel-labs.example", "gmail.com")
    _, shown = alice.call(page.read_text, text, "")
    assert (shown.application_id, shown.form.typed["kind"]) == (application, "recruiter_screen")


def test_an_invitation_belongs_to_the_application_it_was_opened_from(alice: Person, application: str) -> None:
    other = alice.add_application("Zeta", "Analyst")
    _, shown = alice.call(page.read_text, invitation(), other)
    assert shown.application_id == other
    with pytest.raises(NotFound):
        alice.call(page.read_text, invitation(), "nonsense")


def test_an_interview_of_a_deleted_application_is_not_moved(alice: Person, application: str) -> None:
    confirm(alice, invitation())
    alice.call(remove, [application])
    _, shown = alice.call(page.read_text, invitation(sequence=1), "")
    assert shown.action == "schedule"


def test_an_interview_held_meanwhile_keeps_its_debrief(alice: Person, application: str) -> None:
    confirm(alice, invitation(start="DTSTART:20261103T080000Z", end=""))
    row_id = str(only_interview(alice)["id"])
    alice.call(state_changes.debrief, row_id, "Went well")
    confirm(alice, invitation(sequence=1, start="DTSTART:20261103T090000Z", end=""))
    row = only_interview(alice)
    assert (row["debrief"], row["state"]) == ("Went well", "done")


def test_another_users_invitation_of_the_same_meeting_is_separate(
    alice: Person, bob: Person, application: str
) -> None:
    confirm(alice, invitation())
    bob.add_application("Kestrel Labs", "Designer")
    confirm(bob, invitation(sequence=1, start="DTSTART:20261112T090000Z", end=""))
    assert f"{only_interview(alice)['wall_time']:%d}" == "10"


def test_an_uploaded_file_is_read_by_its_own_user_alone(alice: Person, bob: Person, application: str) -> None:
    key = uploads.store(alice.user, email(invitation()))
    _, shown = alice.call(page.read_upload, key, "")
    assert shown.application_id == application
    for person, name in ((bob, key), (alice, "x"), (alice, f"*{key}"), (alice, "")):
        with pytest.raises(NotFound, match="This file doesn't exist, or isn't yours"):
            person.call(page.read_upload, name, "")
    with pytest.raises(Invalid, match="at most 1 MB"):
        alice.call(page.read_upload, "too_large", "")


def test_an_overlap_is_shown_but_not_with_the_interview_itself(alice: Person, application: str) -> None:
    alice.call(scheduling.schedule, application, {"starts_at": "2026-11-10T14:15"})
    _, shown = alice.call(page.read_text, invitation(), "")
    assert len(shown.form.preview.clashes) == 1
    confirm(alice, invitation())
    _, shown = alice.call(page.read_text, invitation(sequence=1, end="DTEND:20261110T143000Z"), "")
    assert len(shown.form.preview.clashes) == 1
