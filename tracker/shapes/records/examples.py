"""Documentation of records: their fields' docstrings, and an example."""

from typing import Any

from pydantic import ConfigDict


def documented(**example: Any) -> ConfigDict:
    """Return a configuration that documents the fields by their docstrings, with an example."""
    return ConfigDict(use_attribute_docstrings=True, json_schema_extra={"examples": [example]})


def example_id(number: int) -> str:
    """Return an id for examples."""
    return f"01890000-0000-7000-8000-{number:012}"
