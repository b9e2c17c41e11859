"""Constraints of the tables: no row can be invalid, whichever program writes it."""

from typing import Any

import pytest
from sqlalchemy import CheckConstraint, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import SQLModel

from tests.support import generation_verbs, import_verbs
from tests.support.people import Person, newcomer
from tracker.db import scoped
from tracker.services.access_tokens import create
from tracker.services.actions.action_decisions import dismiss
from tracker.services.calendar_files import feeds
from tracker.services.capture.captures import request_html
from tracker.services.contacts.contact_changes import add
from tracker.services.interviews.scheduling import schedule
from tracker.services.jobs import request
from tracker.services.letters.versions import draft
from tracker.services.preparation.edits import add_own
from tracker.services.priority.wishes_form import save
from tracker.services.profile.edits import add_bullet, add_position, edit_about
from tracker.services.sessions import open_session
from tracker.shapes.enumerations import JobKind

LONG = "repeat('x', {})"
BROKEN: dict[str, list[str]] = {
    "ck_application_company_length": ["company = ''", f"company = {LONG.format(201)}"],
    "ck_application_role_length": ["role = ''", f"role = {LONG.format(201)}"],
    "ck_application_industry_length": [f"industry = {LONG.format(101)}"],
    "ck_application_company_size": ["company_size = 'vast'"],
    "ck_application_location_length": [f"location = {LONG.format(201)}"],
    "ck_application_source_length": [f"source = {LONG.format(101)}"],
    "ck_application_posting_url_length": [f"posting_url = {LONG.format(2001)}"],
    "ck_application_posting_text_length": [f"posting_text = {LONG.format(100_001)}"],
    "ck_application_notes_length": [f"notes = {LONG.format(100_001)}"],
    "ck_application_country": ["country = 'de'", "country = 'DEU'"],
    "ck_application_workplace": ["workplace = 'moon'"],
    "ck_application_employment": ["employment = 'serf'"],
    "ck_application_salary_period": ["salary_period = 'life'"],
    "ck_application_stage": ["stage = 'won'"],
    "ck_application_furthest": ["furthest = 'closed'"],
    "ck_application_outcome": ["stage = 'closed', outcome = 'bored'"],
    "ck_application_outcome_only_when_closed": ["outcome = 'rejected'", "stage = 'closed'"],
    "ck_application_salary_order": ["salary_from = 2, salary_to = 1, currency = 'EUR', salary_period = 'year'"],
    "ck_application_salary_not_negative": ["salary_to = -1, currency = 'EUR', salary_period = 'year'"],
    "ck_application_currency": ["currency = 'eur'", "currency = 'EURO'"],
    "ck_application_salary_has_currency_and_period": [
        "salary_from = 1", "salary_to = 1, currency = 'EUR'", "salary_from = 1, salary_period = 'year'",
    ],
    "ck_application_excitement": ["excitement = 0", "excitement = 6"],
    "ck_application_tags": ["tags = array_fill('x'::text, ARRAY[31])"],
    "ck_access_token_name_length": ["name = ''", f"name = {LONG.format(101)}"],
    "ck_access_token_ending_length": ["ending = 'abc'", "ending = 'abcde'"],
    "ck_archive_kind": ["kind = 'x'"],
    "ck_archive_size": ["size = -1"],
    "ck_archive_summary_length": [f"summary = {LONG.format(501)}"],
    "ck_archive_downloaded_once_ready": ["downloaded_at = now()"],
    "ck_archive_part_number": ["number = -1"],
    "ck_archive_part_content_size": ["content = ''", "content = decode(repeat('00', 1048577), 'hex')"],
    "ck_idempotency_key_operation_length": ["operation = ''", f"operation = {LONG.format(201)}"],
    "ck_idempotency_key_key_length": ["key = ''", f"key = {LONG.format(201)}"],
    "ck_interview_kind": ["kind = 'duel'"],
    "ck_interview_state": ["state = 'lost'"],
    "ck_interview_round": ["round = 0", "round = 51"],
    "ck_interview_minutes": ["minutes = 4", "minutes = 1441"],
    "ck_interview_fold": ["fold = 2", "fold = -1"],
    "ck_interview_rating": ["rating = 0", "rating = 6"],
    "ck_interview_place_length": [f"place = {LONG.format(2001)}"],
    "ck_interview_invitation_uid_length": [f"invitation_uid = {LONG.format(1001)}"],
    "ck_interview_interviewers_length": [f"interviewers = {LONG.format(1001)}"],
    "ck_interview_preparation_length": [f"preparation = {LONG.format(100_001)}"],
    "ck_interview_debrief_length": [f"debrief = {LONG.format(100_001)}"],
    "ck_contact_name_length": ["name = ''", f"name = {LONG.format(201)}"],
    "ck_contact_role_length": [f"role = {LONG.format(201)}"],
    "ck_contact_company_length": [f"company = {LONG.format(201)}"],
    "ck_contact_email_length": [f"email = {LONG.format(321)}"],
    "ck_contact_phone_length": [f"phone = {LONG.format(51)}"],
    "ck_contact_link_length": [f"link = {LONG.format(2001)}"],
    "ck_contact_notes_length": [f"notes = {LONG.format(100_001)}"],
    "ck_wishes_currency": ["currency = 'eur'"],
    "ck_wishes_salary_order": ["salary_floor = 2, salary_target = 1"],
    "ck_wishes_salary_period": ["salary_period = 'life'"],
    "ck_wishes_words": ["wanted = array_fill('x'::text, ARRAY[201])"],
    "ck_priority_score": ["score = -1", "score = 101"],
    "ck_job_kind": ["kind = 'dance'"],
    "ck_job_state": ["state = 'lost'"],
    "ck_job_reason_length": [f"reason = {LONG.format(501)}"],
    "ck_job_progress": ["progress = -1", "progress = 101"],
    "ck_job_done_for_good": ["state = 'done', next_try_at = now()"],
    "ck_job_claimed_while_working": ["state = 'working'", "claim = gen_random_uuid()"],
    "ck_set_aside_kind": ["kind = 'dance'"],
    "ck_letter_writer": ["writer = 'ghost'"],
    "ck_letter_tone": ["tone = 'shrill'"],
    "ck_letter_length": ["length = 'endless'"],
    "ck_letter_language": ["language = 'xx'"],
    "ck_writing_purpose": ["purpose = 'poem'"],
    "ck_writing_tone": ["tone = 'shrill'"],
    "ck_writing_length": ["length = 'endless'"],
    "ck_writing_language": ["language = 'xx'"],
    "ck_writing_state": ["state = 'lost'"],
    "ck_writing_instruction_length": [f"instruction = {LONG.format(501)}"],
    "ck_writing_text_length": [f"text = {LONG.format(100_001)}"],
    "ck_writing_of_an_interview": ["purpose = 'questions'"],
    "ck_writing_of_a_paragraph": ["purpose = 'paragraph'", "letter_id = gen_random_uuid(), paragraph = 0"],
    "ck_model_call_reason_length": [f"reason = {LONG.format(501)}"],
    "ck_model_call_tokens": ["read_tokens = -1", "written_tokens = -1"],
    "ck_model_call_holds_nothing_once_ended": ["held_tokens = 1, ended_at = now()"],
    "ck_own_service_base_url_length": ["base_url = ''", f"base_url = {LONG.format(501)}"],
    "ck_own_service_model_length": ["model = ''", f"model = {LONG.format(201)}"],
    "ck_letter_paragraphs": ["paragraphs = '{}'", f"paragraphs = to_jsonb(ARRAY[{LONG.format(100_001)}])"],
    "ck_question_topic": ["topic = 'gossip'"],
    "ck_question_recall": ["recall = 'perfect', due_at = now()"],
    "ck_question_bullets": ["bullets = array_fill('x'::text, ARRAY[11])"],
    "ck_question_key_length": [f"key = {LONG.format(61)}"],
    "ck_question_text_length": ["text = ''", f"text = {LONG.format(501)}"],
    "ck_question_why_length": [f"why = {LONG.format(501)}"],
    "ck_question_answer_length": [f"answer = {LONG.format(10_001)}"],
    "ck_question_due_once_practised": ["due_at = now()", "recall = 'good'"],
    "ck_reminder_lead": ["lead = 'week'"],
    "ck_reminder_mail_to_length": [f"mail_to = {LONG.format(321)}"],
    "ck_reminder_mailed_to_somebody": ["mailed_at = now(), mail_to = ''"],
    "ck_event_kind": ["kind = 'application.eaten'"],
    "ck_event_door": ["door = 'window'"],
    "ck_preferences_currency": ["currency = 'usd'"],
    "ck_preferences_weekly_goal": ["weekly_goal = -1", "weekly_goal = 201"],
    "ck_preferences_week_start": ["week_start = 2"],
    "ck_preferences_mail_to_length": [f"mail_to = {LONG.format(321)}"],
    "ck_profile_headline_length": [f"headline = {LONG.format(201)}"],
    "ck_profile_languages": ["languages = array_fill('x'::text, ARRAY[31])"],
    "ck_position_kind": ["kind = 'duel'"],
    "ck_position_title_length": ["title = ''", f"title = {LONG.format(201)}"],
    "ck_position_organisation_length": [f"organisation = {LONG.format(201)}"],
    "ck_position_begun": ["begun = 'soon'", "begun = '2021-13'", "begun = '2021-3'"],
    "ck_position_ended": ["ended = '21'"],
    "ck_position_lasts": ["ended = '2021', is_current = true"],
    "ck_bullet_text_length": ["text = ''", f"text = {LONG.format(1001)}"],
    "ck_bullet_skills": ["skills = array_fill('x'::text, ARRAY[31])"],
    "ck_posting_capture_state": ["state = 'eaten', content = ''"],
    "ck_posting_capture_address_length": [f"address = {LONG.format(2001)}"],
    "ck_posting_capture_content_length": [f"content = {LONG.format(3_000_001)}"],
    "ck_posting_capture_posting_text_length": [f"posting_text = {LONG.format(100_001)}"],
    "ck_posting_capture_reason_length": [f"reason = {LONG.format(501)}"],
    "ck_posting_capture_content_until_read": ["state = 'ready'"],
    "ck_posting_capture_source": ["content = ''"],
    "ck_resume_import_state": ["state = 'eaten', content = NULL"],
    "ck_resume_import_content_until_read": ["state = 'ready'", "content = NULL"],
    "ck_resume_import_content_size": ["content = decode(repeat('00', 5242881), 'hex')"],
    "ck_resume_import_name_length": [f"name = {LONG.format(201)}"],
    "ck_resume_import_reason_length": [f"reason = {LONG.format(501)}"],
    "ck_data_import_state": ["state = 'eaten'"],
    "ck_data_import_content_size": ["content = decode(repeat('00', 20971521), 'hex')"],
    "ck_data_import_content_until_applied": ["state = 'applied'", "state = 'undone'"],
    "ck_data_import_batch_once_applied": ["batch = gen_random_uuid()", "applied_at = now()"],
    "ck_data_import_name_length": [f"name = {LONG.format(201)}"],
    "ck_data_import_reason_length": [f"reason = {LONG.format(501)}"],
    "ck_user_session_browser_length": [f"browser = {LONG.format(301)}"],
    "ck_app_user_name_length": [f"name = {LONG.format(201)}"],
}  # fmt: skip
BY_SIGN_IN = {
    "ck_app_user_email_length", "ck_user_session_logout_hint_length", "ck_audit_entry_kind",
    "ck_audit_entry_address_length", "ck_audit_entry_browser_length", "ck_audit_entry_detail_length",
}  # fmt: skip
"""A person's own role may not write these at all; signing in cuts them to length."""


