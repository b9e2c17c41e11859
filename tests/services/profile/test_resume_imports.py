"""Importing a resume: read, reviewed and saved, all that is ticked or nothing, each text once."""

from typing import Any
from uuid import UUID

import pytest

from tests.support.people import Person
from tests.support.resumes import EVERY
from tracker.errors import Invalid, NotFound, Sorry
from tracker.services import profile
from tracker.services.profile.edits import add_bullet, add_position
from tracker.services.resume.imports import (
    MAX_RESUME_BYTES,
    content_of,
    discard,
    propose,
    refuse,
    store_file,
    store_text,
)
from tracker.services.resume.parse import parse_resume
from tracker.services.resume.review import count, new_bullets_of, review, save_ticked
from tracker.shapes.profile_page import Review


def import_resume(person: Person, text: str = EVERY["plain"]) -> Review:
    """Import a resume; return its review."""
    import_id = person.call(store_text, text)
    person.call(propose, UUID(import_id), parse_resume(person.call(content_of, UUID(import_id))))
    return person.call(review)


def as_shown(resume_review: Review) -> dict[str, str]:
    """Return the review's form as it is first shown."""
    typed = {"headline": resume_review.headline, "languages": resume_review.languages}
    for position in resume_review.positions:
        typed |= {
            f"{position.key}-{name}": str(getattr(position, name))
            for name in ("kind", "title", "organisation", "begun", "ended")
        }
        typed |= {f"{position.key}-is_current": "on"} if position.is_current else {}
    for bullet in [
        *resume_review.loose,
        *(b for position in resume_review.positions for b in position.bullets),
    ]:
        typed |= {f"{bullet.key}-text": bullet.text, f"{bullet.key}-skills": bullet.skills}
    return typed  # fmt: skip


def save_review(
    person: Person, resume_review: Review, ticked: list[str] | None = None, **changed: str
) -> str:
    typed = as_shown(resume_review) | {name.replace("_", "-"): text for name, text in changed.items()}
    return str(
        person.call(save_ticked, resume_review.id, resume_review.ticked if ticked is None else ticked, typed)
    )


def rows(person: Person) -> list[dict[str, Any]]:
    return person.rows("SELECT id, state, name, content, reason FROM resume_import")


def requested_jobs(person: Person) -> int:
    return len(person.rows("SELECT 1 FROM job WHERE kind = 'read_resume'"))


def test_a_text_waits_until_it_is_read_and_its_bytes_are_dropped_then(alice: Person) -> None:
    import_id = alice.call(store_text, "  Engineer, Acme, 2019 - 2020  ")
    assert requested_jobs(alice) == 1
    assert (alice.call(review).state, alice.call(review).name) == ("waiting", "the pasted text")
    assert rows(alice)[0]["content"] == b"Engineer, Acme, 2019 - 2020"
    alice.call(propose, UUID(import_id), parse_resume(alice.call(content_of, UUID(import_id))))
    assert (rows(alice)[0]["state"], rows(alice)[0]["content"]) == ("ready", None)
    with pytest.raises(Sorry, match="read already"):
        alice.call(content_of, UUID(import_id))


def test_a_new_resume_replaces_the_previous_one(alice: Person) -> None:
    first = alice.call(store_text, "Engineer, Acme, 2019 - 2020")
    alice.call(store_file, b"Chef, Fjell, 2019 - 2020", "cv\x00 2.txt")
    assert [row["name"] for row in rows(alice)] == ["cv 2.txt"]
    with pytest.raises(NotFound, match="This resume doesn't exist, or isn't yours"):
        alice.call(content_of, UUID(first))


@pytest.mark.parametrize(
    ("text", "message"), [("  ", "Paste"), ("x" * 200_001, "At most 200,000")], ids=["none", "long"]
)
def test_an_empty_or_too_long_text_is_refused(alice: Person, text: str, message: str) -> None:
    with pytest.raises(Invalid, match=message):
        alice.call(store_text, text)
    assert (rows(alice), requested_jobs(alice)) == ([], 0)


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"", "empty"), (b"<!doctype html>", "web page"), (b"x" * (MAX_RESUME_BYTES + 1), "larger than 5 MB")],
    ids=["empty", "page", "large"],
)
def test_a_file_that_is_no_resume_at_a_glance_is_refused(alice: Person, content: bytes, message: str) -> None:
    with pytest.raises(Invalid, match=message) as wrong:
        alice.call(store_file, content, "resume.pdf")
    assert list(wrong.value.fields) == ["file"]
    assert (rows(alice), requested_jobs(alice)) == ([], 0)


def test_a_parsed_resume_is_shown_with_every_entry_ticked(alice: Person) -> None:
    resume_review = import_resume(alice)
    assert [position.subject for position in resume_review.positions] == [
        "Senior Backend Engineer at Kestrel Labs, Mar 2021 – now",
        "Backend Engineer at Brightwater GmbH, Jan 2017 – Feb 2021",
        "MSc Computer Science at University of Hamburg, 2014 – 2016",
    ]
    assert count(resume_review, resume_review.ticked) == "3 positions and 7 bullets"
    assert {"headline", "languages", "p0", "p0b1", "l2"} <= {*resume_review.ticked}
    assert count(resume_review, ["headline"]) == "the headline"
    assert count(resume_review, []) == "nothing"


