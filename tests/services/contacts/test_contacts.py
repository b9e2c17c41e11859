"""Contacts: saved, found, linked, edited and undone."""

import pytest

from tests.support.people import ABSENT, Person
from tests.support.statements import statements
from tracker.errors import Conflict, Invalid, NotFound
from tracker.services.applications.deletion import remove
from tracker.services.contacts.contact_changes import add, delete, edit, link, unlink
from tracker.services.contacts.contact_list import detail, of_application, page, same_email


def names(person: Person, words: str = "") -> list[str]:
    return [line.name for line in person.call(page, words).contacts]


def test_a_name_is_enough_and_the_log_says_it(alice: Person) -> None:
    contact = alice.call(add, {"name": " Ann  Lee "})
    assert alice.call(detail, contact).line.name == "Ann Lee"
    assert alice.log() == ["contact.added"]


def test_every_field_is_kept(alice: Person) -> None:
    typed = {
        "name": "Zoë Ruiz", "role": "Recruiter", "company": "Linear", "email": "zoe@linear.example",
        "phone": "+49 30 1", "link": "linkedin.com/in/zoe", "notes": "# Met\nat a fair",
    }  # fmt: skip
    seen = alice.call(detail, alice.call(add, typed))
    assert (seen.line.about, seen.line.email, seen.line.mark) == (
        "Recruiter at Linear",
        "zoe@linear.example",
        "ZR",
    )
    links = {fact.name: fact.link for fact in seen.facts}
    assert links["link"] == "https://linkedin.com/in/zoe"
    assert (links["email"], links["phone"], links["name"]) == (
        "mailto:zoe@linear.example",
        "tel:+49 30 1",
        "",
    )
    assert seen.notes_html.startswith("<h2>Met</h2>")


@pytest.mark.parametrize(
    ("field", "raw"),
    [
        ("name", " "), ("name", "x" * 201), ("email", "nobody"), ("email", "a@b"), ("email", "a b@c.de"),
        ("link", "javascript:alert(1)"), ("phone", "1" * 51), ("notes", "x" * 100_001),
    ],
)  # fmt: skip
def test_a_wrong_field_is_named_and_nothing_is_kept(alice: Person, field: str, raw: str) -> None:
    with pytest.raises(Invalid) as wrong:
        alice.call(add, {"name": "Ann", field: raw})
    assert list(wrong.value.fields) == [field]
    assert names(alice) == []


def test_a_contact_added_to_an_application_is_linked_to_it(alice: Person) -> None:
    row_id = alice.add_application()
    contact = alice.call(add, {"name": "Ann"}, row_id)
    assert [line.id for line in alice.call(of_application, row_id)] == [contact]
    assert alice.log()[1:] == ["contact.added", "contact.linked"]


def test_linking_twice_links_once_and_is_undone(alice: Person) -> None:
    row_id, contact = alice.add_application(), alice.call(add, {"name": "Ann"})
    assert alice.call(link, contact, row_id) == "Ann added to Engineer at Linear"
    batch = alice.batch
    alice.call(link, contact, row_id)
    assert alice.log().count("contact.linked") == 1
    assert [application.subject for application in alice.call(detail, contact).applications] == [
        "Engineer at Linear"
    ]
    alice.undo(batch)
    assert alice.call(of_application, row_id) == []


def test_unlinking_keeps_the_contact_and_is_undone(alice: Person) -> None:
    row_id = alice.add_application()
    contact = alice.call(add, {"name": "Ann"}, row_id)
    alice.call(unlink, contact, row_id)
    batch = alice.batch
    assert alice.call(of_application, row_id) == []
    assert names(alice) == ["Ann"]
    with pytest.raises(NotFound):
        alice.call(unlink, contact, row_id)
    alice.undo(batch)
    assert [line.name for line in alice.call(of_application, row_id)] == ["Ann"]


def test_a_link_cannot_be_put_back_to_a_contact_that_is_gone(alice: Person) -> None:
    row_id = alice.add_application()
    contact = alice.call(add, {"name": "Ann"}, row_id)
    alice.call(unlink, contact, row_id)
    batch = alice.batch
    alice.call(delete, contact)
    with pytest.raises(Conflict):
        alice.undo(batch)


def test_a_deleted_contact_comes_back_exactly_with_its_links(alice: Person) -> None:
    ids = [alice.add_application(), alice.add_application("Other")]
    contact = alice.call(add, {"name": "Ann", "notes": "kind", "email": "ann@example.com"}, ids[0])
    alice.call(link, contact, ids[1])
    before, seen = alice.row("contact", contact), alice.call(detail, contact)
    assert alice.call(delete, contact) == "Ann deleted"
    batch = alice.batch
    assert alice.call(of_application, ids[0]) == []
    with pytest.raises(NotFound):
        alice.call(delete, contact)
    alice.undo(batch)
    assert alice.row("contact", contact) == before
    assert alice.call(detail, contact) == seen


def test_a_field_is_edited_in_place_and_a_stale_text_is_a_conflict(alice: Person) -> None:
    contact = alice.call(add, {"name": "Ann"})
    assert alice.call(edit, contact, "notes", "theirs\nlong", "") == "Notes saved"
    assert alice.call(edit, contact, "notes", "theirs\nlong", "") == "Notes unchanged"
    with pytest.raises(Conflict) as both:
        alice.call(edit, contact, "notes", "mine", "")
    assert (both.value.mine, both.value.theirs) == ("mine", "theirs\nlong")
    alice.call(edit, contact, "notes", "mine", "theirs\nlong")
    assert alice.log() == ["contact.added", "contact.edited", "contact.edited"]


