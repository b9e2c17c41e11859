"""Parsing resumes in common layouts, and how long the worst texts may take."""

import json
import time

import pytest

from tests.support.resumes import EVERY
from tracker.services.isolated_process import Unreadable
from tracker.services.resume.file_types import kind_of
from tracker.services.resume.parse import parse_resume
from tracker.services.resume.parsed_resume import Entry, ParsedResume
from tracker.services.resume.text_resume import of_text

POSITIONS = {
    "plain": [
        ("job", "Senior Backend Engineer", "Kestrel Labs", "2021-03", "now", 2),
        ("job", "Backend Engineer", "Brightwater GmbH", "2017-01", "2021-02", 2),
        ("education", "MSc Computer Science", "University of Hamburg", "2014", "2016", 0),
    ],
    "company_first": [
        ("job", "Operations Manager", "Northwind Traders Ltd", "2018-06", "now", 2),
        ("job", "Assistant Manager", "Contoso Corp", "2014-04", "2018-05", 1),
        ("education", "BA Business Management", "University of Leeds", "2011", "2014", 0),
    ],
    "linkedin": [
        ("job", "Senior Product Designer", "Lumen", "2020-01", "now", 1),
        ("job", "UX Designer", "Acme Studio", "2016-03", "2019-12", 1),
        ("education", "Bachelor's degree, Fine Arts", "Universidad Complutense de Madrid", "2010", "2014", 0),
    ],
    "markdown": [
        ("job", "Data Scientist", "Helios Energy", "2019", "2023", 2),
        ("job", "Data Analyst", "Fjord Bank", "2016", "2019", 1),
        ("project", "windfall", "", "", "", 1),
        ("education", "MSc Statistics", "University of Oslo", "2014", "2016", 0),
    ],
    "several_roles": [
        ("job", "Engineering Manager", "Globex Corporation", "2021", "now", 1),
        ("job", "Senior Software Engineer", "Globex Corporation", "2018", "2021", 1),
        ("job", "Software Engineer", "Globex Corporation", "2015", "2018", 1),
        ("education", "BSc Computer Science", "University of Ghana", "", "2015", 0),
    ],
    "dates_first": [
        ("job", "Projektleiterin", "Stadtwerke GmbH", "2019-03", "now", 2),
        ("job", "Ingenieurin", "Elektro AG", "2014-09", "2019-02", 1),
        ("education", "Diplom Elektrotechnik", "Technische Universität Dresden", "2009", "2014", 0),
    ],
    "no_bullets": [
        ("job", "Staff Nurse", "St Mary's Hospital", "2017-09", "now", 2),
        ("job", "Healthcare Assistant", "Rosewood Clinic", "2015", "2017", 1),
    ],
    "wrapped": [
        ("job", "DevOps Engineer", "Zephyr Systems", "2020", "2023", 2),
        ("job", "Systems Administrator", "Old Mill Hosting", "2016", "2020", 1),
    ],
    "spaced": [
        ("job", "Teacher", "Hilltop School", "2012", "2020", 2),
        ("job", "Head of Science", "Riverside Academy", "2020", "now", 1),
        ("volunteering", "Mentor", "Code Club", "2018", "2019", 1),
    ],
    "undated": [
        ("job", "Marketing Manager", "Tidewater Coffee", "", "", 2),
        ("job", "Copywriter", "Ink & Co", "", "", 1),
    ],
    "bare": [("job", "Crane Operator", "Port of Rotterdam", "2010", "2022", 2)],
    "french": [
        ("job", "Développeuse web", "Atelier Numérique SARL", "2019-01", "now", 1),
        ("job", "Stagiaire", "Mairie de Lyon", "2018-06", "2018-12", 1),
        ("education", "Licence Informatique", "Université Lyon 1", "2015", "2018", 0),
    ],
    "two_dates_styles": [
        ("job", "Chef de Partie", "Restaurant Fjell", "2019-02", "2021-09", 1),
        ("job", "Kitchen Assistant", "Café Sol", "2017", "2019", 1),
        ("education", "Culinary Diploma", "Oslo Cooking School", "", "2017", 0),
    ],
    "pipes": [
        ("job", "Senior Software Engineer", "Acme Corp", "2020-01", "now", 2),
        ("job", "Software Engineer", "Initech", "2016-06", "2019-12", 1),
        ("education", "B.S. in Computer Science", "Oregon State University", "2012-09", "2016-06", 0),
    ],
    "linkedin_paste": [
        ("job", "Senior Engineer", "Acme", "2020-01", "now", 2),
        ("job", "Engineer", "Globex", "2016-02", "2019-12", 1),
        ("education", "Master of Science, MS, Informatics", "Technical University of Munich", "2013", "2015", 0),
    ],
    "word_pdf": [
        ("job", "Clinical Dietitian", "Swedish Medical Center", "2018-05", "now", 2),
        ("job", "Community Nutritionist", "King County Public Health", "2015-08", "2018-04", 1),
        ("education", "Master of Science in Nutrition", "University of Washington", "", "2015", 0),
        ("education", "Bachelor of Science in Biology", "Portland State University", "", "2013", 0),
    ],
    "dates_below": [
        ("job", "Data Engineer", "Foo Analytics", "2021", "now", 3),
        ("job", "Junior Data Engineer", "Bar SAS", "2019", "2021", 1),
    ],
    "bulleted_heads": [
        ("job", "Staff Engineer", "Orbit", "2020", "2023", 2),
        ("job", "Engineer", "Pluto", "2017", "2020", 1),
        ("education", "BEng", "Imperial College London", "2013", "2017", 0),
    ],
}  # fmt: skip
HEADLINES = {
    "pipes": "Software Engineer", "plain": "Senior Backend Engineer", "linkedin": "Product Designer at Lumen", "markdown": "Data scientist",
    "dates_first": "Projektleiterin", "undated": "Marketing manager", "french": "Développeuse web",
}  # fmt: skip
LANGUAGES = {
    "plain": ["German (native)", "English (C1)"], "dates_first": ["Deutsch", "Englisch", "Polnisch"],
    "linkedin": ["Spanish (Native or Bilingual)", "English (Full Professional)"], "french": ["Français", "Anglais (B2)"],
}  # fmt: skip


