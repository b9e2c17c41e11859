"""Time zones from the pinned `tzdata` package, and the times computed from them.

The operating system and PostgreSQL have other versions of the rules, by which the same instant may be on another
day.
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
"""Pursuit stores no earlier times."""
SHORTEST = 3 * 24 * 3600
"""Shortest period between two offset changes of any zone since then, in seconds; tested on the data."""


@dataclass(frozen=True)
class Offsets:
    """Offsets of a zone: `values[0]` before `starts[0]`, and `values[n + 1]` from `starts[n]` on."""

    starts: tuple[datetime, ...]
    values: tuple[timedelta, ...]


def use_pinned_rules() -> None:
    """Make every `ZoneInfo` of this process read the `tzdata` package, including cached ones."""
    zoneinfo.reset_tzpath(())
    ZoneInfo.clear_cache()
    for cached in (names, places, named, offsets):
        cached.cache_clear()


def check() -> str:
    """Return the zone data in use; raises Sorry when it isn't that of the pinned package."""
    wanted, installed = _pinned_version(), import_module("tzdata").__version__
    if zoneinfo.TZPATH:
        raise Sorry(f"Time zones are read from {zoneinfo.TZPATH[0]}, not from the package tzdata {wanted}.")
    if installed != (wanted or installed):
        raise Sorry(
            f"The package tzdata is {installed}, but this version of Pursuit needs {wanted}: bin/run installs it."
        )
    return f"tzdata {installed}"


def _pinned_version() -> str:
    """Return the pinned version; empty when Pursuit isn't installed as a package."""
    try:
        lines = metadata.requires("pursuit") or []
    except metadata.PackageNotFoundError:
        return ""
    pins = [re.match(r"tzdata==([\w.]+)", line) for line in lines]
    return next((pin[1] for pin in pins if pin), "")


@lru_cache
def names() -> frozenset[str]:
    """Return the names of all zones."""
    return frozenset(zoneinfo.available_timezones() - {"Factory"})


@lru_cache
def places() -> list[tuple[str, str]]:
    """Return UTC and the zones named for a place, as (`America/New_York`, `America/New York`)."""
    other = ("Etc/", "SystemV/", "US/")
    by_place = sorted(name for name in names() if "/" in name and not name.startswith(other))
    return [("UTC", "UTC"), *((name, name.replace("_", " ")) for name in by_place)]


@lru_cache(maxsize=1024)
def named(name: str) -> tzinfo:
    """Return the zone of a name; UTC for an unknown name."""
    return ZoneInfo(name) if name in names() else UTC


def instants(local: datetime, zone: tzinfo) -> list[datetime]:
    """Return the instants of a local time: two when clocks go back, none in a gap."""
    both = {instant(local, zone, fold) for fold in (0, 1)}
    return sorted(at for at in both if at.astimezone(zone).replace(tzinfo=None) == local)


def instant(local: datetime, zone: tzinfo, fold: int) -> datetime:
    """Return the first (fold 0) or second (1) instant of a local time, extrapolated in a gap."""
    return local.replace(tzinfo=zone, fold=fold).astimezone(UTC)


def day_begins(day: date, zone: tzinfo) -> datetime:
    """Return the first instant of a day in a zone, also where midnight is in a gap."""
    midnight = datetime.combine(day, time())
    if midnights := instants(midnight, zone):
        return midnights[0]
    late, early = (instant(midnight, zone, fold) for fold in (0, 1))
    return _change(zone, int(early.timestamp()), int(late.timestamp()))


@lru_cache(maxsize=1024)
def offsets(zone: tzinfo, until: int) -> Offsets:
    """Return the offsets of a zone from 1990 until the year `until`."""
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
    """Return the first second after `early` with the offset of `late`, both in seconds since 1970."""
    wanted = _offset(late, zone)
    while late - early > 1:
        middle = (early + late) // 2
        early, late = (early, middle) if _offset(middle, zone) == wanted else (middle, late)
    return datetime.fromtimestamp(late, UTC)
