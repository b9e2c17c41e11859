"""Colour scales behind company initials."""

TINTS = (
    "blue",
    "cyan",
    "teal",
    "green",
    "amber",
    "orange",
    "tomato",
    "pink",
    "purple",
    "violet",
    "iris",
    "brown",
)
"""Names of the scales."""
