"""PostgreSQL stops or freezes and returns: pages say so, keep submissions, and recover."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
import redis
import reflex as rx
from reflex.istate.manager.token import BaseStateToken

from tests.support.frozen_processes import frozen
from tests.support.live_pages import APP, add_application, wait_until
from tests.support.people import newcomer
from tests.support.server import WebServer, serve
from tests.support.tab import Tab
from tracker import db
from tracker.launch import embedded, schema
from tracker.services import sessions
from tracker.settings import settings
from tracker.shapes.people import Who

ADD = f"{APP}.tracker___state___add_application____add_application.save"


@pytest.fixture
def postgres(monkeypatch: pytest.MonkeyPatch) -> Iterator[embedded.Server]:
    """Yield a PostgreSQL of this test, to stop and to freeze."""
    with embedded.scratch_folder() as folder, embedded.start_postgres(folder) as server:
        monkeypatch.setenv("DATABASE_URL", server.url)
        clear_settings()
        schema.migrate(server.url)
        yield server
    monkeypatch.undo()
    clear_settings()


def clear_settings() -> None:
    """Clear the cached settings and connections of this process."""
    if db.engine.cache_info().currsize:
        db.engine().dispose()
    db.engine.cache_clear()
    settings.cache_clear()


@pytest.fixture
def served(postgres: embedded.Server, servers_folder: Path, redis_url: str) -> Iterator[WebServer]:
    """Yield Pursuit on that database."""
    with serve(servers_folder) as pursuit:
        yield pursuit


@pytest.fixture
def dana(served: WebServer) -> Who:
    """Return a user in that database."""
    return newcomer("Dana").user


def test_a_submission_during_a_database_outage_takes_effect_once(
    served: WebServer, dana: Who, postgres: embedded.Server, open_tab_at: Callable[..., Tab]
) -> None:
    cookie = f"pursuit-{served.port}={sessions.open_session(dana.user_id, 'a test')}"
    tab = open_tab_at(served, dana, cookie=cookie)
    postgres.child.process.send_signal(signal.SIGQUIT)
    postgres.child.process.wait()
    tab.send(ADD, form={"company": "Patience", "role": "Waiter", "stage": "saved"})
    tab.wait_for("The database isn't answering")
    other = Tab(served, cookie=cookie, path="/applications").connect()
    other.wait_for("The database isn't answering")
    with embedded.start_postgres(postgres.child.record.parent.parent, postgres.port):
        tab.wait_for("Waiter at Patience added")
        other.wait_for("Patience")
        db.engine().dispose()
        with db.engine().connect() as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM application").scalar_one() == 1
        db.engine().dispose()
    assert "Traceback" not in served.output
    assert len(served.output) < 10_000


def test_a_page_reports_a_frozen_database_within_seconds_and_recovers(
    served: WebServer, dana: Who, postgres: embedded.Server, open_tab_at: Callable[..., Tab]
) -> None:
    add_application(dana, "Glacier")
    tab = open_tab_at(served, dana)
    with frozen(postgres.child.process.pid):
        tab.send(ADD, form={"company": "Frozen", "role": "Keeper", "stage": "saved"})
        tab.wait_for("The database isn't answering")
    tab.wait_for("Keeper at Frozen added")
    wait_until(lambda: any('"outage_rx_state_":""' in packet for packet in tab.settled().split("\n")))


def test_a_one_time_address_is_not_used_up_while_the_database_is_frozen(
    served: WebServer, postgres: embedded.Server
) -> None:
    address = served.sign_in_address
    with served.client() as client:
        with frozen(postgres.child.process.pid):
            answer = client.get(address, timeout=30)
        assert (answer.status_code, answer.json()) == (503, {"detail": "The database isn't answering."})
        assert client.get(address).headers["location"] == "/"
    assert "Traceback" not in served.output


def test_a_file_is_refused_by_name_while_the_database_is_away(
    served: WebServer, dana: Who, postgres: embedded.Server
) -> None:
    cookie = f"pursuit-{served.port}={sessions.open_session(dana.user_id, 'a test')}"
    postgres.child.process.send_signal(signal.SIGQUIT)
    postgres.child.process.wait()
    with served.client() as client:
        answer = client.get("/analytics/funnel.csv", headers={"Cookie": cookie}, timeout=30)
        sent = {"files": {"file": ("cv.txt", b"Engineer", "text/plain")}}
        refusal = client.post(
            "/profile/resume", headers={"Cookie": cookie, "Origin": served.origin}, timeout=30, **sent
        )
    assert (answer.status_code, answer.json()) == (503, {"detail": "The database isn't answering."})
    assert refusal.status_code == 503
    assert refusal.json()["detail"].startswith("The database isn't answering. We can't tell")
    assert "Traceback" not in served.output


CUT_AT_COMMIT = """
CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS
$$BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END$$;
CREATE CONSTRAINT TRIGGER cut AFTER INSERT ON application DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION cut();
"""


def test_an_unconfirmed_commit_is_reported_as_in_doubt(
    served: WebServer, dana: Who, postgres: embedded.Server, open_tab_at: Callable[..., Tab]
) -> None:
    with psycopg.connect(postgres.url.replace("+psycopg", ""), autocommit=True) as owner:
        owner.execute(CUT_AT_COMMIT)
    tab = open_tab_at(served, dana)
    tab.send(ADD, form={"company": "Perhaps", "role": "Oracle", "stage": "saved"})
    tab.wait_for("We can't tell whether your change was saved.")


UNREADABLE_AFTER_COMMIT = """
CREATE FUNCTION shut() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS
$$BEGIN REVOKE SELECT ON priority FROM tracker_app; RETURN NULL; END$$;
CREATE CONSTRAINT TRIGGER shut AFTER INSERT ON application DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION shut();
"""


def test_a_saved_change_is_never_reported_as_unchanged(
    served: WebServer, dana: Who, postgres: embedded.Server, open_tab_at: Callable[..., Tab]
) -> None:
    with psycopg.connect(postgres.url.replace("+psycopg", ""), autocommit=True) as owner:
        owner.execute(UNREADABLE_AFTER_COMMIT)
    tab = open_tab_at(served, dana)
    tab.send(ADD, form={"company": "Surely", "role": "Keeper", "stage": "saved"})
    tab.wait_for("Saved, but the page couldn't be refreshed.")
    assert number_stored() == 1


def test_a_lock_that_runs_out_while_an_event_works_costs_nothing(
    served: WebServer, dana: Who, open_tab_at: Callable[..., Tab], redis_url: str
) -> None:
    token = sessions.open_session(dana.user_id, "a test")
    tab = open_tab_at(served, dana, cookie=f"pursuit-{served.port}={token}")
    ident = sessions.tab_key(tab.token, sessions.token_hash(token))
    lock = f"{BaseStateToken(ident=ident, cls=rx.State).lock_key}_lock"
    with redis.Redis.from_url(redis_url) as store, working(lambda: store.delete(lock)):
        tab.send(ADD, form={"company": "Surely", "role": "Keeper", "stage": "saved"})
        tab.wait_for("Keeper at Surely added")
    assert number_stored() == 1


def number_stored() -> int:
    with db.engine().connect() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM application").scalar_one())


@contextmanager
def working(step: Callable[[], object]) -> Iterator[None]:
    """Repeat a step in a thread until the block ends."""
    ended = threading.Event()

    def work() -> None:
        while not ended.is_set():
            step()

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
