"""The pipeline of past days, and the actions on each, worked out by hand."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from tests.support.dated_steps import at, story
from tests.support.people import Person
from tracker.services.applications.stage_moves import move
from tracker.services.figures.drilldown import applications_behind
from tracker.services.figures.history import actions, courses, days
from tracker.shapes.figures import Selection


def standings(person: Person, row_id: str, *october: int) -> list[str]:
    course = next(
        course for course in person.call(lambda scope: list(courses(scope))) if str(course.id) == row_id
    )
    return [course.on(at(day).date()) for day in october]


def test_the_status_of_a_day_is_that_of_its_last_change(alice: Person) -> None:
    row_id = story(
        alice, "Whole", (3, "saved"), (5, "applied"), (9, "screening"), (9, "interviewing"), (20, "rejected")
    )
    assert standings(alice, row_id, 2, 3, 4, 5, 8, 9, 19, 20, 34) == [
        "", "saved", "saved", "applied", "applied", "interviewing", "interviewing", "rejected", "rejected"
    ]  # fmt: skip


def test_a_day_of_sending_before_it_left_saved_counts_as_the_change(alice: Person) -> None:
    row_id = story(alice, "Dated", (3, "saved"), (9, "applied"), (9, "sent 2026-10-05"), (12, "screening"))
    assert standings(alice, row_id, 2, 3, 4, 5, 9, 12) == [
        "",
        "saved",
        "saved",
        "applied",
        "applied",
        "screening",
    ]
    earlier = story(alice, "Earlier", (3, "saved"), (9, "applied"), (9, "sent 2026-10-01"))
    assert standings(alice, earlier, 1, 3, 9) == ["applied"] * 3
    same_day = story(alice, "Same day", (3, "saved"), (9, "applied"), (9, "sent 2026-10-03"))
    assert standings(alice, same_day, 2, 3) == ["", "applied"]
    skipping = story(alice, "Skipping", (3, "saved"), (9, "screening"), (9, "sent 2026-10-05"))
    assert standings(alice, skipping, 4, 5, 8, 9) == ["saved", "applied", "applied", "screening"]
    later = story(alice, "Later", (3, "saved"), (9, "applied"), (12, "sent 2026-10-11"))
    assert standings(alice, later, 8, 9, 11) == ["saved", "applied", "applied"]
    still = story(alice, "Still saved", (3, "saved"), (9, "sent 2026-10-05"))
    assert standings(alice, still, 3, 9) == ["saved", "saved"]


def test_a_move_that_is_reversed_within_ten_minutes_never_happened(alice: Person) -> None:
    with time_machine.travel(at(5), tick=False) as clock:
        row_id = alice.add_application(stage="applied")
        clock.move_to(at(6))
        alice.call(move, [row_id], "offer")
        clock.move_to(at(6, 5))
        alice.call(move, [row_id], "applied")
        clock.move_to(at(8))
        alice.call(move, [row_id], "screening")
    (course,) = alice.call(lambda scope: list(courses(scope)))
    assert [(change.day.day, change.standing) for change in course.changes] == [
        (5, "applied"),
        (8, "screening"),
    ]
    assert (course.sent_on, course.answered_on) == (date(2026, 10, 5), date(2026, 10, 8))


@pytest.mark.parametrize(
    ("end", "answered"),
    [
        ("rejected", 12),
        ("declined", 12),
        ("withdrawn", None),
        ("no_response", None),
        ("offer", 12),
        ("interviewing", 12),
    ],
)
def test_an_answer_is_a_later_stage_or_a_decision(alice: Person, end: str, answered: int | None) -> None:
    story(alice, "Ended", (5, "applied"), (12, end))
    (course,) = alice.call(lambda scope: list(courses(scope)))
    assert course.answered_on == (date(2026, 10, answered) if answered else None)


def test_changes_by_day_add_up_to_the_pipeline(alice: Person) -> None:
    story(alice, "Sent", (3, "saved"), (5, "applied"), (12, "screening"))
    story(alice, "Saved", (5, "saved"))
    changes = alice.call(days)
    assert {day.day: {name: n for name, n in moved.items() if name} for day, moved in changes.moved.items()} == {
        3: {"saved": 1}, 5: {"saved": 0, "applied": 1}, 12: {"applied": -1, "screening": 1}
    }  # fmt: skip
    assert (dict(changes.sent), dict(changes.answered)) == ({date(2026, 10, 5): 1}, {date(2026, 10, 12): 1})
    assert changes.actions == {date(2026, 10, 3): 1, date(2026, 10, 5): 2, date(2026, 10, 12): 1}
    assert changes.first == date(2026, 10, 3)


def test_actions_of_a_period_are_those_from_its_first_midnight_to_its_last(
    alice: Person, bob: Person
) -> None:
    berlin = (datetime(2026, 10, day, 22, tzinfo=UTC) for day in (3, 4, 5))
    for midnight in berlin:
        for instant in (midnight - timedelta(seconds=1), midnight):
            with time_machine.travel(instant, tick=False):
                for person in (alice, bob):
                    person.add_application(source="Board" if instant == midnight else "")
    first, last = date(2026, 10, 5), date(2026, 10, 5)
    assert alice.call(actions) == {date(2026, 10, day): n for day, n in ((3, 1), (4, 2), (5, 2), (6, 1))}
    assert alice.call(actions, first, last) == {date(2026, 10, 5): 2}
    assert alice.call(actions, first, last, Selection(source="Board")) == {date(2026, 10, 5): 1}
    assert alice.call(actions, first) == {date(2026, 10, 5): 2, date(2026, 10, 6): 1}

    def acted_on(behind: str) -> int:
        with alice.scope() as scope:
            return len(scope.session.execute(applications_behind(scope, Selection(), behind)).all())

    assert [acted_on(f"did:2026-10-0{day}") for day in (3, 4, 5, 6, 7)] == [1, 2, 2, 1, 0]
    assert [acted_on(f"did:2026-{day}:week") for day in ("09-27", "09-28", "10-04", "10-06")] == [1, 3, 5, 1]


def test_a_change_late_in_the_evening_is_of_the_users_day(alice: Person) -> None:
    with time_machine.travel(datetime(2026, 10, 5, 22, 30, tzinfo=UTC), tick=False):
        row_id = alice.add_application()
    assert standings(alice, row_id, 5, 6) == ["", "saved"]
