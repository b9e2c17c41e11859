"""Letters without a model: made of the user's bullets, marked where unsupported, stored in versions."""

import io
from typing import Any

import pytest
from docx import Document

from tests.support.people import Person
from tracker.errors import Conflict, Invalid, NotFound, Sorry
from tracker.services.letters.docx_export import as_docx
from tracker.services.letters.letter_page import letter_page
from tracker.services.letters.versions import draft, edit, remove, remove_sentence, send
from tracker.services.profile.edits import add_bullet, add_position
from tracker.shapes.letters import LetterPage

POSTING = "You must know PostgreSQL.\nKubernetes is required.\nWe build maps for ships."


def writer(person: Person) -> str:
    """Add two bullets and an application to write for; return its id."""
    job = person.call(
        add_position, {"title": "Engineer", "organisation": "Halcyon", "begun": "2021-03", "is_current": "on"}
    )
    person.call(
        add_bullet, {"text": "Moved 40 services to PostgreSQL", "skills": "PostgreSQL", "position_id": job}
    )
    person.call(add_bullet, {"text": "Led a team of four", "position_id": job})
    return person.add_application("Brightwater", "Backend engineer", posting_text=POSTING)


def shown(person: Person, of: str, version: str = "") -> LetterPage:
    sheet: LetterPage = person.call(letter_page, of, version)
    return sheet


def test_a_drafted_letter_uses_the_users_words_and_has_no_marks(alice: Person) -> None:
    of = writer(alice)
    version = alice.call(draft, of, "warm", "short")
    letter = shown(alice, of)
    assert letter.id == version
    assert "Moved 40 services to PostgreSQL" in letter.text
    assert letter.text.startswith("Hello Brightwater team,")
    assert (letter.marks, letter.marked) == ([], "")
    assert "".join(segment.text for segment in letter.segments) == letter.text
    assert letter.missing == ["Kubernetes"]
    assert letter.body == "1"  # the first paragraph offered for rewriting isn't the greeting
    assert alice.last_event()["kind"] == "letter.drafted"


def test_without_bullets_there_is_no_letter_and_the_page_says_so(alice: Person) -> None:
    of = alice.add_application(posting_text=POSTING)
    assert not shown(alice, of).can_draft
    with pytest.raises(Sorry, match="no bullets yet"):
        alice.call(draft, of)


@pytest.mark.parametrize(("tone", "length"), [("shrill", "short"), ("plain", "endless"), ("", "")])
def test_a_tone_or_length_that_is_none_is_refused(alice: Person, tone: str, length: str) -> None:
    of = writer(alice)
    with pytest.raises(Invalid):
        alice.call(draft, of, tone, length)


def test_an_unsupported_claim_typed_by_hand_is_marked_in_place(alice: Person) -> None:
    of = writer(alice)
    drafted = alice.call(draft, of)
    text = shown(alice, of).text
    claim = "I have twelve years of experience with Kubernetes."
    by_hand = alice.call(edit, drafted, f"{text}\n\n{claim}", text)
    letter = shown(alice, of)
    assert letter.id == by_hand != drafted
    assert letter.marks
    assert all(mark.is_of_applicant for mark in letter.marks)
    assert all(segment.text in claim for segment in letter.segments if segment.mark)
    assert "".join(segment.text for segment in letter.segments) == letter.text
    assert letter.marked.endswith("backed by your profile")
    first = letter.marks[0]
    alice.call(remove_sentence, by_hand, first.paragraph, first.at)
    assert shown(alice, of).marks == []
    assert "twelve years" not in shown(alice, of).text


