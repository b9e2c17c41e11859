"""Timeouts of Reflex's Redis clients, for tab states and connected tabs.

For Reflex 0.10.1, which makes a client without a time-out for each of the two.
"""

from typing import Any

from redis.asyncio import ConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as Disconnected
from reflex.app import App
from reflex.istate.manager.redis import StateManagerRedis
from reflex.utils.token_manager import RedisTokenManager

from tracker.cache import TIMEOUT

CONNECTING = 0.4
"""Seconds for which a new tab's socket waits to learn whether its token is in use elsewhere; then it goes without."""


def bound_redis_waits(app: App) -> None:
    """Set timeouts on the commands of Reflex's Redis clients; subscriptions may stay silent."""
    if isinstance(app.state_manager, StateManagerRedis):
        _bound(app.state_manager.redis, TIMEOUT)
    tokens = app.event_namespace._token_manager if app.event_namespace else None
    if isinstance(tokens, RedisTokenManager):
        # A connection that died in the pool is replaced once; what doesn't answer isn't asked again.
        _bound(tokens.redis, CONNECTING, retry=Retry(NoBackoff(), 1, (Disconnected,)), retry_on_error=[])


def _bound(client: Redis, seconds: float, **more: Any) -> None:
    pool: Any = client.connection_pool
    patient: Any = Redis(
        connection_pool=ConnectionPool(pool.connection_class, **dict(pool.connection_kwargs))
    )
    client.pubsub = patient.pubsub  # type: ignore[method-assign]
    pool.connection_kwargs.update(socket_timeout=seconds, socket_connect_timeout=seconds, **more)
