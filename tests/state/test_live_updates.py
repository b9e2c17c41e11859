"""Changes show in every other tab of the same user, and in no one else's."""

from collections.abc import Callable

import redis
from sqlalchemy import text

from tests.support.live_pages import (
    BADGE,
    LIST,
    SAY,
    VIEW,
    add_application,
    packets_since,
    tab_count,
    wait_until,
)
from tests.support.owner import owner_engine
from tests.support.people import Person
from tests.support.server import WebServer
from tests.support.tab import Tab
from tracker.db import scoped
from tracker.live import channel
from tracker.services import sessions
from tracker.services.applications import field_edits, stage_moves
from tracker.shapes.people import Who

Opens = Callable[..., Tab]


def test_a_workers_change_shows_in_every_tab_of_its_user(tab_of: Opens, alice: Person) -> None:
    tabs = [tab_of(alice.user), tab_of(alice.user), tab_of(alice.user, "/")]
    add_application(alice.user, "Halcyon")
    for tab in tabs:
        tab.wait_for("Halcyon")


def test_a_move_in_one_tab_shows_in_the_other_and_comes_to_its_own_tab_once(
    tab_of: Opens, alice: Person
) -> None:
    row_id = add_application(alice.user, "Halcyon")
    first, other = tab_of(alice.user), tab_of(alice.user)
    seen = len(first.raw)
    first.send(f"{LIST}.move", application_id=row_id, to="screening")
    assert '"stage":"screening"' in other.wait_for("Halcyon")
    add_application(alice.user, "A fence")
    first.wait_for("A fence")
    assert sum("cards_rx_state_" in packet for packet in first.raw[seen:]) == 2


def test_no_other_user_is_notified(tab_of: Opens, alice: Person, bob: Person) -> None:
    hers, his = tab_of(alice.user), tab_of(bob.user)
    seen = len(his.raw)
    with owner_engine().begin() as untold:
        query = "INSERT INTO application (user_id, company, role) VALUES (:id, 'Untold', 'Engineer')"
        untold.execute(text(query), {"id": bob.user.user_id})
    for company in ("Halcyon", "Papermill"):
        add_application(alice.user, company)
        hers.wait_for(company)
    his.send(SAY, message="a fence", is_trouble=False)
    his.wait_for("a fence")
    assert not any("cards_rx_state_" in packet for packet in his.raw[seen:])
    add_application(bob.user, "Bobworks")
    assert "Untold" in his.wait_for("Bobworks")
    assert "Halcyon" not in packets_since(his, seen)


def test_a_page_of_one_application_stays_still_while_others_change(tab_of: Opens, alice: Person) -> None:
    mine, other = add_application(alice.user, "Halcyon"), add_application(alice.user, "Elsewhere")
    tab, beside = tab_of(alice.user, f"/applications/{mine}"), tab_of(alice.user)
    seen = len(tab.raw)
    with scoped(alice.user) as scope:
        stage_moves.move(scope, [other], "applied")
    beside.wait_for('"stage":"applied"')
    with scoped(alice.user) as scope:
        field_edits.edit(scope, mine, "location", "Bergen", "")
    tab.wait_for("Bergen")
    assert packets_since(tab, seen).count("detail_rx_state_") == 1


def open_editing_tab(tab_of: Opens, user: Who) -> tuple[str, Tab]:
    """Open a tab with the notes of an application being edited; return both."""
    row_id = add_application(user, "Halcyon", notes="as it was")
    tab = tab_of(user, f"/applications/{row_id}")
    tab.send(f"{VIEW}.edit", field="notes")
    tab.wait_for('"editing_rx_state_":"notes"')
    return row_id, tab


def test_a_text_being_edited_keeps_its_base_version_and_the_page_updates(
    tab_of: Opens, alice: Person
) -> None:
    row_id, tab = open_editing_tab(tab_of, alice.user)
    with scoped(alice.user) as scope:
        field_edits.edit(scope, row_id, "notes", "written elsewhere", "as it was")
        field_edits.edit(scope, row_id, "location", "Bergen", "")
    followed = tab.wait_for("Bergen")
    assert '"notes":"as it was"' in followed
    assert '"notes":"written elsewhere"' not in followed
    tab.send(f"{VIEW}.save", form={"field": "notes", "value": "mine", "was": "as it was"})
    clash = tab.wait_for("clash_rx_state_")
    assert "written elsewhere" in clash
    tab.send(f"{VIEW}.edit", field="location")
    assert '"notes":"written elsewhere"' in tab.wait_for('"notes":')


