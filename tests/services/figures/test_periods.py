"""Figures of days and weeks over a short, a long and a future period."""

from datetime import timedelta

import time_machine

from tests.support.clock import NOW
from tests.support.people import Person
from tracker.services.applications.field_edits import edit
from tracker.services.figures.all_figures import figures
from tracker.services.figures.analytics_page import analytics
from tracker.shapes.analytics import Analytics
from tracker.shapes.figures import Figures, Selection


def shown(person: Person, **query: str) -> Analytics:
    return person.call(analytics, Selection.of_query(query))  # type: ignore[no-any-return]


def added(person: Person, days_ago: int, **facts: str) -> str:
    with time_machine.travel(NOW - timedelta(days=days_ago), tick=False):
        return person.add_application(stage="applied", **facts)


def test_activity_is_shown_for_the_selected_period(alice: Person) -> None:
    added(alice, 400)
    added(alice, 1)
    assert shown(alice).activity.summary == "1 change on 1 day in the last year."
    of = shown(alice, since="2025-09-03", until="2025-10-31")
    assert of.activity.summary == "1 change on 1 day from Wed 3 Sept 2025 to Fri 31 Oct 2025."
    assert (len(of.heat.cells), of.heat.cells[0][:2], of.heat.cells[-1][3]) == (59, ["0", "24"], "2025-10-31")
    assert [cell[3] for cell in of.heat.cells if cell[2] != "0"] == ["2025-09-29"]


def test_an_edit_that_moves_the_follow_up_too_counts_once(alice: Person) -> None:
    row_id = added(alice, 1)
    sent_on, earlier = ((NOW - timedelta(days=days)).date().isoformat() for days in (1, 3))
    alice.call(edit, row_id, "applied_on", earlier, sent_on)
    edits = alice.rows("SELECT particulars ->> 'field' AS field FROM event WHERE kind = 'application.edited'")
    assert sorted(row["field"] for row in edits) == ["applied_on", "follow_up_on"]
    assert shown(alice).activity.summary == "2 changes on 2 days in the last year."


def test_of_a_long_period_the_last_53_weeks_are_shown_and_it_says_so(alice: Person) -> None:
    added(alice, 1200)
    added(alice, 600)
    of = shown(alice, since="2020-01-01", until="2025-06-01")
    assert of.activity.summary.endswith(
        " to Sun 1 Jun 2025. The period is longer; its last 53 weeks are shown."
    )
    assert of.activity.summary.startswith("1 change on 1 day from Mon 27 May 2024")
    assert len(of.heat.cells) == 53 * 7


def test_a_period_to_come_leaves_the_page_with_nothing_in_it(alice: Person) -> None:
    added(alice, 1)
    of = shown(alice, since="2050-01-01")
    assert of.is_none_selected
    assert of.activity.summary == "0 changes on 0 days in a period that hasn't started yet."
    assert (of.heat.width, len(of.bars)) == (0, 1)


def over(person: Person, **query: str) -> Figures:
    return person.call(figures, Selection.of_query(query))  # type: ignore[no-any-return]


def test_weeks_end_with_the_current_one_whatever_the_period(alice: Person) -> None:
    added(alice, 900)
    added(alice, 0)
    seen = over(alice, until="2100-01-01")
    assert [week.count for week in seen.weeks] == [0] * 103 + [1]
    assert seen.weeks_left_out == (
        "Earlier weeks are left out, with 1 sent in them; 104 are shown. Future weeks are left out."
    )
    assert seen.weeks_left_out in shown(alice, until="2100-01-01").weeks.summary


def test_weeks_go_on_to_the_last_application_and_end_before_today_where_the_period_does(
    alice: Person,
) -> None:
    added(alice, 40)
    alice.set_sent_date(added(alice, 0), "2026-12-01")
    assert [week.count for week in over(alice, since="2026-11-30", until="2100-01-01").weeks] == [1]
    seen = over(alice, since="2026-09-07", until="2026-10-04")
    assert ([week.count for week in seen.weeks], seen.weeks_left_out) == ([0, 0, 1, 0], "")
