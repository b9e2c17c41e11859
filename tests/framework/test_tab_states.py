"""Leases of tab states: one process at a time, and no event lost or repeated."""

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from uuid import uuid4

import pytest
import redis
from reflex.istate.manager.token import BaseStateToken
from reflex_base.utils.exceptions import LockExpiredError

from tests.support.leases import add, in_processes, notices, stored_text
from tracker.framework.tab_states import LEASE_MS, TabStates
from tracker.state.base import Notices

STEPS = range(1, 80)
"""Turns of the event loop after which an event is cut off: while it takes the lock, holds it, and gives it back."""


@pytest.fixture
def store(redis_url: str) -> Iterator[redis.Redis]:
    """Yield Redis as another process sees it."""
    with redis.Redis.from_url(redis_url) as connected:
        yield connected


@pytest.fixture
def token() -> BaseStateToken:
    """Return the token of a new tab."""
    return BaseStateToken(ident=uuid4().hex, cls=Notices)


def test_an_event_soon_after_another_asks_redis_for_nothing(
    redis_url: str, store: redis.Redis, token: BaseStateToken
) -> None:
    def reads() -> int:
        return int(store.info("commandstats").get("cmdstat_mget", {"calls": 0})["calls"])

    async def steps(here: TabStates) -> None:
        await add(here, token)
        before = reads()
        assert [await add(here, token) for _ in range(3)] == ["x", "xx", "xxx"]
        assert reads() == before

    in_processes(redis_url, 1, steps)


def test_a_state_moves_to_the_requesting_process_as_the_last_event_left_it(
    redis_url: str, token: BaseStateToken
) -> None:
    async def steps(here: TabStates, there: TabStates) -> None:
        for turn in range(6):
            assert await add(here if turn % 2 else there, token) == "x" * turn

    in_processes(redis_url, 2, steps)


def test_concurrent_events_of_two_processes_are_all_saved(redis_url: str, token: BaseStateToken) -> None:
    async def steps(here: TabStates, there: TabStates) -> None:
        await asyncio.gather(*(add(states, token) for states in [here, there] * 10))
        assert await stored_text(here, token) == "x" * 20

    in_processes(redis_url, 2, steps)


def test_an_event_that_fails_leaves_a_leased_state_as_it_was(redis_url: str, token: BaseStateToken) -> None:
    async def steps(here: TabStates) -> None:
        await add(here, token)
        with suppress(ZeroDivisionError):
            async with here.modify_state(token) as state:
                notices(state).wrong = "half done"
                notices(state).outage = "assigned too"
                raise ZeroDivisionError
        async with here.modify_state(token) as state:
            part = notices(state)
            assert (part.wrong, part.outage) == ("x", "")

    in_processes(redis_url, 1, steps)


def test_a_process_that_stops_writes_back_what_it_had_leased(redis_url: str, token: BaseStateToken) -> None:
    async def first(here: TabStates) -> None:
        await add(here, token)

    async def second(here: TabStates) -> None:
        assert await stored_text(here, token) == "x"

    in_processes(redis_url, 1, first)
    in_processes(redis_url, 1, second)


def test_a_state_read_from_redis_after_writing_back_is_the_newest(
    redis_url: str, store: redis.Redis, token: BaseStateToken
) -> None:
    async def steps(here: TabStates, there: TabStates) -> None:
        await add(here, token, "newest")
        await there.write_back(token)
        state = await there.get_state(token)
        assert notices(state).wrong == "newest"
        await add(there, token, " still")
        await there.write_back(token)
        assert notices(await here.get_state(token)).wrong == "newest still"

    in_processes(redis_url, 2, steps)


def test_a_redis_that_was_emptied_is_given_back_what_was_leased(
    redis_url: str, store: redis.Redis, token: BaseStateToken
) -> None:
    async def steps(here: TabStates, there: TabStates) -> None:
        await add(here, token)
        store.delete(*store.scan_iter(f"*{token.ident}*"))
        await here.write_back(token)
        assert await stored_text(there, token) == "x"

    in_processes(redis_url, 2, steps)


def test_a_state_that_another_process_took_meanwhile_is_not_overwritten(
    redis_url: str, store: redis.Redis, token: BaseStateToken
) -> None:
    async def steps(here: TabStates, there: TabStates) -> None:
        await add(here, token, "stale")
        store.delete(here._lock_key(token))  # as when this process stood still for longer than the lock lasts
        await add(there, token, "newer")
        lease = here._local_leases[token.lock_key]
        lease.cancel()
        with pytest.raises((LockExpiredError, asyncio.CancelledError)):
            await lease
        assert await stored_text(there, token) == "newer"

    in_processes(redis_url, 2, steps)


def test_a_process_forgets_a_tab_after_its_lease(redis_url: str, token: BaseStateToken) -> None:
    async def steps(here: TabStates) -> None:
        await add(here, token)
        assert here._cached_states_locks
        await asyncio.wait([here._local_leases[token.lock_key]], timeout=5 * LEASE_MS / 1000)
        await asyncio.sleep(0)
        assert (here._local_leases, here._cached_states, here._cached_states_locks) == ({}, {}, {})

    in_processes(redis_url, 1, steps)


@pytest.mark.parametrize("steps", STEPS)
def test_an_event_that_is_cut_off_at_any_moment_leaves_its_state_free(
    redis_url: str, token: BaseStateToken, steps: int
) -> None:
    async def cut_off(here: TabStates, there: TabStates) -> None:
        running = asyncio.create_task(add(here, token))
        for _ in range(steps):
            await asyncio.sleep(0)
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
        async with asyncio.timeout(3):
            assert await stored_text(there, token) in ("", "x")

    in_processes(redis_url, 2, cut_off)
