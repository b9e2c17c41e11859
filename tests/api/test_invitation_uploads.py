"""Invitations uploaded over HTTP: owner, origin and size."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.testclient import TestClient

from tests.support.invitations import invitation
from tests.support.people import Person
from tracker.api.edge import edge
from tracker.api.routes import routes
from tracker.cookies import cookie_name
from tracker.services import sessions
from tracker.services.invitations.mail_parts import MAX_BYTES
from tracker.services.pages.invitation import read_upload
from tracker.settings import settings

HERE = "http://127.0.0.1:8000"
FILE = ("invite.ics", invitation().encode(), "text/calendar")
PATH = "/interviews/invitation"


@pytest.fixture
def served(database_url: str, redis_url: str) -> Iterator[TestClient]:
    """Yield a client of the routes behind the edge."""
    settings.cache_clear()
    with TestClient(edge(lambda name: False)(routes()), base_url=HERE, follow_redirects=False) as client:
        yield client
    settings.cache_clear()


def headers(person: Person, **more: str) -> dict[str, str]:
    token = sessions.open_session(person.user.user_id, "Test")
    return {"Cookie": f"{cookie_name()}={token}", "Origin": HERE, **more}


def query_of(location: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}


def test_an_uploaded_invitation_leads_to_the_page_that_shows_it(served: TestClient, alice: Person) -> None:
    row_id = alice.add_application("Kestrel Labs")
    answer = served.post(PATH, params={"for": row_id}, files={"file": FILE}, headers=headers(alice))
    query = query_of(answer.headers["location"])
    assert (answer.status_code, query["for"]) == (303, row_id)
    _, shown = alice.call(read_upload, query["invitation"], query["for"])
    assert (shown.title, shown.application_id) == ("Technical interview with Kestrel Labs", row_id)


def test_another_site_or_an_anonymous_client_stores_nothing(served: TestClient, alice: Person) -> None:
    foreign = headers(alice, Origin="https://evil.example")
    assert served.post(PATH, files={"file": FILE}, headers=foreign).status_code == 403
    assert served.post(PATH, files={"file": FILE}, headers={"Origin": HERE}).status_code == 401


@pytest.mark.parametrize(
    ("sent", "problem"),
    [
        ({"files": {"file": ("a.eml", b"x" * (MAX_BYTES + 1), "message/rfc822")}}, "too_large"),
        ({"files": {"file": ("a.eml", b"x" * (20 * MAX_BYTES), "message/rfc822")}}, "too_large"),
        ({"files": {"other": FILE}}, "no_file"), ({"data": {"file": "text"}}, "no_file"),
        ({"content": b"nonsense", "headers": {"Content-Type": "multipart/form-data; boundary=x"}}, "no_file"),
        ({"files": {"file": ("a.ics", b"", "text/calendar")}}, "no_file"),
    ],
    ids=range(6),
)  # fmt: skip
def test_an_unusable_upload_is_named_in_the_address(
    served: TestClient, alice: Person, sent: dict, problem: str
) -> None:
    mine = {**headers(alice), **sent.pop("headers", {})}
    answer = served.post(PATH, headers=mine, **sent)
    assert query_of(answer.headers["location"]) == {"invitation": problem}


def test_a_made_up_application_stays_one_value_of_the_address(served: TestClient, alice: Person) -> None:
    forged = "x&invitation=1\r\nSet-Cookie: a=b"
    answer = served.post(PATH, params={"for": forged}, files={"file": FILE}, headers=headers(alice))
    assert "set-cookie" not in answer.headers
    assert set(query_of(answer.headers["location"])) == {"invitation", "for"}
