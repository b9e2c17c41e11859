"""Leases of tab states when Redis or another process fails at the worst moment."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import Any
from uuid import uuid4

import psutil
import pytest
import redis
from redis.exceptions import ConnectionError as Away
from redis.exceptions import OutOfMemoryError
from reflex.istate.manager.token import BaseStateToken

from tests.support.leases import add, in_processes, notices, stored_text, working
from tracker.framework.tab_states import TabStates
from tracker.launch import embedded
from tracker.settings import CHECKOUT
from tracker.state.base import Notices

WELL_WITHIN = 6
"""Seconds; a lock that nobody gives back lasts ten."""
DIES_WITH_A_LEASE = """
import asyncio, os, sys
from tests.support.leases import add, process
from reflex.istate.manager.token import BaseStateToken
from tracker.state.base import Notices

async def lease():
    async with process(sys.argv[1]) as states:
        await add(states, BaseStateToken(ident=sys.argv[2], cls=Notices))
        os._exit(0)

asyncio.run(lease())
"""


@pytest.fixture
def token() -> BaseStateToken:
    """Return the token of a new tab."""
    return BaseStateToken(ident=uuid4().hex, cls=Notices)


@pytest.fixture
def valkey() -> Iterator[embedded.Server]:
    """Yield a Valkey of this test, to freeze and to fill."""
    with embedded.scratch_folder() as folder, embedded.start_valkey(folder) as server:
        yield server


def test_a_tab_that_comes_again_waits_for_no_process_that_is_gone(
    redis_url: str, token: BaseStateToken
) -> None:
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT), "PYTEST_CURRENT_TEST": "another process"}
    subprocess.run(
        [sys.executable, "-c", DIES_WITH_A_LEASE, redis_url, token.ident], check=True, env=environment
    )

    async def steps(states: TabStates) -> None:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(WELL_WITHIN):
                await states.write_back(token)
        assert await states.redis.exists(states._lock_key(token))

    in_processes(redis_url, 1, steps)


def test_writing_back_gives_way_to_the_next_event_of_the_same_process(
    redis_url: str, token: BaseStateToken
) -> None:
    async def steps(states: TabStates) -> None:
        async with working(states, token):
            writing = asyncio.create_task(states.write_back(token))
            following = [asyncio.create_task(add(states, token)) for _ in range(3)]
            await asyncio.sleep(0)
        await writing
        await asyncio.gather(*following)
        assert await stored_text(states, token) == "workedxxx"

    in_processes(redis_url, 1, steps)


def test_a_lease_that_is_cancelled_while_redis_is_away_is_written_before_its_lock_is_given_back(
    redis_url: str, token: BaseStateToken, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def steps(here: TabStates, there: TabStates) -> None:
        await add(here, token, "newest")
        ask, refusals, is_asking = here.redis.eval, 3, asyncio.Event()

        async def away_at_first(*words: Any) -> Any:
            nonlocal refusals
            if refusals:
                refusals -= 1
                is_asking.set()
                raise Away
            return await ask(*words)

        monkeypatch.setattr(here.redis, "eval", away_at_first)
        here._local_leases[token.lock_key].cancel()
        await is_asking.wait()
        await here.write_back(token)
        assert notices(await there.get_state(token)).wrong == "newest"
        async with asyncio.timeout(WELL_WITHIN):
            assert await stored_text(there, token) == "newest"

    in_processes(redis_url, 2, steps)


def test_a_lock_that_could_not_be_extended_fails_no_later_event(
    redis_url: str, token: BaseStateToken, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def steps(states: TabStates) -> None:
        was_asked = asyncio.Event()

        async def away(*_: Any, **__: Any) -> bool:
            was_asked.set()
            raise Away

        async with working(states, token):
            monkeypatch.setattr(states.redis, "pexpire", away)
            states._local_leases[token.lock_key].cancel()
            await was_asked.wait()
        monkeypatch.undo()
        assert [await add(states, token) for _ in range(3)] == ["worked", "workedx", "workedxx"]

    async def leased_first(states: TabStates) -> None:
        await stored_text(states, token)
        await steps(states)

    in_processes(redis_url, 1, leased_first)


def test_a_lease_that_lost_its_lock_leaves_the_other_process_its_own(
    redis_url: str, token: BaseStateToken
) -> None:
    async def steps(here: TabStates, there: TabStates) -> None:
        await add(here, token, "stale")
        await here.redis.delete(here._lock_key(token))
        async with working(there, token):
            others = await here.redis.get(here._lock_key(token))
            lease = here._local_leases[token.lock_key]
            lease.cancel()
            await asyncio.wait([lease])
            assert others
            assert await here.redis.get(here._lock_key(token)) == others
        assert await stored_text(there, token) == "worked"

    in_processes(redis_url, 2, steps)


def test_a_state_that_redis_refuses_to_keep_does_not_hold_its_tab_up(
    valkey: embedded.Server, token: BaseStateToken
) -> None:
    async def steps(states: TabStates) -> None:
        await add(states, token)
        lease = states._local_leases[token.lock_key]
        await states.redis.config_set("maxmemory-policy", "noeviction")
        await states.redis.config_set("maxmemory", "1")
        await asyncio.wait([lease])
        with pytest.raises(OutOfMemoryError):
            async with asyncio.timeout(WELL_WITHIN):
                await add(states, token)
        await states.redis.config_set("maxmemory", "0")

    in_processes(valkey.url, 1, steps)


def test_a_lock_whose_reply_was_lost_in_a_freeze_is_free_afterwards(
    valkey: embedded.Server, token: BaseStateToken
) -> None:
    server = psutil.Process(valkey.child.process.pid)

    async def steps(states: TabStates) -> None:
        pool: Any = states.redis.connection_pool
        pool.connection_kwargs.update(socket_timeout=0.5)
        await pool.disconnect()
        await stored_text(states, BaseStateToken(ident=uuid4().hex, cls=Notices))
        server.suspend()
        try:
            with suppress(redis.RedisError):
                await add(states, token)
        finally:
            server.resume()
        async with asyncio.timeout(WELL_WITHIN):
            assert await stored_text(states, token) == ""

    in_processes(valkey.url, 1, steps)


def test_a_process_forgets_tabs_whose_first_event_was_cancelled(redis_url: str) -> None:
    async def steps(states: TabStates) -> None:
        for turns in range(1, 60):
            event = asyncio.create_task(add(states, BaseStateToken(ident=uuid4().hex, cls=Notices)))
            for _ in range(turns):
                await asyncio.sleep(0)
            event.cancel()
            with suppress(asyncio.CancelledError):
                await event
        if leases := list(states._local_leases.values()):
            await asyncio.wait(leases)
        await asyncio.sleep(0)
        assert (states._local_leases, states._cached_states, states._cached_states_locks) == ({}, {}, {})

    in_processes(redis_url, 1, steps)
