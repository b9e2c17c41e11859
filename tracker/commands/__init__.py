"""The larger commands: `tracker up`, `doctor`, `backup`, `restore` and `bin/dev`."""
