"""Edge middleware over plain routes: hosts, origins, headers, cookies and health."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.support.people import Person
from tracker import cache, db, one_time_address
from tracker.api.edge import edge
from tracker.api.routes import routes
from tracker.cookies import cookie_name, token_in
from tracker.services import sessions
from tracker.settings import settings

HERE = "http://127.0.0.1:8000"


@pytest.fixture
def served(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, database_url: str, redis_url: str
) -> Iterator[TestClient]:
    """Yield a client of the routes behind the edge, without a provider, on loopback."""
    monkeypatch.setenv("PURSUIT_DATA_DIR", str(tmp_path))
    settings.cache_clear()
    with TestClient(edge(lambda name: False)(routes()), base_url=HERE, follow_redirects=False) as client:
        yield client
    monkeypatch.undo()
    settings.cache_clear()


@pytest.fixture
def over_https(served: TestClient, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    """Yield a client of the routes behind HTTPS, with a provider."""
    for name, value in {
        "PUBLIC_URL": "https://pursuit.example",
        "OIDC_ISSUER": "https://issuer.example",
        "OIDC_CLIENT_ID": "pursuit",
    }.items():
        monkeypatch.setenv(name, value)
    settings.cache_clear()
    served.base_url = "https://pursuit.example"
    return served


def address() -> str:
    """Return a one-time address of the local account."""
    return one_time_address.issue(settings().data_dir, HERE)


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1", "127.0.0.1:80", "localhost:8000.evil.example", ""]
)
def test_another_host_is_not_served(served: TestClient, host: str) -> None:
    answer = served.get("/sign-in", headers={"Host": host})
    assert answer.status_code == 421
    assert HERE in answer.text


def test_a_browser_at_another_host_is_shown_the_way(served: TestClient) -> None:
    answer = served.get("/sign-in", headers={"Host": "evil.example", "Accept": "text/html"})
    assert answer.status_code == 421
    assert f"Open Pursuit at {HERE}." in answer.text
    assert f'href="{HERE}"' in answer.text
    assert "script-src" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost:8000", "LOCALHOST:8000"])
def test_each_name_of_loopback_is_served(served: TestClient, host: str) -> None:
    assert served.get("/api/x", headers={"Host": host}).status_code == 404


@pytest.mark.parametrize("path", ["/livez", "/readyz"])
def test_health_is_answered_under_any_host_name(served: TestClient, path: str) -> None:
    assert served.get(path, headers={"Host": "10.0.0.7:8000"}).status_code == 200


def test_the_server_reports_that_it_is_ready(served: TestClient) -> None:
    assert served.get("/readyz").json() == {"ready": True, "trouble": []}


def test_the_server_reports_why_it_is_not_ready_without_a_secret(
    served: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql+psycopg://someone:secret@127.0.0.1:1/none")
    monkeypatch.setenv("REDIS_URL", "redis://:secret@127.0.0.1:1/0")
    originals = db.engine, cache.valkey
    settings.cache_clear()
    for door in originals:
        monkeypatch.setattr(db if door is db.engine else cache, door.__name__, door.__wrapped__)
    monkeypatch.setattr("tracker.services.health.engine", db.engine)
    monkeypatch.setattr("tracker.services.health.valkey", cache.valkey)
    answer = served.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["trouble"] == [
        "The database doesn't answer, or has no schema yet.",
        "Redis doesn't answer.",
    ]
    assert "secret" not in answer.text


def test_an_older_schema_is_not_ready(served: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracker.services.health.migration_head", lambda: "9999")
    (trouble,) = served.get("/readyz").json()["trouble"]
    assert "this version needs 9999" in trouble


@pytest.mark.parametrize("path", ["/api/x", "/api/", "/auth/x"])
def test_not_found_is_answered_as_json(served: TestClient, path: str) -> None:
    answer = served.get(path)
    assert answer.status_code == 404
    assert answer.json() == {"detail": "There is no page at this address."}


@pytest.mark.parametrize(
    ("accept", "kind"),
    [("text/html,*/*", "text/html"), ("application/json", "application/json"), ("text/plain", "text/plain")],
)
def test_not_found_is_answered_in_the_requested_format(served: TestClient, accept: str, kind: str) -> None:
    for method, path, status in (
        ("GET", "/api/x", 404),
        ("GET", "/auth/sign-out", 404),
        ("PUT", "/livez", 405),
    ):
        answer = served.request(method, path, headers={"Accept": accept})
        assert answer.status_code == status
        assert answer.headers["content-type"].startswith(kind)
        assert "<main" in answer.text or kind != "text/html"
        assert "address" in answer.text


def test_an_unexpected_error_is_shown_with_a_reference_and_logged(
    database_url: str, redis_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    app = routes()

    def raise_secret() -> None:
        raise RuntimeError("a secret of the inside")

    app.add_api_route("/ping-breaks", raise_secret)
    with TestClient(edge(lambda name: False)(app), base_url=HERE, raise_server_exceptions=False) as client:
        answer = client.get("/ping-breaks", headers={"Accept": "text/html"})
    assert answer.status_code == 500
    assert answer.headers["x-content-type-options"] == "nosniff"
    reference = answer.text.partition("Reference ")[2][:8]
    assert f"({reference})" in caplog.text
    assert "secret" not in answer.text


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/openapi.json", "/_upload", "/_all_routes"])
def test_no_document_shadows_a_page(served: TestClient, path: str) -> None:
    assert served.get(path).status_code == 404


def test_every_response_forbids_unused_browser_features(served: TestClient) -> None:
    for path in ("/livez", "/api/x", "/nothing", "/auth/start"):
        answer = served.get(path)
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        assert "camera=()" in answer.headers["permissions-policy"]
        assert answer.headers["cache-control"] == "no-store"
        assert "strict-transport-security" not in answer.headers


def test_over_https_the_cookie_and_the_headers_are_stricter(over_https: TestClient, alice: Person) -> None:
    assert "max-age" in over_https.get("/livez").headers["strict-transport-security"]
    token = sessions.open_session(alice.user.user_id, "a test")
    answer = over_https.post(
        "/auth/sign-out", headers={"Origin": "https://pursuit.example", "Cookie": f"__Host-pursuit={token}"}
    )
    assert answer.headers["set-cookie"].startswith(
        "__Host-pursuit=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure"
    )
    assert sessions.find(token) is None
    assert over_https.get("/auth/local").headers["location"].endswith("problem=no-local")


def test_the_local_session_ends_where_a_provider_is_configured(
    served: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    served.get(address())
    token = served.cookies[cookie_name()]
    assert sessions.find(token)
    monkeypatch.setenv("OIDC_ISSUER", "https://issuer.example")
    monkeypatch.setenv("OIDC_CLIENT_ID", "pursuit")
    settings.cache_clear()
    assert sessions.find(token) is None


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:8001"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
    ],
    ids=str,
)
def test_another_site_cannot_sign_out(served: TestClient, alice: Person, headers: dict[str, str]) -> None:
    token = sessions.open_session(alice.user.user_id, "a test")
    answer = served.post("/auth/sign-out", headers={**headers, "Cookie": f"{cookie_name()}={token}"})
    assert answer.headers["location"] == "/sign-in?problem=foreign"
    assert "set-cookie" not in answer.headers
    assert sessions.find(token)


def test_sign_out_is_refused_by_get(served: TestClient) -> None:
    assert served.get("/auth/sign-out").status_code in (404, 405)


def test_a_planted_session_token_is_replaced_at_sign_in(served: TestClient) -> None:
    planted = "x" * 43
    answer = served.get(address(), headers={"Cookie": f"{cookie_name()}={planted}"})
    assert token_in(answer.headers["set-cookie"]) not in ("", planted)
    assert sessions.find(planted) is None


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("/", "/sign-in"),
        ("/applications?q=a%20b", "/sign-in?next=%2Fapplications%3Fq%3Da%2520b"),
        ("//evil.example/", "/sign-in"),
    ],
)
def test_an_anonymous_browser_is_redirected_to_sign_in(served: TestClient, path: str, location: str) -> None:
    answer = served.get(f"{HERE}{path}", headers={"Accept": "text/html,*/*"})
    assert (answer.status_code, answer.headers["location"]) == (303, location)


def test_only_a_hash_of_the_session_token_is_stored(database_url: str, alice: Person) -> None:
    token = sessions.open_session(alice.user.user_id, "a test")
    with db.anonymous() as session:
        stored = (
            session.connection()
            .exec_driver_sql("SELECT user_session::text FROM user_session")
            .scalars()
            .all()
        )
    assert not any(token in row for row in stored)
