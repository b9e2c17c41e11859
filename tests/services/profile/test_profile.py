"""Profile edits: stored in the user's order, each undone as a whole."""

from typing import Any

import pytest

from tests.support.people import ABSENT, Person
from tests.support.statements import statements
from tracker.errors import Conflict, NotFound, TooMany
from tracker.services import profile, timeline
from tracker.services.profile import edits
from tracker.services.profile.edits import (
    add_bullet,
    add_position,
    edit_about,
    edit_bullet,
    edit_position,
    move_bullet,
    move_position,
    remove_bullet,
    remove_position,
)
from tracker.services.profile.profile_page import page

JOB = {"title": "Engineer", "organisation": "Linear", "begun": "2021-03", "is_current": "on"}


def texts(person: Person) -> list[str]:
    return [bullet.text for bullet in person.call(profile.read).bullets]


def titles(person: Person) -> list[str]:
    return [position.title for position in person.call(profile.read).positions]


def new_bullet(person: Person, text: str, position_id: str = "", skills: str = "") -> str:
    return str(person.call(add_bullet, {"text": text, "position_id": position_id, "skills": skills}))


def everything(person: Person) -> Any:
    return [
        person.rows(f"SELECT * FROM {table} ORDER BY 1, 2") for table in ("profile", "position", "bullet")
    ]


def test_a_new_user_has_an_empty_profile_with_their_name(charlie: Person) -> None:
    empty = charlie.call(profile.read)
    assert (empty.name, empty.headline, empty.positions, empty.bullets) == ("Charlie", "", (), ())
    assert charlie.call(page).is_empty


def test_a_profile_is_read_as_it_was_written(alice: Person) -> None:
    alice.call(edit_about, {"headline": " Backend  engineer", "languages": "German, English, german"}, {})
    job = alice.call(add_position, JOB)
    new_bullet(alice, "Speaks at meetups")
    new_bullet(alice, "Cut the bill by 40 %", job, "PostgreSQL,  AWS , postgresql")
    read = alice.call(profile.read)
    assert (read.headline, read.languages) == ("Backend engineer", ("German", "English"))
    assert [(p.title, p.organisation, p.begun, p.ended, p.is_current) for p in read.positions] == [
        ("Engineer", "Linear", "2021-03", "", True)
    ]
    assert [(b.text, b.skills, b.position_id) for b in read.bullets] == [
        ("Cut the bill by 40 %", ("PostgreSQL", "AWS"), job),
        ("Speaks at meetups", (), ""),
    ]


def test_the_page_groups_by_position_and_by_skill(alice: Person) -> None:
    job = alice.call(add_position, JOB)
    new_bullet(alice, "One", job, "Go, AWS")
    new_bullet(alice, "Two", job, "aws")
    new_bullet(alice, "Three")
    with statements() as sent:
        shown = alice.call(page)
    assert len(sent) == 4
    assert shown.positions[0].dates == "Mar 2021 – now"
    assert shown.positions[0].subject == "Engineer at Linear"
    assert shown.skills == []
    by_skill = alice.call(page, "skill")
    assert (by_skill.positions, by_skill.loose) == ([], [])
    assert [(g.skill, g.number, [b.text for b in g.bullets]) for g in by_skill.skills] == [
        ("AWS", "2 bullets", ["One", "Two"]), ("Go", "1 bullet", ["One"]), ("", "1 bullet", ["Three"]),
    ]  # fmt: skip
    assert shown.extent == "1 position, 3 bullets"
    assert [(b.is_first, b.is_last) for b in shown.positions[0].bullets] == [(True, False), (False, True)]


def test_a_bullet_of_many_skills_is_shown_by_its_beginning_under_each(alice: Person) -> None:
    new_bullet(alice, "x" * 1000, skills=",".join(f"s{n}" for n in range(30)))
    groups = alice.call(page, "skill").skills
    assert len(groups) == 30
    assert {len(bullet.text) for group in groups for bullet in group.bullets} == {200}


