"""Fixtures of these tests."""

from tests.acting import alice, bob, charlie, clock

__all__ = ["alice", "bob", "charlie", "clock"]
