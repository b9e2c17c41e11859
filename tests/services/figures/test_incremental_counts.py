"""Figures when something changes or nothing is there: recounted where needed, and only there."""

from tests.support.people import newcomer
from tests.support.statements import statements
from tracker.services.applications.deletion import remove
from tracker.services.applications.stage_moves import move
from tracker.services.figures import all_figures, incremental_counts
from tracker.services.figures.all_figures import figures
from tracker.services.figures.analytics_page import analytics
from tracker.services.priority.wishes_form import save
from tracker.shapes.figures import Selection


def test_counting_ten_figures_takes_a_few_statements() -> None:
    alice = newcomer("Alice")
    alice.add_application(stage="applied")
    with statements() as sent:
        alice.call(figures, Selection())
    assert len(sent) <= 6
    with statements() as again:
        alice.call(figures, Selection())
    assert len(again) == len(sent) - 1


def test_pay_is_recomputed_when_the_rates_change() -> None:
    alice = newcomer("Alice", currency="EUR")
    for _ in range(5):
        alice.add_application(stage="applied", salary_from="100000", currency="USD", salary_period="year")

    def bands() -> list[str]:
        return [group.label for group in alice.call(figures, Selection()).breakdowns[3].groups]

    assert bands() == ["EUR 80,000 to 100,000"]
    alice.call(save, {"rates": "USD 2"})
    assert bands() == ["EUR 50,000 to 60,000"]
    alice.call(save, {"currency": "USD"})
    assert bands() == ["USD 100,000 to 120,000"]
    pay = alice.call(analytics, Selection()).breakdowns[3]
    assert "converted to USD at approximate exchange rates from Tue 1 Jul 2025" in pay.summary
    assert "rates" not in newcomer("Bob").call(analytics, Selection()).breakdowns[3].summary


def test_a_change_of_one_application_is_counted_at_once() -> None:
    alice = newcomer("Alice")
    row_id = alice.add_application(stage="applied")
    assert alice.call(figures, Selection()).funnel[2].count == 0
    alice.call(move, [row_id], "screening")
    moving = alice.batch
    assert alice.call(figures, Selection()).funnel[2].count == 1
    alice.undo(moving)
    assert alice.call(figures, Selection()).funnel[2].count == 0


def test_every_figure_of_no_applications_is_empty() -> None:
    alice = newcomer("Alice")
    assert alice.call(analytics, Selection()).is_empty
    alice.add_application(stage="applied")
    assert alice.call(analytics, Selection(source="LinkedIn")).is_none_selected
    assert alice.call(figures, Selection(source="LinkedIn")).n == 0


def test_a_search_that_lost_its_last_application_counts_nothing() -> None:
    alice = newcomer("Alice")
    row_id = alice.add_application(stage="applied")
    assert alice.call(figures, Selection()).n == 1
    alice.call(remove, [row_id])
    assert alice.call(figures, Selection()).n == 0


def test_incremental_counts_equal_a_full_count() -> None:
    alice = newcomer("Alice")
    rows = [alice.add_application(f"Company {n}", stage="applied" if n % 2 else "saved") for n in range(24)]
    for n, row_id in enumerate(rows):
        alice.call(figures, Selection())
        alice.call(move, [row_id], "screening" if n % 3 else "offer")
    seen = alice.call(figures, Selection())
    incremental_counts._cache.clear()
    all_figures._cache.clear()
    assert alice.call(figures, Selection()) == seen
    assert [step.count for step in seen.funnel] == [24, 24, 24, 8, 8]
