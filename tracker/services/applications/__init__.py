"""Applications: create, search, read, edit, move, close, delete and undo."""