def test_the_badge_reaches_a_page_after_the_page_itself(tab_of: Opens, alice: Person) -> None:
    row_id, tab = open_editing_tab(tab_of, alice.user)
    tab.path = "/applications"
    tab.send(f"{LIST}.load")
    tab.wait_for("cards_rx_state_")
    tab.path = f"/applications/{row_id}"
    tab.send(f"{BADGE}.catch_up")
    tab.wait_for("alarm_rx_state_")
    tab.send(f"{VIEW}.load")
    assert '"editing_rx_state_":""' in tab.wait_for("editing_rx_state_")


def test_the_badge_is_asked_for_once_a_socket_and_follows_from_then_on(
    open_tab_at: Callable[..., Tab], served: WebServer, alice: Person
) -> None:
    cookie = f"pursuit-{served.port}={sessions.open_session(alice.user.user_id, 'a test')}"
    tab = open_tab_at(served, alice.user, "/applications", cookie)
    tab.send(f"{BADGE}.load")
    tab.wait_for("alarm_rx_state_")
    shown = len(tab.raw)
    tab.path = "/contacts"
    tab.send(f"{BADGE}.load")
    assert "alarm_rx_state_" not in packets_since(tab, shown)
    add_application(alice.user, "Halcyon")  # Due because of the weekly goal.
    assert '"due_rx_state_":1' in tab.wait_for("due_rx_state_")
    tab.socket.close()
    wait_until(lambda: tab_count(served) == 0)
    with Tab(served, cookie=cookie, token=tab.token, path="/contacts").hydrate() as again:
        again.send(f"{BADGE}.load")
        again.wait_for("alarm_rx_state_")


def test_the_page_and_the_selection_stay_where_they_were(tab_of: Opens, alice: Person) -> None:
    ids = [add_application(alice.user, f"Company {n:02}") for n in range(55)]
    tab = tab_of(alice.user, "/applications?sort=company&order=asc")
    tab.send(f"{LIST}.turn_page", forward=True)
    tab.wait_for("Company 54")
    tab.send(f"{LIST}.select", application_id=ids[52], chosen=True)
    tab.wait_for("selected_rx_state_")
    with scoped(alice.user) as scope:
        stage_moves.move(scope, [ids[53]], "offer")
    packet = tab.wait_for('"stage":"offer"')
    assert "Company 54" in packet
    assert "Company 03" not in packet
    tab.send(f"{LIST}.select", application_id=ids[51], chosen=True)
    assert f'"selected_rx_state_":["{ids[52]}","{ids[51]}"]' in tab.wait_for(ids[51])


def test_a_tab_whose_session_was_ended_gets_no_data_and_is_redirected_at_once(
    tab_of: Opens, served: WebServer, alice: Person
) -> None:
    cookie = f"pursuit-{served.port}={sessions.open_session(alice.user.user_id, 'lost laptop')}"
    lost, seen = tab_of(alice.user, cookie=cookie), 0
    mine = sessions.find(cookie.partition("=")[2])
    assert mine
    remaining, seen = tab_of(alice.user), len(lost.raw)
    with scoped(alice.user) as scope:
        sessions.revoke(scope, str(mine.session_id))
    add_application(alice.user, "Halcyon")
    lost.wait_for("state_mismatch")
    remaining.wait_for("Halcyon")
    assert "Halcyon" not in packets_since(lost, seen)


def test_a_closed_tab_leaves_no_state_behind(tab_of: Opens, served: WebServer, alice: Person) -> None:
    wait_until(lambda: tab_count(served) == 0)
    tabs = [tab_of(alice.user) for _ in range(3)]
    assert tab_count(served) == 3
    add_application(alice.user, "Halcyon")
    for tab in tabs:
        tab.__exit__()
    wait_until(lambda: tab_count(served) == 0)
    assert tab_count(served, "delivering") == 0


def test_a_hundred_tabs_cost_no_subscription_more_than_none(
    tab_of: Opens, served: WebServer, alice: Person, redis_url: str
) -> None:
    with redis.Redis.from_url(redis_url) as store:
        [(_, alone)] = store.pubsub_numsub(channel())
        tabs = [tab_of(alice.user, "/contacts") for _ in range(100)]
        assert store.pubsub_numsub(channel()) == [(channel().encode(), alone)]
    assert alone >= 1
    wait_until(lambda: tab_count(served) == len(tabs))
