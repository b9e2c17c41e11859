"""Steps of signing in with a provider."""

from collections.abc import Callable

from starlette.testclient import TestClient

from tracker.cookies import cookie_name, token_in
from tracker.services import sessions
from tracker.shapes.people import Who

HOME = "http://pursuit.localhost:8000"
"""Public address of the Pursuit under test; nothing listens there."""


Configure = Callable[..., TestClient]


def start(client: TestClient, next_path: str = "/applications?view=board") -> str:
    """Press the sign-in button; return the address at the provider."""
    answer = client.get("/auth/start", params={"next": next_path})
    assert answer.status_code == 303
    return answer.headers["location"]


def signed_in(client: TestClient) -> Who | None:
    """Return the user that the browser is signed in as."""
    jar = "; ".join(f"{cookie.name}={cookie.value}" for cookie in client.cookies.jar)
    return sessions.find(token_in(jar))


def is_refused(client: TestClient, callback: str, problem: str) -> bool:
    """Return whether the callback leads to the page about this problem, without a session."""
    answer = client.get(callback)
    assert answer.headers["location"] == f"/sign-in?problem={problem}"
    assert cookie_name() not in client.cookies
    return signed_in(client) is None
