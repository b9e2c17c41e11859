"""Data set of the benchmark: one user with a large search, among many others."""

import json
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from random import Random
from uuid import UUID

import psycopg

from bench import vocabulary
from bench.histories import HISTORIES, REACHED

SEED = 20_261_122
ISSUER = "https://bench.invalid"


@dataclass(frozen=True)
class Size:
    """Number of rows: those of the measured user, then everyone's."""

    mine: int = 10_000
    my_events: int = 60_000
    people: int = 200
    all: int = 500_000

    @property
    def each(self) -> int:
        """Return how many applications each of the other users has."""
        return (self.all - self.mine) // max(self.people - 1, 1)


def fill(url: str, size: Size) -> bool:
    """Create the data set unless it exists in this size; return whether it was created."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE SCHEMA IF NOT EXISTS bench")
        connection.execute("CREATE TABLE IF NOT EXISTS bench.made (size jsonb)")
        stored_size = connection.execute("SELECT size FROM bench.made").fetchone()
        if stored_size and stored_size[0] == asdict(size):
            return False
        with connection.transaction(), _WithoutIndexes(connection):
            connection.execute("TRUNCATE app_user CASCADE")
            connection.execute("TRUNCATE bench.made")
            _people(connection, size)
            _mine(connection, size)
            _others(connection, size)
            connection.execute(
                "INSERT INTO priority (user_id, application_id, score) SELECT user_id, id, 50 FROM application"
            )
        connection.execute("VACUUM ANALYZE")
        connection.execute("INSERT INTO bench.made VALUES (%s)", [json.dumps(asdict(size))])
    return True


def people(url: str) -> list[UUID]:
    """Return the ids of all users, the one with the large search first."""
    with psycopg.connect(url) as connection:
        rows = connection.execute("SELECT id FROM app_user WHERE issuer = %s ORDER BY subject::int", [ISSUER])
        return [row[0] for row in rows]


def newcomer(url: str) -> UUID:
    """Return the id of a user without any rows, who isn't part of the data set."""
    with psycopg.connect(url) as connection:
        insert = (
            "INSERT INTO app_user (issuer, subject, name, email) VALUES (%s, 'new', 'New', 'new@example.com')"
        )
        connection.execute(f"{insert} ON CONFLICT DO NOTHING", [f"{ISSUER}/new"])
        row = connection.execute("SELECT id FROM app_user WHERE issuer = %s", [f"{ISSUER}/new"]).fetchone()
        assert row is not None
        insert_preferences = (
            "INSERT INTO preferences (user_id, timezone) VALUES (%s, 'Europe/Berlin') ON CONFLICT DO NOTHING"
        )
        connection.execute(insert_preferences, [row[0]])
        return UUID(str(row[0]))


