"""The profile of the sample data, for matching, letters and practice to work from."""

from datetime import datetime

from tracker.db import Scope
from tracker.demo.interviews import at
from tracker.services.profile.edits import add_bullet, add_position, edit_about

POSITIONS = (
    (
        {"title": "Backend engineer", "organisation": "Fernwood Systems", "begun": "2021-04", "is_current": "on"},
        (
            ("Moved 40 services to PostgreSQL without an outage", "PostgreSQL, Python"),
            ("Cut the cost of the platform by 32 % by packing its batch work into spare hours", "AWS, Terraform"),
            ("Led a team of four engineers through the rewrite of the billing service", "Python, FastAPI"),
            ("Set up tracing across 12 services, so that a slow request is found in minutes", "OpenTelemetry, Kubernetes"),
        ),
    ),
    (
        {"title": "Software engineer", "organisation": "Lindqvist & Rowe", "begun": "2017-09", "ended": "2021-03"},
        (
            ("Built the import of 3 million invoices a night", "Python, Kafka"),
            ("Brought the test run from 50 minutes to 9", "CI, Docker"),
        ),
    ),
    (
        {"title": "BSc Computer Science", "organisation": "University of Leeds", "kind": "education", "begun": "2014", "ended": "2017"},
        (),
    ),
)  # fmt: skip


def introduce(scope: Scope, when: datetime) -> None:
    """Write the profile down, as of a day long ago."""
    at(scope, when)
    edit_about(
        scope,
        {"headline": "Backend engineer who likes quiet systems", "languages": "English, German (B2)"},
        {},
    )
    for position, bullets in POSITIONS:
        place = add_position(scope, dict(position))
        for text, skills in bullets:
            add_bullet(scope, {"text": text, "skills": skills, "position_id": place})
