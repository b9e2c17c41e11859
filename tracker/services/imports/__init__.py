"""Imports of applications and contacts from files: read, mapped, checked in a dry run, applied and undone."""