def shown(entry: Entry) -> tuple[str, str, str, str, str, int]:
    ended = "now" if entry.is_current else entry.ended
    return entry.kind, entry.title, entry.organisation, entry.begun, ended, len(entry.points)


@pytest.mark.parametrize("name", sorted(EVERY))
def test_the_positions_of_each_layout_are_separated(name: str) -> None:
    resume = of_text(EVERY[name])
    assert [shown(entry) for entry in resume.entries] == POSITIONS[name]
    assert resume.headline == HEADLINES.get(name, "")
    assert resume.languages == LANGUAGES.get(name, [])


@pytest.mark.parametrize("name", sorted(EVERY))
def test_line_ends_and_indents_of_another_system_change_nothing(name: str) -> None:
    as_it_is = of_text(EVERY[name])
    assert of_text(EVERY[name].replace("\n", "\r\n")) == as_it_is
    assert of_text("\ufeff\n\n" + EVERY[name] + "\n\n\n") == as_it_is


def test_bullets_keep_their_words_and_wrapped_ones_are_whole() -> None:
    first = of_text(EVERY["wrapped"]).entries[0].points[0]
    assert first.text == (
        "Introduced Terraform and Ansible for 300 machines in three data centres, which took the time that a new "
        "environment needs from two weeks to forty minutes"
    )
    assert first.skills == ["Terraform", "Ansible"]


def test_a_bullet_is_tagged_with_what_the_resume_itself_lists() -> None:
    plain = of_text(EVERY["plain"])
    assert [point.skills for point in plain.loose[1:]] == [
        ["Python", "Go", "SQL"],
        ["Kubernetes", "Terraform", "AWS"],
    ]
    assert plain.entries[0].points[1].skills == ["AWS", "PostgreSQL"]
    text = "Experience\nEngineer, Acme Ltd, 2019 - 2020\n- Go to market with Go and R\n\nSkills\nGo, underwater welding"
    assert of_text(text).entries[0].points[0].skills == ["Go"]


def test_contact_data_is_left_out_of_the_profile() -> None:
    for name, text in EVERY.items():
        assert "@" not in json.dumps(of_text(text).as_plain()), name


def test_a_text_too_long_for_a_bullet_becomes_several_and_loses_nothing() -> None:
    sentence = "I have done a great many things in a great many places. "
    resume = of_text("Summary\n" + sentence * 60)
    assert all(len(point.text) <= 1000 for point in resume.loose)
    assert " ".join(point.text for point in resume.loose) == (sentence * 60).strip()


def test_a_mark_on_a_line_of_its_own_belongs_to_the_next() -> None:
    resume = of_text("Experience\nEngineer, Acme Ltd, 2019 - 2020\n•\nBuilt it\n•\nMended it")
    assert [point.text for point in resume.entries[0].points] == ["Built it", "Mended it"]


@pytest.mark.parametrize(
    "evil",
    [
        "a " * 100_000, "x" * 200_000, "2019 - 2020 " * 16_000, "Engineer, Acme 2019 - 2020\n" * 7000, "Jan " * 50_000,
        ("- " * 2000 + "\n") * 40, "A, " * 66_000, " " * 199_999 + "x", "(1 year 2 " * 20_000, "\n\n\n12/20" * 20_000,
        "* _" * 60_000, "E X P " * 30_000, "[a](" * 50_000, "**a" * 60_000, "• " * 100_000, "since " * 30_000,
    ],
    ids=range(16),
)  # fmt: skip
def test_no_text_takes_long(evil: str) -> None:
    began = time.perf_counter()
    of_text(evil)
    assert time.perf_counter() - began < 10