@pytest.mark.parametrize("field", ["id", "user_id", "touched_at", "nonsense"])
def test_a_field_that_no_form_has_cannot_be_set(alice: Person, field: str) -> None:
    contact = alice.call(add, {"name": "Ann"})
    with pytest.raises(NotFound):
        alice.call(edit, contact, field, "x", "")


@pytest.mark.parametrize(
    ("words", "matches"),
    [
        ("zoe", ["Zoë Ruiz"]), ("RUIZ zo", ["Zoë Ruiz"]), ("linear", ["Bo Linear", "Zoë Ruiz"]),
        ("recruiter", ["Zoë Ruiz"]), ("zoe@", ["Zoë Ruiz"]), ("zoe bo", []), ("%", []), ("\x00", ["Bo Linear", "Zoë Ruiz"]),
    ],
)  # fmt: skip
def test_a_search_finds_a_contact_ignoring_accents(alice: Person, words: str, matches: list[str]) -> None:
    alice.call(add, {"name": "Zoë Ruiz", "role": "Recruiter", "company": "Linear", "email": "zoe@x.example"})
    alice.call(add, {"name": "Bo Linear"})
    assert names(alice, words) == matches


@pytest.mark.parametrize(
    ("words", "matches"),
    [
        ("Oconnor", ["Tim O’Connor"]), ("o'connor", ["Tim O’Connor"]), ("O´Connor", ["Tim O’Connor"]), ("connor", ["Tim O’Connor"]),
        ("Muller", ["Jürgen Müller"]), ("mu\u0308ller", ["Jürgen Müller"]), ("ｍüller", ["Jürgen Müller"]), ("Mlüler", ["Jürgen Müller"]),
        ("oconnro", ["Tim O’Connor"]), ("office", ["Head Oﬃce"]), ("mail.acme", ["Tim O’Connor"]), ("İrem", ["Irem"]),
    ],
)  # fmt: skip
def test_a_search_ignores_apostrophes_ligatures_and_swapped_letters(
    alice: Person, words: str, matches: list[str]
) -> None:
    alice.call(add, {"name": "Tim O’Connor", "email": "tim.o@mail.acme.example"})
    for name in ("Jürgen Müller", "Head Oﬃce", "Irem"):
        alice.call(add, {"name": name})
    assert names(alice, words) == matches


def test_a_list_is_paged_by_name_and_shows_each_once(alice: Person) -> None:
    for number in range(23):
        alice.call(add, {"name": f"{'éÉe'[number % 3]}va {number % 5}"})
    seen, after = [], ""
    with statements() as sent:
        while True:
            part = alice.call(page, "", after, 5)
            seen += [line.id for line in part.contacts]
            after = part.after
            if not after:
                break
    assert len(sent) == 5
    assert seen == [line.id for line in alice.call(page, "", "", 100).contacts]
    assert len(set(seen)) == 23


@pytest.mark.parametrize("after", ["x", "e30=", "WzEsMl0=", "WyJhIiwgIngiXQ=="])
def test_a_page_that_never_was_is_not_found(alice: Person, after: str) -> None:
    with pytest.raises(NotFound):
        alice.call(page, "", after)


def test_the_same_address_warns_whatever_its_case(alice: Person, bob: Person) -> None:
    contact = alice.call(add, {"name": "Ann", "email": "Ann@Example.com"})
    assert [line.name for line in alice.call(same_email, "ann@example.COM ")] == ["Ann"]
    assert alice.call(same_email, "ann@example.com", contact) == []
    assert alice.call(same_email, "") == bob.call(same_email, "ann@example.com") == []


def test_a_deleted_application_is_not_counted_or_shown(alice: Person) -> None:
    row_id = alice.add_application()
    contact = alice.call(add, {"name": "Ann"}, row_id)
    assert alice.call(detail, contact).line.applications_label == "1 application"
    alice.call(remove, [row_id])
    seen = alice.call(detail, contact)
    assert (seen.line.applications, seen.line.applications_label, seen.applications) == (0, "", [])


def test_another_user_cannot_see_link_edit_or_delete(alice: Person, bob: Person) -> None:
    his, his_job = bob.call(add, {"name": "Bo"}), bob.add_application()
    mine, my_job = alice.call(add, {"name": "Ann"}), alice.add_application()
    for contact_id in (his, ABSENT, "nonsense"):
        for verb, args in (
            (detail, ()),
            (edit, ("name", "x", "Bo")),
            (delete, ()),
            (link, (my_job,)),
            (unlink, (my_job,)),
        ):
            with pytest.raises(NotFound) as refused:
                alice.call(verb, contact_id, *args)
            assert refused.value.message == "This contact doesn't exist, or isn't yours."
    for job in (his_job, ABSENT, "nonsense"):
        for verb in (link, unlink):
            with pytest.raises(NotFound):
                alice.call(verb, mine, job)
        with pytest.raises(NotFound):
            alice.call(add, {"name": "New"}, job)
        with pytest.raises(NotFound):
            alice.call(of_application, job)
    assert names(alice) == ["Ann"]
