"""The schema of an export: row types derived from the tables, which validate and document it.

Everything is declared in the tables' columns and constraints, except what is in JSON columns.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, Literal, NotRequired, TypeVar
from uuid import UUID

from pydantic import (
    AfterValidator,
    AwareDatetime,
    ConfigDict,
    Field,
    JsonValue,
    NaiveDatetime,
    TypeAdapter,
    WithJsonSchema,
    with_config,
)
from sqlalchemy import Boolean, Date, DateTime, Integer, Numeric, SmallInteger, Text, Uuid
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from typing_extensions import TypedDict

from tracker import zones
from tracker.services.exports.sections import SECTIONS, Section
from tracker.shapes.cadence import CADENCES
from tracker.shapes.priority import Factor

D = TypeVar("D", bound=date)
FORMAT, VERSION = "pursuit-export", 1
YEARS = range(1990, 2101)
"""Years in which a date may be; a form accepts no others either."""
MAX_TEXT = 1_000_000
"""Characters that a text has at most where its table declares no limit."""
_STRICT = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)


def _storable(value: Any) -> Any:
    """Return a text, or JSON with texts, without NUL; PostgreSQL can't store others."""
    if isinstance(value, str) and "\x00" in value:
        raise ValueError("Text can't contain NUL characters")
    if isinstance(value, dict):
        _storable([*value, *value.values()])
    elif isinstance(value, list):
        for part in value:
            _storable(part)
    return value


def _in_range(value: D) -> D:
    if value.year not in YEARS:
        raise ValueError(f"Use a year from {YEARS[0]} to {YEARS[-1]}")
    return value


def _zone(value: str) -> str:
    if value and value not in zones.names():
        raise ValueError("Use a time zone such as Europe/Berlin")
    return value


def _text(longest: int = MAX_TEXT, shortest: int = 0) -> Any:
    return Annotated[str, Field(min_length=shortest, max_length=longest), AfterValidator(_storable)]


def _number(lowest: int, highest: int) -> Any:
    return Annotated[int, Field(ge=lowest, le=highest)]


def _object(name: str, description: str, types: Mapping[str, Any]) -> Any:
    """Return the type of an object that has these keys and no others."""
    fields: Any = TypedDict(name, types)  # type: ignore[misc]
    fields.__doc__ = description
    return with_config(_STRICT)(fields)


_PARAGRAPH = _object(
    "paragraph",
    "A paragraph with the ids of supporting bullets, and the numbers of supporting lines of the posting.",
    {
        "text": _text(100_000),
        "bullets": NotRequired[list[_text(40)]],  # type: ignore[misc]
        "lines": NotRequired[list[_number(0, 100_000)]],  # type: ignore[misc]
    },
)
_ACCOUNT = _object("account", "The user's name as Pursuit shows it.", {"name": _text(200)})
_OVERRIDES: dict[tuple[str, str], Any] = {
    ("preferences", "cadence"): dict[Literal[CADENCES], _number(0, 1000)],  # type: ignore[misc,valid-type]
    ("preferences", "timezone"): Annotated[str, AfterValidator(_zone)],
    ("wishes", "weights"): dict[Literal[tuple(map(str, Factor))], _number(0, 5)],  # type: ignore[misc]
    ("interviews", "zone"): Annotated[str, Field(min_length=1), AfterValidator(_zone)],
    ("letters", "paragraphs"): list[_PARAGRAPH],  # type: ignore[valid-type]
}
"""Types of columns that hold more structure than their table declares."""
_LOCAL_TIME = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?$"}
_AMOUNT = {"type": "string", "pattern": r"^\d{1,10}(\.\d{1,2})?$"}
_TYPES: dict[type, Any] = {
    Uuid: UUID,
    Boolean: bool,
    SmallInteger: _number(-(2**15), 2**15 - 1),
    Integer: _number(0, 10**9),
    Numeric: Annotated[Decimal, Field(ge=0, max_digits=12, decimal_places=2), WithJsonSchema(_AMOUNT)],
    Date: Annotated[date, AfterValidator(_in_range)],
    ARRAY: Annotated[list[_text(1000)], Field(max_length=1000)],  # type: ignore[misc]
    JSONB: Annotated[dict[str, JsonValue], AfterValidator(_storable)],
}
"""Types of columns, of which the first that fits is taken."""


def _column_type(section: Section, column: Any) -> Any:
    """Return the type of a column's values."""
    limits, kind = _limits(section, column.name), type(column.type)
    if (section.name, column.name) in _OVERRIDES:
        value_type = _OVERRIDES[section.name, column.name]
    elif "enum" in limits:
        value_type = Literal[tuple(limits["enum"])]
    elif kind is DateTime:
        moment = (
            AwareDatetime if column.type.timezone else Annotated[NaiveDatetime, WithJsonSchema(_LOCAL_TIME)]
        )
        value_type = Annotated[moment, AfterValidator(_in_range)]
    elif issubclass(kind, Text):
        value_type = _text(limits.get("maxLength", MAX_TEXT), limits.get("minLength", 0))
    else:
        value_type = next(known for base, known in _TYPES.items() if issubclass(kind, base))
    return value_type | None if column.nullable else value_type


def _limits(section: Section, name: str) -> dict[str, Any]:
    """Return the limits that the table's constraints declare for a column."""
    constraints: Any = section.model.__table__.constraints  # type: ignore[attr-defined]
    limits: dict[str, Any] = {}
    for constraint in constraints:
        limits |= constraint.info.get(name, {})
    return limits


@cache
def row_type(section: Section) -> Any:
    """Return the type of a section's rows, whose keys are in alphabetical order."""
    types = {name: _column_type(section, column) for name, column in section.columns.items()}
    return _object(section.name, section.model.__doc__ or "", types)


@cache
def row_adapter(section: Section) -> TypeAdapter[dict[str, Any]]:
    """Return the reader and writer of a section's rows as JSON."""
    return TypeAdapter(row_type(section))


@cache
def document_adapter() -> TypeAdapter[dict[str, Any]]:
    """Return the reader of a whole document."""
    parts = {"format": Literal[FORMAT], "version": Literal[VERSION], "account": _ACCOUNT}
    lists = {section.name: _list_of(section) for section in SECTIONS}
    return TypeAdapter(_object("export", "Everything that a Pursuit account holds.", parts | lists))


def _list_of(section: Section) -> Any:
    rows: Any = list[row_type(section)]  # type: ignore[misc]
    return Annotated[rows, Field(max_length=1)] if section.is_single else rows


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a document."""
    schema = document_adapter().json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
