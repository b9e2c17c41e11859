"""Imports of applications and contacts: read, mapped, checked, applied and undone."""
