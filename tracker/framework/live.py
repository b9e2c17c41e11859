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
from redis.exceptions import ConnectionError as Away
from redis.exceptions import RedisError
from reflex.app import App
from reflex.state import BaseState, State, StateUpdate
from reflex_base.event import Event, EventHandler
from reflex_base.event.context import EventContext
from reflex_base.registry import RegistrationContext
from reflex_base.utils.format import format_event_handler

from tracker.framework.app_state import AppState
from tracker.framework.session_cache import USER_TABLES, recognized
from tracker.framework.tabs import Tab, tabs
from tracker.live import ChangeNotification, channel
from tracker.settings import settings

GATHERS = 0.1
"""Seconds of changes that are shown together."""
RESTS = 0.25
"""Seconds without an event after which the badge of a tab follows the tab's own changes."""
AT_LATEST = 1.5
"""Seconds after which the badge follows them in any case."""
AT_ONCE = 8
"""Tabs that load at the same time; the rest wait, so that user actions aren't delayed."""
PATIENCE = 20
"""Seconds that the load of a tab may take."""
QUIET = 20
"""Seconds without a message after which the subscription is asked whether it still lives."""
LONGEST_WAIT = 3.0

log = logging.getLogger(__name__)
_places = asyncio.Semaphore(AT_ONCE)


class Follower(rx.State, mixin=True):
    """State of a live page, with the tables that concern it and a catch-up method.

    `_shows` are tables of which any row concerns the page; of `_shows_own`, only rows related to the row that the address names.
    Every page follows the user's settings and sessions. What is on every page, such as the badge, follows changes of its own
    tab too, since the handler that makes them doesn't know it.
    """

    _is_on_every_page: ClassVar[bool] = False
    _beside: ClassVar[tuple[type["Follower"], ...]] = ()
    """States of parts of the same page, each with its own tables."""
    _shows: ClassVar[frozenset[str]] = frozenset()
    _shows_own: ClassVar[frozenset[str]] = frozenset()

    @rx.event
    async def catch_up(self) -> Any:
        """Load what is shown again: no selection, filter, page or text being typed may go by it."""
        raise NotImplementedError


def shown_at(path: str) -> list[type[Follower]]:
    """The states of the page at a path that follow changes."""
    every = RegistrationContext.get().app.get_load_events(path)
    states = [load.state for load in every if isinstance(load, EventHandler) and load.state]
    shown = [state for state in states if issubclass(state, Follower)]
    return [live_state for state in shown for live_state in (state, *state._beside)]


@lru_cache
def on_every_page() -> tuple[type[Follower], ...]:
    """The states of what every page shows."""
    every = [state for state in AppState.get_substates() if issubclass(state, Follower)]
    return tuple(state for state in every if state._is_on_every_page)


class Revived(rx.Middleware):
    """Middleware before the guard that reloads the page of a tab whose state was lost.

    Whose a lost state was isn't known; the guard learns it from the tab's own socket, as at the tab's first event.
    """

    async def preprocess(self, app: App, state: BaseState, event: Event) -> StateUpdate | None:
        """Let every event through that says, or whose state knows, from which socket it comes."""
        if state.router_data:
            return None
        tab = tabs.with_token(EventContext.get().token)
        name = format_event_handler(State.event_handlers["hydrate_and_load"])
        return StateUpdate(events=[Event(name=name, router_data=dict(tab.router_data))] if tab else [])


async def listen(app: App) -> None:
    """Deliver notifications to this process's tabs; after an outage of Redis, each tab catches up."""
    _notice_closing(app)
    wait = 0.1
    while True:
        try:
            async for changed in _heard():
                wait = 0.1
                recognized.hear(changed)
                for tab in tabs if changed.is_all else tabs.of(changed.user_id):
                    _pass_on(tab, changed)
        except Exception as error:
            recognized.forget()
            is_away = isinstance(error, RedisError | OSError)
            log.warning("Pages don't follow changes for a moment: %s", error, exc_info=not is_away)
            await asyncio.sleep(wait)
            wait = min(wait * 2, LONGEST_WAIT)


def _notice_closing(app: App) -> None:
    namespace = app.event_namespace
    if namespace is None:
        return
    closed = namespace.on_disconnect

    def on_disconnect(sid: str, *_: object) -> Any:
        tabs.leave(sid)
        return closed(sid)

    namespace.on_disconnect = on_disconnect  # type: ignore[method-assign]


async def _heard() -> AsyncIterator[ChangeNotification]:
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
    """Each message of the subscription; one that is silent for long is asked whether it lives."""
    was_asked = False
    while True:
        message = await subscription.get_message(timeout=QUIET)
        if message is not None:
            was_asked = False
            yield message
        elif was_asked:
            raise Away("the subscription doesn't answer")
        else:
            await subscription.ping()
            was_asked = True


def _pass_on(tab: Tab, changed: ChangeNotification) -> None:
    if not list(_concerned(tab, changed)):
        return
    tab.news = tab.news.merged_with(changed) if tab.news else changed
    if tab.telling is None:
        tab.telling = asyncio.create_task(_tell(tab))


def _concerned(tab: Tab, changed: ChangeNotification) -> Iterator[type[Follower]]:
    row_id = tab.path.rpartition("/")[2]
    is_its_own = tab.token == changed.tab
    for page in on_every_page() if is_its_own else (*shown_at(tab.path), *on_every_page()):
        if changed.concerns(page._shows | USER_TABLES, page._shows_own, row_id):
            yield page


async def _tell(tab: Tab) -> None:
    """Show a tab its pending changes, and those that arrive meanwhile, one load at a time."""
    try:
        while tab.news:
            await asyncio.sleep(GATHERS)
            await _rested(tab)
            async with _places:
                news, tab.news = tab.news, None
                await _load(tab, news)
    finally:
        tab.telling = None


async def _rested(tab: Tab) -> None:
    """Wait until a tab with only its own changes is idle, so that actions don't wait for it."""
    latest = time.monotonic() + AT_LATEST - GATHERS
    while tab.news and tab.news.tab == tab.token:
        wait = min(RESTS - tab.rests_for, latest - time.monotonic())
        if wait <= 0:
            return
        await asyncio.sleep(min(wait, GATHERS))


async def _load(tab: Tab, news: ChangeNotification) -> None:
    """Run a page's event for a tab: through the guard, with the session of the tab's socket."""
    processor = RegistrationContext.get().app.event_processor
    try:
        async with asyncio.timeout(PATIENCE):
            for page in _concerned(tab, news):
                for event in Event.from_event_type(page.catch_up):  # type: ignore[arg-type]
                    done = await processor.enqueue(tab.token, event)
                    # A tab that closes meanwhile ends the waiting, never the event.
                    await asyncio.shield(done.wait_all())
    except Exception as error:
        log.warning("A tab couldn't be shown what changed: %r", error)
