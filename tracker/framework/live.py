"""Live pages: one subscription per process; a change reloads the tabs that it concerns."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Iterator
from functools import lru_cache
from typing import Any, ClassVar

import reflex as rx
from redis.asyncio import Redis
from redis.asyncio.client import PubSub
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import RedisError
from reflex.app import App
from reflex.state import BaseState, State, StateUpdate
from reflex_base.event import Event, EventHandler
from reflex_base.event.context import EventContext
from reflex_base.registry import RegistrationContext
from reflex_base.utils.format import format_event_handler

from tracker.framework.app_state import AppState
from tracker.framework.session_cache import USER_TABLES, session_cache
from tracker.framework.tabs import Tab, tabs
from tracker.live import ChangeNotification, channel
from tracker.settings import settings

BATCH_SECONDS = 0.1
"""Seconds for which changes are collected and shown together."""
IDLE_SECONDS = 0.25
"""Seconds without an event after which the badge of a tab follows the tab's own changes."""
MAX_DELAY = 1.5
"""Seconds after which the badge follows the tab's own changes in any case."""
MAX_CONCURRENT_LOADS = 8
"""Tabs that load at the same time; the rest wait, so that user actions aren't delayed."""
LOAD_TIMEOUT = 20
"""Seconds that the load of a tab may take."""
PING_AFTER = 20
"""Seconds without a message after which the subscription is checked with a ping."""
MAX_RECONNECT_DELAY = 3.0

log = logging.getLogger(__name__)
_load_slots = asyncio.Semaphore(MAX_CONCURRENT_LOADS)


class LiveState(rx.State, mixin=True):
    """State of a live page, with the tables that concern it and a catch-up method.

    `_shows` are tables of which any row concerns the page; of `_shows_own`, only rows related to the row that the address names.
    Every page follows the user's settings and sessions. What is on every page, such as the badge, follows changes of its own
    tab too, since the handler that makes them doesn't know it.
    """

    _is_on_every_page: ClassVar[bool] = False
    _beside: ClassVar[tuple[type["LiveState"], ...]] = ()
    """States of parts of the same page, each with its own tables."""
    _shows: ClassVar[frozenset[str]] = frozenset()
    _shows_own: ClassVar[frozenset[str]] = frozenset()

    @rx.event
    async def catch_up(self) -> Any:
        """Reload what is shown, without losing a selection, filter, page or text being typed."""
        raise NotImplementedError


def shown_at(path: str) -> list[type[LiveState]]:
    """Return the live states of the page at a path."""
    every = RegistrationContext.get().app.get_load_events(path)
    states = [load.state for load in every if isinstance(load, EventHandler) and load.state]
    shown = [state for state in states if issubclass(state, LiveState)]
    return [live_state for state in shown for live_state in (state, *state._beside)]


@lru_cache
def on_every_page() -> tuple[type[LiveState], ...]:
    """Return the live states that every page shows."""
    every = [state for state in AppState.get_substates() if issubclass(state, LiveState)]
    return tuple(state for state in every if state._is_on_every_page)


class LostStateReload(rx.Middleware):
    """Middleware before the guard that reloads the page of a tab whose state was lost.

    The owner of a lost state is unknown; the guard determines it from the tab's socket, as at the tab's first event.
    """

    async def preprocess(self, app: App, state: BaseState, event: Event) -> StateUpdate | None:
        """Let an event through if it or its state names the socket it came from; reload the page otherwise."""
        if state.router_data:
            return None
        tab = tabs.with_token(EventContext.get().token)
        name = format_event_handler(State.event_handlers["hydrate_and_load"])
        return StateUpdate(events=[Event(name=name, router_data=dict(tab.router_data))] if tab else [])


async def listen(app: App) -> None:
    """Deliver notifications to this process's tabs; after an outage of Redis, each tab catches up."""
    _track_closed_tabs(app)
    wait = 0.1
    while True:
        try:
            async for changed in _notifications():
                wait = 0.1
                session_cache.drop_changed(changed)
                for tab in tabs if changed.is_all else tabs.of_user(changed.user_id):
                    _schedule_delivery(tab, changed)
        except Exception as error:
            session_cache.forget()
            is_away = isinstance(error, RedisError | OSError)
            log.warning("Pages don't follow changes for a moment: %s", error, exc_info=not is_away)
            await asyncio.sleep(wait)
            wait = min(wait * 2, MAX_RECONNECT_DELAY)


