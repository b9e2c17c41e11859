"""Requests that reach the server twice with one idempotency key."""

from collections.abc import Callable

import pytest

from tests.support.live_pages import APP, SAY
from tests.support.people import Person
from tests.support.tab import Tab
from tracker.services.letters.versions import draft
from tracker.services.profile.edits import add_bullet

ADD = f"{APP}.tracker___state___add_application____add_application.save"
REMOVE = f"{APP}.tracker___state___letters____letters.remove"
SEND = f"{APP}.tracker___state___letters____letters.send"


@pytest.fixture
def seeker(alice: Person) -> Person:
    """Return Alice with a bullet to draft letters from."""
    alice.call(add_bullet, {"text": "Moved 40 services to PostgreSQL"})
    return alice


def test_two_requests_to_remove_a_version_remove_one(tab_of: Callable[..., Tab], seeker: Person) -> None:
    application = seeker.add_application()
    *_, newest = (seeker.call(draft, application) for _ in range(3))
    tab = tab_of(seeker.user, f"/applications/{application}")
    for _ in range(2):
        tab.send(REMOVE, letter_id=newest, key="one press")
    tab.send(SAY, message="that was all", is_trouble=False)
    tab.wait_for("that was all")
    assert len(seeker.rows("SELECT 1 FROM letter")) == 2


def test_the_version_that_was_pressed_is_marked_as_sent_even_if_another_is_shown(
    tab_of: Callable[..., Tab], seeker: Person
) -> None:
    application = seeker.add_application()
    pressed, _ = (seeker.call(draft, application) for _ in range(2))
    tab = tab_of(seeker.user, f"/applications/{application}")
    tab.send(SEND, letter_id=pressed, key="one press")
    tab.wait_for("Marked as sent")
    sent = seeker.rows("SELECT id FROM letter WHERE sent_on IS NOT NULL")
    assert [str(row["id"]) for row in sent] == [pressed]


def test_a_repeated_request_gets_the_firsts_notice_whatever_it_brings(
    tab_of: Callable[..., Tab], alice: Person
) -> None:
    tab = tab_of(alice.user)
    tab.send(ADD, form={"company": "Patience", "role": "Waiter", "form_key": "one press"})
    tab.wait_for("Waiter at Patience added")
    tab.send(ADD, form={"company": "Elsewhere", "form_key": "one press"})
    tab.wait_for("Waiter at Patience added")
    assert len(alice.rows("SELECT 1 FROM application")) == 1
