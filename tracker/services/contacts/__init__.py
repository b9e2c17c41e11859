"""The verbs of a contact: add, find, read, edit, link, unlink and delete."""