def _track_closed_tabs(app: App) -> None:
    namespace = app.event_namespace
    if namespace is None:
        return
    closed = namespace.on_disconnect

    def on_disconnect(sid: str, *_: object) -> Any:
        tabs.remove(sid)
        return closed(sid)

    namespace.on_disconnect = on_disconnect  # type: ignore[method-assign]


async def _notifications() -> AsyncIterator[ChangeNotification]:
    """Yield notifications; the first says that anything may have changed, since none was received before."""
    redis = Redis.from_url(settings().redis_url, socket_connect_timeout=3, retry=Retry(NoBackoff(), 0))
    async with redis, redis.pubsub() as subscription:
        await subscription.subscribe(channel())
        async for message in _messages(subscription):
            if message["type"] == "subscribe":
                yield ChangeNotification(is_all=True)
            elif message["type"] == "message":
                try:
                    yield ChangeNotification.of_message(message["data"])
                except ValueError:
                    log.warning("A message that isn't Pursuit's came over its channel")


async def _messages(subscription: PubSub) -> AsyncIterator[dict[str, Any]]:
    """Yield the messages of the subscription; ping it after a long silence, and raise without an answer."""
    was_pinged = False
    while True:
        message = await subscription.get_message(timeout=PING_AFTER)
        if message is not None:
            was_pinged = False
            yield message
        elif was_pinged:
            raise RedisConnectionError("the subscription doesn't answer")
        else:
            await subscription.ping()
            was_pinged = True


def _schedule_delivery(tab: Tab, changed: ChangeNotification) -> None:
    if not list(_affected_states(tab, changed)):
        return
    tab.changes = tab.changes.merged_with(changed) if tab.changes else changed
    if tab.delivery is None:
        tab.delivery = asyncio.create_task(_deliver(tab))


def _affected_states(tab: Tab, changed: ChangeNotification) -> Iterator[type[LiveState]]:
    row_id = tab.path.rpartition("/")[2]
    is_its_own = tab.token == changed.tab
    for page in on_every_page() if is_its_own else (*shown_at(tab.path), *on_every_page()):
        if changed.concerns(page._shows | USER_TABLES, page._shows_own, row_id):
            yield page


async def _deliver(tab: Tab) -> None:
    """Show a tab its pending changes, and those that arrive during a load, one load at a time."""
    try:
        while tab.changes:
            await asyncio.sleep(BATCH_SECONDS)
            await _wait_until_idle(tab)
            async with _load_slots:
                changes, tab.changes = tab.changes, None
                await _load(tab, changes)
    finally:
        tab.delivery = None


async def _wait_until_idle(tab: Tab) -> None:
    """Wait until a tab with only its own changes is idle, so that actions don't wait for it."""
    latest = time.monotonic() + MAX_DELAY - BATCH_SECONDS
    while tab.changes and tab.changes.tab == tab.token:
        wait = min(IDLE_SECONDS - tab.idle_seconds, latest - time.monotonic())
        if wait <= 0:
            return
        await asyncio.sleep(min(wait, BATCH_SECONDS))


async def _load(tab: Tab, changes: ChangeNotification) -> None:
    """Run a page's event for a tab: through the guard, with the session of the tab's socket."""
    processor = RegistrationContext.get().app.event_processor
    try:
        async with asyncio.timeout(LOAD_TIMEOUT):
            for page in _affected_states(tab, changes):
                for event in Event.from_event_type(page.catch_up):  # type: ignore[arg-type]
                    done = await processor.enqueue(tab.token, event)
                    # A tab that closes meanwhile ends the waiting, never the event.
                    await asyncio.shield(done.wait_all())
    except Exception as error:
        log.warning("A tab couldn't be shown what changed: %r", error)
