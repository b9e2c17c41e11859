"""Event handlers as the socket may call them: which exist, and which arguments each takes."""

import inspect
import typing
from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any, NotRequired

from pydantic import BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError
from reflex_base.registry import RegistrationContext
from typing_extensions import TypedDict

MAX_INT = 2**31 - 1
_Number = Annotated[int, Field(ge=-MAX_INT, le=MAX_INT)]
FORM_ENTRIES = "__reflex_form_data__"
"""Under which the browser sends a form's fields, as a list of names and values."""


def _fields_of(value: Any) -> Any:
    """Return a form's fields as text by name, ticked boxes as `on`; other values unchanged."""
    if isinstance(value, dict) and value.keys() == {FORM_ENTRIES}:
        value = _entries(value[FORM_ENTRIES])
    if not isinstance(value, dict):
        return value
    filled = {name: "on" if field is True else field for name, field in value.items()}
    return {name: field for name, field in filled.items() if field is not None and field is not False}


def _entries(value: Any) -> Any:
    if not isinstance(value, list) or not all(isinstance(entry, list) and len(entry) == 2 for entry in value):
        return None
    return {name: field for name, field in value if isinstance(name, str)}


_STRICT: dict[Any, Any] = {
    int: _Number,
    float: Annotated[float, Field(allow_inf_nan=False)],
    dict[str, str]: Annotated[dict[str, str], BeforeValidator(_fields_of)],
}


class RefusedArguments(ValueError):
    """An event's arguments don't fit its handler."""


def is_handler(name: str) -> bool:
    """Return True when a handler has this full name."""
    return name in RegistrationContext.get().event_handlers


def check_arguments(name: str, payload: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments of the handler `name`, each of the type it is annotated with.

    Raises RefusedArguments, whose message names the arguments and never their values.
    """
    try:
        arguments: dict[str, Any] = _signature(name).validate_python(payload)
    except ValidationError as error:
        problems = {f"{'.'.join(map(str, part['loc']))[:60]}: {part['type']}" for part in error.errors()[:5]}
        raise RefusedArguments(", ".join(sorted(problems))) from None
    return arguments


@cache
def _signature(name: str) -> TypeAdapter[Any]:
    """Return the validator of a handler's arguments, from its annotations; default is text."""
    function = RegistrationContext.get().event_handlers[name].handler.fn
    hints = typing.get_type_hints(function)
    fields: dict[str, Any] = {
        parameter.name: _annotation(parameter, hints.get(parameter.name, str))
        for parameter in list(inspect.signature(function).parameters.values())[1:]
    }
    make: Any = TypedDict  # made at run time, which the type checker can't follow
    arguments = make("Arguments", fields)
    arguments.__pydantic_config__ = ConfigDict(extra="forbid", strict=True)
    return TypeAdapter(arguments)


def _annotation(parameter: inspect.Parameter, hint: Any) -> Any:
    strict = _STRICT.get(hint, hint)
    return strict if parameter.default is parameter.empty else NotRequired[strict]
