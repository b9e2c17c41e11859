"""Calendar days and moments in the user's time zone."""

from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Date, DateTime, Interval, bindparam, cast, func
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.sql.elements import Grouping
from sqlalchemy.types import NullType, TypeEngine

from tracker import zones
from tracker.db import Scope
from tracker.shapes.dates import exact_day, time_of


def midnight(scope: Scope, day: date) -> datetime:
    """Return the instant at which a day begins in the user's time zone."""
    return zones.day_begins(day, scope.who.zone)


def exact_moment(scope: Scope, instant: datetime) -> str:
    """Return an instant with its full date, for the event log: `today` would be wrong tomorrow."""
    zone, locale = scope.who.zone, scope.who.locale
    return f"{exact_day(instant.astimezone(zone).date(), locale)}, {time_of(instant, zone, locale)}"


def local_day(scope: Scope, instant: Any) -> ColumnElement[date]:
    """Return the SQL expression of an instant's day in the user's zone, null for a null instant.

    It is computed without the zone data of PostgreSQL. A query has the zone's offsets as two parameters, whatever the number of instants.
    """
    starts, values = _arrays(scope.who.zone, scope.today.year + 2)
    since = _array("offset_starts", starts, DateTime(timezone=True))
    offset = Grouping(_array("offset_values", values, Interval()))[func.width_bucket(instant, since) + 1]
    # `timezone` with an interval instead of a zone name adds it without a lookup.
    return cast(func.timezone(offset, instant), Date)


@lru_cache(maxsize=1024)
def _arrays(zone: tzinfo, until: int) -> tuple[str, str]:
    """Return the starts of a zone's offsets, and the offsets, as PostgreSQL array literals."""
    offsets = zones.offsets(zone, until)
    starts = ",".join(f"{at:%Y-%m-%d %H:%M:%SZ}" for at in offsets.starts)
    values = ",".join(f"{offset // timedelta(seconds=1)} s" for offset in offsets.values)
    return f"{{{starts}}}", f"{{{values}}}"


def _array(name: str, literal_text: str, item_type: TypeEngine[Any]) -> Any:
    """Return an array parameter sent as text, which takes a tenth of the time of a list."""
    return cast(bindparam(name, literal_text, type_=NullType()), ARRAY(item_type))
