"""Invented claims that differ little from true ones."""

from datetime import date

import pytest

from tracker.services.grounding.check import check
from tracker.shapes.letters import Paragraph
from tracker.shapes.profile import Bullet, Position, Profile

PROFILE = Profile(
    "Ann Lee",
    "Carpentry foreman",
    ("English (native)", "Irish (B1)"),
    (
        Position("p1", "job", "Journeyman carpenter", "Ridge Builders", "2013-06", "2018-03"),
        Position("p2", "job", "Lead carpenter", "Cascade Interiors", "2018-04", "2021-12"),
        Position("p3", "job", "Carpentry foreman", "Cascade Interiors", "2022-01", is_current=True),
    ),
    (
        Bullet("b1", "Lifted conversion from 2.4 % to 3.1 %", (), "p3"),
        Bullet("b2", "Compliance with checks rose from 52 % to 91 %", (), "p3"),
        Bullet("b3", "Churn model with an AUC of 0.81", (), "p3"),
        Bullet("b4", "Wrote the memo under ASC 606; Safeguarding Level 2 trained", (), "p3"),
    ),
)
POSTING = "We ask for ASC 842, Safeguarding Level 3 and a crew in Newsroom 24."


def marked(text: str) -> list[tuple[str, str]]:
    marks = check(
        [Paragraph(text)], PROFILE, posting=POSTING, company="Acme", role="Superintendent", today=date(2026, 11, 24)
    )  # fmt: skip
    return [(mark.kind.value, mark.claim) for mark in marks]


@pytest.mark.parametrize(
    ("text", "kind", "claim"),
    [
        ("I lifted conversion from 2.4 % to 3.4 %.", "number", "3.4 %"),
        ("Compliance with my checks rose from 51 % to 91 %.", "number", "51 %"),
        ("My churn model reached an AUC of 0.99.", "number", "0.99"),
        ("My churn model has a precision of 0.97.", "number", "0.97"),
        ("Since 2018 I have been a foreman.", "date", "2018"),
        ("I became foreman in 2018.", "date", "2018"),
        ("I have been a lead carpenter since 2013.", "date", "2013"),
        ("I am well versed in ASC 842.", "skill", "ASC 842"),
        ("I worked with ASC-842 leases.", "skill", "ASC-842"),
        ("I am trained to Safeguarding Level 3.", "skill", "Level 3"),
        ("I can talk to families in Welsh.", "language", "Welsh"),
        ("I can calm a client in Arabic.", "language", "Arabic"),
        ("My Polish is rusty but usable.", "language", "Polish"),
        ("I grew up with Turkish.", "language", "Turkish"),
        ("I then moved to Deloitte.", "employer", "Deloitte"),
        ("I moved to Deloitte as a foreman.", "employer", "Deloitte"),
        ("I switched to Turner.", "employer", "Turner"),
        ("From Ridge Builders I went to Turner.", "employer", "Turner"),
    ],
)
def test_a_claim_close_to_a_true_one_is_marked(text: str, kind: str, claim: str) -> None:
    assert (kind, claim) in marked(text)


@pytest.mark.parametrize(
    "text",
    [
        "I lifted conversion from 2.4 % to 3.1 %.",
        "I lifted conversion to 3 %.",
        "Compliance with my checks rose by 39 points.",
        "My churn model reached an AUC of about 0.8.",
        "I became foreman in 2022.",
        "I was a journeyman from 2013 to 2018.",
        "I was a journeyman at Ridge and moved to Cascade in 2018.",
        "I know ASC 606 and hold Safeguarding Level 2.",
        "You ask for ASC 842, which I would have to learn.",
        "I talk to families in Irish.",
        "I communicate with German suppliers.",
        "I then moved to London.",
        "I came to Scotland as a journeyman.",
        "I then moved to Cascade Interiors.",
        "I would move to Acme.",
        "I would start in the first half-term.",
    ],
)
def test_the_true_claim_is_left_alone(text: str) -> None:
    assert marked(text) == []
