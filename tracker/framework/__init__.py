"""Everything that leans on Reflex's internals, each part with a test and the version it is for."""
