"""Interview reminders: created once, shown on every page, and mailed on request."""
