"""The steps of signing in with a provider."""

from collections.abc import Callable

from starlette.testclient import TestClient

from tracker.cookies import cookie_name, token_in
from tracker.services import sessions
from tracker.shapes.people import Who

HOME = "http://pursuit.localhost:8000"
"""Where the Pursuit under test believes it is; nothing listens there."""


Configure = Callable[..., TestClient]


def start(ours: TestClient, next_path: str = "/applications?view=board") -> str:
    """Press the button; the address at the provider."""
    answer = ours.get("/auth/start", params={"next": next_path})
    assert answer.status_code == 303
    return answer.headers["location"]


def signed_in(ours: TestClient) -> Who | None:
    """Who the browser is signed in as."""
    jar = "; ".join(f"{cookie.name}={cookie.value}" for cookie in ours.cookies.jar)
    return sessions.find(token_in(jar))


def is_refused(ours: TestClient, callback: str, problem: str) -> bool:
    """Whether the callback leads to the page that tells of this problem, and to no session."""
    answer = ours.get(callback)
    assert answer.headers["location"] == f"/sign-in?problem={problem}"
    assert cookie_name() not in ours.cookies
    return signed_in(ours) is None