def test_an_edit_keeps_the_draft_and_makes_a_version_of_its_own(alice: Person) -> None:
    of = writer(alice)
    drafted = alice.call(draft, of)
    before = shown(alice, of).text
    by_hand = alice.call(edit, drafted, before.replace("Kind regards", "Cheers"), before)
    again = alice.call(
        edit, by_hand, before.replace("Kind regards", "Yours"), before.replace("Kind regards", "Cheers")
    )
    assert again == by_hand
    assert shown(alice, of, drafted).text == before
    assert [version.label for version in shown(alice, of).versions] == [
        "Edited by you",
        "Drafted from your bullets",
    ]
    assert alice.call(edit, drafted, before.replace("\n", "\r\n"), before) == drafted


def test_a_stale_edit_shows_both_texts(alice: Person) -> None:
    of = writer(alice)
    drafted = alice.call(draft, of)
    by_hand = alice.call(edit, drafted, "Mine")
    alice.call(edit, by_hand, "Written elsewhere", "Mine")
    with pytest.raises(Conflict) as clash:
        alice.call(edit, by_hand, "Mine, longer", "Mine")
    assert (clash.value.mine, clash.value.theirs) == ("Mine, longer", "Written elsewhere")


@pytest.mark.parametrize("written", ["", "  \n ", "x" * 20_001])
def test_a_letter_needs_text_and_has_a_longest_length(alice: Person, written: str) -> None:
    version = alice.call(draft, writer(alice))
    with pytest.raises(Invalid) as refused:
        alice.call(edit, version, written)
    assert list(refused.value.fields) == ["text"]


def test_the_sent_version_stays_as_it_was_sent(alice: Person) -> None:
    of = writer(alice)
    first, second = alice.call(draft, of), alice.call(draft, of, "formal", "long")
    alice.call(send, first)
    alice.call(send, second)
    batch = alice.batch
    assert [row["id"] for row in alice.rows("SELECT id::text FROM letter WHERE sent_on IS NOT NULL")] == [
        second
    ]
    assert shown(alice, of, second).sent == "Tue 3 Nov 2026"
    changed = alice.call(edit, second, "Another text")
    assert changed != second
    assert shown(alice, of, second).text != "Another text"
    alice.undo(batch)
    assert not shown(alice, of, second).is_sent
    assert shown(alice, of, first).is_sent


def test_a_removed_version_is_brought_back_whole(alice: Person) -> None:
    of = writer(alice)
    version = alice.call(draft, of)
    before = alice.row("letter", version)
    alice.call(remove, version)
    batch = alice.batch
    assert shown(alice, of).id == ""
    alice.undo(batch)
    assert alice.row("letter", version) == before


def test_a_sentence_is_taken_out_of_a_letter_that_is_there(alice: Person) -> None:
    version = alice.call(draft, writer(alice))
    with pytest.raises(Conflict):
        alice.call(remove_sentence, version, 99, 0)


def test_the_mail_holds_the_letter_and_no_header_of_the_companys(alice: Person) -> None:
    person_of = writer(alice)
    alice.call(draft, person_of)
    mail = shown(alice, person_of).mail
    assert mail.startswith("mailto:?subject=Application%3A%20Backend%20engineer&body=Dear%20Brightwater")


def test_a_word_document_leaves_out_invalid_characters() -> None:
    written: Any = Document(io.BytesIO(as_docx(["Dear\x01 team\x1b", "One\x0bTwo\ufffe"])))
    assert [paragraph.text for paragraph in written.paragraphs] == ["Dear team", "One\nTwo"]


def test_a_word_document_holds_every_paragraph_and_line() -> None:
    written: Any = Document(io.BytesIO(as_docx(["Dear team,", "One\nTwo", "Ünïcode – ✓"])))
    assert [paragraph.text for paragraph in written.paragraphs] == ["Dear team,", "One\nTwo", "Ünïcode – ✓"]


def test_an_application_that_was_deleted_has_no_letter(alice: Person) -> None:
    from tracker.services.applications.deletion import remove as delete

    of = writer(alice)
    version = alice.call(draft, of)
    alice.call(delete, [of])
    with pytest.raises(NotFound):
        alice.call(letter_page, of)
    with pytest.raises(NotFound):
        alice.call(send, version)
