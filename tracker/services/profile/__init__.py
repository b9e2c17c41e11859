"""The profile: what users say about themselves, read and edited."""

from tracker.services.profile.profile_page import read

__all__ = ["read"]
