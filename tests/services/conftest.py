"""Fixtures of these tests."""

from tests.world import _database, alice, bob, charlie, clock

__all__ = ["_database", "alice", "bob", "charlie", "clock"]
