"""Time zones: one source of their rules, and everything that is computed from it.

The rules come from the pinned `tzdata` package alone. The operating system and PostgreSQL carry copies of their own, of other
versions, by which the same instant can lie on another day.
"""

import re
import zoneinfo
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from importlib import import_module, metadata
from zoneinfo import ZoneInfo

from tracker.errors import Sorry

EARLIEST = 1990
"""Nothing that Pursuit keeps lies before this year."""
SHORTEST = 3 * 24 * 3600
"""Seconds that every zone has kept every offset since then, at least; a test compares it with the data."""


@dataclass(frozen=True)
class Offsets:
    """The offsets of a zone: `values[0]` until the first of `starts`, then `values[n + 1]` from `starts[n]` on."""

    starts: tuple[datetime, ...]
    values: tuple[timedelta, ...]


def use_pinned_rules() -> None:
    """Have every `ZoneInfo` of this process read the `tzdata` package, also where one was made before."""
    zoneinfo.reset_tzpath(())
    ZoneInfo.clear_cache()
    for kept in (names, named, offsets):
        kept.cache_clear()


def check() -> str:
    """Return which zone data is in use; Sorry when it isn't that of the pinned package."""
    wanted, installed = _pinned_version(), import_module("tzdata").__version__
    if zoneinfo.TZPATH:
        raise Sorry(f"Time zones are read from {zoneinfo.TZPATH[0]}, not from the package tzdata {wanted}.")
    if installed != (wanted or installed):
        raise Sorry(
            f"The package tzdata is {installed} where this version of Pursuit needs {wanted}: bin/run installs it."
        )
    return f"tzdata {installed}"


def _pinned_version() -> str:
    """The version that this one of Pursuit names; unknown where its sources run without being installed."""
    try:
        lines = metadata.requires("pursuit") or []
    except metadata.PackageNotFoundError:
        return ""
    pins = [re.match(r"tzdata==([\w.]+)", line) for line in lines]
    return next((pin[1] for pin in pins if pin), "")


@lru_cache
def names() -> frozenset[str]:
    """The names of all zones."""
    return frozenset(zoneinfo.available_timezones() - {"Factory"})


@lru_cache(maxsize=1024)
def named(name: str) -> tzinfo:
    """The zone of a name; UTC where there is none, as for someone whose zone isn't known yet."""
    return ZoneInfo(name) if name in names() else UTC


def instants(local: datetime, zone: tzinfo) -> list[datetime]:
    """When the clocks of a zone show a time: once, twice where they are set back, never where they skip it."""
    both = {instant(local, zone, fold) for fold in (0, 1)}
    return sorted(at for at in both if at.astimezone(zone).replace(tzinfo=None) == local)


def instant(local: datetime, zone: tzinfo, fold: int) -> datetime:
    """The first (`fold` 0) or second (1) instant of a time; of a skipped one, as far after the change as it lies after its clock."""
    return local.replace(tzinfo=zone, fold=fold).astimezone(UTC)


def day_begins(day: date, zone: tzinfo) -> datetime:
    """The first instant of a day in a zone; where the clocks skip midnight, the first after it."""
    midnight = datetime.combine(day, time())
    if found := instants(midnight, zone):
        return found[0]
    late, early = (instant(midnight, zone, fold) for fold in (0, 1))
    return _change(zone, int(early.timestamp()), int(late.timestamp()))


@lru_cache(maxsize=1024)
def offsets(zone: tzinfo, until: int) -> Offsets:
    """The offsets of a zone from 1990 to the end of the year before `until`."""
    begin, end = (int(datetime(year, 1, 1, tzinfo=UTC).timestamp()) for year in (EARLIEST, until))
    starts: list[datetime] = []
    values = [_offset(begin, zone)]
    for after in range(begin + SHORTEST, end + SHORTEST, SHORTEST):
        if (offset := _offset(after, zone)) != values[-1]:
            starts.append(_change(zone, after - SHORTEST, after))
            values.append(offset)
    return Offsets(tuple(starts), tuple(values))


def _offset(at: int, zone: tzinfo) -> timedelta:
    return datetime.fromtimestamp(at, zone).utcoffset() or timedelta()


def _change(zone: tzinfo, early: int, late: int) -> datetime:
    """The first second after `early` at which the offset is that of `late`; both are seconds since 1970."""
    wanted = _offset(late, zone)
    while late - early > 1:
        middle = (early + late) // 2
        early, late = (early, middle) if _offset(middle, zone) == wanted else (middle, late)
    return datetime.fromtimestamp(late, UTC)
