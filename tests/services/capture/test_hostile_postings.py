"""Postings that would take long, raise errors or fill a field with what its form rejects."""

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.posting_pages import JOB, page, script
from tracker.services.applications.application_fields import PARSERS
from tracker.services.capture.posting_reader import posting_of_html, posting_of_text

HOSTILE = {
    "nesting": "<div>" * 600_000,
    "formatting": "<b><i></b>" * 300_000,
    "attributes": "<div " + " ".join(f"a{n}" for n in range(300_000)) + ">",
    "quoted attributes": "<div " + " ".join(f"a{n}='>'" for n in range(300_000)) + ">",
    "json nesting": script("[" * 1_000_000),
    "json objects": script('{"a":' * 500_000 + "1" + "}" * 500_000),
    "json numbers": script('{"@type":"JobPosting","title":' + "9" * 1_000_000 + "}"),
    "references": page({"@type": "JobPosting", "@id": "a", "hiringOrganization": {"@id": "a"}}),
    "many references": page([{"@id": f"{n}", "@type": "JobPosting", "x": [{"@id": f"{m}"} for m in range(20)]} for n in range(20)]),
    "items": "<div itemscope itemtype=JobPosting>" * 400 + "<p itemprop=description>x" * 10_000,
    "entities": "&amp;" * 600_000,
    "spaces": "<h1>" + " at " * 100_000,
    "a line": "Salary: " + "1 " * 200_000,
    "comments": script('{"a": 1} ' + "/*" * 500_000),
    "description": page({"@type": "JobPosting", "description": "<div>" * 400_000}),
    "mail": "a" * 500_000 + "@" + "a." * 200_000,
    "open tags": "<" * 2_000_000,
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_are_read_within_seconds(name: str) -> None:
    begin = time.monotonic()
    posting_of_html(HOSTILE[name])
    posting_of_text(HOSTILE[name])
    assert time.monotonic() - begin < 10


@given(st.text())
def test_no_text_raises_an_error(text: str) -> None:
    posting_of_text(text)
    posting_of_html(text)


WORDS = st.sampled_from(
    ["Company:", "Salary:", "€", "$", "65k", "-", "per", "year", "\n", "Engineer", "at", "Acme", "GmbH", "(m/w/d)", "Apply by", "30.11.2026",
     "11/12/2026", "Location:", "Berlin", ",", "Contact:", "a@b.example", "<p>", "</div>", "<h1>", "<title>", "&lt;", "remote", "·", "About", "\x00", "\ud800"]
)  # fmt: skip


@given(st.lists(WORDS).map(" ".join))
def test_every_fact_is_accepted_by_the_form(text: str) -> None:
    for posting in (posting_of_text(text), posting_of_html(text)):
        for name, fact in posting.facts.items():
            if name in PARSERS:
                PARSERS[name](fact.value)


json_values = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text() | st.integers(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*JOB, "name", "address", "value", "@id"]), inner, max_size=4),
)  # fmt: skip


@given(st.dictionaries(st.sampled_from(list(JOB)), json_values))
def test_no_job_data_raises_an_error(job: dict[str, Any]) -> None:
    posting_of_html(page(job | {"@type": "JobPosting"}))
