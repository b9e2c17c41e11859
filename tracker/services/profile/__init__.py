"""The profile: what a person says of themselves, read, written by hand, and taken from a resume."""

from tracker.services.profile.reading import read

__all__ = ["read"]
