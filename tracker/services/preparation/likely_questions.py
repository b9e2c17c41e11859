"""The bank questions that may be asked, chosen by round, role, company and posting. Pure."""

from collections.abc import Collection

from tracker.services.matching.technologies import found_in
from tracker.services.preparation.occupations import OCCUPATIONS
from tracker.services.preparation.question_bank import GENERAL_QUESTIONS, BankQuestion
from tracker.shapes.enumerations import InterviewKind
from tracker.shapes.preparation import LikelyQuestion, Topic

MAX_QUESTIONS = 14
"""Maximum number of suggested interviewers' questions, beside `TO_ASK` for the applicant to ask."""
TO_ASK = 4
BANK: dict[str, BankQuestion] = {question.key: question for question in (*GENERAL_QUESTIONS, *OCCUPATIONS)}


def likely(
    kind: InterviewKind, role: str, company: str, posting: str, known_keys: Collection[str] = ()
) -> list[LikelyQuestion]:
    """Return questions that such a round asks, and some to ask back, except for known keys.

    A job title in the role, or a tool in the posting, adds its occupation's questions, and is named as the reason.
    """
    titles = tuple({word for question in OCCUPATIONS for word in question.titles})
    tools = tuple({word for question in OCCUPATIONS for word in question.tools})
    in_role, in_posting = found_in(role, titles), found_in(posting, tools)
    choices = [
        (question, reason)
        for question in BANK.values()
        if question.key not in known_keys
        and _is_asked(question, kind)
        and (reason := _reason(question, in_role, in_posting)) is not None
    ]
    choices.sort(key=lambda choice: not choice[1])  # Questions about this job come first.
    interviewers = [choice for choice in choices if choice[0].topic is not Topic.ASK_THEM][:MAX_QUESTIONS]
    applicants = [choice for choice in choices if choice[0].topic is Topic.ASK_THEM][:TO_ASK]
    shown = sorted((*interviewers, *applicants), key=lambda choice: list(Topic).index(choice[0].topic))
    return [_for_application(question, why, role, company) for question, why in shown]


def bank_question(key: str, role: str, company: str) -> LikelyQuestion | None:
    """Return a bank question worded for an application; None for an unknown key."""
    question = BANK.get(key)
    return _for_application(question, "", role, company) if question else None


def _is_asked(question: BankQuestion, kind: InterviewKind) -> bool:
    return not question.kinds or kind in question.kinds or kind is InterviewKind.OTHER


def _reason(question: BankQuestion, in_role: Collection[str], in_posting: Collection[str]) -> str | None:
    """Return the word that brings up a question: empty if asked of anyone, None where no word does."""
    if not question.titles:
        return ""
    if word := next((word for word in question.titles if word in in_role), ""):
        return f" The role says {word}."
    if word := next((word for word in question.tools if word in in_posting), ""):
        return f" The posting names {word}."
    return None


def _for_application(question: BankQuestion, why: str, role: str, company: str) -> LikelyQuestion:
    text = question.text.replace("{company}", company).replace("{role}", role)
    return LikelyQuestion(question.key, question.topic.value, text, f"{question.why}{why}")
