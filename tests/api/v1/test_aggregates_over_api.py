"""Interviews, contacts, letters, profile, events, actions, figures and preferences over the API."""

from typing import Any

import pytest
import time_machine
from starlette.testclient import TestClient

from tests.support.api_client import created, program
from tests.support.people import ABSENT, Person
from tracker.services.figures import snapshots
from tracker.services.profile.edits import add_bullet


@pytest.fixture
def client(alice: Person, clock: time_machine.Traveller) -> TestClient:
    program_client = program(alice)
    change(program_client, "/preferences", time_zone="Europe/Berlin")
    return program_client


@pytest.fixture
def application(client: TestClient) -> str:
    row_id: str = created(client, "/applications", {"company": "Linear", "role": "Engineer"})["id"]
    return row_id


def change(client: TestClient, path: str, method: str = "PATCH", **body: Any) -> dict[str, Any]:
    response = client.request(
        method,
        path,
        json=body,
        headers={"If-Match": client.get(path.removesuffix("/debrief")).headers["etag"]},
    )
    assert response.status_code == 200, response.text
    record: dict[str, Any] = response.json()
    return record


def remove(client: TestClient, path: str) -> None:
    response = client.delete(path, headers={"If-Match": client.get(path).headers["etag"]})
    assert response.status_code == 204, response.text
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("starts_at", "time_zone", "stored"),
    [
        ("2026-12-01T10:00", "Europe/Berlin", "2026-12-01T10:00:00+01:00"),
        ("2026-12-01T10:00:00Z", "Europe/Berlin", "2026-12-01T11:00:00+01:00"),
        ("2026-12-01T10:00:00+05:30", "Asia/Tokyo", "2026-12-01T13:30:00+09:00"),
        ("2026-12-01T10:00", "", "2026-12-01T10:00:00+01:00"),
        ("2026-10-25T02:30:00+02:00", "Europe/Berlin", "2026-10-25T02:30:00+02:00"),
        ("2026-10-25T02:30:00+01:00", "Europe/Berlin", "2026-10-25T02:30:00+01:00"),
    ],
)
def test_a_start_is_an_instant_or_a_time_on_the_zones_clock(
    client: TestClient, application: str, starts_at: str, time_zone: str, stored: str
) -> None:
    body = {
        "application_id": application,
        "kind": "technical",
        "starts_at": starts_at,
        "time_zone": time_zone,
    }
    record = created(client, "/interviews", body)
    assert (record["starts_at"], record["time_zone"]) == (stored, time_zone or "Europe/Berlin")


@pytest.mark.parametrize(
    ("starts_at", "time_zone", "pointer", "detail"),
    [
        ("2026-10-25T02:30", "Europe/Berlin", "/starts_at", "02:30 occurs twice that night. Add the UTC offset."),
        ("2026-03-29T02:30", "Europe/Berlin", "/starts_at", "02:30 doesn't exist on that day in Europe/Berlin"),
        ("2026-12-01T10:00", "Mars/Olympus", "/time_zone", "Choose a time zone such as Europe/Berlin."),
        ("2026-13-01T10:00", "Europe/Berlin", "/starts_at", "There is no such date or time."),
        ("1850-01-01T10:00", "Europe/Berlin", "/starts_at", "Enter a year from 1990 to 2100."),
        ("0001-01-01T00:00:00+14:00", "America/New_York", "/starts_at", "Use a date and time"),
    ],
)  # fmt: skip
def test_a_start_that_no_clock_shows_is_refused(
    client: TestClient, application: str, starts_at: str, time_zone: str, pointer: str, detail: str
) -> None:
    body = {"application_id": application, "starts_at": starts_at, "time_zone": time_zone}
    [error] = client.post("/interviews", json=body).json()["errors"]
    assert error["pointer"] == pointer
    assert error["detail"].startswith(detail)


