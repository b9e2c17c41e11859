"""An ended session has no further effect, not even on open sockets."""

from collections.abc import Callable

from sqlalchemy import delete, select

from tests.support.people import Person
from tests.support.server import WebServer
from tests.support.tab import Tab
from tracker.db import anonymous, scoped
from tracker.models import Application, UserSession, user_sessions
from tracker.services import sessions
from tracker.shapes.people import Who

APP = "reflex___state____state.tracker___framework___app_state____app_state"
SAY = f"{APP}.tracker___state___base____notices.say"
ADD = f"{APP}.tracker___state___add_application____add_application.save"
Cookie = Callable[[Who], str]


def test_a_revoked_session_is_refused_on_the_socket_that_is_open(
    local: WebServer, alice: Person, cookie_of: Cookie
) -> None:
    cookie = cookie_of(alice.user)
    with Tab(local, cookie=cookie).hydrate() as tab:
        tab.send(SAY, message="while signed in", is_trouble=False)
        tab.wait_for("while signed in")
        with scoped(alice.user) as scope:
            assert sessions.revoke_others(scope) == 1
        tab.send(SAY, message="after revocation", is_trouble=False)
        tab.wait_for("state_mismatch")
        assert "after revocation" not in tab.settled()


def test_signing_out_ends_the_socket_that_is_open(local: WebServer, alice: Person, cookie_of: Cookie) -> None:
    cookie = cookie_of(alice.user)
    with Tab(local, cookie=cookie).hydrate() as tab, local.client() as client:
        assert client.post("/auth/sign-out", headers={"Cookie": cookie}).headers["location"] == "/sign-in"
        tab.send(SAY, message="after signing out", is_trouble=False)
        tab.wait_for("state_mismatch")
        assert "after signing out" not in tab.settled()


def test_a_session_that_ended_unheard_changes_nothing_more(
    local: WebServer, alice: Person, cookie_of: Cookie
) -> None:
    """Redis may lose the notification; the transaction itself refuses then, even if the guard doesn't."""
    with Tab(local, cookie=cookie_of(alice.user)).hydrate() as tab:
        tab.send(SAY, message="while signed in", is_trouble=False)
        tab.wait_for("while signed in")
        with anonymous() as session:
            session.execute(delete(UserSession).where(user_sessions.user_id == alice.user.user_id))
            session.changed.clear()
        tab.send(ADD, form={"company": "Never", "role": "Keeper", "stage": "saved"})
        assert "/sign-in" in tab.wait_for("_redirect")
        tab.send(SAY, message="after the end", is_trouble=False)
        tab.wait_for("state_mismatch")
        assert "after the end" not in tab.settled()
    with scoped(alice.user) as scope:
        assert scope.session.scalars(select(Application)).all() == []
