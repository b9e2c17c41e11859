"""Facts read in the HTML of postings: job data, microdata, Open Graph, titles and headings."""

import json
from typing import Any

import pytest

from tests.support.posting_pages import JOB, page, script
from tracker.services.capture.posting_reader import is_html, posting_of_html
from tracker.shapes.capture import FactOrigin

READ = {
    "role": "Backend Engineer & more",
    "company": "Halcyon",
    "location": "Berlin",
    "country": "DE",
    "employment": "full_time",
    "deadline": "2026-12-01",
    "salary_from": "65000",
    "salary_to": "75000",
    "currency": "EUR",
    "salary_period": "year",
}


def values(html: str, address: str = "") -> dict[str, str]:
    """Return the values of the facts of a page."""
    return {name: fact.value for name, fact in posting_of_html(html, address).facts.items()}


@pytest.mark.parametrize(
    "html",
    [
        page(JOB),
        page([{"@type": "WebSite", "name": "Jobs"}, JOB]),
        page({"@context": "https://schema.org", "@graph": [{"@type": "Organization", "name": "Other"}, JOB]}),
        page(JOB | {"@type": ["Thing", "JobPosting"]}),
        page(JOB | {"@type": "http://schema.org/JobPosting"}),
        page({"@type": "WebPage", "mainEntity": JOB}),
        page(JOB | {"hiringOrganization": "Halcyon"}),
        page(JOB | {"hiringOrganization": {"@id": "#us"}}, {"@id": "#us", "@type": "Organization", "name": "Halcyon"}),
        page(JOB, JOB),
        page(JOB | {"jobLocation": [JOB["jobLocation"]]}),
        page(JOB | {"jobLocation": {"@type": "Place", "address": {"addressLocality": "Berlin", "addressCountry": {"@type": "Country", "name": "Germany"}}}}),
        script('{"broken": ') + script(json.dumps(JOB)),
        script(json.dumps(JOB).replace("You build.", "You\nbuild.\t")),
        script(json.dumps(JOB).replace('"title"', '// the title\n"title"').replace('"Halcyon"}', '"Halcyon",}')),
        script(f"<!--\n{json.dumps(JOB)}\n-->"),
        script(f"//<![CDATA[\n{json.dumps(JOB)};\n//]]>"),
        f"<script type='Application/LD+JSON; charset=utf-8'>{json.dumps(JOB)}</script>",
    ],
)  # fmt: skip
def test_job_data_is_read_in_every_form(html: str) -> None:
    assert values(html) == READ


def test_each_field_names_its_origin_and_earlier_origins_win() -> None:
    html = page(
        {"@type": "JobPosting", "title": "Clerk"},
        head="<title>Job Application for Cook at Globex</title>",
        body="<h1>Driver</h1><p>This is a fully remote position.</p>",
    )
    facts = posting_of_html(html).facts
    assert (facts["role"].value, facts["role"].origin) == ("Clerk", FactOrigin.JOB_DATA)
    assert (facts["company"].value, facts["company"].origin) == ("Globex", FactOrigin.TITLE)
    assert (facts["workplace"].value, facts["workplace"].origin) == ("remote", FactOrigin.TEXT)


@pytest.mark.parametrize(
    "escaped",
    [
        "<p>You build.</p><ul><li>Python</li><li>SQL</li></ul>",
        "&lt;p&gt;You build.&lt;/p&gt;&lt;ul&gt;&lt;li&gt;Python&lt;/li&gt;&lt;li&gt;SQL&lt;/li&gt;&lt;/ul&gt;",
        "&amp;lt;p&amp;gt;You build.&amp;lt;/p&amp;gt;&amp;lt;ul&amp;gt;&amp;lt;li&amp;gt;Python&amp;lt;/li&amp;gt;&amp;lt;li&amp;gt;SQL&amp;lt;/li&amp;gt;&amp;lt;/ul&amp;gt;",
        "<p>You build.</p><script>alert(1)</script><style>p{}</style><ul><li><p>Python</p></li><li><b>SQL</b></li></ul>",
    ],
)
def test_a_description_keeps_paragraphs_and_lists_however_often_it_is_escaped(escaped: str) -> None:
    assert posting_of_html(page(JOB | {"description": escaped})).text == "You build.\n- Python\n- SQL"


