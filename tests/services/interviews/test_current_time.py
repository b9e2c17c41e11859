"""Interviews before, during and after their time, and the line for now in the calendar."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from tests.support.clock import NOW
from tests.support.people import Person
from tracker.services.actions.action_list import groups
from tracker.services.interviews.calendar import week
from tracker.services.interviews.interview_lists import agenda, detail, past
from tracker.services.interviews.scheduling import schedule
from tracker.services.interviews.state_changes import cancel, debrief, mark_done


def at(person: Person, starts: str) -> str:
    interview: str = person.call(schedule, person.add_application(), {"kind": "coding", "starts_at": starts})
    return interview


@pytest.mark.parametrize(
    ("state", "minutes_since", "flags"),
    [
        # scheduled at that time: (is_now, is_past, needs_debrief)
        ("scheduled", -1, (False, False, False)),
        ("scheduled", 0, (True, False, False)),
        ("scheduled", 59, (True, False, False)),
        ("scheduled", 60, (False, True, True)),
        ("cancelled", 0, (False, True, False)),
        ("cancelled", 60, (False, True, False)),
        ("done", 0, (False, True, True)),
        ("rated", 60, (False, True, False)),
        ("written", 60, (False, True, False)),
    ],
)
def test_an_interview_is_on_until_it_ends_and_then_needs_a_debrief(
    alice: Person, clock: time_machine.Traveller, state: str, minutes_since: int, flags: tuple[bool, ...]
) -> None:
    interview = at(alice, "2026-11-03T11:30")
    acts: dict[str, tuple[Any, ...]] = {
        "cancelled": (cancel,),
        "done": (mark_done,),
        "rated": (debrief, "", "4"),
        "written": (debrief, "Went well"),
    }
    if state in acts:
        verb, *args = acts[state]
        alice.call(verb, interview, *args)
    clock.move_to(NOW.replace(hour=10, minute=30) + timedelta(minutes=minutes_since))
    line = alice.call(detail, interview).line
    assert (line.is_now, line.is_past, line.needs_debrief) == flags
    listed = alice.call(past).interviews
    assert [(item.id, item.needs_debrief) for item in listed] == [(interview, flags[2])] * flags[1]
    assert len(alice.call(agenda)) == (not flags[1])


@pytest.mark.parametrize(
    ("now", "percent"),
    [
        ("05:59", -1),  # 06:59 in Berlin
        ("06:00", 0),
        ("09:30", 25),
        ("20:00", 100),
        ("20:01", -1),
    ],
)
def test_the_line_for_now_is_drawn_within_the_hours_shown(alice: Person, now: str, percent: float) -> None:
    with time_machine.travel(f"2026-11-03T{now}:00+00:00", tick=False):
        assert alice.call(week).now == percent


def test_an_interview_is_drawn_from_its_minute_on(alice: Person) -> None:
    at(alice, "2026-11-05T10:30")
    (day,) = (day for day in alice.call(week).weeks[0] if day.blocks)
    assert (day.blocks[0].top, day.blocks[0].height) == (25, 7.143)


def test_an_interview_that_begins_now_is_neither_prepared_for_nor_still_to_come(
    alice: Person, clock: time_machine.Traveller
) -> None:
    alice.add_application("Offered", stage="offer", deadline="2026-11-06")
    row_id = alice.add_application("Meets", stage="interviewing", follow_up_on="2027-01-01")
    alice.call(cancel, alice.call(schedule, row_id, {"kind": "final", "starts_at": "2026-11-10T09:00"}))
    alice.call(schedule, row_id, {"kind": "coding", "starts_at": "2026-11-04T11:00"})
    begins = NOW + timedelta(days=1)

    def listed() -> tuple[set[str], bool]:
        items = [item for group in alice.call(groups, 99) for item in group.first]
        offer = next(item for item in items if item.kind == "decide")
        return {item.kind for item in items} & {
            "prepare",
            "reschedule",
        }, "an interview with Meets" in offer.why

    clock.move_to(begins - timedelta(minutes=1))
    assert listed() == ({"prepare"}, True)
    clock.move_to(begins)
    assert listed() == ({"reschedule"}, False)
