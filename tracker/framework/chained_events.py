"""Order of a tab's events: what an event leads to runs before the events that the tab sent meanwhile.

For Reflex 0.10.1: in the place of `EventProcessor._enqueue_for_token`, which appends chained events to the tab's queue. A filter
chosen while a page loads would be applied first there, and then be replaced by the load, which reads the older address.
"""

from collections import deque

from reflex.app import App
from reflex_base.event.processor.event_processor import EventProcessor, EventQueueEntry
from reflex_base.registry import RegisteredEventHandler

Queued = tuple[EventQueueEntry, RegisteredEventHandler]


def run_chained_events_first(app: App) -> None:
    """Put the events that a running event chains before those that wait in its tab's queue."""
    processor = app.event_processor

    def enqueue(*, entry: EventQueueEntry, registered_handler: RegisteredEventHandler) -> None:
        queue = processor._token_queues.setdefault(entry.ctx.token, deque())
        queue.insert(_position(processor, queue, entry), (entry, registered_handler))
        if len(queue) == 1:
            processor._dispatch_next_for_token(entry.ctx.token)

    processor._enqueue_for_token = enqueue  # type: ignore[method-assign]


def _position(processor: EventProcessor, queue: deque[Queued], entry: EventQueueEntry) -> int:
    """Return the index behind the last event of a running chain; for other events, the end."""
    chain = _chain_of(processor, entry)
    if not queue or _chain_of(processor, queue[0][0]) != chain:
        return len(queue)
    return 1 + max(place for place, (queued, _) in enumerate(queue) if _chain_of(processor, queued) == chain)


def _chain_of(processor: EventProcessor, entry: EventQueueEntry) -> int | None:
    """Return the number of the chain that an event belongs to; nothing if it was cancelled."""
    future = processor._futures.get(entry.ctx.txid)
    return future.root_gen if future else None
