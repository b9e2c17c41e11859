"""Letters as files over HTTP, for their owner alone."""

import io

import pytest
from pypdf import PdfReader
from starlette.testclient import TestClient

from tests.support import generation_verbs
from tests.support.people import Person
from tracker.api.routes import routes
from tracker.cookies import cookie_name
from tracker.services import sessions
from tracker.services.letters.versions import draft, edit
from tracker.services.pages.settings import save as save_settings
from tracker.services.profile.edits import add_bullet
from tracker.shapes.people import Who


@pytest.fixture
def letter(alice: Person) -> str:
    """Return a letter of alice's."""
    alice.call(add_bullet, {"text": "Moved 40 services to PostgreSQL"})
    version: str = alice.call(draft, alice.add_application("Bright & Water", "Engineer"))
    return version


def browser(user: Who | None) -> TestClient:
    """Return a client with this user's session."""
    client = TestClient(routes(), base_url="http://127.0.0.1:8000")
    if user:
        client.cookies.set(cookie_name(), sessions.open_session(user.user_id, "a test"))
    return client


@pytest.mark.parametrize(
    ("kind", "media"),
    [("txt", "text/plain; charset=utf-8"), ("md", "text/markdown; charset=utf-8"), ("docx", "application/vnd.openxml"),
     ("pdf", "application/pdf")],
)  # fmt: skip
def test_a_letter_is_downloaded_in_each_format(alice: Person, letter: str, kind: str, media: str) -> None:
    response = browser(alice.user).get(f"/letters/{letter}.{kind}")
    assert response.status_code == 200
    assert response.headers["content-type"].startswith(media)
    assert response.headers["content-disposition"] == f'attachment; filename="letter-bright-water.{kind}"'
    assert response.headers["cache-control"] == "no-store"
    assert (b"PostgreSQL" in response.content) == (kind in ("txt", "md"))


@pytest.mark.parametrize("kind", ["txt", "pdf"])
def test_no_other_user_gets_it(bob: Person, letter: str, kind: str) -> None:
    assert browser(bob.user).get(f"/letters/{letter}.{kind}").status_code == 404
    assert browser(None).get(f"/letters/{letter}.{kind}").status_code == 401


@pytest.mark.parametrize(("locale", "sheet"), [("en-GB", (595, 842)), ("en-US", (612, 792))])
def test_a_pdf_has_the_paper_size_and_author_of_the_user(
    alice: Person, letter: str, locale: str, sheet: tuple[int, int]
) -> None:
    alice.call(save_settings, {"name": "Zoë Ångström", "locale": locale})
    pdf = PdfReader(io.BytesIO(browser(alice.user).get(f"/letters/{letter}.pdf").content))
    assert (round(pdf.pages[0].mediabox.width), round(pdf.pages[0].mediabox.height)) == sheet
    assert pdf.metadata is not None
    assert (pdf.metadata.title, pdf.metadata.author) == ("Cover letter: Engineer", "Zoë Ångström")
    assert "Moved 40 services to PostgreSQL" in " ".join(pdf.pages[0].extract_text().split())


def test_a_pdf_with_missing_characters_is_refused_and_names_them(alice: Person, letter: str) -> None:
    version = alice.call(edit, letter, "Dear 田中 team")
    refused = browser(alice.user).get(f"/letters/{version}.pdf")
    assert refused.status_code == 422
    assert "lacks 田 中." in refused.text
    assert browser(alice.user).get(f"/letters/{version}.docx").status_code == 200


@pytest.mark.parametrize("path", ["/letters/nonsense.txt", "/letters/{letter}.exe"])
def test_an_unknown_letter_or_file_type_is_not_found(alice: Person, letter: str, path: str) -> None:
    assert browser(alice.user).get(path.format(letter=letter)).status_code == 404


def test_a_model_call_is_downloaded_by_its_own_user_alone(alice: Person, bob: Person, letter: str) -> None:
    of = str(alice.rows("SELECT application_id FROM letter")[0]["application_id"])
    call = generation_verbs.create_rows(alice, of, "<b>My secret</b>").call
    response = browser(alice.user).get(f"/model-calls/{call}.txt")
    assert (response.status_code, response.headers["content-type"]) == (200, "text/plain; charset=utf-8")
    assert "<b>My secret</b>" in response.text
    assert browser(bob.user).get(f"/model-calls/{call}.txt").status_code == 404
    assert browser(None).get(f"/model-calls/{call}.txt").status_code == 401
    assert browser(alice.user).get("/model-calls/nonsense.txt").status_code == 404
