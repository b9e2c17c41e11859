"""Pursuit: everything about a job search in one place."""

__version__ = "0.1.0"
