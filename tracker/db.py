"""The door to the rows: one engine, one transaction per action, one person per transaction."""

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
from tracker.shapes.people import Who
from tracker.shapes.words import Door

M = TypeVar("M", bound=Owned)
R = TypeVar("R")
Row = Mapping[str, Any]
"""A row that was read, by its columns' names."""
log = logging.getLogger(__name__)
_BEGIN = (
    # Parallel workers cost more to start than any of these queries takes; and where a search or a filter is asked for, a plan
    # that is made for whoever asks, which PostgreSQL settles on after a few calls, suits neither a long search nor a short one.
    "BEGIN; SELECT set_config('role', '{role}', true), set_config('app.user_id', '{user_id}', true), "
    # A server may have another zone, in which `+ interval '1 day'` isn't 24 hours and instants are read on its clocks.
    "set_config('TimeZone', 'UTC', true), "
    "set_config('max_parallel_workers_per_gather', '0', true), "
    "set_config('plan_cache_mode', 'force_custom_plan', true)"
)
"""Begins a transaction and says whose it is in one trip, which takes no parameters: a role of ours, and an identifier."""
_INSIST = ", insist_on_session('{session_id}', '{user_id}', '{now}')"
"""In the same trip: PostgreSQL refuses with `_ENDED` where the session has ended."""
_ENDED = "PS001"

_AS = text("SELECT set_config('role', :role, true)")


@lru_cache
def engine() -> Engine:
    """The process's connection pool, opened on first use so that forks and builds hold no connection."""
    size = settings().database_pool
    made = create_engine(
        settings().database_url.replace("postgresql://", "postgresql+psycopg://", 1),
        pool_size=size,
        max_overflow=size,
        pool_recycle=1800,
        hide_parameters=True,  # what people write belongs into no log
        pool_timeout=3,
        connect_args={"application_name": "pursuit", "connect_timeout": 2},
    )
    event.listen(made, "do_connect", _connected)
    return made


def _connected(dialect: Any, record: Any, words: Sequence[Any], named: dict[str, Any]) -> LiveConnection:
    return LiveConnection.connect(*words, **named)


@dataclass
class Scope:
    """One person's transaction: everything a verb needs to know of who acts, when, and through which door."""

    session: ChangeTrackingSession
    who: Who
    door: Door = Door.WEB
    now: datetime = field(default_factory=clock.now)
    batch: UUID = field(default_factory=uuid4)
    outbox: list[Callable[[], None]] = field(default_factory=list)
    has_happened: bool = False
    """Whether the log says anything of this action, which is what can be taken back."""
    owed: dict[Callable[["Scope", set[UUID]], None], set[UUID]] = field(default_factory=dict)

    @property
    def user_id(self) -> UUID:
        """The person whose rows these are."""
        return self.who.user_id

    @property
    def today(self) -> date:
        """The calendar day it is where the person lives."""
        return self.now.astimezone(self.who.zone).date()

    def get(self, model: type[M], row_id: UUID | str, *, lock: bool = False) -> M:
        """The person's row of that id; NotFound when there is none, or it is someone else's, or the id is nonsense."""
        own = columns_of(model)
        query = select(model).where(own.user_id == self.user_id, own.id == as_uuid(row_id, model))
        row = self.session.scalars(query.with_for_update() if lock else query).one_or_none()
        if row is None:
            raise NotFound(model.__name__.lower())
        return row

    def add(self, row: M) -> M:
        """Keep a new row as the person's own; it has its id when this returns."""
        row.user_id = self.user_id
        self.session.add(row)
        self.session.flush()
        return row

    def look_again(self) -> None:
        """Do what is owed, write what is pending and forget what was read, so that the next query shows the rows as they stand."""
        self.settle()
        self.session.flush()
        self.session.expire_all()

    def send(self, message: Callable[[], None]) -> None:
        """Have a message leave once the transaction is kept, and never if it isn't; it may be lost, so that rows are
        the truth and messages only hurry."""
        self.outbox.append(message)

    def owe(self, step: Callable[["Scope", set[UUID]], None], ids: Iterable[UUID]) -> None:
        """Have a step done for these rows once, however often it is owed, before the transaction is kept."""
        self.owed.setdefault(step, set()).update(ids)

    def settle(self) -> None:
        """Do what is owed now: for whoever reads, in the transaction that changed them, what the steps bring up to date."""
        while self.owed:
            step, ids = self.owed.popitem()
            step(self, ids)

    @contextmanager
    def counting(self) -> Iterator[ChangeTrackingSession]:
        """A part of this transaction that sees of everyone what the upkeep sees; it takes no second connection, for which
        many could wait while each holds its first."""
        self.session.flush()
        self.session.execute(_AS, {"role": "tracker_upkeep"})
        yield self.session
        self.session.execute(_AS, {"role": "tracker_app"})

    def rows(self, query: Executable, values: Mapping[str, Any] | None = None) -> list[Row]:
        """What a query over columns answers, row by row."""
        found: Any = self.session.execute(query, values or {}).mappings().all()
        return list(found)

    def read(self, words: str, values: Sequence[Any]) -> list[Row]:
        """What a query answers that stands in PostgreSQL's own words, with parameters $1 and on, row by row; it may change nothing,
        since nobody notices what it does."""
        self.session.flush()
        driver: Any = self.session.connection().connection.driver_connection
        try:
            with RawCursor[Row](driver, row_factory=dict_row) as cursor:
                return cursor.execute(words, values).fetchall()
        except psycopg.Error as error:
            raise DBAPIError.instance(words, None, error, psycopg.Error, hide_parameters=True) from error


