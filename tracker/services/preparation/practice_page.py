"""An interview's questions as the page shows them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from sqlalchemy import select

from tracker.db import Scope
from tracker.errors import NotFound
from tracker.models import Interview, Question, applications, questions
from tracker.services import profile
from tracker.services.markdown import as_html
from tracker.services.preparation.likely_questions import likely
from tracker.services.preparation.stories import is_answered_from_bullets, stories
from tracker.shapes.dates import days_from, moment_in_words
from tracker.shapes.enumerations import InterviewKind
from tracker.shapes.preparation import (
    LikelyQuestion,
    PracticePage,
    PractisedQuestion,
    Recall,
    Topic,
    TopicGroup,
)
from tracker.shapes.profile import Profile

AnyQuestion = TypeVar("AnyQuestion", LikelyQuestion, PractisedQuestion)


def practice_page(scope: Scope, interview_id: str) -> PracticePage:
    """Return an interview's questions by topic, suggestions, and the one to practise now."""
    meeting = scope.get(Interview, interview_id)
    a = applications
    query = select(a.id, a.company, a.role, a.posting_text).where(
        a.user_id == scope.user_id, a.id == meeting.application_id, a.deleted_at.is_(None)
    )
    if not (job := scope.rows(query)):
        raise NotFound("interview")
    rows = _rows(scope, meeting)
    kind, own_profile = InterviewKind(meeting.kind), profile.read(scope)
    lines = [with_stories(_line(scope, row), own_profile, row.bullets) for row in rows]
    known_keys = {row.key for row in rows if row.key}
    return PracticePage(
        interview_id=str(meeting.id),
        application_id=str(meeting.application_id),
        title=f"{kind.label}, round {meeting.round}",
        subject=f"{job[0]['role']} at {job[0]['company']}",
        when=moment_in_words(meeting.starts_at, scope.who.zone, scope.today, scope.who.locale),
        groups=_by_topic(lines),
        suggested=[
            with_stories(question, own_profile)
            for question in likely(
                kind, job[0]["role"], job[0]["company"], job[0]["posting_text"], known_keys
            )
        ],
        count=len(lines),
        ready=sum(line.is_ready for line in lines),
        due=sum(line.is_due for line in lines),
        now=next((_line(scope, row) for row in _weakest_first(scope, rows)), None),
        has_bullets=bool(own_profile.bullets),
    )


def with_stories(question: AnyQuestion, own_profile: Profile, first: Sequence[str] = ()) -> AnyQuestion:
    """Return a question with the bullets that answer it, or a flag where none does but one should."""
    matches = stories(question.text, question.why, question.topic, own_profile, first)
    summary = f"Answer from {'one' if len(matches) == 1 else len(matches)} of your bullets" if matches else ""
    is_wanted = bool(own_profile.bullets) and is_answered_from_bullets(question.text, question.topic)
    return replace(question, stories=matches, stories_label=summary, is_unsupported=is_wanted and not matches)


def _rows(scope: Scope, meeting: Interview) -> list[Question]:
    mine = (questions.user_id == scope.user_id, questions.interview_id == meeting.id)
    return list(scope.session.scalars(select(Question).where(*mine).order_by(questions.id)))


def _is_due(scope: Scope, row: Question) -> bool:
    """Return whether a question is due for practice: it has an answer, and its time has come."""
    has_answer = bool(row.answer) and row.topic != Topic.ASK_THEM
    return has_answer and (row.due_at is None or row.due_at <= scope.now)


def _weakest_first(scope: Scope, rows: list[Question]) -> list[Question]:
    """Return due questions, forgotten ones first, then those never practised."""
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
        standing=_status(scope, row),
    )


def _status(scope: Scope, row: Question) -> str:
    """Return how well the answer is known, in words."""
    if row.topic == Topic.ASK_THEM:
        return ""
    if not row.answer:
        return "No answer yet"
    if row.due_at is None:
        return "Not practised yet"
    if _is_due(scope, row):
        return "Due for practice"
    day = row.due_at.astimezone(scope.who.zone).date()
    return f"Again {days_from(day, scope.today) if day != scope.today else 'later today'}"


def _by_topic(lines: list[PractisedQuestion]) -> list[TopicGroup]:
    groups = [
        TopicGroup(topic.value, topic.label, [line for line in lines if line.topic == topic])
        for topic in Topic
    ]
    return [group for group in groups if group.questions]
