"""Scheduling, moving and editing interviews."""

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine

from tests.support.people import ABSENT, Person
from tracker.errors import Conflict, Invalid, NotFound
from tracker.services.applications.deletion import remove
from tracker.services.applications.stage_moves import move as move_stage
from tracker.services.interviews.interview_lists import detail, of_application
from tracker.services.interviews.scheduling import blank, clashes, edit, move, schedule
from tracker.services.interviews.state_changes import cancel, debrief, mark_done

AT = {"kind": "technical", "starts_at": "2026-11-05T14:30"}


def test_a_time_is_read_on_the_persons_clocks_and_recorded(alice: Person) -> None:
    row_id = alice.add_application(stage="interviewing")
    row = alice.row("interview", alice.call(schedule, row_id, AT))
    assert row["starts_at"] == datetime(2026, 11, 5, 13, 30, tzinfo=UTC)
    assert (row["zone"], row["minutes"], row["round"], row["state"]) == ("Europe/Berlin", 60, 1, "scheduled")
    assert alice.log() == ["application.added", "interview.scheduled"]
    assert alice.last_event()["particulars"]["starts_at"] == "2026-11-05T13:30:00+00:00"


def test_a_time_may_be_agreed_in_another_zone(alice: Person) -> None:
    row_id = alice.add_application()
    interview = alice.call(schedule, row_id, {**AT, "zone": "America/New_York"})
    assert alice.row("interview", interview)["starts_at"] == datetime(2026, 11, 5, 19, 30, tzinfo=UTC)


def test_every_field_is_kept(alice: Person) -> None:
    typed = {
        **AT, "round": "3", "minutes": "45", "place": "https://meet.example.com/x",
        "interviewers": "Ann, Bo", "preparation": "# Ask\nabout teams",
    }  # fmt: skip
    seen = alice.call(detail, alice.call(schedule, alice.add_application(), typed))
    assert {name: seen.typed[name] for name in typed} == typed
    assert (seen.line.duration, seen.line.link) == ("45 min", "https://meet.example.com/x")
    assert seen.preparation_html.startswith("<h2>Ask</h2>")


def test_the_next_round_counts_those_that_were_not_called_off(alice: Person) -> None:
    row_id = alice.add_application(stage="interviewing")
    first, second = (alice.call(schedule, row_id, AT) for _ in range(2))
    assert [alice.row("interview", interview)["round"] for interview in (first, second)] == [1, 2]
    alice.call(cancel, second)
    assert alice.call(blank, row_id)["round"] == "2"


@pytest.mark.parametrize(
    ("kind", "stands", "goes"),
    [
        ("recruiter_screen", "saved", "screening"), ("recruiter_screen", "applied", "screening"),
        ("recruiter_screen", "screening", "screening"), ("recruiter_screen", "interviewing", "interviewing"),
        ("technical", "saved", "interviewing"), ("technical", "applied", "interviewing"),
        ("final", "screening", "interviewing"), ("technical", "interviewing", "interviewing"),
        ("technical", "offer", "offer"),
    ],
)  # fmt: skip
def test_the_application_moves_where_an_interview_shows_it_is(
    alice: Person, kind: str, stands: str, goes: str
) -> None:
    row_id = alice.add_application(stage=stands)
    before = {k: v for k, v in alice.row("application", row_id).items() if k not in ("version", "touched_at")}
    alice.call(schedule, row_id, {**AT, "kind": kind})
    assert alice.row("application", row_id)["stage"] == goes
    moved = ["stage.changed"] if stands != goes else []
    assert alice.log() == ["application.added", "interview.scheduled", *moved]
    assert alice.undo() == "Undone"
    after = {k: v for k, v in alice.row("application", row_id).items() if k not in ("version", "touched_at")}
    assert after == before
    assert alice.call(of_application, row_id) == []


