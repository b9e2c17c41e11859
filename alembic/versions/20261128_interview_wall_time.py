"""The local time of an interview beside its instant, so that new time zone rules change only the instant."""

import os
import sysconfig
from datetime import datetime, tzinfo
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from alembic import op
from tracker.zones import named

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

BATCH = 5000
NEW = "wall_time, fold, zone"
"""Columns of an interview that upkeep can read in addition."""
KINDS = {"event": "interview.realigned", "job": "realign_interviews"}


def upgrade() -> None:
    op.add_column("interview", sa.Column("wall_time", sa.DateTime(), nullable=True))
    op.add_column(
        "interview", sa.Column("fold", sa.SmallInteger(), server_default=sa.text("0"), nullable=False)
    )
    op.create_check_constraint(op.f("ck_interview_fold"), "interview", "fold IN (0, 1)")
    op.execute("ALTER TABLE interview NO FORCE ROW LEVEL SECURITY")
    while fill():
        pass
    op.execute("ALTER TABLE interview FORCE ROW LEVEL SECURITY")
    op.alter_column("interview", "wall_time", nullable=False)
    op.execute(f"GRANT SELECT ({NEW}) ON interview TO tracker_upkeep")
    for table, kind in KINDS.items():
        allow(table, kind, "add")


def downgrade() -> None:
    for table, kind in KINDS.items():
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        op.execute(f"DELETE FROM {table} WHERE kind = '{kind}'")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        allow(table, kind, "remove")
    op.execute(f"REVOKE SELECT ({NEW}) ON interview FROM tracker_upkeep")
    op.drop_constraint(op.f("ck_interview_fold"), "interview", type_="check")
    op.drop_column("interview", "fold")
    op.drop_column("interview", "wall_time")


def fill() -> int:
    """Store the local time of a batch of interviews, and return the number of rows."""
    database = op.get_bind()
    found = sa.text("SELECT user_id, id, starts_at, zone FROM interview WHERE wall_time IS NULL LIMIT :batch")
    rows = [
        {"user_id": row.user_id, "id": row.id, "wall_time": there.replace(tzinfo=None), "fold": there.fold}
        for row in database.execute(found, {"batch": BATCH})
        if (there := on_the_clock(row.starts_at, row.zone))
    ]
    if rows:
        kept = (
            "UPDATE interview SET wall_time = :wall_time, fold = :fold WHERE user_id = :user_id AND id = :id"
        )
        database.execute(sa.text(kept), rows)
    return len(rows)


def on_the_clock(starts_at: datetime, zone: str) -> datetime:
    """Return the agreed local time, by the rules that computed the instant, which may be outdated."""
    return starts_at.astimezone(as_before(zone))


@lru_cache
def as_before(zone: str) -> tzinfo:
    """Return a zone by the operating system's rules, which earlier versions used if there were any."""
    folders = os.environ.get("PYTHONTZPATH", sysconfig.get_config_var("TZPATH") or "")
    for folder in filter(None, folders.split(os.pathsep)):
        file = Path(folder, zone)
        if file.is_file():
            with file.open("rb") as rules:
                return ZoneInfo.from_file(rules, key=zone)
    return named(zone)


def allow(table: str, kind: str, what: str) -> None:
    """Allow a kind in a table, or disallow it."""
    made = sa.inspect(op.get_bind())
    check = next(one for one in made.get_check_constraints(table) if one["name"] == f"ck_{table}_kind")
    kinds = [name for name in check["sqltext"].split("'")[1::2] if name != kind]
    listed = ", ".join(f"'{name}'" for name in [*kinds, *([kind] if what == "add" else [])])
    op.drop_constraint(op.f(f"ck_{table}_kind"), table, type_="check")
    op.create_check_constraint(op.f(f"ck_{table}_kind"), table, f"kind IN ({listed})")