def checks() -> dict[str, str]:
    return {
        str(rule.name): table.name
        for table in SQLModel.metadata.sorted_tables
        for rule in table.constraints
        if isinstance(rule, CheckConstraint)
    }


def test_every_constraint_is_tried_here() -> None:
    assert set(checks()) == set(BROKEN) | BY_SIGN_IN


@pytest.fixture(scope="module")
def full(database_url: str, redis_url: str) -> Person:
    """Return a user with a row in every table, for tests whose changes are refused."""
    return furnished(newcomer("Alice"))


def furnished(alice: Person) -> Person:
    """Add a row in every table to a user."""
    row_id = alice.add_application()
    alice.call(add, {"name": "Ann"}, row_id)
    alice.call(add_own, alice.call(schedule, row_id, {"starts_at": "2026-11-05T09:00"}), "Why us?")
    alice.call(schedule, alice.add_application(), {"starts_at": "2026-11-05T09:00"})
    alice.call(dismiss, row_id, "apply", "2026-11-05")
    alice.call(feeds.create, {})
    generation_verbs.create_rows(alice, row_id, "x")
    alice.call(save, {})
    alice.call(request, JobKind.REMIND)
    open_session(alice.user.user_id, "Firefox")
    alice.call(create, {"name": "x", "access": "read", "days": "30"})
    import_verbs.create_rows(alice, "x")
    alice.call(edit_about, {"headline": "Engineer"}, {})
    alice.call(add_bullet, {"text": "x", "position_id": alice.call(add_position, {"title": "x"})})
    alice.call(draft, row_id)
    alice.call(request_html, "x")
    with scoped(alice.user) as scope:
        me = {"me": alice.user.user_id}
        scope.session.execute(text("INSERT INTO snapshot (user_id, day) VALUES (:me, now())"), me)
        reminder = "INSERT INTO reminder (user_id, interview_id, lead, starts_at) SELECT user_id, id, 'day', starts_at FROM interview"
        scope.session.execute(text(reminder))
        scope.session.execute(text("INSERT INTO resume_import (user_id, content) VALUES (:me, 'x')"), me)
        for archive in (
            "INSERT INTO archive (user_id, kind, expires_at) VALUES (:me, 'export', now())",
            "INSERT INTO archive_part (user_id, archive_id, number, content) SELECT user_id, id, 0, 'x' FROM archive",
        ):
            scope.session.execute(text(archive), me)
        key = "INSERT INTO idempotency_key (user_id, operation, key) VALUES (:me, 'x', 'y')"
        scope.session.execute(text(key), me)
        scope.session.execute(text("UPDATE application SET stage = 'saved', furthest = 'saved'"))
    return alice


