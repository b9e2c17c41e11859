"""Every verb of the domain, called by alice with everything of bob's: he loses nothing and shows nothing."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from sqlmodel import SQLModel

import tracker.services
from tests.acting import Person
from tracker.db import Scope, engine
from tracker.errors import NotFound
from tracker.services.applications.moving import move
from tracker.services.contacts.changing import add as add_contact
from tracker.services.figures.page import counted
from tracker.services.figures.parts import Print
from tracker.services.figures.pay import Money
from tracker.services.interviews.scheduling import schedule
from tracker.services.jobs import doing, request, request_for_day
from tracker.services.sessions import find, open_session
from tracker.shapes.figures import Selection
from tracker.shapes.filters import Filters
from tracker.shapes.words import EventKind, JobKind

SECRET = "Bobcorp"
EUROS = Money("EUR")
NOTHING = Print(((0, 0),) * 8, {}, EUROS)


@dataclass(frozen=True)
class Theirs:
    """Everything of bob's that a stranger might name."""

    application: str
    interview: str
    contact: str
    session: str
    batch: str
    my_application: str
    job: doing.Claimed


REFUSED: dict[str, Callable[[Theirs], tuple[Any, ...]]] = {
    "actions.answering.snooze": lambda t: (t.application, "apply", "2026-11-05", 3),
    "actions.answering.dismiss": lambda t: (t.application, "apply", "2026-11-05"),
    "actions.answering.thank": lambda t: (t.interview,),
    "applications.editing.edit": lambda t: (t.application, "company", "Mine", SECRET),
    "applications.editing.tag": lambda t: ([t.application], "mine"),
    "applications.moving.chosen": lambda t: ([t.application],),
    "applications.moving.move": lambda t: ([t.my_application, t.application], "offer"),
    "applications.moving.follow_up": lambda t: (t.application,),
    "applications.reading.detail": lambda t: (t.application,),
    "applications.removing.remove": lambda t: ([t.application],),
    "contacts.changing.add": lambda t: ({"name": "Mine"}, t.application),
    "contacts.changing.edit": lambda t: (t.contact, "name", "Mine", SECRET),
    "contacts.changing.link": lambda t: (t.contact, t.my_application),
    "contacts.changing.unlink": lambda t: (t.contact, t.application),
    "contacts.changing.delete": lambda t: (t.contact,),
    "contacts.listing.of_application": lambda t: (t.application,),
    "contacts.listing.detail": lambda t: (t.contact,),
    "interviews.listing.detail": lambda t: (t.interview,),
    "interviews.listing.of_application": lambda t: (t.application,),
    "interviews.scheduling.blank": lambda t: (t.application,),
    "interviews.scheduling.schedule": lambda t: (t.application, {"starts_at": "2026-11-05T09:00"}),
    "interviews.scheduling.found": lambda t: (t.interview,),
    "interviews.scheduling.move": lambda t: (t.interview, {"starts_at": "2026-11-06T09:00"}),
    "interviews.scheduling.edit": lambda t: (t.interview, {"place": "Mine"}),
    "interviews.settling.cancel": lambda t: (t.interview,),
    "interviews.settling.mark_done": lambda t: (t.interview,),
    "interviews.settling.no_show": lambda t: (t.interview,),
    "interviews.settling.reopen": lambda t: (t.interview,),
    "interviews.settling.debrief": lambda t: (t.interview, "mine"),
    "interviews.settling.delete": lambda t: (t.interview,),
    "jobs.asking.retry": lambda t: (str(t.job.job_id),),
    "jobs.doing.advance": lambda t: (t.job, 50),
    "jobs.doing.fail": lambda t: (t.job, "mine"),
    "jobs.doing.finish": lambda t: (t.job,),
    "jobs.doing.postpone": lambda t: (t.job, "mine"),
    "jobs.doing.renew": lambda t: (t.job,),
    "priority.comparing.explain": lambda t: (t.application,),
    "priority.comparing.compare": lambda t: (t.my_application, t.application),
    "sessions.revoke": lambda t: (t.session,),
    "undo.undo": lambda t: (t.batch,),
}
"""Verbs that name a thing: bob's doesn't exist for alice."""