def test_an_interview_is_moved_settled_and_debriefed(
    client: TestClient, application: str, clock: time_machine.Traveller
) -> None:
    body = {
        "application_id": application,
        "kind": "technical",
        "starts_at": "2026-11-05T14:30",
        "minutes": 45,
    }
    record = created(client, "/interviews", body)
    path = f"/interviews/{record['id']}"
    assert client.get(f"/applications/{application}").json()["stage"] == "interviewing"
    moved = change(client, path, starts_at="2026-11-06T09:00:00Z", place="Room 4", round=2)
    assert (moved["starts_at"], moved["place"], moved["round"]) == ("2026-11-06T10:00:00+01:00", "Room 4", 2)
    abroad = change(client, path, time_zone="America/New_York")
    assert abroad["starts_at"] == "2026-11-06T10:00:00-05:00"
    early = client.post(f"{path}/states", json={"state": "done"})
    assert (early.status_code, early.json()["type"]) == (422, "urn:pursuit:problem:refused")
    clock.move_to("2026-11-07T10:00:00+00:00")
    assert created(client, f"{path}/states", {"state": "no_show"})["state"] == "no_show"
    debriefed = change(client, f"{path}/debrief", "PUT", text="Went well", rating=4)
    assert (debriefed["debrief"], debriefed["rating"]) == ("Went well", 4)
    remove(client, path)


def test_interviews_are_listed_by_day_and_application(client: TestClient, application: str) -> None:
    other = created(client, "/applications", {"company": "Acme", "role": "Designer"})["id"]
    for row_id, day in (
        (application, "2026-11-05T00:30"),
        (application, "2026-11-06T23:30"),
        (other, "2026-11-06T10:00"),
    ):
        created(client, "/interviews", {"application_id": row_id, "starts_at": day})
    for query, count in (
        ("", 3), (f"application_id={application}", 2), ("since=2026-11-05&until=2026-11-05", 1), ("since=2026-11-06", 2),
        ("until=2026-11-04", 0), ("state=done", 0), (f"application_id={ABSENT}", 0),
    ):  # fmt: skip
        assert len(client.get(f"/interviews?{query}").json()["items"]) == count, query
    first = client.get("/interviews?limit=2").json()
    second = client.get(f"/interviews?limit=2&cursor={first['next_cursor']}").json()
    starts = [item["starts_at"] for item in [*first["items"], *second["items"]]]
    assert starts == sorted(starts)
    assert len(set(starts)) == 3
    assert second["next_cursor"] is None


def test_a_contact_is_changed_linked_and_deleted(client: TestClient, application: str) -> None:
    record = created(client, "/contacts", {"name": "Maria", "email": "maria@example.com"})
    path, link = f"/contacts/{record['id']}", f"/applications/{application}/contacts/{record['id']}"
    assert change(client, path, phone="+49 30 1", email="")["email"] == ""
    assert client.put(link).json()["application_ids"] == [application]
    assert client.put(link).status_code == 200
    assert client.delete(link).status_code == 204
    assert client.delete(link).status_code == 404
    assert [item["name"] for item in client.get("/contacts?q=mar").json()["items"]] == ["Maria"]
    remove(client, path)


def test_a_contact_with_several_invalid_fields_names_them_all(client: TestClient) -> None:
    path = f"/contacts/{created(client, '/contacts', {'name': 'Maria'})['id']}"
    response = client.patch(
        path,
        json={"email": "x", "link": "y", "phone": "1"},
        headers={"If-Match": client.get(path).headers["etag"]},
    )
    assert {error["pointer"] for error in response.json()["errors"]} == {"/email", "/link"}
    assert client.get(path).json()["phone"] == ""


def test_a_letter_is_drafted_revised_sent_and_removed(
    client: TestClient, application: str, alice: Person
) -> None:
    assert client.post(f"/applications/{application}/letters", json={}).status_code == 422
    alice.call(add_bullet, {"text": "Moved 40 services to PostgreSQL"})
    draft = created(client, f"/applications/{application}/letters", {"tone": "warm"})
    assert "PostgreSQL" in draft["text"]
    edited = created(client, f"/letters/{draft['id']}/revisions", {"text": "Dear team,\n\nHello"})
    assert (edited["writer"], edited["text"]) == ("hand", "Dear team,\n\nHello")
    assert created(client, f"/letters/{edited['id']}/sent", {})["sent_on"] == "2026-11-03"
    listed = client.get(f"/applications/{application}/letters").json()["items"]
    assert [item["id"] for item in listed] == [edited["id"], draft["id"]]
    remove(client, f"/letters/{draft['id']}")


