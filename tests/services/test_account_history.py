"""Account history: what is recorded, what its user sees, and its limits."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.support.clock import NOW
from tests.support.people import Person
from tracker.cache import valkey
from tracker.db import anonymous
from tracker.errors import NotFound
from tracker.services import audit, people
from tracker.services.applications.deletion import remove
from tracker.services.contacts import contact_changes as contacts
from tracker.services.interviews import scheduling, state_changes
from tracker.services.letters import versions as letters
from tracker.services.model import user_service
from tracker.services.preparation import edits as questions
from tracker.services.profile import edits as profile
from tracker.services.resume import imports
from tracker.services.sessions import end_session, find, open_session, own_sessions, revoke, revoke_others
from tracker.shapes.audit import AuditItem, AuditKind, Client, Deletable
from tracker.shapes.enumerations import EventKind
from tracker.shapes.sign_in import Problem

LAPTOP = Client("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "203.0.113.7")
SERVICE = {"base_url": "https://api.example.com/v1", "model": "m-1", "key": "sk-very-secret"}
SECRET = "Halcyon"


def delete_applications(person: Person) -> None:
    person.call(remove, [person.add_application(SECRET), person.add_application(SECRET)])


def delete_contact(person: Person) -> None:
    person.call(contacts.delete, person.call(contacts.add, {"name": SECRET}))


def interview_of(person: Person) -> str:
    row_id = person.add_application(SECRET)
    person.call(scheduling.schedule, row_id, {"starts_at": "2026-11-05T09:00"})
    return str(person.rows("SELECT id FROM interview")[0]["id"])


def delete_interview(person: Person) -> None:
    person.call(state_changes.delete, interview_of(person))


def delete_question(person: Person) -> None:
    person.call(questions.add_own, interview_of(person), SECRET)
    person.call(questions.remove, str(person.rows("SELECT id FROM question")[0]["id"]))


def position_of(person: Person) -> str:
    position = str(person.call(profile.add_position, {"title": SECRET}))
    for _ in range(2):
        person.call(profile.add_bullet, {"text": SECRET, "position_id": position})
    return position


def delete_position(person: Person) -> None:
    person.call(profile.remove_position, position_of(person))


def delete_bullet(person: Person) -> None:
    position_of(person)
    person.call(profile.remove_bullet, str(person.rows("SELECT id FROM bullet")[0]["id"]))


def delete_letter(person: Person) -> None:
    position_of(person)
    person.call(letters.remove, person.call(letters.draft, person.add_application(SECRET)))


def delete_resume(person: Person) -> None:
    person.call(imports.discard, person.call(imports.store_text, SECRET))


DELETIONS: dict[str, Callable[[Person], None]] = {
    "2 applications deleted": delete_applications,
    "1 contact deleted": delete_contact,
    "1 interview deleted": delete_interview,
    "1 question deleted": delete_question,
    "1 position deleted": delete_position,
    "2 bullets deleted": delete_position,
    "1 bullet deleted": delete_bullet,
    "1 letter version deleted": delete_letter,
    "1 uploaded resume deleted": delete_resume,
}


@pytest.fixture
def here(alice: Person) -> Person:
    """Return Alice, signed in on her laptop."""
    user = find(open_session(alice.user.user_id, LAPTOP.browser, LAPTOP.address))
    assert user
    return Person(replace(user, client=LAPTOP))


@pytest.fixture(autouse=True)
def no_refusals(redis_url: str) -> Iterator[None]:
    yield
    for key in valkey().scan_iter("refusals:*"):
        valkey().delete(key)


def history(person: Person) -> list[AuditItem]:
    lines: list[AuditItem] = person.call(audit.own_history)
    return lines


def test_a_sign_in_is_listed_with_its_time_browser_and_address(here: Person) -> None:
    (line,) = history(here)
    assert (line.description, line.browser, line.agent, line.address) == (
        "Signed in", "Firefox on Linux", LAPTOP.browser, "203.0.113.7",
    )  # fmt: skip
    assert line.at.startswith("Today, ")


def test_the_time_is_that_of_the_persons_zone(alice: Person) -> None:
    open_session(alice.user.user_id, "Firefox")
    tokyo = Person(replace(alice.user, timezone="Asia/Tokyo"))
    berlin = Person(replace(alice.user, timezone="Europe/Berlin"))
    assert history(tokyo)[0].exact != history(berlin)[0].exact


def test_signing_out_ending_a_session_and_a_key_are_listed(here: Person, alice: Person) -> None:
    other, third = (open_session(alice.user.user_id, LAPTOP.browser) for _ in range(2))
    end_session(other, LAPTOP)
    gone = next(line.id for line in here.call(own_sessions) if not line.is_this_one)
    here.call(revoke, gone)
    assert find(third) is None
    open_session(alice.user.user_id, "")
    here.call(revoke_others)
    here.call(user_service.save, SERVICE)
    here.call(user_service.forget)
    assert [line.description for line in history(here)] == [
        "AI service removed", "AI service saved: api.example.com", "1 other session ended", "Signed in",
        "Session ended: Firefox on Linux", "Signed out", "Signed in", "Signed in", "Signed in",
    ]  # fmt: skip


def test_an_entry_names_the_browser_and_address_of_its_session(here: Person, alice: Person) -> None:
    open_session(alice.user.user_id, "", "198.51.100.9")
    here.call(revoke, next(line.id for line in here.call(own_sessions) if not line.is_this_one))
    open_session(alice.user.user_id, "", "198.51.100.9")
    here.call(revoke_others)
    here.call(user_service.save, SERVICE)
    here.call(user_service.forget)
    here.call(remove, [here.add_application()])
    assert {(line.browser, line.address) for line in history(here) if line.description != "Signed in"} == {
        ("Firefox on Linux", "203.0.113.7")
    }


@pytest.mark.parametrize(("kind", "delete"), DELETIONS.items())
def test_a_deletion_is_listed_without_the_name_of_what_is_gone(
    here: Person, kind: str, delete: Callable[[Person], None]
) -> None:
    delete(here)
    assert kind in [line.description for line in history(here)]
    assert not any(SECRET in repr(row) for row in here.rows("SELECT * FROM audit_entry"))


def test_every_kind_of_deletion_is_tested() -> None:
    tried = " ".join(DELETIONS)
    assert [deletable for deletable in Deletable if deletable not in tried] == []
    logged = [kind.value.partition(".")[0] for kind in EventKind if kind.endswith((".deleted", ".removed"))]
    assert [subject for subject in logged if subject not in tried] == []


def test_a_refused_deletion_is_not_listed(here: Person, bob: Person) -> None:
    with pytest.raises(NotFound):
        here.call(remove, [bob.add_application()])
    assert [line.description for line in history(here)] == ["Signed in"]


def test_deletions_displace_no_sign_in_from_the_history(
    here: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    for bound in ("MAX_ENTRIES", "MAX_SHOWN"):
        monkeypatch.setattr(audit, bound, 3)
    for _ in range(5):
        here.call(audit.note_deletion, Deletable.CONTACT)
    assert [line.description for line in history(here)] == ["1 contact deleted"] * 3 + ["Signed in"]
    audit.expire()
    assert len(here.rows("SELECT 1 FROM audit_entry")) == 4


def test_a_deleted_account_leaves_its_identifier_in_the_log_and_no_history(
    here: Person, caplog: pytest.LogCaptureFixture
) -> None:
    here.call(people.delete_account, "delete")
    (line,) = [line for line in caplog.messages if "deleted" in line]
    assert line == f"Account {here.user.user_id} was deleted by its owner"
    assert here.rows("SELECT 1 FROM audit_entry") == []


def test_no_part_of_a_key_is_stored(here: Person) -> None:
    here.call(user_service.save, SERVICE)
    assert not any("very-secret" in repr(row) for row in here.rows("SELECT * FROM audit_entry"))


def test_a_flood_of_refusals_leaves_a_handful_of_entries_that_count(here: Person) -> None:
    for _ in range(120):
        audit.note_refusal(here.user.user_id, Problem.NOT_ALLOWED, LAPTOP)
    refused = [line.description for line in history(here) if line.is_refusal]
    reason = "Sign-in refused: not on the list of allowed addresses"
    assert refused == [f"{reason}, {number} times that day" for number in (100, 10, 3, 2)] + [reason]


def test_usage_is_counted_from_zero_on_the_next_day(here: Person) -> None:
    for _ in range(5):
        audit.note_refusal(here.user.user_id, Problem.USED, LAPTOP)
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        audit.note_refusal(here.user.user_id, Problem.USED, LAPTOP)
    assert history(here)[0].description == "Sign-in refused: one-time link already used or replaced"


def test_no_user_sees_or_writes_the_history_of_another(here: Person, bob: Person) -> None:
    assert history(bob) == []
    with pytest.raises(DBAPIError, match="row-level security"), bob.scope() as scope:
        audit.record(scope.session, here.user.user_id, AuditKind.SIGNED_IN, LAPTOP)


@pytest.mark.parametrize(
    "statement",
    ["SELECT 1 FROM audit_entry", "UPDATE audit_entry SET detail = ''", "DELETE FROM audit_entry"],
)
def test_the_sign_in_role_may_only_add_entries(here: Person, statement: str) -> None:
    with pytest.raises(DBAPIError, match="permission denied"), anonymous() as session:
        session.execute(text(statement))


def test_entries_of_long_ago_and_those_beyond_the_cap_are_deleted(
    here: Person, bob: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit, "MAX_ENTRIES", 3)
    open_session(bob.user.user_id, "")
    here = Person(replace(here.user, session_id=None))  # which ends long before
    with time_machine.travel(NOW + audit.RETENTION - timedelta(days=1), tick=False):
        for _ in range(5):
            here.call(audit.note, AuditKind.SIGNED_OUT)
        audit.expire()
        assert [line.description for line in history(here)] == ["Signed out"] * 3
        assert len(history(bob)) == 1
    with time_machine.travel(NOW + audit.RETENTION + timedelta(days=1), tick=False):
        audit.expire()
        assert history(bob) == []
        assert len(history(here)) == 3


def test_a_long_user_agent_is_cut(here: Person) -> None:
    open_session(here.user.user_id, "x" * 5000, "y" * 5000)
    assert len(history(here)[0].agent) == 300
