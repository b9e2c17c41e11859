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
        ("https://www.indeed.com/viewjob?jk=abc&from=mail", "https://uk.indeed.com/rc/clk?jk=abc",
         "https://de.indeed.com/jobs?q=cook&l=Berlin&vjk=abc"),
        ("https://www.linkedin.com/jobs/view/417", "https://www.linkedin.com/jobs/search/?currentJobId=417&keywords=cook",
         "https://www.linkedin.com/jobs/collections/recommended/?currentJobId=417", "https://linkedin.com/comm/jobs/view/417/?refId=x"),
        ("https://boards.greenhouse.io/acme/jobs/42", "https://boards.greenhouse.io/embed/job_app?for=acme&token=42",
         "https://job-boards.greenhouse.io/embed/job_app?token=42&gh_src=x", "https://job-boards.greenhouse.io/acme/jobs/42#app"),
        ("https://jobs.ashbyhq.com/acme/00000000-0000-0000-0000-000000000001/application",
         "https://acme.com/careers?ashby_jid=00000000-0000-0000-0000-000000000001"),
        ("https://jobs.lever.co/acme/00000000-0000-0000-0000-000000000001",
         "https://jobs.lever.co/acme/00000000-0000-0000-0000-000000000001/apply?lever-origin=applied"),
        ("https://acme.wd5.myworkdayjobs.com/Careers/job/Berlin/Cook_R-17",
         "https://acme.wd5.myworkdayjobs.com/en-US/Careers/job/Berlin/Cook_R-17/apply/applyManually?source=LinkedIn",
         "https://wd5.myworkdaysite.com/de-DE/recruiting/acme/Careers/job/Berlin/Cook_R-17"),
        ("https://careers-acme.icims.com/jobs/17/cook/job?mobile=false&width=900", "https://uscareers-acme.icims.com/jobs/17/login"),
        ("https://acme.jobs.personio.de/job/123?display=en", "https://acme.jobs.personio.com/job/123#apply"),
        ("https://acme.teamtailor.com/jobs/17-cook", "https://acme.teamtailor.com/jobs/17-head-cook/applications/new"),
        ("https://apply.workable.com/acme/j/1A2B3C/", "https://apply.workable.com/acme/j/1A2B3C/apply/"),
        ("https://example.com/jobs/7", "https://example.com/jobs/7?language=en", "https://example.com/jobs/7/apply?msclkid=1",
         "https://example.com:443/jobs/7/?mc_cid=1&mc_eid=2&gclid=3&_hsenc=4&gbraid=5", "example.com/jobs/7",
         "https://EXAMPLE.com/jobs/7;jsessionid=8A?lang=de", "https://example.com/jobs/7#apply",
         "https://example.com/jobs/7#:~:text=Cook", "https://example.com./jobs/7#utm_source=x"),
        ("https://example.com/#/job/17", "https://example.com/#!/job/17/?utm_source=x", "https://example.com/#/job/17/apply"),
        ("https://b\u00fccher.example/jobs/7", "https://xn--bcher-kva.example/jobs/7", "https://b%C3%BCcher.example/jobs/7"),
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
        (
            "https://acme.wd5.myworkdayjobs.com/A/job/B/Cook_R-17",
            "https://other.wd5.myworkdayjobs.com/A/job/B/Cook_R-17",
        ),
        ("https://careers-acme.icims.com/jobs/17", "https://careers-other.icims.com/jobs/17"),
        ("https://acme.jobs.personio.de/job/17", "https://other.jobs.personio.de/job/17"),
        ("https://example.com/#/job/17", "https://example.com/#/job/18"),
        ("https://example.com/careers#jobId=17", "https://example.com/careers#jobId=18"),
        ("https://example.com/careers#cook", "https://example.com/careers#baker"),
        ("https://example.com/jobs/aB3", "https://example.com/jobs/Ab3"),
        ("https://example.com/job?17", "https://example.com/job?18"),
        ("https://example.com/job?id=7&id=8", "https://example.com/job?id=9&id=8"),
        ("https://example.com/vacancy?ref=12345", "https://example.com/vacancy?ref=12346"),
        ("https://example.com:8080/jobs/7", "https://example.com:9090/jobs/7"),
        ("https://notindeed.com/viewjob?jk=abc", "https://indeed.com/viewjob?jk=abc"),
        ("https://indeed.com.example.org/viewjob?jk=abc", "https://indeed.com/viewjob?jk=abc"),
        ("https://notlinkedin.com/jobs?currentJobId=417", "https://linkedin.com/jobs?currentJobId=417"),
    ],
)
def test_two_postings_have_two_keys(first: str, second: str) -> None:
    assert posting_key(first) != posting_key(second)


@pytest.mark.parametrize(
    "address", ["", "  ", "nonsense", "mailto:a@b.c", "https://", "http://[", "http://example.com:99999/"]
)
def test_no_address_has_no_key(address: str) -> None:
    assert posting_key(address) == ""


@pytest.mark.parametrize(
    ("address", "source"),
    [
        ("https://jobs.lever.co/acme/00000000-0000-0000-0000-000000000001", "Lever"),
        ("https://www.linkedin.com/jobs/view/4123456789", "LinkedIn"),
        ("https://uk.indeed.com/viewjob?jk=1", "Indeed"),
        ("https://acme.com/careers?gh_jid=42", "Company site"),
        ("https://notindeed.com/viewjob?jk=1", ""),
        ("https://www.linkedin.com/jobs/search/?currentJobId=417", "LinkedIn"),
        ("https://example.com/jobs/7", ""),
        ("http://[", ""),
        ("", ""),
    ],
)
def test_the_host_tells_the_source(address: str, source: str) -> None:
    assert source_of(address) == source
