"""Time zones: one source of rules in every process, and what is computed from it."""

import os
import re
import struct
import subprocess
import sys
import zoneinfo
from datetime import UTC, date, datetime, timedelta
from importlib import resources
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tracker import zones
from tracker.commands.doctor import report
from tracker.errors import Sorry
from tracker.settings import CHECKOUT

SAYS = "; from datetime import datetime; print(datetime(2026, 12, 1, tzinfo=ZoneInfo('America/Vancouver')).utcoffset())"


@pytest.fixture
def other_rules(tmp_path: Path) -> Path:
    """Return a folder of zone data in which Vancouver has Tokyo's rules."""
    (tmp_path / "America").mkdir()
    tokyo = resources.files("tzdata").joinpath("zoneinfo", "Asia", "Tokyo").read_bytes()
    (tmp_path / "America" / "Vancouver").write_bytes(tokyo)
    return tmp_path


@pytest.mark.parametrize(
    "starts",
    [
        "import tracker.cli",
        "import worker.main",
        "ZoneInfo('America/Vancouver'); import tracker",
    ],
)
def test_every_process_reads_the_pinned_rules_whatever_the_system_has(other_rules: Path, starts: str) -> None:
    environment = {**os.environ, "PYTHONTZPATH": str(other_rules)}
    program = [sys.executable, "-c", f"from zoneinfo import ZoneInfo; {starts}{SAYS}"]
    result = subprocess.run(
        program, cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=True, timeout=60
    )
    assert result.stdout.strip() == "-1 day, 17:00:00"
    program[-1] = "from zoneinfo import ZoneInfo" + SAYS
    untouched = subprocess.run(program, env=environment, capture_output=True, text=True, check=True)
    assert untouched.stdout.strip() == "9:00:00"


def test_the_doctor_names_the_zone_data_in_use(tmp_path: Path) -> None:
    line = next(finding for finding in report(tmp_path) if finding.title == "Time zones")
    assert line.fine
    pinned = re.search(r'"tzdata==([\w.]+)"', (CHECKOUT / "pyproject.toml").read_text())
    assert pinned
    assert line.detail == zones.check() == f"tzdata {pinned[1]}"


def test_zone_data_from_elsewhere_is_refused(other_rules: Path) -> None:
    zoneinfo.reset_tzpath([other_rules])
    try:
        with pytest.raises(Sorry, match="Time zones are read from"):
            zones.check()
    finally:
        zones.use_pinned_rules()


def test_another_version_of_the_package_is_refused_at_the_start(tmp_path: Path) -> None:
    (tmp_path / "tzdata").mkdir()
    (tmp_path / "tzdata" / "__init__.py").write_text('__version__ = "2019.3"\n')
    environment = {**os.environ, "PYTHONPATH": str(tmp_path), "PURSUIT_DATA_DIR": str(tmp_path / "data")}
    result = subprocess.run(
        [sys.executable, "-m", "tracker", "migrate"],
        cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert result.returncode == 1
    assert result.stderr.startswith("The package tzdata is 2019.3, but this version of Pursuit needs 20")


def test_an_unknown_zone_is_replaced_by_utc() -> None:
    for name in ("", "Mars/Olympus", "../../etc/passwd", "/etc/localtime", "Europe", "localtime", "a\0b"):
        assert zones.named(name) is UTC
    assert zones.named("Europe/Berlin") == ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("local", "zone", "at"),
    [
        ("2026-11-05T14:30", "Europe/Berlin", ["2026-11-05T13:30"]),
        ("2026-12-01T17:00", "America/Vancouver", ["2026-12-02T00:00"]),
        ("2026-10-25T02:30", "Europe/Berlin", ["2026-10-25T00:30", "2026-10-25T01:30"]),
        ("2026-10-25T03:00", "Europe/Berlin", ["2026-10-25T02:00"]),
        ("2026-03-29T02:30", "Europe/Berlin", []),
        ("2026-03-29T03:00", "Europe/Berlin", ["2026-03-29T01:00"]),
        ("2027-04-04T01:45", "Australia/Lord_Howe", ["2027-04-03T14:45", "2027-04-03T15:15"]),
        ("2011-12-30T12:00", "Pacific/Apia", []),
    ],
)
def test_a_time_on_a_clock_is_one_instant_or_two_or_none(local: str, zone: str, at: list[str]) -> None:
    expected = [datetime.fromisoformat(f"{instant}+00:00") for instant in at]
    assert zones.instants(datetime.fromisoformat(local), zones.named(zone)) == expected


@pytest.mark.parametrize(
    ("day", "zone", "at"),
    [
        ("2026-11-03", "Europe/Berlin", "2026-11-02T23:00"),
        ("2026-04-24", "Africa/Cairo", "2026-04-23T22:00"),
        ("2026-11-01", "America/Havana", "2026-11-01T04:00"),
        ("2011-12-30", "Pacific/Apia", "2011-12-30T10:00"),
        ("1919-03-31", "America/Toronto", "1919-03-31T04:30"),
    ],
)
def test_a_day_begins_at_its_first_instant(day: str, zone: str, at: str) -> None:
    began = zones.day_begins(date.fromisoformat(day), zones.named(zone))
    assert began == datetime.fromisoformat(f"{at}+00:00")


def changes(name: str) -> dict[datetime, timedelta]:
    """Return a zone's offset changes from 1990 to 2037, read from its file."""
    content = resources.files("tzdata").joinpath("zoneinfo", *name.split("/")).read_bytes()
    isut, isstd, leap, times, types, letters = struct.unpack(">20x6l", content[:44])
    at = 44 + times * 5 + types * 6 + letters + leap * 8 + isstd + isut  # the second part has 64 bits
    _, _, _, times, types, _ = struct.unpack(">20x6l", content[at : at + 44])
    at += 44
    instants = struct.unpack(f">{times}q", content[at : at + times * 8])
    kinds = content[at + times * 8 : at + times * 9]
    offsets = [struct.unpack(">l2x", content[at + times * 9 + 6 * kind :][:6])[0] for kind in kinds]
    known = [
        (datetime.fromtimestamp(max(instant, 0), UTC), timedelta(seconds=offset))
        for instant, offset in zip(instants, offsets, strict=True)
    ]
    return {
        later: offset
        for (_, before), (later, offset) in pairwise(known)
        if before != offset
        and datetime(zones.EARLIEST, 1, 1, tzinfo=UTC) < later < datetime(2037, 1, 1, tzinfo=UTC)
    }


def test_the_offsets_of_a_zone_hold_every_change_that_its_file_holds() -> None:
    for name in sorted(zones.names()):
        known = zones.offsets(zones.named(name), 2037)
        offsets = dict(zip(known.starts, known.values[1:], strict=True))
        file = changes(name)
        assert file.items() <= offsets.items(), name
        shortest = timedelta(seconds=zones.SHORTEST)
        assert all(later - early > shortest for early, later in pairwise(sorted(file))), name
