"""Contacts: create, search, read, edit, link, unlink and delete."""
