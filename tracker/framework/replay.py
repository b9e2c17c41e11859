"""Events that an outage stopped before they changed anything: kept for a while, and run when it is over.

For Reflex 0.10.1: stands around `BaseStateEventProcessor._execute_event`, the one place that knows an event, its tab and
what it raised.
"""

import asyncio
import logging
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from reflex.app import App
from reflex_base.event import Event
from reflex_base.event.context import EventContext
from reflex_base.event.processor.event_processor import EventQueueEntry
from reflex_base.registry import RegisteredEventHandler

from tracker.framework.outcomes import Outcome, outcome_of

KEPT_SECONDS = 120
MAX_PER_TAB = 20
MAX_CHARACTERS = 16_000_000
"""Of all kept events together."""
CHECK_SECONDS = 0.5
LONGEST_PAUSE = 10.0
SLOW_SECONDS = 2.0
"""After which an event that still runs may be waiting for something that is frozen, and the person is told."""
BOOT = ".hydrate_and_load"
log = logging.getLogger(__name__)
Tell = Callable[[EventContext, str], Awaitable[None]]
Probe = Callable[[], Awaitable[str | None]]


@dataclass
class _Kept:
    context: EventContext
    event: Event
    since: float = field(default_factory=time.monotonic)


class Replay:
    """Keeps events through an outage.

    `cause_of` names the outage an error tells of, or nothing; `probe` says what doesn't answer now, or nothing; `tell`
    shows a tab the cause, and an empty one once it is over.
    """

    def __init__(self, cause_of: Callable[[BaseException], str | None], probe: Probe, tell: Tell) -> None:
        self._cause_of, self._probe, self._tell = cause_of, probe, tell
        self._kept: dict[str, list[_Kept]] = defaultdict(list)
        self._size = 0
        self._begun = asyncio.Event()
        self._slow: set[asyncio.Task[None]] = set()

    def _attach(self, app: App) -> None:
        """Stand around the execution of every event of the app."""
        processor = app.event_processor
        execute = processor._execute_event

        async def execute_or_keep(
            *, entry: EventQueueEntry, registered_handler: RegisteredEventHandler
        ) -> None:
            ended = asyncio.Event()
            watch = asyncio.get_running_loop().call_later(SLOW_SECONDS, self._watch, entry.ctx, ended)
            try:
                await execute(entry=entry, registered_handler=registered_handler)
            except Exception as error:
                if not await self._kept_through(error, entry):
                    raise
            finally:
                watch.cancel()
                ended.set()

        processor._execute_event = execute_or_keep  # type: ignore[method-assign]

    async def run(self, app: App) -> None:
        """Wait for outages and, after each, run what was kept; a task for as long as the app runs."""
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
            kept, self._kept, self._size = self._kept, defaultdict(list), 0
            log.warning(
                "Everything answers again after %.1f s: running %d kept events",
                ended - begun,
                sum(map(len, kept.values())),
            )
            for events in filter(None, kept.values()):
                try:
                    await self._run_again(app, events)
                except Exception:
                    log.exception("Kept events of a tab couldn't run again")

    async def _everything_answers(self) -> None:
        while True:
            if not await self._probe():
                return
            await asyncio.sleep(CHECK_SECONDS)

    async def _kept_through(self, error: Exception, entry: EventQueueEntry) -> bool:
        """Whether an event that failed is kept to run again, which its tab is told."""
        cause = self._cause_of(error)
        if not cause or outcome_of(entry.ctx) is not Outcome.UNCHANGED or not self._keep(entry):
            return False
        if not self._begun.is_set():
            log.error("%s Events are kept until then (%s)", cause, type(error).__name__)
            self._begun.set()
        await self._tell(entry.ctx, cause)
        return True

    def _watch(self, context: EventContext, ended: asyncio.Event) -> None:
        """Tell a tab whose event takes long what it waits for, where something doesn't answer."""
        task = asyncio.create_task(self._tell_while(context, ended))
        self._slow.add(task)
        task.add_done_callback(self._slow.discard)

    async def _tell_while(self, context: EventContext, ended: asyncio.Event) -> None:
        if (cause := await self._probe()) and not ended.is_set():
            await self._tell(context, cause)
            await ended.wait()
            if not self._kept.get(context.token):
                await self._tell(context, "")

    def _keep(self, entry: EventQueueEntry) -> bool:
        """Keep an event in its tab's order; False past the bounds."""
        event = Event(
            name=entry.event.name, payload=entry.event.payload, router_data=dict(entry.ctx.router_data)
        )
        size, token = len(repr(event)), entry.ctx.token
        if len(self._kept[token]) >= MAX_PER_TAB or self._size + size > MAX_CHARACTERS:
            return False
        self._kept[token].append(_Kept(entry.ctx, event))
        self._size += size
        return True

    async def _run_again(self, app: App, events: list[_Kept]) -> None:
        await self._tell(events[-1].context, "")
        fresh = time.monotonic() - KEPT_SECONDS
        boots = [kept for kept in events if kept.event.name.endswith(BOOT)]
        for kept in events:
            if kept.since >= fresh and kept not in boots[:-1]:
                await app.event_processor.enqueue(kept.context.token, kept.event)