class _WithoutIndexes:
    """Context without secondary indexes and foreign key checks, in which tables fill faster."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self.connection = connection

    def __enter__(self) -> None:
        indexes = self.connection.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND indexname LIKE 'ix\\_%'"
        ).fetchall()
        self.definitions = [definition for _, definition in indexes]
        for name, _ in indexes:
            self.connection.execute(f'DROP INDEX "{name}"')
        self.connection.execute("SET LOCAL session_replication_role = replica")
        self.connection.execute("SET LOCAL synchronous_commit = off")
        self.connection.execute("SET LOCAL maintenance_work_mem = '512MB'")

    def __exit__(self, error: object, *_: object) -> None:
        if error:
            return
        for definition in self.definitions:
            started = time.monotonic()
            self.connection.execute(definition)
            print(f"  {definition.split()[2]} {time.monotonic() - started:.1f} s", flush=True)
        self.connection.execute("SET LOCAL session_replication_role = origin")


def _people(connection: psycopg.Connection, size: Size) -> None:
    connection.execute(
        "INSERT INTO app_user (issuer, subject, name, email) "
        "SELECT %s, n, 'Person ' || n, 'person' || n || '@example.com' FROM generate_series(1, %s) n",
        [ISSUER, size.people],
    )
    connection.execute("INSERT INTO preferences (user_id, timezone) SELECT id, 'Europe/Berlin' FROM app_user")


MINE = (
    "user_id company role location workplace employment salary_from salary_to currency salary_period posting_url "
    "posting_text source stage outcome furthest excitement tags deadline applied_on follow_up_on notes "
    "touched_at stage_since created_at"
).split()


def _mine(connection: psycopg.Connection, size: Size) -> None:
    user_id = connection.execute("SELECT id FROM app_user WHERE subject = '1'").fetchone()[0]
    today = connection.execute("SELECT now()").fetchone()[0]
    with connection.cursor().copy(f"COPY application ({', '.join(MINE)}) FROM STDIN") as copy:
        for row in _rows(user_id, size.mine, today):
            copy.write_row(row)
    mine = "WHERE user_id = %s"
    share = -(-size.my_events // max(size.mine, 1)) - 1
    connection.execute(_EVENTS.format(share=share, where=mine), [user_id])
    connection.execute("DELETE FROM event WHERE user_id = %s AND kind = 'stage.changed'", [user_id])
    for statement in (HISTORIES, REACHED):
        connection.execute(statement, {"user": user_id})
    connection.execute(_INTERVIEWS.format(often=3, where=mine), [user_id])
    connection.execute(
        _CONTACTS,
        {"user": user_id, "number": size.mine // 10, "first": vocabulary.FIRST, "second": vocabulary.SECOND},
    )


def _rows(user_id: UUID, number: int, now: object) -> Iterator[list[object]]:
    from datetime import timedelta

    random, companies, roles = Random(SEED), vocabulary.companies(), vocabulary.roles()
    for n in range(number):
        ago = timedelta(days=random.random() * 700)
        stage, outcome, furthest = _random_stage(random, ago.days)
        low, touched = random.randint(40, 150) * 1000, now - ago * random.random()
        applied = (now - ago).date() if furthest != "saved" else None
        soon = (now + timedelta(days=random.randint(-3, 40))).date()
        yield [
            user_id, random.choice(companies), random.choice(roles), random.choice(vocabulary.PLACES),
            random.choice(["remote", "hybrid", "onsite", None]), random.choice(["full_time", "contract", None]),
            low, low + 15_000, "EUR", "year", f"https://jobs.example.com/{n}",
            vocabulary.posting(random, random.randint(1500, 6000), vocabulary.RARE if n % 2500 == 7 else ""),
            random.choice(vocabulary.SOURCES), stage, outcome, furthest, random.choice([None, 1, 2, 3, 4, 5]),
            random.sample(vocabulary.TAGS, k=random.randint(0, 3)), soon if stage in ("saved", "offer") else None,
            applied, soon if stage == "applied" and n % 3 == 0 else None,
            vocabulary.posting(random, 200) if n % 4 == 0 else "", touched, touched, now - ago,
        ]  # fmt: skip


def _random_stage(random: Random, days: int) -> tuple[str, str | None, str]:
    """Return stage, outcome and furthest stage; most old applications are closed."""
    if random.random() < min(0.9, days / 60):
        furthest = random.choices(
            ["saved", "applied", "screening", "interviewing", "offer"], [1, 7, 2, 2, 1]
        )[0]
        return (
            "closed",
            random.choice(["rejected", "no_response", "withdrawn", "declined", "expired"]),
            furthest,
        )
    stage = random.choices(["saved", "applied", "screening", "interviewing", "offer"], [4, 5, 2, 2, 1])[0]
    return stage, None, stage


_EVENTS = """
INSERT INTO event (user_id, application_id, kind, at, batch, particulars)
SELECT user_id, id, CASE n WHEN 1 THEN 'application.added' WHEN 2 THEN 'stage.changed' WHEN 3 THEN 'application.edited'
    WHEN 4 THEN 'follow_up.logged' ELSE 'application.edited' END,
  created_at + (touched_at - created_at) * n / {share}, gen_random_uuid(),
  CASE n WHEN 1 THEN '{{"stage": "saved"}}' WHEN 2 THEN '{{"from": "saved", "to": "applied"}}'
    WHEN 4 THEN '{{}}' ELSE '{{"field": "location", "from": "Berlin", "to": "Hamburg"}}' END::jsonb