def test_a_new_position_comes_before_those_that_began_earlier(alice: Person) -> None:
    for title, begun in (("B", "2018"), ("D", ""), ("A", "2021-03"), ("C", "2015-01")):
        alice.call(add_position, {"title": title, "begun": begun})
    assert titles(alice) == ["A", "B", "C", "D"]


def test_a_current_position_has_no_end(alice: Person) -> None:
    alice.call(add_position, {**JOB, "ended": "2022"})
    assert alice.call(profile.read).positions[0].ended == ""


def test_an_edit_changes_only_what_was_changed(alice: Person) -> None:
    job = alice.call(add_position, JOB)
    was = {"title": "Engineer", "organisation": "Linear", "begun": "2021-03", "is_current": "on"}
    alice.call(edit_position, job, {**was, "organisation": "Linear Ltd"}, was)
    assert alice.call(edit_position, job, {**was, "title": "Lead"}, was) == "Position saved"
    read = alice.call(profile.read).positions[0]
    assert (read.title, read.organisation) == ("Lead", "Linear Ltd")


def test_a_stale_text_is_a_conflict_that_shows_both(alice: Person) -> None:
    job, bullet = alice.call(add_position, JOB), new_bullet(alice, "Old")
    alice.call(edit_bullet, bullet, {"text": "Theirs"}, {"text": "Old"})
    with pytest.raises(Conflict) as both:
        alice.call(edit_bullet, bullet, {"text": "Mine"}, {"text": "Old"})
    assert (both.value.field, both.value.mine, both.value.theirs) == ("text", "Mine", "Theirs")
    alice.call(edit_position, job, {"title": "Theirs"}, {"title": "Engineer"})
    with pytest.raises(Conflict):
        alice.call(edit_position, job, {"title": "Mine"}, {"title": "Engineer"})
    alice.call(edit_about, {"headline": "Theirs"}, {"headline": ""})
    with pytest.raises(Conflict):
        alice.call(edit_about, {"headline": "Mine"}, {"headline": ""})
    assert texts(alice) == ["Theirs"]


def test_an_edit_that_changes_nothing_is_not_in_the_log(alice: Person) -> None:
    bullet = new_bullet(alice, "Old")
    alice.call(edit_bullet, bullet, {"text": "Old"}, {"text": "Old"})
    assert alice.log() == ["profile.changed"]


def test_bullets_move_within_their_position_and_stay_at_its_edge(alice: Person) -> None:
    job = alice.call(add_position, JOB)
    first, _, third = (new_bullet(alice, text, job) for text in ("One", "Two", "Three"))
    alice.call(move_bullet, third, "up")
    assert texts(alice) == ["One", "Three", "Two"]
    alice.call(move_bullet, first, "up")
    alice.call(move_bullet, first, "down")
    assert texts(alice) == ["Three", "One", "Two"]
    alice.call(move_bullet, first, "last")
    batch = alice.batch
    assert texts(alice) == ["Three", "Two", "One"]
    alice.undo(batch)
    assert texts(alice) == ["Three", "One", "Two"]
    with pytest.raises(NotFound):
        alice.call(move_bullet, first, "sideways")


def test_a_position_moves_up_and_down(alice: Person) -> None:
    first, _ = (alice.call(add_position, {"title": title}) for title in ("A", "B"))
    alice.call(move_position, first, "down")
    assert titles(alice) == ["B", "A"]


def test_a_bullet_moved_to_another_position_comes_last_there(alice: Person) -> None:
    job = alice.call(add_position, JOB)
    loose = new_bullet(alice, "Loose")
    new_bullet(alice, "Held", job)
    alice.call(
        edit_bullet, loose, {"text": "Loose", "position_id": job}, {"text": "Loose", "position_id": ""}
    )
    assert texts(alice) == ["Held", "Loose"]
    assert {bullet.position_id for bullet in alice.call(profile.read).bullets} == {job}


