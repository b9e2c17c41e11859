"""Benchmarks of Pursuit: `python -m bench`."""
