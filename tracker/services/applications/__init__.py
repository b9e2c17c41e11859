"""The verbs of an application: add, find, read, edit, move, close, delete and take back."""
