"""Posting addresses: the same posting has the same key."""

import pytest

from tracker.services.postings import posting_key, source_of


@pytest.mark.parametrize(
    "addresses",
    [
        ("https://boards.greenhouse.io/acme/jobs/42", "https://job-boards.greenhouse.io/acme/jobs/42?gh_src=x",
         "https://job-boards.eu.greenhouse.io/acme/jobs/42", "https://acme.com/careers?gh_jid=42"),
        ("https://www.linkedin.com/jobs/view/4123456789/", "https://de.linkedin.com/jobs/view/engineer-at-acme-4123456789?trk=x"),
        ("http://www.example.com/jobs/7/", "https://example.com/jobs/7?utm_source=a&ref=b"),
        ("https://example.com/j?b=2&a=1", "https://example.com/j?a=1&b=2&fbclid=z"),
        ("https://www.indeed.com/viewjob?jk=abc&from=mail", "https://uk.indeed.com/rc/clk?jk=abc"),
    ],
)  # fmt: skip
def test_every_way_to_a_posting_has_one_key(addresses: tuple[str, ...]) -> None:
    assert len({posting_key(address) for address in addresses}) == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("https://example.com/jobs/7", "https://example.com/jobs/8"),
        ("https://example.com/j?id=7", "https://example.com/j?id=8"),
        ("https://boards.greenhouse.io/acme/jobs/42", "https://boards.greenhouse.io/acme/jobs/43"),
    ],
)
def test_two_postings_have_two_keys(first: str, second: str) -> None:
    assert posting_key(first) != posting_key(second)


@pytest.mark.parametrize("address", ["", "  ", "nonsense", "mailto:a@b.c", "https://"])
def test_no_address_has_no_key(address: str) -> None:
    assert posting_key(address) == ""


@pytest.mark.parametrize(
    ("address", "source"),
    [
        ("https://jobs.lever.co/acme/00000000-0000-0000-0000-000000000001", "Lever"),
        ("https://www.linkedin.com/jobs/view/4123456789", "LinkedIn"),
        ("https://uk.indeed.com/viewjob?jk=1", "Indeed"),
        ("https://acme.com/careers?gh_jid=42", "Company site"),
        ("https://example.com/jobs/7", ""),
        ("", ""),
    ],
)
def test_the_host_tells_the_source(address: str, source: str) -> None:
    assert source_of(address) == source
