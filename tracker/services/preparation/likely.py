"""Which questions of the bank may well be asked: a pure choice by round, role, company and posting, the same every time."""

from collections.abc import Collection

from tracker.services.matching.technologies import found_in
from tracker.services.preparation.bank import TALK, BankQuestion
from tracker.services.preparation.trades import TRADE
from tracker.shapes.preparation import Likely, Topic
from tracker.shapes.words import InterviewKind

MOST = 14
"""Questions of theirs that are suggested at once, and so many more to ask them."""
TO_ASK = 4
BANK: dict[str, BankQuestion] = {question.key: question for question in (*TALK, *TRADE)}


def likely(
    kind: InterviewKind, role: str, company: str, posting: str, known: Collection[str] = ()
) -> list[Likely]:
    """What such a round asks, and what to ask back, in the order of a talk; none of the keys that are known already.

    A word of a trade that stands in the role, or a tool of it in the posting, brings that trade's questions, and is named as the reason.
    """
    titles = tuple({word for question in TRADE for word in question.titles})
    tools = tuple({word for question in TRADE for word in question.tools})
    in_role, in_posting = found_in(role, titles), found_in(posting, tools)
    chosen = [
        (question, named)
        for question in BANK.values()
        if question.key not in known
        and _is_asked(question, kind)
        and (named := _named(question, in_role, in_posting)) is not None
    ]
    chosen.sort(key=lambda one: not one[1])  # what this job brings up comes before what any does
    theirs = [one for one in chosen if one[0].topic is not Topic.ASK_THEM][:MOST]
    back = [one for one in chosen if one[0].topic is Topic.ASK_THEM][:TO_ASK]
    shown = sorted((*theirs, *back), key=lambda one: list(Topic).index(one[0].topic))
    return [_said(question, why, role, company) for question, why in shown]


def worded(key: str, role: str, company: str) -> Likely | None:
    """One question of the bank for an application; None for a key it doesn't have."""
    question = BANK.get(key)
    return _said(question, "", role, company) if question else None


def _is_asked(question: BankQuestion, kind: InterviewKind) -> bool:
    return not question.kinds or kind in question.kinds or kind is InterviewKind.OTHER


def _named(question: BankQuestion, in_role: Collection[str], in_posting: Collection[str]) -> str | None:
    """Which word brings a trade's question, in words; nothing for one that is asked of anyone, None where no word does."""
    if not question.titles:
        return ""
    if word := next((word for word in question.titles if word in in_role), ""):
        return f" The role says {word}."
    if word := next((word for word in question.tools if word in in_posting), ""):
        return f" The posting names {word}."
    return None


def _said(question: BankQuestion, why: str, role: str, company: str) -> Likely:
    text = question.text.replace("{company}", company).replace("{role}", role)
    return Likely(question.key, question.topic.value, text, f"{question.why}{why}")
