"""Event replay: runs events after an outage that stopped them before they changed anything.

For Reflex 0.10.1: stands around `BaseStateEventProcessor._execute_event`, the one place that knows an event, its tab and
what it raised.
"""

import asyncio
import logging
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from reflex.app import App
from reflex_base.event import Event
from reflex_base.event.context import EventContext
from reflex_base.event.processor.event_processor import EventQueueEntry
from reflex_base.registry import RegisteredEventHandler

from tracker.framework.transaction_outcomes import Outcome, outcome_of

MAX_WAIT_SECONDS = 600
MAX_PER_TAB = 20
MAX_CHARACTERS = 16_000_000
"""Most characters of all stored events together."""
CHECK_SECONDS = 0.5
LONGEST_PAUSE = 10.0
SLOW_SECONDS = 0.9
"""Seconds after which a running event may be waiting for a frozen server. The user is told within three seconds, the probe
and a new tab's connection included."""
PAGE_LOAD = ".hydrate_and_load"
log = logging.getLogger(__name__)
Tell = Callable[[EventContext, str], Awaitable[None]]
Probe = Callable[[], Awaitable[str | None]]


@dataclass
class _WaitingEvent:
    context: EventContext
    event: Event
    since: float

    @property
    def is_stale(self) -> bool:
        return time.monotonic() - self.since > MAX_WAIT_SECONDS


class Replay:
    """Queue of events that wait for the end of an outage.

    `cause_of` names the outage an error tells of, or nothing; `probe` says what doesn't answer now, or nothing; `tell`
    shows a tab the cause, and an empty one once it is over; `give_up` tells a tab that something it did waited too long.
    """

    def __init__(
        self,
        cause_of: Callable[[BaseException], str | None],
        probe: Probe,
        tell: Tell,
        give_up: Callable[[EventContext], Awaitable[None]],
    ) -> None:
        self._cause_of, self._probe, self._tell, self._give_up = cause_of, probe, tell, give_up
        self._kept: dict[str, list[_WaitingEvent]] = defaultdict(list)
        self._again: dict[int, float] = {}
        """Since when the events that run again were kept, by their identity."""
        self._size, self._cause = 0, ""
        self._begun = asyncio.Event()
        self._slow: set[asyncio.Task[None]] = set()

    def _attach(self, app: App) -> None:
        """Stand around the execution of every event of the app."""
        processor = app.event_processor
        execute = processor._execute_event

        async def execute_or_keep(
            *, entry: EventQueueEntry, registered_handler: RegisteredEventHandler
        ) -> None:
            since = self._again.pop(id(entry.event), None)
            if since is None and self._kept.get(entry.ctx.token) and self._keep(entry, time.monotonic()):
                await self._tell(entry.ctx, self._cause)  # what was done before it in this tab comes first
                return
            ended = asyncio.Event()
            watch = asyncio.get_running_loop().call_later(SLOW_SECONDS, self._watch, entry.ctx, ended)
            try:
                await execute(entry=entry, registered_handler=registered_handler)
            except Exception as error:
                if registered_handler.handler.is_background or not await self._kept_through(
                    error, entry, since
                ):
                    raise
            finally:
                watch.cancel()
                ended.set()

        processor._execute_event = execute_or_keep  # type: ignore[method-assign]

    async def run(self, app: App) -> None:
        """Run kept events after each outage; a task that lasts as long as the app."""
        self._attach(app)
        ended, pause = 0.0, CHECK_SECONDS
        while True:
            await self._begun.wait()
            begun = time.monotonic()
            # An outage right after another: what answers the probe doesn't answer events yet.
            pause = min(LONGEST_PAUSE, 2 * pause) if begun - ended < LONGEST_PAUSE else CHECK_SECONDS
            await asyncio.sleep(pause)
            await self._everything_answers()
            ended = time.monotonic()
            self._begun.clear()
            number = sum(map(len, self._kept.values()))
            log.warning(
                "Everything answers again after %.1f s: running %d kept events", ended - begun, number
            )
            for token in list(self._kept):
                try:
                    await self._run_again(app, token)
                except Exception:
                    log.exception("Kept events of a tab couldn't run again")
                    self._forget(token)

    async def _everything_answers(self) -> None:
        while True:
            if not await self._probe():
                return
            await asyncio.sleep(CHECK_SECONDS)

    async def _kept_through(self, error: Exception, entry: EventQueueEntry, since: float | None) -> bool:
        """Queue a failed event and notify its tab; return True if queued. `since`: first failure."""
        cause = self._cause_of(error)
        if not cause or outcome_of(entry.ctx) is not Outcome.UNCHANGED:
            return False
        if not self._keep(entry, since or time.monotonic()):
            return False
        self._cause = cause
        if not self._begun.is_set():
            log.error("%s Events are kept until then (%s)", cause, type(error).__name__)
            self._begun.set()
        await self._tell(entry.ctx, cause)
        return True

    def _watch(self, context: EventContext, ended: asyncio.Event) -> None:
        """Show the tab of a slow event which server doesn't answer."""
        task = asyncio.create_task(self._tell_while(context, ended))
        self._slow.add(task)
        task.add_done_callback(self._slow.discard)

    async def _tell_while(self, context: EventContext, ended: asyncio.Event) -> None:
        if (cause := await self._probe()) and not ended.is_set():
            await self._tell(context, cause)
            await ended.wait()
            if not self._kept.get(context.token):
                await self._tell(context, "")

    def _keep(self, entry: EventQueueEntry, since: float) -> bool:
        """Keep an event in its tab's order; False past the bounds."""
        waiting = _WaitingEvent(entry.ctx, _copied(entry), since)
        events = self._kept.get(entry.ctx.token, [])
        size = _size(waiting)
        if len(events) >= MAX_PER_TAB or self._size + size > MAX_CHARACTERS or waiting.is_stale:
            return False
        self._kept[entry.ctx.token] = sorted([*events, waiting], key=lambda waiting: waiting.since)
        self._size += size
        return True

    async def _run_again(self, app: App, token: str) -> None:
        """Run the kept events of a tab in order; new events of the tab queue behind them."""
        await self._tell(self._kept[token][-1].context, "")
        while events := self._kept.get(token):
            waiting = events.pop(0)
            self._size -= _size(waiting)
            is_boot = waiting.event.name.endswith(PAGE_LOAD)
            if is_boot and any(later.event.name.endswith(PAGE_LOAD) for later in events):
                continue
            if waiting.is_stale and not is_boot:
                await self._give_up(waiting.context)
                continue
            self._again[id(waiting.event)] = waiting.since
            await app.event_processor.enqueue(token, waiting.event)
        self._forget(token)

    def _forget(self, token: str) -> None:
        self._size -= sum(map(_size, self._kept.pop(token, [])))


def _copied(entry: EventQueueEntry) -> Event:
    """The event of an entry with the place its page was at."""
    return Event(name=entry.event.name, payload=entry.event.payload, router_data=dict(entry.ctx.router_data))


def _size(waiting: _WaitingEvent) -> int:
    return len(repr(waiting.event))