@pytest.mark.parametrize(
    ("name", "change"), [(name, change) for name, changes in BROKEN.items() for change in changes]
)
def test_invalid_values_are_refused_by_the_table(full: Person, name: str, change: str) -> None:
    with pytest.raises(DBAPIError) as refused, scoped(full.user) as scope:
        scope.session.execute(text(f"UPDATE {checks()[name]} SET {change}"))
    orig: Any = refused.value.orig
    assert orig.diag.constraint_name == name


@pytest.mark.parametrize(
    ("table", "column"),
    [
        (table.name, column.name)
        for table in SQLModel.metadata.sorted_tables
        for column in table.columns
        if not column.nullable and table.name != "app_user"
    ],
)
def test_required_columns_are_never_null(full: Person, table: str, column: str) -> None:
    with pytest.raises(DBAPIError), scoped(full.user) as scope:
        scope.session.execute(text(f"UPDATE {table} SET {column} = NULL"))


def test_a_link_and_a_users_subject_are_unique(full: Person) -> None:
    again = "INSERT INTO application_contact (user_id, application_id, contact_id) SELECT user_id, application_id, contact_id FROM application_contact"
    with pytest.raises(DBAPIError, match="pk_application_contact"), scoped(full.user) as scope:
        scope.session.execute(text(again))


def test_deleting_an_application_deletes_its_rows_and_no_contact(alice: Person) -> None:
    with scoped(furnished(alice).user) as scope:
        scope.session.execute(text("DELETE FROM application"))
    for table, left in (("interview", 0), ("application_contact", 0), ("contact", 1)):
        assert len(alice.rows(f"SELECT 1 FROM {table}")) == left, table


def test_search_columns_always_match_their_source_columns(alice: Person) -> None:
    row_id = alice.add_application("Nestlé", "Ingénieur")
    row = alice.row("application", row_id)
    assert (row["company_key"], row["headline"]) == ("nestle", "nestle ingenieur ")
    with pytest.raises(DBAPIError, match="generated column"), scoped(alice.user) as scope:
        scope.session.execute(text("UPDATE application SET company_key = 'x'"))
