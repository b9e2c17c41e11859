"""Actions as list items: label, reason and the email to send."""

from datetime import date, datetime
from typing import Any
from urllib.parse import quote, urlencode

from tracker.db import Row, Scope
from tracker.services.actions.action_rows import AHEAD, LATE, NOW, TIDY
from tracker.services.actions.missing_fields import FIELDS, max_points
from tracker.services.actions.rules import NO_DEADLINE, WEEKLY_GOAL
from tracker.services.applications.cards import mark, tint
from tracker.services.applications.salary_fields import ENDS, SALARY
from tracker.services.priority.score import worths
from tracker.services.priority.score_facts import wishes_of
from tracker.shapes.actions import NextAction
from tracker.shapes.dates import day_in_words, days_from, exact_day, time_of
from tracker.shapes.enumerations import ActionKind, InterviewKind, Outcome, Stage

PERIODS = {LATE: "late", NOW: "today", AHEAD: "ahead", TIDY: "tidy"}
"""Name of each period."""
_ORDINALS = ("First", "Second", "Third", "Fourth", "Fifth")


def as_action(scope: Scope, kind: ActionKind, row: Row) -> NextAction:
    """Return the action of a rule's row, in the user's time zone and locale."""
    is_of_meeting = row["interview_id"] and kind is not ActionKind.RESCHEDULE
    day = _day_of_meeting(scope, row) if is_of_meeting else row["day"]
    return NextAction(
        id=f"{kind}-{row['interview_id'] or row['application_id']}",
        kind=kind.value,
        label=_label(kind, row),
        about=row["about"],
        application_id=str(row["application_id"]),
        interview_id=str(row["interview_id"] or ""),
        company=row["company"],
        role=row["role"],
        subject=f"{row['role']} at {row['company']}",
        mark=mark(row["company"]),
        tint=tint(row["company"]),
        when=days_from(day, scope.today),
        exact=exact_day(day, scope.who.locale),
        why=_WHY[kind](scope, row),
        period=PERIODS[row["bucket"]],
        is_late=row["bucket"] == LATE,
        address=_address(kind, row),
        mail=_mail(scope, kind, row),
        posting_url=row["posting_url"] if kind is ActionKind.APPLY else "",
        outcome=_outcome(row).value if kind is ActionKind.CLOSE else "",
    )


def _label(kind: ActionKind, row: Row) -> str:
    if kind is ActionKind.CLOSE and _outcome(row) is Outcome.EXPIRED:
        return "Close as expired"
    return kind.label


def _outcome(row: Row) -> Outcome:
    return Outcome.EXPIRED if row["stage"] == Stage.SAVED else Outcome.NO_RESPONSE


def _day_of_meeting(scope: Scope, row: Row) -> date:
    day: date = row["starts_at"].astimezone(scope.who.zone).date()
    return day


def _decide(scope: Scope, row: Row) -> str:
    locale = scope.who.locale
    if row["about"] == NO_DEADLINE:
        reason = "The offer has no deadline. Ask when they need an answer, and add the date as the deadline."
    else:
        reason = f"Answer the offer by {exact_day(row['day'], locale)}."
    if not row["other_talks"]:
        return reason
    company, starts_at = row["other_talks"]
    day = day_in_words(_local_day(scope, datetime.fromisoformat(starts_at)), scope.today, locale)
    return f"{reason} You have an interview with {company} ({day}): ask for more time if you want their answer first."


def _local_day(scope: Scope, instant: datetime) -> date:
    return instant.astimezone(scope.who.zone).date()


def _prepare(scope: Scope, row: Row) -> str:
    day = day_in_words(_day_of_meeting(scope, row), scope.today, scope.who.locale)
    if row["interview_kind"] == InterviewKind.TAKE_HOME:
        due = time_of(row["starts_at"], scope.who.zone, scope.who.locale)
        return f"The take-home task is due {day}, {due}. Plan the hours it needs."
    when = f"{day}, {time_of(row['starts_at'], scope.who.zone, scope.who.locale)}"
    notes = "your notes are ready to review" if row["has_preparation"] else "no preparation notes yet"
    return f"{_interview(row)} {when}; {notes}."


def _debrief(scope: Scope, row: Row) -> str:
    return f"{_interview(row)} {days_from(_day_of_meeting(scope, row), scope.today)}; write a debrief while you remember it."


def _thank_you(scope: Scope, row: Row) -> str:
    return f"{_interview(row)} {days_from(_day_of_meeting(scope, row), scope.today)}; send a thank-you note."


