"""Figures as files over plain HTTP."""

import csv
import io
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from tests.support.people import Person
from tracker.api.edge import edge
from tracker.api.routes import routes
from tracker.cookies import cookie_name
from tracker.db import scoped
from tracker.services import sessions
from tracker.services.applications import creation
from tracker.services.figures.tables import NAMES
from tracker.settings import settings
from tracker.shapes.people import Who


@pytest.fixture
def served(database_url: str, redis_url: str) -> Iterator[TestClient]:
    """Yield a client of the routes behind the edge."""
    settings.cache_clear()
    with TestClient(edge(lambda name: False)(routes()), base_url="http://127.0.0.1:8000") as client:
        yield client
    settings.cache_clear()


def cookie(user: Who) -> dict[str, str]:
    return {"Cookie": f"{cookie_name()}={sessions.open_session(user.user_id, 'Test')}"}


def added(user: Who, **facts: str) -> None:
    with scoped(user) as scope:
        creation.add(scope, {"company": "Linear", "role": "Engineer", **facts}, "applied")


def lines(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


def test_an_anonymous_client_gets_no_figure(served: TestClient) -> None:
    assert served.get("/analytics/source.csv").status_code == 401


@pytest.mark.parametrize("name", NAMES)
def test_each_figure_can_be_downloaded(served: TestClient, alice: Person, name: str) -> None:
    added(alice.user, source="LinkedIn")
    answer = served.get(f"/analytics/{name}.csv", headers=cookie(alice.user))
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == f'attachment; filename="pursuit-{name}.csv"'
    assert answer.content.startswith(b"\xef\xbb\xbf")
    heads, *rows = lines(answer.text)
    assert rows
    assert all(len(row) == len(heads) for row in rows)


def test_a_figure_there_is_not_is_not_found(served: TestClient, alice: Person) -> None:
    assert served.get("/analytics/secrets.csv", headers=cookie(alice.user)).status_code == 404


def test_a_cell_is_never_a_formula(served: TestClient, alice: Person) -> None:
    every = ("=", "+", "-", "@")
    for begins in every:
        added(alice.user, source=f"{begins}HYPERLINK(1)")
    text = served.get("/analytics/source.csv", headers=cookie(alice.user)).text
    first = [row[0] for row in lines(text)][1:]
    assert sorted(first) == sorted(f"'{begins}HYPERLINK(1)" for begins in every)


def test_shares_are_numbers_in_columns_of_their_own(served: TestClient, alice: Person) -> None:
    for _ in range(3):
        added(alice.user, source="LinkedIn")
    with scoped(alice.user) as scope:
        for stage in ("screening", "interviewing", "offer"):
            creation.add(scope, {"company": "Linear", "role": "Engineer", "source": "LinkedIn"}, stage)
    by_name = {
        name: lines(served.get(f"/analytics/{name}.csv", headers=cookie(alice.user)).text)
        for name in ("source", "rates", "funnel", "waiting")
    }
    heads, row = by_name["source"]
    assert heads[:8] == ["Source", "Sent", "Response", "Interview", "Offer", "Response, %",
                         "Response, 95 % from, %", "Response, 95 % to, %"]  # fmt: skip
    assert row == [
        "LinkedIn",
        "6",
        "3",
        "2",
        "1",
        "50.0",
        "18.8",
        "81.2",
        "33.3",
        "9.7",
        "70.0",
        "16.7",
        "3.0",
        "56.4",
    ]
    assert by_name["rates"][2] == ["Interview rate", "2", "6", "33.3", "9.7", "70.0"]
    assert by_name["funnel"][4][:4] == ["Interviewing", "2", "", ""]
    assert by_name["funnel"][3][:4] == ["Screening", "3", "50.0", "18.8"]
    assert by_name["waiting"][1][4:] == ["0.0", "0.0", "0.0"]
    assert not any("%" in cell for rows in by_name.values() for row in rows[1:] for cell in row)


def test_a_file_has_the_users_own_figures_of_the_selection(
    served: TestClient, alice: Person, bob: Person
) -> None:
    added(alice.user, source="LinkedIn")
    added(alice.user, source="Referral")
    added(bob.user, source="Bobcorp")
    address = "/analytics/source.csv?source=Referral&since=2020-01-01&nonsense=1"
    text = served.get(address, headers=cookie(alice.user)).text
    assert [row[0] for row in lines(text)] == ["Source", "Referral"]
