"""Preparation for an interview: likely questions, the user's answers, and practice until the day."""