def _follow_up(scope: Scope, row: Row) -> str:
    number, maximum = row["follow_ups"], scope.who.cadence.follow_ups
    position = (
        f"{_ORDINALS[min(number, 4)]} of {maximum} follow-ups" if number < maximum else "You set this date"
    )
    if row["stage"] == Stage.APPLIED and row["applied_on"]:
        return f"Applied {days_from(row['applied_on'], scope.today)}, no reply since. {position}."
    since = row["stage_since"].astimezone(scope.who.zone).date()
    return (
        f"In {Stage(row['stage']).label} since {exact_day(since, scope.who.locale, year=False)}. {position}."
    )


def _apply(scope: Scope, row: Row) -> str:
    if row["about"] == WEEKLY_GOAL:
        return "You're behind your weekly goal, and this is one of your best saved applications."
    return f"Applications close on {exact_day(row['day'], scope.who.locale)}."


def _close(scope: Scope, row: Row) -> str:
    if row["stage"] == Stage.SAVED:
        return _close_expired(scope, row)
    if row["stage"] != Stage.APPLIED:
        return _close_talks(scope, row)
    return f"Applied {days_from(row['day'], scope.today)}, no reply, and no follow-ups left."


def _close_talks(scope: Scope, row: Row) -> str:
    met = row["last_met"]
    if met is not None:
        return f"The last interview was {days_from(_local_day(scope, met), scope.today)}, and you haven't heard back since."
    return f"In {Stage(row['stage']).label} since {exact_day(row['day'], scope.who.locale, year=False)}, and you haven't heard back since."


def _close_expired(scope: Scope, row: Row) -> str:
    return f"Applications closed {days_from(row['day'], scope.today)}. Ask whether they still accept applications, or close this one."


def _reschedule(scope: Scope, row: Row) -> str:
    day = day_in_words(_day_of_meeting(scope, row), scope.today, scope.who.locale)
    return f"{_interview(row)} ({day}) was cancelled, and no new date is set."


def _duplicate(scope: Scope, row: Row) -> str:
    return "The same posting was added before. Delete one of the two."


def _complete(scope: Scope, row: Row) -> str:
    wishes, _ = wishes_of(scope, row["wishes"])
    points = max_points(row["about"], wishes, worths(wishes))
    reason = FIELDS[row["about"]][0]
    return f"{reason}; it could move its score of {row['score']} by up to {points} point{'' if points == 1 else 's'}."


def _address(kind: ActionKind, row: Row) -> str:
    """Return the page of the action: the interview, the application, or the empty field's editor."""
    if row["interview_id"]:
        return f"/interviews/{row['interview_id']}"
    page = f"/applications/{row['application_id']}"
    if kind is ActionKind.DUPLICATE:
        return f"/compare?a={row['about']}&b={row['application_id']}"
    if kind is not ActionKind.COMPLETE:
        return page
    if row["about"] == "posting_text":
        return f"{page}?tab=posting&edit=posting_text"
    return f"{page}?edit={SALARY if row['about'] in ENDS else row['about']}"


_WHY: dict[ActionKind, Any] = {
    ActionKind.DECIDE: _decide,
    ActionKind.PREPARE: _prepare,
    ActionKind.DEBRIEF: _debrief,
    ActionKind.THANK_YOU: _thank_you,
    ActionKind.FOLLOW_UP: _follow_up,
    ActionKind.APPLY: _apply,
    ActionKind.CLOSE: _close,
    ActionKind.RESCHEDULE: _reschedule,
    ActionKind.DUPLICATE: _duplicate,
    ActionKind.COMPLETE: _complete,
}


def _interview(row: Row) -> str:
    return InterviewKind(row["interview_kind"]).noun.capitalize()


def _mail(scope: Scope, kind: ActionKind, row: Row) -> str:
    """Return a `mailto:` address with subject and text, for the contact changed most recently."""
    if kind not in (ActionKind.FOLLOW_UP, ActionKind.THANK_YOU, ActionKind.RESCHEDULE):
        return ""
    name, address = row["mail"] or ("", "")
    greeting = f"Hello {name.split()[0]}," if name.strip() else "Hello,"
    job = f"the {row['role']} position at {row['company']}"
    if kind is ActionKind.THANK_YOU:
        subject = f"Thank you: {row['role']}"
        message = f"Thank you for your time. I enjoyed our conversation about {job}, and look forward to the next step."
    elif kind is ActionKind.RESCHEDULE:
        subject = f"New date for our interview: {row['role']}"
        message = (
            f"Our interview for {job} was cancelled. I remain very interested. Which date would suit you?"
        )
    else:
        subject = f"Following up: {row['role']}"
        message = f"I am writing to follow up on {job}, in which I remain very interested. Is there an update, or anything more you need from me?"
    body = f"{greeting}\n\n{message}\n\nKind regards\n{scope.who.name}".rstrip()
    return f"mailto:{quote(address)}?{urlencode({'subject': subject, 'body': body}, quote_via=quote)}"
