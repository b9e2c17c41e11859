"""Reminders: asked for when an interview comes near, made once, shown on every page, and mailed where that is wanted."""
