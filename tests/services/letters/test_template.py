"""Letters by template contain only bullets and positions, whatever the tone and the length."""

import itertools
from dataclasses import replace

import pytest

from tests.support.grounding.labelled import Labelled, letters
from tests.support.grounding.measures import TODAY
from tracker.services.grounding.check import check
from tracker.services.letters.template import draft
from tracker.shapes.letters import Length, Letter, Tone
from tracker.shapes.profile import Profile

EVERYONE = letters()


def drafted(sample: Labelled, tone: Tone = Tone.PLAIN, length: Length = Length.MEDIUM) -> Letter:
    return draft(sample.role, sample.company, sample.posting, sample.profile, TODAY, tone=tone, length=length)


@pytest.mark.parametrize("sample", EVERYONE, ids=lambda sample: sample.name)
def test_no_claim_of_a_template_letter_is_marked(sample: Labelled) -> None:
    for tone, length in itertools.product(Tone, Length):
        letter = drafted(sample, tone, length)
        assert check(
            letter.paragraphs, sample.profile, posting=sample.posting, company=sample.company, role=sample.role, today=TODAY
        ) == [], letter.text  # fmt: skip


@pytest.mark.parametrize("sample", EVERYONE, ids=lambda sample: sample.name)
def test_every_bullet_is_quoted_verbatim_and_referenced(sample: Labelled) -> None:
    letter = drafted(sample, length=Length.LONG)
    texts = {bullet.id: bullet.text for bullet in sample.profile.bullets}
    for paragraph in letter.paragraphs:
        for row_id in paragraph.bullet_ids:
            assert row_id not in texts or texts[row_id].rstrip(".") in paragraph.text
        for line in paragraph.posting_lines:
            assert sample.posting.splitlines()[line - 1].strip()


def test_the_template_is_deterministic_and_longer_on_request() -> None:
    sample = EVERYONE[0]
    assert drafted(sample) == drafted(sample)
    lengths = [len(drafted(sample, length=length).text) for length in Length]
    assert lengths == sorted(set(lengths))
    assert len({drafted(sample, tone).text for tone in Tone}) == 3


@pytest.mark.parametrize(
    ("title", "called"),
    [
        ("Backend engineer", "a Backend engineer"), ("Underwriter", "an Underwriter"), ("University lecturer", "a University lecturer"),
        ("UX designer", "a UX designer"), ("HR manager", "an HR manager"), ("European lawyer", "a European lawyer"),
        ("Head of Sales", "Head of Sales"), ("CTO", "CTO"), ("VP Engineering", "VP Engineering"),
    ],
)  # fmt: skip
def test_the_applicants_position_is_named_as_its_holder_is_called(title: str, called: str) -> None:
    sample = EVERYONE[0]
    position = replace(
        sample.profile.positions[0],
        title=title,
        organisation="Halcyon",
        begun="2021-04",
        ended="",
        is_current=True,
    )
    here = replace(
        sample, profile=replace(sample.profile, positions=(position, *sample.profile.positions[1:]))
    )
    text = drafted(here, length=Length.LONG).text
    assert f" I work as {called} at Halcyon." in text
    assert f"As {called} at Halcyon, since April 2021: " in text


def test_a_letter_of_a_user_without_a_name_ends_with_the_closing() -> None:
    sample = EVERYONE[0]
    nameless = replace(sample, profile=replace(sample.profile, name=""))
    assert drafted(sample).text.endswith(f"Kind regards\n{sample.profile.name}")
    assert drafted(nameless).text.endswith("Kind regards")


def test_a_template_letter_without_bullets_is_refused_with_a_reason() -> None:
    letter = draft("Cook", "Inn", "We cook.", Profile("Ann"), TODAY)
    assert not letter.paragraphs
    assert "no bullets yet" in letter.missing[0]


def test_missing_skills_are_listed_next_to_the_letter_and_never_in_it() -> None:
    sample = next(sample for sample in EVERYONE if sample.name == "developer")
    letter = drafted(sample)
    assert any("Kafka" in sentence for sentence in letter.missing)
    assert "Kafka" not in letter.text
    assert "no posting text" in drafted(replace(sample, posting="")).missing[0]