def test_each_profile_change_is_undone_exactly(alice: Person) -> None:
    job = alice.call(add_position, JOB)
    first, second = new_bullet(alice, "One", job, "Go"), new_bullet(alice, "Two", job)
    was = {"title": "Engineer"}
    for verb, args in (
        (remove_position, (job,)), (remove_bullet, (first,)), (move_bullet, (second, "up")),
        (edit_position, (job, {"title": "Lead"}, was)), (edit_bullet, (first, {"text": "New"}, {"text": "One"})),
        (edit_about, ({"headline": "Kind"}, {})), (add_bullet, ({"text": "Three"},)), (add_position, ({"title": "B"},)),
        (move_position, (job, "down")),
    ):  # fmt: skip
        before = everything(alice)
        alice.call(verb, *args)
        batch = alice.batch
        if verb is not move_position:
            assert everything(alice) != before, verb
            assert alice.undo(batch) == "Undone"
        assert everything(alice) == before, verb


def test_undo_leaves_a_bullet_that_was_changed_again(alice: Person) -> None:
    bullet = new_bullet(alice, "Old")
    alice.call(edit_bullet, bullet, {"text": "New"}, {"text": "Old"})
    batch = alice.batch
    alice.call(edit_bullet, bullet, {"text": "Newer"}, {"text": "New"})
    with pytest.raises(Conflict):
        alice.undo(batch)
    assert texts(alice) == ["Newer"]


def test_adding_a_position_is_not_undone_once_it_has_a_bullet(alice: Person) -> None:
    job = alice.call(add_position, JOB)
    batch = alice.batch
    new_bullet(alice, "Mine", job)
    with pytest.raises(Conflict):
        alice.undo(batch)
    assert texts(alice) == ["Mine"]


def test_removing_a_position_reports_how_many_bullets_go_with_it(alice: Person) -> None:
    job = alice.call(add_position, JOB)
    new_bullet(alice, "One", job)
    assert alice.call(remove_position, job) == "Engineer removed with 1 bullet"
    assert texts(alice) == []
    for verb in (remove_position, move_position):
        with pytest.raises(NotFound):
            alice.call(verb, job, *(("up",) if verb is move_position else ()))


def test_the_size_of_a_profile_is_limited(alice: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(edits, "MAX_BULLETS", 1)
    monkeypatch.setattr(edits, "MAX_POSITIONS", 1)
    new_bullet(alice, "One")
    alice.call(add_position, JOB)
    with pytest.raises(TooMany):
        new_bullet(alice, "Two")
    with pytest.raises(TooMany):
        alice.call(add_position, JOB)


def test_profile_changes_are_not_listed_in_the_activity(alice: Person) -> None:
    new_bullet(alice, "One")
    assert alice.log() == ["profile.changed"]
    assert alice.call(timeline.recent) == []


def test_another_user_reaches_no_profile_row(alice: Person, bob: Person) -> None:
    his_job, his_bullet = bob.call(add_position, JOB), new_bullet(bob, "His")
    mine = new_bullet(alice, "Mine")
    for job in (his_job, ABSENT, "nonsense"):
        for verb, args in (
            (remove_position, ()),
            (move_position, ("up",)),
            (edit_position, ({"title": "x"}, {})),
        ):
            with pytest.raises(NotFound, match="This position doesn't exist, or isn't yours"):
                alice.call(verb, job, *args)
        with pytest.raises(NotFound):
            new_bullet(alice, "Hung on his", job)
        with pytest.raises(NotFound):
            alice.call(edit_bullet, mine, {"position_id": job}, {})
    for bullet in (his_bullet, ABSENT, "nonsense"):
        for verb, args in ((remove_bullet, ()), (move_bullet, ("up",)), (edit_bullet, ({"text": "x"}, {}))):
            with pytest.raises(NotFound, match="This bullet doesn't exist, or isn't yours"):
                alice.call(verb, bullet, *args)
    assert (texts(alice), texts(bob)) == (["Mine"], ["His"])