FROM application, generate_series(1, {share}) n {where}
"""
_INTERVIEWS = """
INSERT INTO interview (user_id, application_id, round, kind, state, starts_at, zone, wall_time, debrief)
SELECT user_id, id, 1 + n %% 3, 'technical', CASE WHEN at < now() AND n %% 40 > 0 THEN 'done' ELSE 'scheduled' END, at,
  'Europe/Berlin', at AT TIME ZONE 'Europe/Berlin', CASE WHEN at < now() AND n %% 40 > 1 THEN 'It went well.' ELSE '' END
FROM (SELECT user_id, id, row_number() OVER () AS n, touched_at + interval '9 days' * random() AS at
  FROM application {where}) a WHERE n %% {often} = 0
"""
_CONTACTS = """
INSERT INTO contact (user_id, name, company)
SELECT %(user)s, (%(first)s::text[])[1 + n %% 40] || ' ' || (%(second)s::text[])[1 + n / 40 %% 40], 'Company ' || n
FROM generate_series(1, %(number)s) n
"""


def _others(connection: psycopg.Connection, size: Size) -> None:
    arguments = {
        "companies": vocabulary.companies(),
        "roles": vocabulary.roles(),
        "places": list(vocabulary.PLACES),
    }
    others = connection.execute("SELECT id FROM app_user WHERE subject != '1'").fetchall()
    for start in range(0, len(others), 20):
        user_ids = [row[0] for row in others[start : start + 20]]
        connection.execute(_APPLICATIONS, {**arguments, "users": user_ids, "number": size.each})
        print(f"  {min(start + 20, len(others))} of {len(others)} others", flush=True)
    where = "WHERE user_id != (SELECT id FROM app_user WHERE subject = '1')"
    connection.execute(_EVENTS.format(share=2, where=where))
    connection.execute(_INTERVIEWS.format(often=5, where=where), [])
    connection.execute(
        _CONTACTS.replace("%(user)s", "id").replace("generate_series", "app_user, generate_series")
        + " WHERE subject != '1'",
        {"number": max(size.each // 20, 1), "first": vocabulary.FIRST, "second": vocabulary.SECOND},
    )


_APPLICATIONS = """
INSERT INTO application (user_id, company, role, location, workplace, stage, outcome, furthest, source, tags,
  applied_on, follow_up_on, deadline, posting_text, posting_url, touched_at, stage_since, created_at)
SELECT user_id, (%(companies)s::text[])[1 + (random() * 1679)::int], (%(roles)s::text[])[1 + (random() * 107)::int],
  (%(places)s::text[])[1 + (random() * 19)::int], 'remote', stage, CASE WHEN stage = 'closed' THEN 'rejected' END,
  CASE WHEN stage = 'closed' THEN 'applied' ELSE stage END, 'LinkedIn', ARRAY['python'], at::date,
  CASE WHEN stage = 'applied' THEN current_date + n %% 30 END, CASE WHEN stage = 'saved' THEN current_date + n %% 40 END,
  'We build a reliable platform for customers and you own it with a small team.', 'https://jobs.example.com/' || n,
  at, at, at
FROM (SELECT user_id, n, now() - interval '700 days' * random() AS at,
    (ARRAY['closed','closed','closed','closed','closed','closed','closed','saved','applied','screening','interviewing',
      'offer'])[1 + (random() * 11)::int] AS stage
  FROM unnest(%(users)s::uuid[]) user_id, generate_series(1, %(number)s) n) a
"""
