"""The figures of a search, each counted so that it survives a count by hand."""