JSON_RESUME = {
    "basics": {"name": "Nora", "label": "Engineer", "email": "nora@example.com", "summary": "Likes boring technology."},
    "work": [
        {"name": "Kestrel", "position": "Lead", "startDate": "2021-03-01", "highlights": ["Cut the AWS bill"], "summary": "Led."},
        {"name": "Brightwater", "position": "Engineer", "startDate": "2017", "endDate": "2021-02-28"},
    ],
    "education": [{"institution": "Hamburg", "area": "Physics", "studyType": "MSc", "endDate": "2016"}],
    "projects": [{"name": "windfall", "description": "A library", "highlights": ["900 stars"]}],
    "volunteer": [{"organization": "Code Club", "position": "Mentor", "startDate": "2018", "endDate": "2019"}],
    "skills": [{"name": "Backend", "keywords": ["Python", "Go"]}, {"name": "Welding"}],
    "languages": [{"language": "German", "fluency": "native"}],
    "certificates": [{"name": "CKA", "issuer": "CNCF"}],
}  # fmt: skip


def test_json_resume_is_read_by_its_schema() -> None:
    resume = parse_resume(json.dumps(JSON_RESUME).encode())
    assert [shown(entry) for entry in resume.entries] == [
        ("job", "Lead", "Kestrel", "2021-03", "now", 2), ("job", "Engineer", "Brightwater", "2017", "2021-02", 0),
        ("volunteering", "Mentor", "Code Club", "2018", "2019", 0), ("project", "windfall", "", "", "", 2),
        ("education", "MSc Physics", "Hamburg", "", "2016", 0),
    ]  # fmt: skip
    assert (resume.headline, resume.languages) == ("Engineer", ["German (native)"])
    assert [(point.text, point.skills) for point in resume.loose] == [
        ("Likes boring technology.", []), ("Backend: Python, Go", ["Python", "Go"]), ("Welding", ["Welding"]), ("CKA, CNCF", []),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ['{"a": 1}', "{", '{"basics": []}', '{"work": "x"}', "{" * 100_000, '{"work":' * 20_000],
    ids=range(6),
)
def test_json_of_another_schema_is_refused_with_a_reason(text: str) -> None:
    with pytest.raises(Unreadable, match=r"JSON|look like a resume"):
        parse_resume(text.encode())


def test_invalid_parts_of_a_json_resume_are_skipped() -> None:
    resume = parse_resume(
        b'{"work": [1, null, {"position": 3}], "basics": {"label": 7}, "skills": [{"keywords": "x"}]}'
    )
    assert [entry.title for entry in ParsedResume.of_plain(resume.as_plain()).entries] == ["Untitled"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "empty"), (b"  \n ", "empty"), (b"<!DOCTYPE html><html>", "web page"), (b"\n <html><body>", "web page"),
        (b"{\\rtf1 hello}", "rich text"), (b"\xd0\xcf\x11\xe0" + b"x" * 600, "old Word file"),
        (b"PK\x03\x04" + b"x" * 100, "archive"), (bytes(range(32)) * 40, "isn't text"), (b"\x7fELF\x00\x00", "isn't text"),
    ],
    ids=range(9),
)  # fmt: skip
def test_a_file_is_known_by_its_content(content: bytes, message: str) -> None:
    with pytest.raises(Unreadable, match=message):
        kind_of(content)


def test_text_is_read_in_the_encodings_people_have() -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
        resume = parse_resume(EVERY["french"].replace("’", "'").encode(encoding))
        assert resume.entries[0].title == "Développeuse web", encoding


def test_the_output_of_an_untrusted_parser_is_cut_to_the_limits_of_a_profile() -> None:
    wild = {
        "headline": 7, "languages": ["x" * 99, None, "a", "A"], "loose": [{"text": "y" * 5000, "skills": "no"}] * 999,
        "entries": [{"title": ["no"], "begun": "soon", "points": [{"text": 3}, {"text": "ok\x00"}]}] * 99,
    }  # fmt: skip
    resume = ParsedResume.of_plain(wild)
    assert (resume.headline, len(resume.languages), len(resume.entries)) == ("", 2, 40)
    assert (resume.entries[0].title, resume.entries[0].begun, resume.entries[0].points[0].text) == (
        "Untitled",
        "",
        "ok",
    )
    assert len(resume.loose) + sum(len(entry.points) for entry in resume.entries) == 300
    assert len(resume.loose[0].text) == 1000
    assert ParsedResume.of_plain(None) == ParsedResume.of_plain([]) == ParsedResume()
