"""A posting held against a profile without a model: what it asks for, and what speaks to it."""
