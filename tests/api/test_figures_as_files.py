"""The figures as files, over plain HTTP."""

import csv
import io
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from tracker.api.edge import edge
from tracker.api.routes import routes
from tracker.cookies import cookie_name
from tracker.db import scoped
from tracker.services import sessions
from tracker.services.applications import adding
from tracker.services.figures.tables import NAMES
from tracker.settings import settings
from tracker.shapes.people import Who


@pytest.fixture
def served(database_url: str, redis_url: str) -> Iterator[TestClient]:
    """The routes behind the edge."""
    settings.cache_clear()
    with TestClient(edge(lambda name: False)(routes()), base_url="http://127.0.0.1:8000") as client:
        yield client
    settings.cache_clear()


def cookie(who: Who) -> dict[str, str]:
    return {"Cookie": f"{cookie_name()}={sessions.open_session(who.user_id, 'Test')}"}


def added(who: Who, **facts: str) -> None:
    with scoped(who) as scope:
        adding.add(scope, {"company": "Linear", "role": "Engineer", **facts}, "applied")


def test_a_stranger_gets_no_figure(served: TestClient) -> None:
    assert served.get("/analytics/source.csv").status_code == 401


@pytest.mark.parametrize("name", NAMES)
def test_each_figure_can_be_downloaded(served: TestClient, alice: Who, name: str) -> None:
    added(alice, source="LinkedIn")
    answer = served.get(f"/analytics/{name}.csv", headers=cookie(alice))
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == f'attachment; filename="pursuit-{name}.csv"'
    heads, *rows = csv.reader(io.StringIO(answer.text))
    assert rows
    assert all(len(row) == len(heads) for row in rows)


def test_a_figure_there_is_not_is_not_found(served: TestClient, alice: Who) -> None:
    assert served.get("/analytics/secrets.csv", headers=cookie(alice)).status_code == 404


def test_a_cell_is_never_a_formula(served: TestClient, alice: Who) -> None:
    for begins in ("=", "+", "-", "@"):
        added(alice, source=f"{begins}HYPERLINK(1)")
    text = served.get("/analytics/source.csv", headers=cookie(alice)).text
    first = [row[0] for row in csv.reader(io.StringIO(text))][1:]
    assert sorted(first) == sorted(f"'{begins}HYPERLINK(1)" for begins in ("=", "+", "-", "@"))


def test_it_is_the_own_figures_of_the_selection(served: TestClient, alice: Who, bob: Who) -> None:
    added(alice, source="LinkedIn")
    added(alice, source="Referral")
    added(bob, source="Bobcorp")
    asked = "/analytics/source.csv?source=Referral&since=2020-01-01&nonsense=1"
    text = served.get(asked, headers=cookie(alice)).text
    assert [row[0] for row in csv.reader(io.StringIO(text))] == ["Source", "Referral"]