def test_a_closed_application_stays_closed(alice: Person) -> None:
    row_id = alice.add_application()
    alice.call(move_stage, [row_id], "closed", "rejected")
    alice.call(schedule, row_id, AT)
    assert alice.row("application", row_id)["stage"] == "closed"


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"starts_at": ""}, "starts_at"),
        ({"starts_at": "next week"}, "starts_at"),
        ({"starts_at": "2026-02-30T10:00"}, "starts_at"),
        ({"starts_at": "2026-11-05T25:00"}, "starts_at"),
        ({"starts_at": "1066-10-14T09:00"}, "starts_at"),
        ({"starts_at": "2026-03-29T02:30"}, "starts_at"),
        ({"starts_at": "2026-03-08T02:30", "zone": "America/New_York"}, "starts_at"),
        ({"zone": "Mars/Olympus"}, "zone"),
        ({"zone": "../../etc/passwd"}, "zone"),
        ({"kind": "duel"}, "kind"),
        ({"round": "0"}, "round"),
        ({"round": "second"}, "round"),
        ({"minutes": "4"}, "minutes"),
        ({"minutes": "1441"}, "minutes"),
        ({"minutes": "１５"}, "minutes"),
        ({"place": "x" * 2001}, "place"),
        ({"preparation": "x" * 100_001}, "preparation"),
    ],
)
def test_a_wrong_field_is_named_and_nothing_is_kept(alice: Person, typed: dict[str, str], field: str) -> None:
    row_id = alice.add_application()
    with pytest.raises(Invalid) as wrong:
        alice.call(schedule, row_id, {**AT, **typed})
    assert list(wrong.value.fields) == [field]
    assert alice.call(of_application, row_id) == []
    assert alice.row("application", row_id)["stage"] == "saved"


def test_a_move_keeps_the_earlier_time_in_the_log(alice: Person) -> None:
    interview = alice.call(schedule, alice.add_application(), AT)
    message = alice.call(move, interview, {"starts_at": "2026-11-06T09:00"})
    assert message == "Technical interview moved to Fri 6 Nov 2026, 09:00"
    was, when = alice.last_event()["particulars"]["changed"]["starts_at"]
    assert (was, when) == ("2026-11-05T13:30:00+00:00", "2026-11-06T08:00:00+00:00")
    alice.undo()
    assert alice.call(detail, interview).typed["starts_at"] == "2026-11-05T14:30"


def test_a_move_to_the_same_time_changes_nothing(alice: Person) -> None:
    interview = alice.call(schedule, alice.add_application(), AT)
    recorded = alice.log()
    assert alice.call(move, interview, {"starts_at": AT["starts_at"]}) == "It's already at that time"
    assert alice.log() == recorded


def test_moving_a_cancelled_interview_schedules_it_again(alice: Person) -> None:
    interview = alice.call(schedule, alice.add_application(), AT)
    alice.call(cancel, interview)
    alice.call(move, interview, {"starts_at": "2026-11-06T09:00"})
    assert alice.row("interview", interview)["state"] == "scheduled"
    alice.undo()
    assert alice.row("interview", interview)["state"] == "cancelled"


def test_a_move_undone_after_another_move_is_refused(alice: Person) -> None:
    interview = alice.call(schedule, alice.add_application(), AT)
    scheduled = alice.batch
    alice.call(move, interview, {"starts_at": "2026-11-06T09:00"})
    moved = alice.batch
    alice.call(move, interview, {"starts_at": "2026-11-07T09:00"})
    for batch in (scheduled, moved):
        with pytest.raises(Conflict):
            alice.undo(batch)


def test_an_edit_records_what_and_a_new_time_records_a_move(alice: Person) -> None:
    interview = alice.call(schedule, alice.add_application(stage="interviewing"), AT)
    alice.call(edit, interview, {"place": "Room 5", "minutes": "90"})
    assert alice.log()[-2:] == ["interview.edited", "interview.moved"]
    row = alice.row("interview", interview)
    assert (row["place"], row["minutes"]) == ("Room 5", 90)
    assert alice.call(edit, interview, {"place": "Room 5"}) == "Nothing to change"


def test_another_zone_alone_keeps_the_time_on_the_clock(alice: Person) -> None:
    interview = alice.call(schedule, alice.add_application(), AT)
    alice.call(edit, interview, {"zone": "Asia/Tokyo"})
    assert alice.call(detail, interview).typed["starts_at"] == AT["starts_at"]
    assert alice.row("interview", interview)["starts_at"] == datetime(2026, 11, 5, 5, 30, tzinfo=UTC)


def test_a_stale_edit_shows_both_texts_and_two_fields_are_both_kept(alice: Person) -> None:
    interview = alice.call(schedule, alice.add_application(), AT)
    was = alice.call(detail, interview).typed
    alice.call(edit, interview, {**was, "preparation": "theirs"}, was)
    alice.call(edit, interview, {**was, "place": "Room 5"}, was)
    with pytest.raises(Conflict) as both:
        alice.call(edit, interview, {**was, "preparation": "mine"}, was)
    assert (both.value.mine, both.value.theirs) == ("mine", "theirs")
    row = alice.row("interview", interview)
    assert (row["preparation"], row["place"]) == ("theirs", "Room 5")


