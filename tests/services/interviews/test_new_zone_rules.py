"""Interviews when the rules of their time zone change: realigned, and undone under the new rules."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
import time_machine

from tests.support.people import Person
from tests.support.wall_times import VANCOUVER, when
from tracker import zones
from tracker.errors import Conflict
from tracker.services.interviews import realignment
from tracker.services.interviews.interview_lists import detail
from tracker.services.interviews.scheduling import edit, move, schedule
from tracker.services.interviews.state_changes import cancel, delete
from tracker.services.timeline import of_application


@pytest.fixture
def old_rules(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """Apply Vancouver's older rules, with UTC-8 in November; afterwards the present ones apply again."""
    present = zones.named
    winter = timezone(timedelta(hours=-8))
    with monkeypatch.context() as patched:
        patched.setattr(zones, "named", lambda name: winter if "Vancouver" in name else present(name))
        yield patched


def test_new_rules_move_the_instant_keep_the_time_agreed_and_say_so_once(
    alice: Person, old_rules: pytest.MonkeyPatch
) -> None:
    row_id = alice.add_application()
    agreed = alice.call(schedule, row_id, VANCOUVER)
    called_off = alice.call(schedule, row_id, {**VANCOUVER, "starts_at": "2026-12-08T09:00"})
    alice.call(cancel, called_off)
    elsewhere = alice.call(schedule, row_id, {**VANCOUVER, "zone": "Asia/Tokyo"})
    over = alice.call(schedule, row_id, {**VANCOUVER, "starts_at": "2026-11-02T17:00"})
    assert when(alice, agreed)[0] == datetime(2026, 12, 2, 1, tzinfo=UTC)
    unmoved = [alice.row("interview", interview_id) for interview_id in (elsewhere, over)]
    old_rules.undo()
    assert alice.call(realignment.realign) == 2
    assert when(alice, agreed) == (datetime(2026, 12, 2, tzinfo=UTC), "2026-12-01 17:00", 0)
    assert when(alice, called_off)[0] == datetime(2026, 12, 8, 16, tzinfo=UTC)
    assert [alice.row("interview", interview_id) for interview_id in (elsewhere, over)] == unmoved
    sentences = [line.sentence for line in alice.call(of_application, row_id)[0].lines]
    assert (
        "Kept the technical interview at 17:00 in Vancouver after time zone rules changed: "
        "Wed 2 Dec 2026, 01:00 instead of Wed 2 Dec 2026, 02:00"
    ) in sentences
    log = alice.log()
    assert alice.call(realignment.realign) == 0
    assert alice.log() == log


def test_an_interview_that_has_begun_is_not_realigned(alice: Person, old_rules: pytest.MonkeyPatch) -> None:
    interview = alice.call(schedule, alice.add_application(), VANCOUVER)
    old_rules.undo()
    begins = when(alice, interview)[0]
    with time_machine.travel(begins, tick=False):
        assert alice.call(realignment.realign) == 0
    with time_machine.travel(begins - timedelta(minutes=1), tick=False):
        assert alice.call(realignment.realign) == 1


@pytest.mark.parametrize("state", ["scheduled", "cancelled"])
def test_users_with_an_upcoming_interview_get_a_realignment_job(
    alice: Person, bob: Person, old_rules: pytest.MonkeyPatch, state: str
) -> None:
    interview = alice.call(schedule, alice.add_application(), VANCOUVER)
    if state == "cancelled":
        alice.call(cancel, interview)
    bob.call(schedule, bob.add_application(), {**VANCOUVER, "zone": "Asia/Tokyo"})
    query = "SELECT kind FROM job WHERE kind = 'realign_interviews'"
    realignment.request_jobs()
    assert alice.rows(query) == []
    old_rules.undo()
    realignment.request_jobs()
    assert len(alice.rows(query)) == 1
    assert bob.rows(query) == []


LATER = {"starts_at": "2026-12-03T09:00"}
OTHERS: list[tuple[Any, dict[str, str]]] = [
    (move, LATER), (edit, LATER), (edit, {**LATER, "place": "Room 5"}), (edit, {"zone": "Europe/Berlin"}),
    (move, {**LATER, "zone": "Europe/Berlin"}),
]  # fmt: skip


