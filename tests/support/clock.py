"""Time at which tests of services run."""

from datetime import UTC, datetime

NOW = datetime(2026, 11, 3, 10, 0, tzinfo=UTC)
"""Tuesday, eleven in the morning in Berlin."""
