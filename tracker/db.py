"""Database access: the engine, and one transaction per user action under row-level security."""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache, partial
from typing import Any, TypeVar, cast
from uuid import UUID, uuid4

import psycopg
from psycopg import RawCursor
from psycopg.rows import dict_row
from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql import Executable
from sqlmodel import SQLModel, select

from tracker import clock
from tracker.errors import NotFound, NotSignedIn
from tracker.live import ChangeNotification, ChangeTrackingSession, publish
from tracker.liveness import Frozen, LiveConnection
from tracker.models.base import Owned, columns_of
from tracker.settings import settings
from tracker.shapes.enumerations import Door
from tracker.shapes.people import Who

M = TypeVar("M", bound=Owned)
R = TypeVar("R")
Row = Mapping[str, Any]
"""Values of a row by column name."""
log = logging.getLogger(__name__)
_BEGIN = (
    # Parallel workers take longer to start than any of these queries takes to run. A generic plan, to which PostgreSQL switches
    # after a few calls, suits neither rare nor frequent values of searches and filters.
    "BEGIN{isolation}; SELECT set_config('role', '{role}', true), set_config('app.user_id', '{user_id}', true), "
    # In a server's own time zone, `+ interval '1 day'` may not be 24 hours, and timestamps without a zone would be read in it.
    "set_config('TimeZone', 'UTC', true), "
    "set_config('max_parallel_workers_per_gather', '0', true), "
    "set_config('plan_cache_mode', 'force_custom_plan', true)"
)
"""Begins a transaction and sets its role and user in one round trip; several statements can't have parameters."""
_REQUIRE_SESSION = ", insist_on_session('{session_id}', '{user_id}', '{now}')"
"""Checks the user's session in the same round trip; PostgreSQL raises `_SESSION_ENDED` when it has ended."""
_SESSION_ENDED = "PS001"

_SET_ROLE = text("SELECT set_config('role', :role, true)")


@lru_cache
def engine() -> Engine:
    """Return the connection pool, created on first use: forks and builds must have no connection."""
    size = settings().database_pool
    pool = create_engine(
        settings().database_url.replace("postgresql://", "postgresql+psycopg://", 1),
        pool_size=size,
        max_overflow=size,
        pool_recycle=1800,
        hide_parameters=True,  # Users' content must not be logged.
        pool_timeout=3,
        connect_args={"application_name": "pursuit", "connect_timeout": 2},
    )
    event.listen(pool, "do_connect", _connected)
    return pool


def _connected(
    dialect: Any, record: Any, arguments: Sequence[Any], options: dict[str, Any]
) -> LiveConnection:
    return LiveConnection.connect(*arguments, **options)


@dataclass
class Scope:
    """One transaction of one user, with the time, the entry point and the undo batch."""

    session: ChangeTrackingSession
    who: Who
    door: Door = Door.WEB
    now: datetime = field(default_factory=clock.now)
    batch: UUID = field(default_factory=uuid4)
    outbox: list[Callable[[], None]] = field(default_factory=list)
    has_events: bool = False
    """Whether the action has recorded an event, so that it can be undone."""
    deferred: dict[Callable[["Scope", set[UUID]], None], set[UUID]] = field(default_factory=dict)

    @property
    def user_id(self) -> UUID:
        """Return the user's id."""
        return self.who.user_id

    @property
    def today(self) -> date:
        """Return today's date in the user's time zone."""
        return self.now.astimezone(self.who.zone).date()

    def get(self, model: type[M], row_id: UUID | str, *, lock: bool = False) -> M:
        """Return the user's row; raises NotFound for an unknown, foreign or invalid id."""
        own = columns_of(model)
        query = select(model).where(own.user_id == self.user_id, own.id == as_uuid(row_id, model))
        row = self.session.scalars(query.with_for_update() if lock else query).one_or_none()
        if row is None:
            raise NotFound(model.__name__.lower())
        return row

    def add(self, row: M) -> M:
        """Add a row of the user and flush, which sets its id."""
        row.user_id = self.user_id
        self.session.add(row)
        self.session.flush()
        return row

    def reread(self) -> None:
        """Run deferred updates, flush, and expire loaded rows, so that the next query reads them again."""
        self.run_deferred()
        self.session.flush()
        self.session.expire_all()

    def send(self, message: Callable[[], None]) -> None:
        """Send a message after commit; drop it on rollback.

        A message may be lost, so rows must not depend on it.
        """
        self.outbox.append(message)

    def defer(self, step: Callable[["Scope", set[UUID]], None], ids: Iterable[UUID]) -> None:
        """Register an update to run once for these rows before commit."""
        self.deferred.setdefault(step, set()).update(ids)

    def run_deferred(self) -> None:
        """Run deferred updates now, so that later reads in this transaction see them."""
        while self.deferred:
            step, ids = self.deferred.popitem()
            step(self, ids)

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Run a block whose changes are rolled back if it raises, while the transaction goes on."""
        deferred, has_events = {step: set(ids) for step, ids in self.deferred.items()}, self.has_events
        sent = len(self.outbox)
        try:
            with self.session.begin_nested():
                yield
        except BaseException:
            self.deferred, self.has_events = deferred, has_events
            del self.outbox[sent:]
            raise

    @contextmanager
    def counting(self) -> Iterator[ChangeTrackingSession]:
        """Run a block of this transaction under the upkeep role, which can count all users' rows.

        It uses no second connection, which could exhaust the pool.
        """
        self.session.flush()
        self.session.execute(_SET_ROLE, {"role": "tracker_upkeep"})
        yield self.session
        self.session.execute(_SET_ROLE, {"role": "tracker_app"})

    def rows(self, query: Executable, values: Mapping[str, Any] | None = None) -> list[Row]:
        """Return a query's rows by column name."""
        rows: Any = self.session.execute(query, values or {}).mappings().all()
        return list(rows)

    def read(self, query: str, values: Sequence[Any]) -> list[Row]:
        """Return the rows of raw SQL with parameters $1, $2 and so on.

        The SQL must not change anything, since its changes wouldn't be published.
        """
        self.session.flush()
        driver: Any = self.session.connection().connection.driver_connection
        try:
            with RawCursor[Row](driver, row_factory=dict_row) as cursor:
                return cursor.execute(query, values).fetchall()
        except psycopg.Error as error:
            raise DBAPIError.instance(query, None, error, psycopg.Error, hide_parameters=True) from error


