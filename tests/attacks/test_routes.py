"""Every route with another user's ids, from another site, with forged cookies and odd parameters."""

from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from fastapi.routing import APIRoute
from starlette.testclient import TestClient

from tests.support import generation_verbs
from tests.support.people import Person
from tracker.api.edge import edge
from tracker.api.routes import routes
from tracker.cookies import cookie_name
from tracker.services import sessions
from tracker.services.exports.table_files import TABLES
from tracker.services.figures.tables import NAMES
from tracker.services.interviews.scheduling import schedule
from tracker.services.letters.versions import draft
from tracker.services.profile.edits import add_bullet
from tracker.settings import settings
from tracker.shapes.people import Who

HERE = "http://127.0.0.1:8000"
FOR_A_PERSON = {
    "/letters/{letter_id}.{kind}",
    "/model-calls/{call_id}.txt",
    "/analytics/{name}.csv",
    "/exports/{name}.{kind}",
    "/interviews/{interview_id}.ics",
    "/interviews/upcoming.ics",
}
CHANGES = {
    "/import/file",
    "/profile/resume",
    "/auth/sign-out",
    "/exports/upload",
    "/exports/everything/{archive_id}",
    "/interviews/invitation",
}
FOR_ANYONE = {
    "/livez",
    "/readyz",
    "/auth/start",
    "/auth/callback",
    "/auth/local",
    "/api/{rest:path}",
    "/auth/{rest:path}",
    "/api/feeds/{token}.ics",
}
SECRET = "Bobcorp"
ODD = [
    "%00",
    "%ED%A0%80",
    "%FF%FE",
    "a%00b",
    "%F0%9F%92%A9",
    "%0d%0aX:%20y",
    "x" * 5_000,
    "-1",
    "1e999",
    "[]",
    "%27%22%3B--",
    "../../x",
    "%25%30%30",
]