def as_uuid(row_id: UUID | str, model: type[SQLModel] | None = None) -> UUID:
    """The identifier a browser sent, which may be anything at all; NotFound when it can't be one."""
    if isinstance(row_id, UUID):
        return row_id
    try:
        return UUID(row_id)
    except (ValueError, AttributeError, TypeError):
        raise NotFound(model.__name__.lower() if model else "page") from None


@contextmanager
def _transaction(
    role: str, user_id: UUID | None = None, session_id: UUID | None = None
) -> Iterator[ChangeTrackingSession]:
    begin = _BEGIN.format(role=role, user_id=user_id or "")
    if session_id:
        begin += _INSIST.format(session_id=session_id, user_id=user_id, now=clock.now().isoformat())
    with _alive(partial(_opened, begin)) as session:
        yield session
        session.is_committed = None
        try:
            session.commit()
        except DBAPIError as error:
            session.is_committed = None if error.connection_invalidated else False
            raise
        session.is_committed = True


def _opened(begin: str) -> ChangeTrackingSession:
    session = ChangeTrackingSession(engine(), expire_on_commit=False)
    try:
        # To the driver no transaction has begun, so that it sends no BEGIN of its own; it ends the one that has.
        connection = session.connection(execution_options={"isolation_level": "AUTOCOMMIT"})
        connection.exec_driver_sql(begin, execution_options={"no_parameters": True})
    except BaseException as error:
        session.close()
        if isinstance(error, DBAPIError) and getattr(error.orig, "sqlstate", "") == _ENDED:
            raise NotSignedIn from None
        raise
    return session


def _alive(first: Callable[[], R]) -> R:
    """What the first statement on a connection gives; a connection that died in the pool is replaced once.

    This spares the question before every transaction whether its connection still lives.
    """
    try:
        return first()
    except DBAPIError as error:
        if not error.connection_invalidated or isinstance(error.orig, Frozen):
            raise
        return first()


def answer(query: str, values: dict[str, Any]) -> Row | None:
    """The one row that a function of the database's own gives, asked in the driver's words: in one trip and with no transaction
    around it.

    Only for functions that run as a narrower role than ours and take all they need as arguments.
    """

    def ask() -> Row | None:
        with engine().connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            row = connection.exec_driver_sql(query, values).mappings().one_or_none()
            return cast(Row | None, row)

    return _alive(ask)


@contextmanager
def scoped(who: Who, door: Door = Door.WEB, tab: str = "") -> Iterator[Scope]:
    """One transaction of one person, fenced by row-level security; commits at the end, or nothing happened.

    What the verb put in the outbox leaves after the commit, and word of what it changed, to every tab but the one that
    acts. A carrier that is away is logged and never undoes the action. Raises NotSignedIn where the session that asks for it has ended.
    """
    with _transaction("tracker_app", who.user_id, who.session_id) as session:
        yield (scope := Scope(session, who, door))
        scope.settle()
    if session.changed:
        scope.send(partial(publish, ChangeNotification(str(who.user_id), session.changed, tab)))
    for message in scope.outbox:
        try:
            message()
        except Exception:
            log.exception("A message wasn't sent; what it tells of is kept")


@contextmanager
def anonymous() -> Iterator[ChangeTrackingSession]:
    """One transaction of nobody: it sees users and sessions, to find out who someone is, and nothing else."""
    with _transaction("tracker_sign_in") as session:
        yield session


@contextmanager
def upkeep() -> Iterator[ChangeTrackingSession]:
    """One transaction of the nightly upkeep: it may delete what has expired, of anyone, and read nothing else."""
    with _transaction("tracker_upkeep") as session:
        yield session
