"""Mutation testing of the rooms that count, rank and convert: `bin/mutants`."""
