"""Fixtures of these tests."""

from tests.world import alice, bob, charlie, clock

__all__ = ["alice", "bob", "charlie", "clock"]
