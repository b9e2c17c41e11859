"""The figures of a job search."""
