"""Outages distinguished from each other and from defects, by the errors of real servers."""

import pytest
import redis

from tracker.launch import embedded
from tracker.services.outages import Outage, outage_of, temporary_outage_of


def test_a_session_store_without_memory_is_no_full_disk() -> None:
    with (
        embedded.scratch_folder() as folder,
        embedded.start_valkey(folder) as valkey,
        redis.Redis.from_url(valkey.url) as store,
    ):
        store.config_set("maxmemory-policy", "noeviction")
        store.config_set("maxmemory", "1")
        with pytest.raises(redis.RedisError) as refusal:
            store.set("key", "value")
    assert outage_of(refusal.value) is Outage.STORE_FULL
    assert Outage.STORE_FULL == "The session store is full."
    assert temporary_outage_of(refusal.value) is None