def test_the_profile_is_edited_by_its_parts(client: TestClient) -> None:
    assert change(client, "/profile", headline="Engineer", languages=["German"])["headline"] == "Engineer"
    position = created(
        client, "/profile/positions", {"title": "Engineer", "begun": "2021-03", "is_current": True}
    )
    path = f"/profile/positions/{position['id']}"
    ended = change(client, path, ended="2026-10", is_current=False)
    assert (ended["title"], ended["ended"], ended["is_current"]) == ("Engineer", "2026-10", False)
    bullet = created(client, "/profile/bullets", {"text": "Led 4 people", "position_id": position["id"]})
    changed_bullet = change(
        client, f"/profile/bullets/{bullet['id']}", skills=["Leadership"], position_id=None
    )
    assert (changed_bullet["skills"], changed_bullet["position_id"]) == (["Leadership"], None)
    whole = client.get("/profile").json()
    assert whole["positions"] == [ended]
    assert whole["bullets"] == [changed_bullet]
    remove(client, f"/profile/bullets/{bullet['id']}")
    remove(client, path)


def test_events_are_listed_the_latest_first(client: TestClient, application: str) -> None:
    client.post(f"/applications/{application}/moves", json={"stage": "applied"})
    events = client.get(f"/events?application_id={application}").json()["items"]
    assert [event["sentence"] for event in events] == ["Moved from Saved to Applied", "Added to Saved"]
    assert client.get(f"/events/{events[0]['id']}").json() == events[0]
    assert client.get("/events?kind=stage.changed&until=2026-11-03").json()["items"] == [events[0]]
    assert client.get("/events?since=2026-11-04").json()["items"] == []


def test_actions_are_snoozed_and_dismissed(client: TestClient, application: str) -> None:
    change(client, f"/applications/{application}", deadline="2026-11-04")
    action = client.get("/actions").json()["groups"][0]["actions"][0]
    assert (action["kind"], action["application_id"]) == ("apply", application)
    named = {name: action[name] for name in ("application_id", "kind", "about")}
    for path, more in (("/actions/snoozes", {"days": 3}), ("/actions/dismissals", {})):
        left = created(client, path, {**named, **more})["groups"]
        assert all(action not in group["actions"] for group in left)


def test_figures_have_intervals_from_five_applications_on(client: TestClient) -> None:
    for _ in range(4):
        created(client, "/applications", {"company": "A", "role": "B", "stage": "applied"})
    assert client.get("/analytics").json()["rates"][0]["share"] is None
    created(client, "/applications", {"company": "A", "role": "B", "stage": "screening"})
    rate = client.get("/analytics").json()["rates"][0]
    assert (rate["name"], rate["count"], rate["of"], rate["share"]) == ("response", 1, 5, 0.2)
    assert 0.03 < rate["low"] < 0.04
    assert 0.62 < rate["high"] < 0.63
    assert client.get("/analytics?until=2026-11-02").json()["applications"] == 0


def test_snapshots_are_paged_by_day(
    client: TestClient, application: str, alice: Person, clock: time_machine.Traveller
) -> None:
    clock.move_to("2026-11-08T10:00:00+00:00")
    alice.call(snapshots.fill)
    page = client.get("/snapshots?limit=3").json()
    assert [item["day"] for item in page["items"]] == ["2026-11-03", "2026-11-04", "2026-11-05"]
    rest = client.get(f"/snapshots?cursor={page['next_cursor']}").json()
    assert [item["day"] for item in rest["items"]] == ["2026-11-06", "2026-11-07"]
    assert rest["items"][0]["saved"] == 1
    assert len(client.get("/snapshots?since=2026-11-04&until=2026-11-05").json()["items"]) == 2


def test_preferences_are_changed_as_in_settings(client: TestClient) -> None:
    after = change(client, "/preferences", weekly_goal=8, week_start=7, currency="EUR", locale="de-DE")
    assert after == {
        "time_zone": "Europe/Berlin", "locale": "de-DE", "currency": "EUR", "weekly_goal": 8, "week_start": 7,
    }  # fmt: skip
    headers = {"If-Match": client.get("/preferences").headers["etag"]}
    response = client.patch("/preferences", json={"time_zone": "Mars"}, headers=headers)
    assert response.json()["errors"][0]["pointer"] == "/time_zone"