def test_a_plain_description_keeps_its_lines() -> None:
    assert (
        posting_of_html(page(JOB | {"description": "You build.\n\n5 < 6 &amp; more"})).text
        == "You build.\n\n5 < 6 & more"
    )


@pytest.mark.parametrize(
    ("salary", "read"),
    [
        ({"currency": "USD", "value": 120000}, ["120000", "", "USD", ""]),
        ({"currency": "USD", "value": {"value": "45.50", "unitText": "HOUR"}}, ["45.5", "", "USD", "hour"]),
        ({"currency": "EUR", "minValue": 50000, "maxValue": 60000}, ["50000", "60000", "EUR", ""]),
        ({"currency": "EUR", "value": {"minValue": 0, "maxValue": 60000, "unitText": "YEAR"}}, ["", "60000", "EUR", "year"]),
        ("€50k–60k per year", ["50000", "60000", "EUR", "year"]),
        ("competitive", ["", "", "", ""]),
        ({"currency": "EUR", "value": {"minValue": 0, "maxValue": 0}}, ["", "", "", ""]),
        ({"currency": "EUR", "value": {"minValue": 70000, "maxValue": 60000, "unitText": "YEAR"}}, ["", "", "", ""]),
        ({"currency": "EUR", "value": 25}, ["", "", "", ""]),
        ({"currency": "???", "value": {"value": 60000, "unitText": "YEAR"}}, ["60000", "", "", "year"]),
        ([{"value": 1}, {"value": 2}], ["", "", "", ""]),
    ],
)  # fmt: skip
def test_salaries_are_read_in_every_form_and_unclear_ones_left_out(salary: Any, read: list[str]) -> None:
    facts = values(page({**JOB, "baseSalary": salary}))
    assert [facts.get(name, "") for name in ("salary_from", "salary_to", "currency", "salary_period")] == read


def test_a_remote_posting_names_the_country_that_applicants_live_in() -> None:
    job = {"@type": "JobPosting", "title": "Clerk", "jobLocationType": "TELECOMMUTE",
           "applicantLocationRequirements": {"@type": "Country", "name": "USA"}}  # fmt: skip
    facts = values(page(job))
    assert (facts["location"], facts["country"], facts["workplace"]) == ("Remote", "US", "remote")


def test_places_in_two_countries_give_no_country() -> None:
    places = [
        {"@type": "Place", "address": {"addressLocality": city, "addressCountry": code}}
        for city, code in (("Berlin", "DE"), ("Paris", "FR"))
    ]
    facts = values(page(JOB | {"jobLocation": places}))
    assert facts["location"] == "Berlin / Paris"
    assert "country" not in facts


def test_a_deadline_before_the_posting_or_far_away_is_a_placeholder() -> None:
    for day in ("2026-10-01", "2099-12-31", "soon", "2026-13-01"):
        assert "deadline" not in values(page(JOB | {"validThrough": day}))


def test_a_list_of_postings_is_none_of_them_unless_one_has_this_address() -> None:
    jobs = [
        {"@type": "JobPosting", "title": role, "url": f"https://acme.example/jobs/{n}"}
        for n, role in enumerate(("Cook", "Clerk"))
    ]
    assert "role" not in values(page(*jobs))
    assert values(page(*jobs), "https://acme.example/jobs/1?utm_source=x")["role"] == "Clerk"
    assert values(page(*jobs, body="<h1>Cook</h1>"))["role"] == "Cook"


def test_microdata_and_rdfa_are_read_like_json() -> None:
    body = """
    <div itemscope itemtype="https://schema.org/JobPosting"><h2 itemprop="title">Clerk</h2>
    <p itemprop="description">At <span itemprop="hiringOrganization" itemscope itemtype="https://schema.org/Organization"><b itemprop="name">Halcyon</b></span></p>
    <span itemprop="jobLocation" itemscope itemtype="https://schema.org/Place"><span itemprop="address" itemscope itemtype="https://schema.org/PostalAddress">
    <span itemprop="addressLocality">Kirkland</span> <span itemprop="addressRegion">WA</span></span></span>
    <time itemprop="validThrough" datetime="2026-12-01">soon</time><meta itemprop="employmentType" content="PART_TIME"></div>"""
    rdfa = body.replace("itemprop", "property").replace('itemscope itemtype="https://schema.org/', 'typeof="')
    expected = {
        "role": "Clerk",
        "company": "Halcyon",
        "location": "Kirkland, WA",
        "deadline": "2026-12-01",
        "employment": "part_time",
    }
    assert values(body) == values(rdfa) == expected