SEES_NOTHING: dict[str, Callable[[Theirs], tuple[Any, ...]]] = {
    "actions.due.groups": lambda t: (0,),
    "actions.due.number": lambda t: (),
    "actions.due.sent_this_week": lambda t: (),
    "actions.pace.typed": lambda t: (),
    "actions.pace.save": lambda t: ({"close": "77"},),
    "applications.adding.add": lambda t: ({"company": "Mine", "role": "Mine"},),
    "applications.adding.likenesses": lambda t: (SECRET, "Engineer", "https://example.com/bob/1"),
    "applications.listing.page": lambda t: (Filters(q=SECRET),),
    "applications.listing.columns_of_board": lambda t: (Filters(), {}),
    "applications.listing.counts": lambda t: (Filters(q=SECRET),),
    "applications.listing.sources_and_tags": lambda t: (),
    "applications.moving.follow_ups": lambda t: (t.application,),
    "contacts.listing.page": lambda t: (),
    "contacts.listing.same_email": lambda t: ("bob@bobcorp.example",),
    "dashboard.today": lambda t: (),
    "figures.activity.activity": lambda t: (Selection(),),
    "figures.activity.standing": lambda t: (Selection(), date(2026, 11, 2)),
    "figures.history.actions": lambda t: (),
    "figures.history.courses": lambda t: (),
    "figures.history.days": lambda t: (),
    "figures.members.in_words": lambda t: ("reached:offer",),
    "figures.page.figures": lambda t: (Selection(),),
    "figures.page.counted": lambda t: (Selection(), NOTHING),
    "figures.page.remembered": lambda t: (Selection(), counted, NOTHING),
    "figures.parts.fingerprint": lambda t: (),
    "figures.parts.tallied": lambda t: (Selection(), NOTHING),
    "figures.showing.analytics": lambda t: (Selection(),),
    "figures.showing.offered": lambda t: (Selection(),),
    "figures.showing.still": lambda t: (Selection(), NOTHING),
    "figures.showing.as_csv": lambda t: (Selection(), "source"),
    "figures.pay.money": lambda t: (),
    "figures.pay.money_of": lambda t: (),
    "figures.tallies.tallies": lambda t: (Selection(), EUROS),
    "interviews.calendar.month": lambda t: (2026, 11),
    "interviews.calendar.week": lambda t: ("2026-11-05",),
    "interviews.listing.upcoming": lambda t: (),
    "interviews.listing.agenda": lambda t: (),
    "interviews.listing.past": lambda t: (),
    "interviews.lines.chosen": lambda t: (),
    "interviews.scheduling.clashes": lambda t: ("2026-11-05T14:30", "Europe/Berlin", "60"),
    "jobs.asking.request": lambda t: (JobKind.REMIND, UUID(t.application)),
    "jobs.asking.request_for_day": lambda t: (JobKind.NIGHTLY_SNAPSHOT, date(2026, 11, 2)),
    "jobs.doing.claim": lambda t: (t.job.job_id,),
    "jobs.listing.recent": lambda t: (),
    "palette.find": lambda t: (SECRET,),
    "people.rename": lambda t: ("Mine",),
    "people.delete_account": lambda t: ("delete",),
    "preferences.read": lambda t: (),
    "preferences.save": lambda t: ({"weekly_goal": "77"},),
    "preferences.save_all": lambda t: ({"name": "Mine", "weekly_goal": "77"},),
    "preferences.offered": lambda t: (),
    "preferences.learn_zone": lambda t: ("Asia/Tokyo",),
    "priority.keeping.keep": lambda t: ([UUID(t.application)],),
    "priority.keeping.score_all": lambda t: (),
    "priority.facts.wishes_row": lambda t: (),
    "priority.trying.try_out": lambda t: ({},),
    "priority.wishing.read": lambda t: (),
    "priority.wishing.save": lambda t: ({"wanted": "Go"},),
    "sessions.of_mine": lambda t: (),
    "sessions.revoke_others": lambda t: (),
    "snapshots.fill": lambda t: (),
    "snapshots.forget": lambda t: (),
    "snapshots.kept_actions": lambda t: (40,),
    "snapshots.kept": lambda t: (date(2026, 10, 1), date(2026, 11, 3)),
    "snapshots.rebuild": lambda t: (),
    "snapshots.take": lambda t: (date(2026, 11, 2),),
    "snapshots.touched": lambda t: (date(2026, 10, 1),),
    "timeline.of_application": lambda t: (t.application,),
    "timeline.recent": lambda t: (),
    "undo.offered": lambda t: (),
}
"""Verbs that name nothing, or list: nothing of bob's is in the answer."""

FENCED: dict[str, Callable[[Theirs], tuple[Any, ...]]] = {
    "timeline.record": lambda t: (EventKind.FOLLOW_UP_LOGGED, UUID(t.application)),
    "timeline.record_many": lambda t: (EventKind.FOLLOW_UP_LOGGED, [(UUID(t.application), {})]),
}
"""Steps of other verbs, which the database itself refuses to hang on bob's rows."""

NO_ROWS = {
    "actions.due.is_behind", "actions.rules.all_rules", "actions.rules.best_saved", "actions.rules.horizon",
    "actions.wording.worded", "applications.moving.first_follow_up",
    "applications.cards.columns", "applications.cards.card", "applications.cards.on_board",
    "applications.listing.due", "applications.moving.number_of_follow_ups",
    "applications.moving.moved",
    "figures.facts.facts", "figures.tables.tables", "figures.tables.of_days", "figures.page.asked_day", "figures.members.members", "figures.facts.chosen", "figures.shares.breakdowns", "figures.pace.weeks", "figures.pace.bar", "figures.pace.left_out", "figures.activity.shown_days",
    "snapshots.first_days", "timeline.days_of", "timeline.log_of",
    "contacts.listing.lines", "interviews.calendar.midnight",
    "interviews.lines.needs_debrief", "interviews.lines.line", "interviews.lines.choosing", "interviews.lines.exact_moment",
    "interviews.scheduling.touch", "interviews.facts.facts",
    "priority.facts.columns", "priority.facts.facts_of", "priority.facts.wishes_of", "priority.keeping.facts_now",
    "priority.keeping.write",
}  # fmt: skip
"""Parts of queries and words for rows that another verb has already found."""


