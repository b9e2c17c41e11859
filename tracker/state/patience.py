"""How long a tab's event waits for Redis, where the framework keeps its state."""

from typing import Any

from redis.asyncio import ConnectionPool, Redis
from reflex.istate.manager import StateManager
from reflex.istate.manager.redis import StateManagerRedis

from tracker.cache import PATIENCE


def hurry(manager: StateManager) -> None:
    """Have each command of the framework's client end in time when Redis is frozen; its subscription may stay silent."""
    if not isinstance(manager, StateManagerRedis):
        return
    pool: Any = manager.redis.connection_pool
    patient: Any = Redis(
        connection_pool=ConnectionPool(pool.connection_class, **dict(pool.connection_kwargs))
    )
    manager.redis.pubsub = patient.pubsub  # type: ignore[method-assign]
    pool.connection_kwargs.update(socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE)
