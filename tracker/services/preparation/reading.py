"""An interview's questions as the page shows them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from sqlalchemy import select

from tracker.db import Scope
from tracker.errors import NotFound
from tracker.models import Interview, Question, applications, questions
from tracker.services import profile
from tracker.services.preparation.likely import likely
from tracker.services.preparation.stories import is_answered_from_bullets, stories
from tracker.services.text import as_html
from tracker.shapes.dates import days_from, moment_in_words
from tracker.shapes.preparation import Likely, PracticeSheet, PractisedQuestion, Recall, Topic, TopicGroup
from tracker.shapes.profile import Profile
from tracker.shapes.words import InterviewKind

Asked = TypeVar("Asked", Likely, PractisedQuestion)


def sheet(scope: Scope, interview_id: str) -> PracticeSheet:
    """All of it: questions by topic, what else may be asked, and the one to practise now; NotFound when it isn't there."""
    meeting = scope.get(Interview, interview_id)
    a = applications
    query = select(a.id, a.company, a.role, a.posting_text).where(
        a.user_id == scope.user_id, a.id == meeting.application_id, a.deleted_at.is_(None)
    )
    if not (job := scope.rows(query)):
        raise NotFound("interview")
    rows = _rows(scope, meeting)
    kind, mine = InterviewKind(meeting.kind), profile.read(scope)
    lines = [with_stories(_line(scope, row), mine, row.bullets) for row in rows]
    known = {row.key for row in rows if row.key}
    return PracticeSheet(
        interview_id=str(meeting.id),
        application_id=str(meeting.application_id),
        title=f"{kind.label}, round {meeting.round}",
        subject=f"{job[0]['role']} at {job[0]['company']}",
        when=moment_in_words(meeting.starts_at, scope.who.zone, scope.today, scope.who.locale),
        groups=_by_topic(lines),
        suggested=[
            with_stories(one, mine)
            for one in likely(kind, job[0]["role"], job[0]["company"], job[0]["posting_text"], known)
        ],
        count=len(lines),
        ready=sum(line.is_ready for line in lines),
        due=sum(line.is_due for line in lines),
        now=next((_line(scope, row) for row in _weakest_first(scope, rows)), None),
        has_bullets=bool(mine.bullets),
    )


def with_stories(one: Asked, mine: Profile, first: Sequence[str] = ()) -> Asked:
    """A question with the bullets that answer it, or the word that none does where there are bullets and one would."""
    found = stories(one.text, one.why, one.topic, mine, first)
    told = f"Answer from {'one' if len(found) == 1 else len(found)} of your bullets" if found else ""
    is_wanted = bool(mine.bullets) and is_answered_from_bullets(one.text, one.topic)
    return replace(one, stories=found, told=told, is_unspoken=is_wanted and not found)


def _rows(scope: Scope, meeting: Interview) -> list[Question]:
    mine = (questions.user_id == scope.user_id, questions.interview_id == meeting.id)
    return list(scope.session.scalars(select(Question).where(*mine).order_by(questions.id)))


def _is_due(scope: Scope, row: Question) -> bool:
    """What has an answer is practised: from the start, and again when its time has come; what they are asked back isn't."""
    has_answer = bool(row.answer) and row.topic != Topic.ASK_THEM
    return has_answer and (row.due_at is None or row.due_at <= scope.now)


def _weakest_first(scope: Scope, rows: list[Question]) -> list[Question]:
    """What is due, that which was forgotten first, then what was never practised."""
    order = {Recall.AGAIN: 0, Recall.HARD: 1, None: 2, Recall.GOOD: 3, Recall.EASY: 4}
    due = [row for row in rows if _is_due(scope, row)]
    return sorted(due, key=lambda row: (order[Recall(row.recall) if row.recall else None], row.touched_at))


def _line(scope: Scope, row: Question) -> PractisedQuestion:
    return PractisedQuestion(
        id=str(row.id),
        topic=row.topic,
        text=row.text,
        why=row.why,
        answer=row.answer,
        answer_html=as_html(row.answer),
        is_ready=row.is_ready,
        is_due=_is_due(scope, row),
        recall=row.recall or "",
        standing=_standing(scope, row),
    )


def _standing(scope: Scope, row: Question) -> str:
    """How well the answer is known, in words."""
    if row.topic == Topic.ASK_THEM:
        return ""
    if not row.answer:
        return "No answer yet"
    if row.due_at is None:
        return "Not practised yet"
    if _is_due(scope, row):
        return "To be practised"
    day = row.due_at.astimezone(scope.who.zone).date()
    return f"Again {days_from(day, scope.today) if day != scope.today else 'later today'}"


def _by_topic(lines: list[PractisedQuestion]) -> list[TopicGroup]:
    groups = [
        TopicGroup(topic.value, topic.label, [one for one in lines if one.topic == topic]) for topic in Topic
    ]
    return [group for group in groups if group.questions]