@pytest.mark.parametrize(("verb", "typed"), OTHERS)
def test_a_change_undone_under_new_rules_gives_back_the_time_agreed(
    alice: Person, old_rules: pytest.MonkeyPatch, verb: Any, typed: dict[str, str]
) -> None:
    interview = alice.call(schedule, alice.add_application(), VANCOUVER)
    alice.call(verb, interview, typed)
    batch = alice.batch
    old_rules.undo()
    alice.call(realignment.realign)
    message = alice.undo(batch)
    assert message == "Undone. The local time is restored, but the rules of its time zone have changed since"
    assert when(alice, interview) == (datetime(2026, 12, 2, tzinfo=UTC), "2026-12-01 17:00", 0)
    assert alice.row("interview", interview)["zone"] == "America/Vancouver"
    assert alice.call(realignment.realign) == 0


def test_undoing_another_change_leaves_the_time_to_the_realignment(
    alice: Person, old_rules: pytest.MonkeyPatch
) -> None:
    interview = alice.call(schedule, alice.add_application(), VANCOUVER)
    before = when(alice, interview)
    alice.call(edit, interview, {"place": "Room 5"})
    old_rules.undo()
    assert alice.undo() == "Undone"
    assert when(alice, interview) == before
    assert alice.call(realignment.realign) == 1


def test_changes_undone_one_by_one_under_new_rules_lead_to_the_start(
    alice: Person, old_rules: pytest.MonkeyPatch
) -> None:
    interview = alice.call(schedule, alice.add_application(), VANCOUVER)
    batches = [alice.batch]
    for typed in (LATER, {"starts_at": "2026-12-04T10:00"}):
        alice.call(move, interview, typed)
        batches.append(alice.batch)
    old_rules.undo()
    alice.call(realignment.realign)
    for batch, local in zip(reversed(batches), ["2026-12-03 09:00", "2026-12-01 17:00"], strict=False):
        alice.undo(batch)
        assert when(alice, interview)[1] == local
    alice.undo(batches[0])
    assert alice.rows("SELECT id FROM interview") == []


def test_undoing_another_zone_of_the_same_offset_follows_the_rules_of_the_first(
    alice: Person, old_rules: pytest.MonkeyPatch
) -> None:
    interview = alice.call(schedule, alice.add_application(), VANCOUVER)
    alice.call(edit, interview, {"zone": "America/Los_Angeles"})
    batch = alice.batch
    old_rules.undo()
    assert alice.call(realignment.realign) == 0
    alice.undo(batch)
    assert when(alice, interview) == (datetime(2026, 12, 2, tzinfo=UTC), "2026-12-01 17:00", 0)


@pytest.mark.parametrize("typed", [{"starts_at": "2026-12-03T10:00"}, {"zone": "Europe/Berlin"}])
def test_a_change_with_a_later_one_still_cannot_be_undone_under_new_rules(
    alice: Person, old_rules: pytest.MonkeyPatch, typed: dict[str, str]
) -> None:
    interview = alice.call(schedule, alice.add_application(), VANCOUVER)
    scheduled = alice.batch
    alice.call(move, interview, LATER)
    moved = alice.batch
    alice.call(edit, interview, typed)
    old_rules.undo()
    alice.call(realignment.realign)
    before = alice.row("interview", interview)
    for batch in (moved, scheduled):
        with pytest.raises(Conflict):
            alice.undo(batch)
    assert alice.row("interview", interview) == before


def test_an_interview_deleted_under_old_zone_rules_keeps_its_agreed_time(
    alice: Person, old_rules: pytest.MonkeyPatch
) -> None:
    interview = alice.call(schedule, alice.add_application(), VANCOUVER)
    alice.call(delete, interview)
    old_rules.undo()
    assert alice.undo().endswith("the rules of its time zone have changed since")
    assert when(alice, interview) == (datetime(2026, 12, 2, tzinfo=UTC), "2026-12-01 17:00", 0)


def test_a_cancelled_interview_undone_after_new_rules_is_where_they_put_it(
    alice: Person, old_rules: pytest.MonkeyPatch
) -> None:
    interview = alice.call(schedule, alice.add_application(), VANCOUVER)
    alice.call(cancel, interview)
    batch = alice.batch
    old_rules.undo()
    assert alice.call(realignment.realign) == 1
    alice.undo(batch)
    assert alice.row("interview", interview)["state"] == "scheduled"
    assert when(alice, interview)[0] == datetime(2026, 12, 2, tzinfo=UTC)


def test_an_interview_in_a_zone_that_is_no_more_stays_where_it_is(alice: Person) -> None:
    interview = alice.call(schedule, alice.add_application(), VANCOUVER)
    alice.rows("UPDATE interview SET zone = 'Mars/Olympus' WHERE id = :id RETURNING 1", id=interview)
    assert alice.call(realignment.realign) == 0
    assert alice.call(detail, interview).typed["starts_at"] == VANCOUVER["starts_at"]