def as_uuid(row_id: UUID | str, model: type[SQLModel] | None = None) -> UUID:
    """Parse an id from a browser; raises NotFound when it isn't a UUID."""
    if isinstance(row_id, UUID):
        return row_id
    try:
        return UUID(row_id)
    except (ValueError, AttributeError, TypeError):
        raise NotFound(model.__name__.lower() if model else "page") from None


@contextmanager
def _transaction(
    role: str, user_id: UUID | None = None, session_id: UUID | None = None, *, is_snapshot: bool = False
) -> Iterator[ChangeTrackingSession]:
    isolation = " ISOLATION LEVEL REPEATABLE READ" if is_snapshot else ""
    begin = _BEGIN.format(isolation=isolation, role=role, user_id=user_id or "")
    if session_id:
        begin += _REQUIRE_SESSION.format(session_id=session_id, user_id=user_id, now=clock.now().isoformat())
    with _with_live_connection(partial(_begin_transaction, begin)) as session:
        yield session
        session.is_committed = None
        try:
            session.commit()
        except DBAPIError as error:
            session.is_committed = None if error.connection_invalidated else False
            raise
        session.is_committed = True


def _begin_transaction(begin: str) -> ChangeTrackingSession:
    session = ChangeTrackingSession(engine(), expire_on_commit=False)
    try:
        # In autocommit mode the driver sends no BEGIN of its own, but it still ends the transaction begun here.
        connection = session.connection(execution_options={"isolation_level": "AUTOCOMMIT"})
        connection.exec_driver_sql(begin, execution_options={"no_parameters": True})
    except BaseException as error:
        session.close()
        if isinstance(error, DBAPIError) and getattr(error.orig, "sqlstate", "") == _SESSION_ENDED:
            raise NotSignedIn from None
        raise
    return session


def _with_live_connection(first: Callable[[], R]) -> R:
    """Run the first statement on a connection, again on a new one if the pooled connection was dead.

    This saves a ping before every transaction.
    """
    try:
        return first()
    except DBAPIError as error:
        if not error.connection_invalidated or isinstance(error.orig, Frozen):
            raise
        return first()


def call_function(query: str, values: dict[str, Any]) -> Row | None:
    """Return the row of a database function, in one round trip without a transaction.

    Only for functions that run under a more limited role and take all their input as arguments.
    """

    def query_row() -> Row | None:
        with engine().connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            row = connection.exec_driver_sql(query, values).mappings().one_or_none()
            return cast("Row | None", row)

    return _with_live_connection(query_row)


@contextmanager
def scoped(who: Who, door: Door = Door.WEB, tab: str = "", *, is_snapshot: bool = False) -> Iterator[Scope]:
    """Open a transaction of one user under row-level security; commit at the end, else roll back.

    After commit it sends the outbox and publishes the changed rows to all tabs except `tab`. A message that can't be sent is
    logged, and the change stays. With `is_snapshot`, all queries see the rows as they were at the first one. Raises
    NotSignedIn when the user's session has ended.
    """
    with _transaction("tracker_app", who.user_id, who.session_id, is_snapshot=is_snapshot) as session:
        yield (scope := Scope(session, who, door))
        scope.run_deferred()
    if session.changed:
        scope.send(partial(publish, ChangeNotification(str(who.user_id), session.changed, tab)))
    for message in scope.outbox:
        try:
            message()
        except Exception:
            log.exception("Couldn't send a message after commit; the change is saved")


@contextmanager
def anonymous() -> Iterator[ChangeTrackingSession]:
    """Open a transaction before sign-in: it can read only users and sessions."""
    with _transaction("tracker_sign_in") as session:
        yield session


@contextmanager
def upkeep() -> Iterator[ChangeTrackingSession]:
    """Open a transaction of the nightly upkeep: it can delete expired rows of all users."""
    with _transaction("tracker_upkeep") as session:
        yield session