@pytest.fixture
def served(database_url: str, redis_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """Yield a client of the routes behind the edge; errors in them fail the test."""
    monkeypatch.setenv("SIGN_INS_A_MINUTE", "100000")
    settings.cache_clear()
    with TestClient(edge(lambda name: False)(routes()), base_url=HERE, follow_redirects=False) as client:
        yield client
    monkeypatch.undo()
    settings.cache_clear()


def cookie(user: Who) -> str:
    return f"{cookie_name()}={sessions.open_session(user.user_id, 'a test')}"


@pytest.fixture
def addresses_of_bob(bob: Person) -> dict[str, str]:
    """Return the addresses of bob's rows."""
    bob.call(add_bullet, {"text": f"Ran {SECRET}"})
    application = bob.add_application(SECRET, "Engineer")
    letter = bob.call(draft, application)
    generation_verbs.create_rows(bob, application, SECRET)
    call = bob.rows("SELECT id FROM model_call")[0]["id"]
    interview = bob.call(schedule, application, {"starts_at": "2100-11-05T09:00"})
    return {
        "letter": f"/letters/{letter}",
        "call": f"/model-calls/{call}.txt",
        "interview": f"/interviews/{interview}.ics",
    }


def paths(every: Iterable[Any]) -> Iterator[str]:
    """Return the path of each route, included routers too; of the framework's own only our schema."""
    for route in every:
        if hasattr(route, "original_router"):
            yield from paths(route.original_router.routes)
        elif isinstance(route, APIRoute):
            yield route.path


def test_every_route_is_attacked_here() -> None:
    assert set(paths(routes().routes)) == FOR_A_PERSON | CHANGES | FOR_ANYONE


def test_bob_gets_his_own_files(served: TestClient, bob: Person, addresses_of_bob: dict[str, str]) -> None:
    lists = ("/exports/applications.csv", "/interviews/upcoming.ics")
    for address in (
        addresses_of_bob["letter"] + ".txt",
        addresses_of_bob["call"],
        addresses_of_bob["interview"],
        *lists,
    ):
        assert SECRET in served.get(address, headers={"Cookie": cookie(bob.user)}).text


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_no_data_of_bobs_reaches_alice_or_an_anonymous_client(
    served: TestClient, alice: Person, addresses_of_bob: dict[str, str], method: str
) -> None:
    files = [addresses_of_bob["letter"] + f".{kind}" for kind in ("txt", "md", "docx", "pdf", "TXT", "")]
    for address in (
        *files,
        addresses_of_bob["call"],
        addresses_of_bob["interview"],
        addresses_of_bob["call"].upper(),
        f"//{addresses_of_bob['call']}",
        f"/analytics/../{addresses_of_bob['call']}",
    ):
        for headers in ({"Cookie": cookie(alice.user)}, {}):
            answer = served.request(method, HERE + address, headers=headers)
            assert answer.status_code in (401, 404, 405), address
            assert SECRET not in answer.text


@pytest.mark.parametrize(
    "address", [*(f"/exports/{name}.csv" for name in TABLES), "/interviews/upcoming.ics"]
)
def test_no_row_of_bobs_comes_to_alice(
    served: TestClient, alice: Person, addresses_of_bob: dict[str, str], address: str
) -> None:
    answer = served.get(address, headers={"Cookie": cookie(alice.user)})
    assert answer.status_code == 200
    assert SECRET not in answer.text
    assert served.get(address).status_code == 401


@pytest.mark.parametrize("name", NAMES)
def test_no_figure_of_bobs_comes_to_alice(
    served: TestClient, alice: Person, addresses_of_bob: dict[str, str], name: str
) -> None:
    answer = served.get(f"/analytics/{name}.csv", headers={"Cookie": cookie(alice.user)})
    assert SECRET not in answer.text


@pytest.mark.parametrize(
    "headers",
    [{}, {"Origin": "https://evil.example"}, {"Origin": "null"}, {"Origin": HERE + ".evil.example"}, {"Origin": "http://127.0.0.1:8001"},
     {"Origin": "https://127.0.0.1:8000"}, {"Origin": ""}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"},
     {"Sec-Fetch-Site": "none"}, {"Origin": "https://evil.example", "Sec-Fetch-Site": "same-origin"},
     {"Referer": HERE + "/settings"}, {"X-Forwarded-Host": "127.0.0.1:8000", "Origin": "https://evil.example"}],
    ids=str,
)  # fmt: skip
@pytest.mark.parametrize("path", sorted(CHANGES))
def test_no_other_site_changes_anything(
    served: TestClient, alice: Person, path: str, headers: dict[str, str]
) -> None:
    mine = cookie(alice.user)
    answer = served.post(
        path, headers={**headers, "Cookie": mine}, files={"file": ("a.txt", b"Ann, engineer")}
    )
    assert answer.status_code == 403 or answer.headers["location"] == "/sign-in?problem=foreign"
    assert sessions.find(mine.partition("=")[2])
    assert alice.rows("SELECT 1 FROM resume_import") == []
    assert alice.rows("SELECT 1 FROM data_import") == []


@pytest.mark.parametrize(
    "override", ["X-HTTP-Method-Override", "X-Method-Override", "X-HTTP-Method", "_method"]
)
def test_no_header_makes_a_link_a_change(served: TestClient, alice: Person, override: str) -> None:
    mine = cookie(alice.user)
    for path in CHANGES:
        served.get(f"{path}?_method=POST", headers={override: "POST", "Cookie": mine, "Origin": HERE})
    assert sessions.find(mine.partition("=")[2])


def forged(token: str) -> dict[str, str]:
    """Return cookies forged from the session's."""
    name, mark = cookie_name(), sessions.token_hash(token)
    return {
        "its hash": f"{name}={mark}",
        "its hash cut": f"{name}={mark[:43]}",
        "shorter": f"{name}={token[:-1]}",
        "longer": f"{name}={token}x",
        "quoted": f'{name}="{token}"',
        "another name": f"{name.upper()}={token}",
        "another port": f"pursuit-8001={token}",
        "the https name": f"__Host-pursuit={token}",
        "an attempt's": f"pursuit-attempt-8000={token}",
        "turned": f"{name}={token[::-1]}",
        "in other letters": f"{name}={token.swapcase()}",
        "encoded": f"{name}=%{ord(token[0]):x}{token[1:]}",
        "with a null": f"{name}={token}\x00",
    }


@pytest.mark.parametrize("kind", sorted(forged("x" * 43)))
def test_no_forged_cookie_opens_a_session(
    served: TestClient, bob: Person, addresses_of_bob: dict[str, str], kind: str
) -> None:
    token = sessions.open_session(bob.user.user_id, "a test")
    headers: Any = {b"cookie": forged(token)[kind].encode()}
    assert served.get(addresses_of_bob["call"], headers=headers).status_code == 401


def test_an_ended_session_opens_nothing(
    served: TestClient, bob: Person, addresses_of_bob: dict[str, str]
) -> None:
    mine = cookie(bob.user)
    served.post("/auth/sign-out", headers={"Cookie": mine, "Origin": HERE})
    assert served.get(addresses_of_bob["call"], headers={"Cookie": mine}).status_code == 401


@pytest.mark.parametrize("value", ODD, ids=lambda value: value[:12])
def test_no_odd_parameter_breaks_a_route(served: TestClient, alice: Person, value: str) -> None:
    mine = {"Cookie": cookie(alice.user)}
    names = [
        "next",
        "state",
        "code",
        "iss",
        "error",
        "token",
        "fresh",
        "period",
        "since",
        "until",
        "source",
        "tag",
        "role",
        "day",
        value,
    ]
    query = "&".join(f"{name}={value}" for name in names)[:50_000]
    paths = [*(f"/analytics/{name}.csv" for name in (*NAMES, value)), f"/letters/{value}.txt", f"/letters/x.{value}",
             f"/model-calls/{value}.txt", "/auth/start", "/auth/callback", "/auth/local", f"/api/{value}", f"/auth/{value}", f"/{value}"]  # fmt: skip
    for path in paths:
        assert served.get(f"{path}?{query}", headers=mine).status_code < 500, path


@pytest.mark.parametrize("value", ODD, ids=lambda value: value[:12])
def test_no_odd_parameter_breaks_the_way_to_sign_in(served: TestClient, value: str) -> None:
    for path in (f"/?next={value}", f"/{value}", f"/applications?q={value}"):
        answer = served.get(path, headers={"Accept": "text/html"})
        assert answer.status_code in (303, 400, 404)
        location = answer.headers.get("location", "/sign-in")
        assert location.startswith("/sign-in")
        assert "\r" not in location + str(answer.headers)
