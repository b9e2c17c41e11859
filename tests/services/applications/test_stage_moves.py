"""Moving, closing and following up."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from tests.support.people import ABSENT, Person
from tracker.db import scoped
from tracker.errors import Invalid, NotFound, TooMany
from tracker.services.applications.stage_moves import follow_up, follow_ups, move


def standing(person: Person, row_id: str) -> tuple[str, str | None, str]:
    row = person.row("application", row_id)
    return row["stage"], row["outcome"], row["furthest"]


def test_a_move_changes_the_stage_and_records_an_event(alice: Person) -> None:
    row_id = alice.add_application()
    assert alice.call(move, [row_id], "screening") == "Engineer at Linear moved to Screening"
    assert standing(alice, row_id) == ("screening", None, "screening")
    assert alice.log() == ["application.added", "stage.changed"]
    assert alice.last_event()["particulars"]["from"] == "saved"


def test_the_first_move_out_of_saved_sets_the_day_it_was_applied_for(alice: Person) -> None:
    row_id, known = alice.add_application(), alice.add_application(applied_on="2026-10-01")
    alice.call(move, [row_id, known], "applied")
    assert str(alice.row("application", row_id)["applied_on"]) == "2026-11-03"
    assert str(alice.row("application", known)["applied_on"]) == "2026-10-01"


def test_a_move_to_the_current_stage_leaves_nothing_to_undo(alice: Person) -> None:
    row_id = alice.add_application(stage="applied")
    with scoped(alice.user) as scope:
        assert move(scope, [row_id], "applied") == "It's already in that stage"
        assert not scope.has_events
        move(scope, [row_id], "screening")
        assert scope.has_events


def test_closing_keeps_the_furthest_stage(alice: Person) -> None:
    row_id = alice.add_application(stage="offer")
    assert alice.call(move, [row_id], "closed", "declined") == "Engineer at Linear closed as declined"
    assert standing(alice, row_id) == ("closed", "declined", "offer")


def test_moving_back_keeps_the_furthest_stage(alice: Person) -> None:
    row_id = alice.add_application(stage="interviewing")
    alice.call(move, [row_id], "applied")
    assert standing(alice, row_id) == ("applied", None, "interviewing")


def test_reopening_forgets_the_outcome(alice: Person) -> None:
    row_id = alice.add_application()
    alice.call(move, [row_id], "closed", "rejected")
    alice.call(move, [row_id], "applied", "rejected")
    assert standing(alice, row_id)[:2] == ("applied", None)


def test_a_second_move_to_the_same_stage_changes_nothing(alice: Person) -> None:
    row_id = alice.add_application()
    alice.call(move, [row_id], "applied")
    before = alice.row("application", row_id)
    assert alice.call(move, [row_id], "applied") == "It's already in that stage"
    assert alice.row("application", row_id) == before
    assert alice.log().count("stage.changed") == 1


def test_a_bulk_move_records_each_application_in_one_batch(alice: Person) -> None:
    ids = [alice.add_application(f"Company {n}") for n in range(3)]
    assert alice.call(move, [*ids, ids[0]], "applied") == "3 applications moved to Applied"
    batches = alice.rows("SELECT DISTINCT batch FROM event WHERE kind = 'stage.changed'")
    assert len(batches) == 1
    assert alice.log().count("stage.changed") == 3


@pytest.mark.parametrize(
    ("stage", "outcome", "field"),
    [("closed", "", "outcome"), ("closed", "bored", "outcome"), ("moon", "", "stage"), ("", "", "stage")],
)
def test_a_stage_or_outcome_that_is_none_is_refused(
    alice: Person, stage: str, outcome: str, field: str
) -> None:
    row_id = alice.add_application()
    with pytest.raises(Invalid) as wrong:
        alice.call(move, [row_id], stage, outcome)
    assert list(wrong.value.fields) == [field]
    assert standing(alice, row_id)[0] == "saved"


def test_a_missing_application_stops_the_whole_move(alice: Person, bob: Person) -> None:
    mine, his = alice.add_application(), bob.add_application()
    for other in (his, ABSENT, "nonsense"):
        with pytest.raises(NotFound):
            alice.call(move, [mine, other], "applied")
    assert standing(alice, mine)[0] == standing(bob, his)[0] == "saved"


def test_moves_of_more_than_five_hundred_applications_are_refused(alice: Person) -> None:
    with pytest.raises(TooMany):
        alice.call(move, [f"01890000-0000-7000-8000-{n:012x}" for n in range(501)], "applied")


def test_a_follow_up_sets_the_next_date_and_the_second_one_none(alice: Person) -> None:
    row_id = alice.add_application(stage="applied")
    alice.call(follow_up, row_id)
    assert str(alice.row("application", row_id)["follow_up_on"]) == "2026-11-10"
    alice.call(follow_up, row_id)
    assert alice.row("application", row_id)["follow_up_on"] is None
    assert alice.log() == ["application.added", "follow_up.logged", "follow_up.logged"]
    assert alice.call(follow_ups, row_id) == 2


def test_an_undone_follow_up_no_longer_counts(alice: Person) -> None:
    row_id = alice.add_application(stage="applied", follow_up_on="2026-11-05")
    alice.call(follow_up, row_id)
    alice.undo()
    assert alice.call(follow_ups, row_id) == 0
    assert str(alice.row("application", row_id)["follow_up_on"]) == "2026-11-05"


def test_correcting_an_outcome_keeps_the_day_of_closing(alice: Person) -> None:
    row_id = alice.add_application(stage="applied")
    with time_machine.travel(datetime(2026, 11, 10, 12, tzinfo=UTC), tick=False):
        alice.call(move, [row_id], "closed", "no_response")
    with time_machine.travel(datetime(2026, 12, 30, 12, tzinfo=UTC), tick=False):
        alice.call(move, [row_id], "closed", "withdrawn")
    assert alice.row("application", row_id)["stage_since"].date().isoformat() == "2026-11-10"
    alice.undo()
    assert standing(alice, row_id)[:2] == ("closed", "no_response")
    assert alice.row("application", row_id)["stage_since"].date().isoformat() == "2026-11-10"


@pytest.mark.parametrize(
    ("minutes", "furthest"), [(0, "applied"), (10, "applied"), (10.01, "interviewing"), (60, "interviewing")]
)
def test_a_move_reversed_within_ten_minutes_never_happened(
    alice: Person, minutes: float, furthest: str
) -> None:
    row_id = alice.add_application(stage="applied", follow_up_on="2026-11-20")
    before = alice.row("application", row_id)
    with time_machine.travel(datetime(2026, 11, 10, 12, tzinfo=UTC), tick=False) as clock:
        alice.call(move, [row_id], "interviewing")
        clock.shift(timedelta(minutes=minutes))
        alice.call(move, [row_id], "applied")
        after = alice.row("application", row_id)
        assert standing(alice, row_id) == ("applied", None, furthest)
        assert (after["interviewing_at"] is None) == (furthest == "applied")
        assert (after["stage_since"] == before["stage_since"]) == (furthest == "applied")
        assert (after["follow_up_on"] == before["follow_up_on"]) == (furthest == "applied")
        alice.undo()
    undone = alice.row("application", row_id)
    assert standing(alice, row_id) == ("interviewing", None, "interviewing")
    assert undone["interviewing_at"] == undone["stage_since"] == datetime(2026, 11, 10, 12, tzinfo=UTC)


def test_a_card_dragged_one_column_too_far_was_never_there(alice: Person) -> None:
    row_id = alice.add_application(stage="applied")
    alice.call(move, [row_id], "screening")
    alice.call(move, [row_id], "offer")
    alice.call(move, [row_id], "interviewing")
    row = alice.row("application", row_id)
    assert standing(alice, row_id) == ("interviewing", None, "interviewing")
    assert (row["screening_at"] is None, row["offer_at"]) == (False, None)


def test_a_saved_job_moved_to_applied_by_a_slip_has_no_date_of_sending(alice: Person) -> None:
    row_id = alice.add_application()
    alice.call(move, [row_id], "applied")
    alice.call(move, [row_id], "saved")
    assert alice.row("application", row_id)["applied_on"] is None
    alice.undo()
    assert str(alice.row("application", row_id)["applied_on"]) == "2026-11-03"


def test_moving_back_to_a_stage_on_purpose_is_no_slip_when_moved_back_again(alice: Person) -> None:
    row_id = alice.add_application(stage="interviewing")
    with time_machine.travel(datetime(2026, 11, 10, 12, tzinfo=UTC), tick=False):
        alice.call(move, [row_id], "screening")
        alice.call(move, [row_id], "applied")
    assert standing(alice, row_id) == ("applied", None, "interviewing")


@pytest.mark.parametrize(
    ("stage", "due", "then"),
    [
        ("applied", "2026-10-10", "2026-11-10"),
        ("interviewing", "2026-10-10", "2026-11-04"),
        ("applied", "2026-11-20", "2026-11-20"),
        ("saved", "2026-10-10", "None"),
    ],
)
def test_a_reopened_application_starts_a_follow_up_of_its_own(
    alice: Person, stage: str, due: str, then: str
) -> None:
    with time_machine.travel(datetime(2026, 10, 1, 12, tzinfo=UTC), tick=False):
        row_id = alice.add_application(stage="applied", follow_up_on=due)
        alice.call(move, [row_id], "closed", "no_response")
    alice.call(move, [row_id], stage)
    assert str(alice.row("application", row_id)["follow_up_on"]) == then


def test_a_follow_up_tells_how_it_was_sent(alice: Person) -> None:
    row_id = alice.add_application(stage="applied")
    alice.call(follow_up, row_id, {"way": "phone", "note": " Asked Ida\nfor a date "})
    assert (
        alice.last_event()["particulars"].items() >= {"way": "phone", "note": "Asked Ida for a date"}.items()
    )


@pytest.mark.parametrize("typed", [{"way": "pigeon"}, {"note": "x" * 201}])
def test_a_follow_up_with_an_invalid_detail_is_not_logged(alice: Person, typed: dict[str, str]) -> None:
    row_id = alice.add_application(stage="applied")
    with pytest.raises(Invalid) as invalid:
        alice.call(follow_up, row_id, typed)
    assert list(invalid.value.fields) == list(typed)
    assert "follow_up.logged" not in alice.log()