def test_ticked_entries_become_the_profile_in_the_order_of_the_resume(alice: Person) -> None:
    assert save_review(alice, import_resume(alice)) == "Kept 3 positions and 7 bullets"
    batch = alice.batch
    saved = alice.call(profile.read)
    assert [(p.kind, p.title, p.begun, p.ended, p.is_current) for p in saved.positions] == [
        ("job", "Senior Backend Engineer", "2021-03", "", True),
        ("job", "Backend Engineer", "2017-01", "2021-02", False),
        ("education", "MSc Computer Science", "2014", "2016", False),
    ]
    assert [b.text.split()[0] for b in saved.bullets] == [
        "Moved", "Cut", "Built", "Led", "Backend", "Languages:", "Infrastructure:",
    ]  # fmt: skip
    assert saved.bullets[1].skills == ("AWS", "PostgreSQL")
    assert (saved.headline, saved.languages) == (
        "Senior Backend Engineer",
        ("German (native)", "English (C1)"),
    )
    assert rows(alice) == []
    assert alice.log() == ["profile.changed"]
    alice.undo(batch)
    assert alice.call(profile.read).positions == alice.call(profile.read).bullets == ()


def test_a_second_time_everything_is_there_and_nothing_ticked(alice: Person) -> None:
    save_review(alice, import_resume(alice))
    before = alice.call(profile.read)
    resume_review = import_resume(alice, EVERY["plain"].replace("Cut the AWS bill", "CUT the AWS-bill"))
    assert resume_review.ticked == []
    assert all(
        position.is_there and all(b.is_there for b in position.bullets)
        for position in resume_review.positions
    )
    assert (resume_review.headline_is_there, resume_review.languages_are_there) == (True, True)
    assert save_review(alice, resume_review) == "Kept nothing"
    assert alice.call(profile.read) == before


def test_a_new_bullet_joins_the_position_that_is_there(alice: Person) -> None:
    job = alice.call(
        add_position, {"title": "Senior backend engineer", "organisation": "Kestrel Labs", "begun": "2020"}
    )
    alice.call(add_bullet, {"text": "Mine", "position_id": job})
    resume_review = import_resume(alice)
    assert "p0" not in resume_review.ticked
    save_review(alice, resume_review, ["p0b0"])
    saved = alice.call(profile.read)
    assert [b.text.split()[0] for b in saved.bullets if b.position_id == job] == ["Mine", "Moved"]
    assert len(saved.positions) == 1


def test_bullets_of_a_position_that_is_left_out_are_left_out(alice: Person) -> None:
    resume_review = import_resume(alice)
    assert new_bullets_of(resume_review, "p1") == ["p1b0", "p1b1"]
    without = [key for key in resume_review.ticked if key != "p1"]
    assert count(resume_review, without) == "2 positions and 5 bullets"
    save_review(alice, resume_review, without)
    assert not any(b.text.startswith("Built") for b in alice.call(profile.read).bullets)


def test_corrections_in_the_review_are_saved(alice: Person) -> None:
    save_review(
        alice,
        import_resume(alice),
        p0_title="Lead",
        p0b0_text="Moved 41 services",
        p0b0_skills="Python, Perl",
        p0_kind="other",
    )
    saved = alice.call(profile.read)
    assert (saved.positions[0].title, saved.positions[0].kind) == ("Lead", "other")
    assert (saved.bullets[0].text, saved.bullets[0].skills) == ("Moved 41 services", ("Python", "Perl"))


def test_an_invalid_field_is_named_and_nothing_is_saved(alice: Person) -> None:
    resume_review = import_resume(alice)
    with pytest.raises(Invalid) as wrong:
        save_review(alice, resume_review, p0_begun="soon", p1b0_text=" ", headline="x" * 201)
    assert set(wrong.value.fields) == {"p0-begun", "p1b0-text", "headline"}
    assert alice.call(profile.read).positions == ()
    assert alice.call(review).state == "ready"


def test_a_resume_is_saved_once(alice: Person) -> None:
    resume_review = import_resume(alice)
    save_review(alice, resume_review)
    with pytest.raises(NotFound):
        save_review(alice, resume_review)
    assert len(alice.call(profile.read).positions) == 3


def test_new_positions_are_ordered_by_their_dates(alice: Person) -> None:
    for title, begun in (("Now", "2023"), ("Then", "2019"), ("Long ago", "2001")):
        alice.call(add_position, {"title": title, "begun": begun})
    save_review(alice, import_resume(alice))
    assert [p.title for p in alice.call(profile.read).positions] == [
        "Now", "Senior Backend Engineer", "Then", "Backend Engineer", "MSc Computer Science", "Long ago",
    ]  # fmt: skip


def test_an_unreadable_resume_gives_its_reason_and_can_be_discarded(alice: Person) -> None:
    import_id = alice.call(store_text, "Engineer, Acme, 2019 - 2020")
    alice.call(refuse, UUID(import_id), "This PDF is locked.")
    assert (alice.call(review).state, alice.call(review).reason) == ("failed", "This PDF is locked.")
    with pytest.raises(Sorry, match="locked"):
        alice.call(content_of, UUID(import_id))
    with pytest.raises(NotFound):
        alice.call(save_ticked, import_id, [], {})
    alice.call(discard, import_id)
    assert alice.call(review) == Review()
    with pytest.raises(NotFound):
        alice.call(discard, import_id)


def test_a_failed_job_is_reported_instead_of_waiting_forever(alice: Person) -> None:
    alice.call(store_text, "Engineer, Acme, 2019 - 2020")
    alice.rows("UPDATE job SET state = 'failed', reason = 'Something broke.', next_try_at = NULL RETURNING 1")
    assert (alice.call(review).state, alice.call(review).reason) == ("failed", "Something broke.")


def test_another_user_reaches_no_resume(alice: Person, bob: Person) -> None:
    his = import_resume(bob)
    assert alice.call(review) == Review()
    for resume_id in (his.id, "nonsense"):
        for verb, args in ((save_ticked, (["p0"], {})), (discard, ())):
            with pytest.raises(NotFound, match="This resume doesn't exist, or isn't yours"):
                alice.call(verb, resume_id, *args)
    assert bob.call(review) == his