@pytest.mark.parametrize(
    ("title", "body", "role", "company", "location"),
    [
        ("Job Application for Clerk at Halcyon", "", "Clerk", "Halcyon", ""),
        ("Halcyon hiring Senior Clerk in Berlin, Germany | LinkedIn", "", "Senior Clerk", "Halcyon", "Berlin, Germany"),
        ("Halcyon sucht Buchhalter (m/w/d) in Köln | LinkedIn", "", "Buchhalter", "Halcyon", "Köln"),
        ("Backend Engineer at Halcyon | Careers", "", "Backend Engineer", "Halcyon", ""),
        ("Backend Engineer - Halcyon", "<p>Halcyon is a maker of maps.</p>", "Backend Engineer", "Halcyon", ""),
        ("Halcyon - Backend Engineer", "<p>Join Halcyon today.</p>", "Backend Engineer", "Halcyon", ""),
        ("Backend Engineer - Berlin - Halcyon", "<p>About Halcyon: maps.</p>", "Backend Engineer", "Halcyon", ""),
        ("Backend Engineer - Berlin", "<p>You live in Berlin.</p>", "Backend Engineer", "", ""),
        ("Careers | Halcyon", "", "", "", ""),
        ("Page not found", "", "", "", ""),
    ],
)  # fmt: skip
def test_titles_name_role_company_and_place(
    title: str, body: str, role: str, company: str, location: str
) -> None:
    facts = values(f"<title>{title}</title><body>{body}</body>")
    assert [facts.get(name, "") for name in ("role", "company", "location")] == [role, company, location]


def test_greenhouse_puts_the_place_into_the_preview() -> None:
    head = (
        '<meta property="og:title" content="Clerk"><meta property="og:description" content="Berlin, Germany">'
    )
    html = f"<head>{head}</head><body></body>"
    assert values(html, "https://job-boards.greenhouse.io/halcyon/jobs/1")["location"] == "Berlin, Germany"
    assert "location" not in values(html, "https://halcyon.example/jobs/1")


def test_a_linkedin_page_is_read_by_its_layout() -> None:
    html = """<section><h1 class="top-card-layout__title">Senior Data Analyst</h1><h4>
    <span class="topcard__flavor">Acme Corporation</span><span class="topcard__flavor topcard__flavor--bullet">Remote</span></h4></section>"""
    facts = posting_of_html(html).facts
    assert {name: fact.value for name, fact in facts.items()} == {
        "role": "Senior Data Analyst", "company": "Acme Corporation", "location": "Remote", "workplace": "remote",
    }  # fmt: skip
    assert {fact.origin for fact in facts.values()} == {FactOrigin.LAYOUT}


def test_without_job_data_the_longest_text_is_the_posting() -> None:
    posting = "".join(
        f"<p>Paragraph {n} of a long posting about the work and the people.</p>" for n in range(20)
    )
    html = f"<nav>Home Jobs About</nav><main><aside>Cookies</aside><div class=job>{posting}</div></main><footer>Imprint</footer>"
    text = posting_of_html(html).text
    assert text.startswith("Paragraph 0 of a long posting")
    assert "Imprint" not in text
    assert "Cookies" not in text


def test_a_copied_page_brings_its_own_address() -> None:
    assert (
        values('<link rel="canonical" href="https://acme.example/jobs/1"><h1>Clerk</h1>')["posting_url"]
        == "https://acme.example/jobs/1"
    )
    assert "posting_url" not in values('<link rel="canonical" href="javascript:alert(1)"><h1>Clerk</h1>')


def test_html_is_distinguished_from_text() -> None:
    assert is_html("<div class='job'><p>Clerk</p></div>")
    assert not is_html("Salary < 50k, see <https://acme.example>")