@pytest.mark.parametrize("typed", [{"minutes": ""}, {"round": ""}, {"kind": ""}, {"starts_at": ""}])
def test_an_edit_cannot_empty_what_is_needed(alice: Person, typed: dict[str, str]) -> None:
    interview = alice.call(schedule, alice.add_application(), AT)
    with pytest.raises(Invalid):
        alice.call(edit, interview, typed)


def test_state_and_owner_cannot_be_edited(alice: Person) -> None:
    interview = alice.call(schedule, alice.add_application(), AT)
    typed = {"state": "done", "application_id": ABSENT, "user_id": ABSENT, "debrief": "x"}
    assert alice.call(edit, interview, typed) == "Nothing to change"


@pytest.mark.parametrize(
    ("starts", "minutes", "clash"),
    [
        ("2026-11-05T14:00", "30", False), ("2026-11-05T14:00", "31", True), ("2026-11-05T15:29", "60", True),
        ("2026-11-05T15:30", "60", False), ("2026-11-05T14:45", "15", True), ("2026-11-05T01:00", "1440", True),
        ("nonsense", "60", False), ("2026-11-05T14:30", "long", False), ("", "", False),
    ],
)  # fmt: skip
def test_an_overlap_warns_and_an_edge_that_touches_does_not(
    alice: Person, starts: str, minutes: str, clash: bool
) -> None:
    alice.call(schedule, alice.add_application(), AT)
    assert bool(alice.call(clashes, starts, "Europe/Berlin", minutes)) is clash


def test_no_clash_with_itself_with_what_is_settled_or_with_someone_else(alice: Person, bob: Person) -> None:
    bob.call(schedule, bob.add_application(), AT)
    mine = alice.call(schedule, alice.add_application(), AT)
    at: tuple[Any, ...] = (AT["starts_at"], "", "60")
    assert [line.id for line in alice.call(clashes, *at)] == [mine]
    assert alice.call(clashes, *at, mine) == []
    alice.call(cancel, mine)
    assert alice.call(clashes, *at) == []


def test_at_most_five_other_interviews_are_named_as_overlapping(alice: Person) -> None:
    row_id = alice.add_application(stage="interviewing")
    mine, *others = (alice.call(schedule, row_id, AT) for _ in range(7))
    at: tuple[Any, ...] = (AT["starts_at"], "", "")
    assert [line.id for line in alice.call(clashes, *at, mine)] == others[:5]
    assert [line.id for line in alice.call(clashes, *at)] == [mine, *others[:4]]


def test_an_edit_says_whether_it_changed_anything(alice: Person) -> None:
    interview = alice.call(schedule, alice.add_application(), AT)
    assert alice.call(edit, interview, {"place": "Room 5"}) == "Interview saved"
    assert alice.call(edit, interview, {"place": "Room 5"}) == "Nothing to change"


def test_only_the_kind_of_an_interview_is_a_choice(alice: Person) -> None:
    facts = alice.call(detail, alice.call(schedule, alice.add_application(), AT)).facts
    assert {fact.name for fact in facts if fact.choices} == {"kind"}


def test_rounds_end_at_fifty(alice: Person) -> None:
    row_id = alice.add_application(stage="interviewing")
    alice.call(schedule, row_id, {**AT, "round": "49"})
    assert alice.call(blank, row_id)["round"] == "50"
    alice.call(schedule, row_id, {**AT, "round": "50"})
    assert alice.call(blank, row_id)["round"] == "50"


def test_only_another_start_is_a_new_appointment_to_be_reminded_of(
    alice: Person, clock: time_machine.Traveller
) -> None:
    interview = alice.call(schedule, alice.add_application(), AT)
    placed = alice.row("interview", interview)["placed_at"]
    clock.shift(60)
    assert alice.call(edit, interview, {"minutes": "90"}) == "Interview saved"
    assert alice.row("interview", interview)["placed_at"] == placed
    alice.call(move, interview, {"starts_at": "2026-11-06T14:30"})
    assert alice.row("interview", interview)["placed_at"] > placed


def test_another_users_and_a_deleted_application_have_no_interviews(alice: Person, bob: Person) -> None:
    his = bob.call(schedule, bob.add_application(), AT)
    row_id = alice.add_application()
    mine = alice.call(schedule, row_id, AT)
    alice.call(remove, [row_id])
    for application_id in (his, mine, ABSENT, "nonsense"):
        for verb, args in (
            (move, (AT,)),
            (edit, ({"place": "x"},)),
            (mark_done, ()),
            (debrief, ("x",)),
            (detail, ()),
        ):
            with pytest.raises(NotFound) as refused:
                alice.call(verb, application_id, *args)
            assert refused.value.message == "This interview doesn't exist, or isn't yours."
    with pytest.raises(NotFound):
        alice.call(schedule, row_id, AT)