def every_verb() -> dict[str, Callable[..., Any]]:
    found = {}
    for module in pkgutil.walk_packages(tracker.services.__path__, "tracker.services."):
        for name, verb in vars(importlib.import_module(module.name)).items():
            if not inspect.isfunction(verb) or verb.__module__ != module.name or name.startswith("_"):
                continue
            if next(iter(inspect.signature(verb).parameters), "") == "scope":
                found[f"{module.name.removeprefix('tracker.services.')}.{name}"] = verb
    return found


@pytest.fixture
def theirs(alice: Person, bob: Person) -> Theirs:
    token = open_session(bob.who.user_id, SECRET)
    session = find(token)
    assert session is not None
    application = bob.adds(
        SECRET, "Engineer", posting_url="https://example.com/bob/1", tags=SECRET, source=SECRET
    )
    contact = bob.does(add_contact, {"name": SECRET, "email": "bob@bobcorp.example"}, application)
    interview = bob.does(schedule, application, {"starts_at": "2026-11-05T14:30", "place": SECRET})
    bob.does(schedule, application, {"starts_at": "2026-11-01T14:30", "place": SECRET})
    bob.does(move, [application], "offer")
    batch, job = (
        bob.batch,
        bob.does(doing.claim, bob.does(request, JobKind.REMIND, subject=UUID(application))),
    )
    bob.does(request_for_day, JobKind.NIGHTLY_SNAPSHOT, date(2026, 11, 1))
    bob.rows(
        "INSERT INTO snapshot (user_id, day, applied) VALUES (:me, '2026-10-01', 77) RETURNING 1",
        me=bob.who.user_id,
    )
    return Theirs(application, interview, contact, str(session.session_id), batch, alice.adds(), job)


@contextmanager
def unfenced(person: Person) -> Iterator[Scope]:
    """A transaction as it would be without row-level security: only the queries' own conditions are left."""
    with Session(engine(), expire_on_commit=False) as session, session.begin():
        session.execute(text("SELECT set_config('app.user_id', :id, true)"), {"id": str(person.who.user_id)})
        yield Scope(session, person.who)


def everything_of(person: Person) -> dict[str, list[dict[str, Any]]]:
    return {
        table.name: sorted(person.rows(f"SELECT * FROM {table.name}"), key=str)
        for table in SQLModel.metadata.sorted_tables
    }


def called(alice: Person, fenced: bool, verb: Callable[..., Any], args: tuple[Any, ...]) -> Any:
    with alice.scope() if fenced else unfenced(alice) as scope:
        return verb(scope, *args)


def test_every_verb_is_listed_here_once() -> None:
    listed = [*REFUSED, *SEES_NOTHING, *FENCED, *NO_ROWS]
    assert sorted(listed) == sorted(every_verb())


@pytest.mark.parametrize("fenced", [True, False], ids=["fenced", "unfenced"])
@pytest.mark.parametrize("name", sorted(REFUSED))
def test_what_is_someone_elses_does_not_exist(
    alice: Person, bob: Person, theirs: Theirs, name: str, fenced: bool
) -> None:
    before, mine = everything_of(bob), everything_of(alice)
    with pytest.raises(NotFound, match=r"^This .* doesn't exist, or isn't yours\.$"):
        called(alice, fenced, every_verb()[name], REFUSED[name](theirs))
    assert everything_of(bob) == before
    assert everything_of(alice) == mine


@pytest.mark.parametrize("fenced", [True, False], ids=["fenced", "unfenced"])
@pytest.mark.parametrize("name", sorted(SEES_NOTHING))
def test_nothing_of_someone_elses_is_shown_or_changed(
    alice: Person, bob: Person, theirs: Theirs, name: str, fenced: bool
) -> None:
    before = everything_of(bob)
    shown = repr(called(alice, fenced, every_verb()[name], SEES_NOTHING[name](theirs)))
    assert SECRET.lower() not in shown.lower()
    assert not any(
        row_id in shown
        for row_id in (theirs.application, theirs.interview, theirs.contact, str(theirs.job.job_id))
    )
    assert everything_of(bob) == before


@pytest.mark.parametrize("fenced", [True, False], ids=["fenced", "unfenced"])
@pytest.mark.parametrize("name", sorted(FENCED))
def test_the_database_hangs_nothing_on_someone_elses_rows(
    alice: Person, bob: Person, theirs: Theirs, name: str, fenced: bool
) -> None:
    before = everything_of(bob)
    with pytest.raises(SQLAlchemyError):
        called(alice, fenced, every_verb()[name], FENCED[name](theirs))
    assert everything_of(bob) == before
