"""The moment at which the tests of services happen."""

from datetime import UTC, datetime

NOW = datetime(2026, 11, 3, 10, 0, tzinfo=UTC)
"""Tuesday, eleven in the morning in Berlin."""
