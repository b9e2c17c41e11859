"""Prepared queries: their rows are those of the user and the moment of the call."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import cast, literal, select, text
from sqlalchemy.sql.compiler import SQLCompiler

from tests.support.people import Person
from tracker.db import Scope, scoped
from tracker.models import applications
from tracker.services import badge, dashboard, filter_choices
from tracker.services.applications import application_list, application_page, board
from tracker.services.figures import analytics_page
from tracker.services.prepared_queries import prepared_query
from tracker.services.priority import comparison
from tracker.shapes.figures import Selection
from tracker.shapes.filters import Filters

built: list[str] = []


@prepared_query
def companies(scope: Scope, stage: str) -> Any:
    built.append(stage)
    mine = select(
        applications.company,
        cast(scope.now, applications.touched_at.type).label("now"),
        literal(scope.today).label("today"),
    )
    return mine.where(applications.user_id == scope.user_id, applications.stage == stage)


def test_each_person_gets_their_own_rows_from_one_statement(alice: Person, bob: Person) -> None:
    alice.add_application("Acme")
    bob.add_application("Globex")
    built.clear()
    assert [row["company"] for row in alice.call(companies, "saved")] == ["Acme"]
    assert [row["company"] for row in bob.call(companies, "saved")] == ["Globex"]
    assert built == ["saved"]


def test_each_search_is_planned_for_its_own_terms(alice: Person) -> None:
    with scoped(alice.user) as scope:
        assert scope.rows(text("SHOW plan_cache_mode")) == [{"plan_cache_mode": "force_custom_plan"}]


def test_another_argument_and_another_day_are_another_statement(alice: Person, clock: Any) -> None:
    alice.add_application("Acme", stage="applied")
    built.clear()
    assert alice.call(companies, "offer") == []
    (before,) = alice.call(companies, "applied")
    clock.shift(86_400)
    (after,) = alice.call(companies, "applied")
    assert (after["now"] - before["now"]).days == (after["today"] - before["today"]).days == 1
    assert built == ["offer", "applied", "applied"]


READS: dict[str, Callable[[Person, str], Any]] = {
    "dashboard": lambda person, row_id: person.call(dashboard.today),
    "badge": lambda person, row_id: person.call(badge.badge_and_reminders),
    "list": lambda person, row_id: person.call(application_list.page, Filters(q="Acme", sort="score")),
    "next page": lambda person, row_id: person.call(
        application_list.page, Filters(), person.call(application_list.page, Filters(), "", 1).after, 1
    ),
    "typing error": lambda person, row_id: person.call(application_list.page, Filters(q="Acmee")),
    "board that is searched": lambda person, row_id: person.call(
        board.board_columns, Filters(view="board", q="Acme"), {}
    ),
    "filters": lambda person, row_id: person.call(filter_choices.sources_and_tags),
    "board": lambda person, row_id: person.call(board.board_columns, Filters(view="board"), {}),
    "application": lambda person, row_id: person.call(application_page.detail, row_id),
    "why a score": lambda person, row_id: person.call(comparison.explain, row_id),
    "analytics": lambda person, row_id: person.call(analytics_page.page_with_filters, Selection()),
}


@pytest.mark.parametrize("read", READS.values(), ids=READS)
def test_no_page_compiles_a_statement_again_on_each_load(
    alice: Person, read: Callable[[Person, str], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    row_id, _ = alice.add_application("Acme"), alice.add_application("Globex")
    anew: list[Any] = []
    read(alice, row_id)
    words = SQLCompiler.__init__

    def note(compiler: SQLCompiler, dialect: Any, statement: Any, *args: Any, **options: Any) -> None:
        anew.append(statement)
        words(compiler, dialect, statement, *args, **options)

    monkeypatch.setattr(SQLCompiler, "__init__", note)
    read(alice, row_id)
    assert anew == []
