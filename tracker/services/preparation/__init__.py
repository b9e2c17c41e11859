"""Preparing for an interview: the questions that may well be asked, own answers, and practice until the day."""
