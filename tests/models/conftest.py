"""Fixtures of these tests."""

from tests.support.people import alice, bob, charlie, clock

__all__ = ["alice", "bob", "charlie", "clock"]
