"""Every service function, with the arguments by which alice would reach bob's rows."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from tests.support import (
    export_verbs,
    generation_verbs,
    import_verbs,
    page_verbs,
    profile_verbs,
    record_verbs,
)
from tracker.services.contacts import contact_changes as contacts
from tracker.services.figures.all_figures import counted
from tracker.services.figures.incremental_counts import Fingerprint
from tracker.services.figures.pay import Money
from tracker.services.jobs import attempts
from tracker.services.reminders.reminder_texts import ReminderEmail
from tracker.shapes.audit import AuditKind, Deletable
from tracker.shapes.calendar_files import FeedContents
from tracker.shapes.capture import PostingFacts
from tracker.shapes.enumerations import ActionKind, EventKind, JobKind
from tracker.shapes.figures import Selection
from tracker.shapes.filters import Filters

SECRET = "Bobcorp"
EUROS = Money("EUR")
NOTHING = Fingerprint(((0, 0),) * 8, {}, EUROS)


@dataclass(frozen=True)
class OtherUsersRows:
    """Rows of bob's that another user might name."""

    application: str
    interview: str
    contact: str
    session: str
    token: str
    event: str
    batch: str
    my_application: str
    job: attempts.Attempt
    question: str
    profile: profile_verbs.ProfileRows
    version: str
    writing: generation_verbs.GenerationRows
    archive: str
    capture: str
    data_import: str

    @property
    def letter(self) -> ReminderEmail:
        """Return a reminder of bob's that is about to be mailed."""
        starts_at = datetime(2026, 11, 5, 13, 30, tzinfo=UTC)
        return ReminderEmail(
            UUID(self.interview), "day", starts_at, "key", "bob@bobcorp.example", SECRET, SECRET
        )


REFUSED: dict[str, Callable[[OtherUsersRows], tuple[Any, ...]]] = {
    "access_tokens.revoke": lambda t: (t.token,),
    "capture.captures.refuse": lambda t: (UUID(t.capture), "mine"),
    "capture.captures.result": lambda t: (t.capture,),
    "capture.captures.source": lambda t: (UUID(t.capture),),
    "capture.captures.store": lambda t: (UUID(t.capture), PostingFacts()),
    "first_steps.remove_sample": lambda t: (),
    "actions.action_decisions.snooze": lambda t: (t.application, "apply", "2026-11-05", 3),
    "actions.action_decisions.dismiss": lambda t: (t.application, "apply", "2026-11-05"),
    "actions.action_decisions.mark_thanked": lambda t: (t.interview,),
    "applications.field_edits.edit": lambda t: (t.application, "company", "Mine", SECRET),
    "applications.field_edits.edit_fields": lambda t: (t.application, {"company": "Mine"}),
    "applications.field_edits.tag": lambda t: ([t.application], "mine"),
    "applications.stage_moves.locked_applications": lambda t: ([t.application],),
    "applications.stage_moves.move": lambda t: ([t.my_application, t.application], "offer"),
    "applications.stage_moves.follow_up": lambda t: (t.application,),
    "applications.application_page.detail": lambda t: (t.application,),
    "applications.deletion.remove": lambda t: ([t.application],),
    "calendar_files.feeds.end": lambda t: (),
    "calendar_files.feeds.save": lambda t: ({},),
    "calendar_files.feed_content.one_interview": lambda t: (t.interview,),
    "contacts.contact_changes.add": lambda t: ({"name": "Mine"}, t.application),
    "contacts.contact_changes.edit": lambda t: (t.contact, "name", "Mine", SECRET),
    "contacts.contact_changes.edit_fields": lambda t: (t.contact, {"name": "Mine"}),
    "contacts.contact_changes.link": lambda t: (t.contact, t.my_application),
    "contacts.contact_changes.unlink": lambda t: (t.contact, t.application),
    "contacts.contact_changes.delete": lambda t: (t.contact,),
    "contacts.contact_list.of_application": lambda t: (t.application,),
    "contacts.contact_list.detail": lambda t: (t.contact,),
    "interviews.interview_lists.detail": lambda t: (t.interview,),
    "interviews.interview_lists.of_application": lambda t: (t.application,),
    "interviews.scheduling.blank": lambda t: (t.application,),
    "interviews.scheduling.schedule": lambda t: (t.application, {"starts_at": "2026-11-05T09:00"}),
    "interviews.scheduling.locked_interview": lambda t: (t.interview,),
    "interviews.calendar_slots.drop": lambda t: (t.interview, "2026-11-06T09:00"),
    "interviews.scheduling.move": lambda t: (t.interview, {"starts_at": "2026-11-06T09:00"}),
    "interviews.scheduling.edit": lambda t: (t.interview, {"place": "Mine"}),
    "interviews.state_changes.cancel": lambda t: (t.interview,),
    "interviews.state_changes.mark_done": lambda t: (t.interview,),
    "interviews.state_changes.no_show": lambda t: (t.interview,),
    "interviews.state_changes.reopen": lambda t: (t.interview,),
    "interviews.state_changes.debrief": lambda t: (t.interview, "mine"),
    "interviews.state_changes.delete": lambda t: (t.interview,),
    "invitations.application_guess.application_label": lambda t: (t.application,),
    "invitations.uploads.stored": lambda t: ("a key",),
    "invitations.imports.typed_fields": lambda t: (page_verbs.INVITATION, t.application),
    "invitations.imports.import_invitation": lambda t: (
        page_verbs.INVITATION,
        t.application,
        {"starts_at": "2026-11-05T09:00"},
    ),
    "jobs.job_requests.retry": lambda t: (str(t.job.job_id),),
    "jobs.attempts.advance": lambda t: (t.job, 50),
    "jobs.attempts.fail": lambda t: (t.job, "mine"),
    "jobs.attempts.finish": lambda t: (t.job,),
    "jobs.attempts.postpone": lambda t: (t.job, "mine"),
    "jobs.attempts.renew": lambda t: (t.job,),
    "letters.comparison.compare": lambda t: (t.version,),
    "letters.versions.draft": lambda t: (t.application,),
    "letters.versions.edit": lambda t: (t.version, "Mine"),
    "letters.versions.remove": lambda t: (t.version,),
    "letters.versions.send": lambda t: (t.version,),
    "letters.versions.remove_sentence": lambda t: (t.version, 0, 0),
    "letters.letter_page.letter_page": lambda t: (t.application, t.version),
    "letters.letter_page.version_with_application": lambda t: (t.version,),
    "matching.match_page.of_application": lambda t: (t.application,),
    "preparation.edits.answer": lambda t: (t.question, "mine"),
    "preparation.edits.practise": lambda t: (t.question, "good"),
    "preparation.edits.remove": lambda t: (t.question,),
    "preparation.edits.add_from_bank": lambda t: (t.interview, ["proudest"]),
    "preparation.edits.mark_prepared": lambda t: (t.question, True),
    "preparation.edits.add_own": lambda t: (t.interview, "Why us?"),
    "preparation.practice_page.practice_page": lambda t: (t.interview,),
    "priority.comparison.explain": lambda t: (t.application,),
    "priority.comparison.compare": lambda t: (t.my_application, t.application),
    "sessions.revoke": lambda t: (t.session,),
    "undo.undo_batches.undo": lambda t: (t.batch,),
    "badge.dismiss": lambda t: (t.interview,),
    **record_verbs.REFUSED,
    **page_verbs.REFUSED,
    **profile_verbs.REFUSED,
    **generation_verbs.REFUSED,
    **export_verbs.REFUSED,
    **import_verbs.REFUSED,
}
"""Service functions that name a row: bob's doesn't exist for alice."""

SEES_NOTHING: dict[str, Callable[[OtherUsersRows], tuple[Any, ...]]] = {
    "access_tokens.create": lambda t: ({"name": "Mine", "access": "read", "days": "30"},),
    "access_tokens.own_tokens": lambda t: (),
    "capture.captures.request_address": lambda t: ("https://example.com/jobs/1",),
    "capture.captures.request_html": lambda t: ("<p>Mine</p>",),
    "actions.action_list.groups": lambda t: (0,),
    "actions.action_list.due_ids": lambda t: (ActionKind.FOLLOW_UP,),
    "actions.bulk_completion.close_all": lambda t: (),
    "actions.bulk_completion.follow_up_all": lambda t: (),
    "actions.bulk_completion.thank_all": lambda t: (),
    "actions.cadence_settings.typed": lambda t: (),
    "actions.cadence_settings.save": lambda t: ({"close": "77"},),
    "applications.creation.add": lambda t: ({"company": "Mine", "role": "Mine"},),
    "calendar_files.entries.interview_entries": lambda t: (),
    "calendar_files.entries.dated_entries": lambda t: ([*ActionKind], True),
    "calendar_files.feeds.create": lambda t: ({"interviews": "on"},),
    "calendar_files.feeds.read": lambda t: (),
    "calendar_files.feed_content.feed": lambda t: (FeedContents(),),
    "calendar_files.feed_content.upcoming_interviews": lambda t: (),
    "applications.creation.possible_duplicates": lambda t: (SECRET, "Engineer", "https://example.com/bob/1"),
    "applications.application_list.page": lambda t: (Filters(q=SECRET),),
    "applications.board.board_columns": lambda t: (Filters(), {}),
    "filter_choices.sources_and_tags": lambda t: (),
    "applications.stage_moves.follow_ups": lambda t: (t.application,),
    "contacts.contact_list.page": lambda t: (),
    "contacts.contact_list.same_email": lambda t: ("bob@bobcorp.example",),
    "dashboard.today": lambda t: (),
    "figures.activity.activity": lambda t: (Selection(),),
    "figures.activity.standing": lambda t: (Selection(), date(2026, 11, 2)),
    "figures.history.actions": lambda t: (),
    "figures.history.courses": lambda t: (),
    "figures.history.days": lambda t: (),
    "figures.drilldown.in_words": lambda t: ("reached:offer",),
    "figures.all_figures.figures": lambda t: (Selection(),),
    "figures.all_figures.counted": lambda t: (Selection(), NOTHING),
    "figures.all_figures.cached_figures": lambda t: (Selection(), counted, NOTHING),
    "figures.incremental_counts.fingerprint": lambda t: (),
    "figures.incremental_counts.tallied": lambda t: (Selection(), NOTHING),
    "figures.analytics_page.analytics": lambda t: (Selection(),),
    "figures.analytics_page.page_with_filters": lambda t: (Selection(),),
    "figures.analytics_page.application_figures": lambda t: (Selection(), NOTHING),
    "figures.analytics_page.as_csv": lambda t: (Selection(), "source"),
    "figures.pay.money": lambda t: (),
    "figures.pay.money_of": lambda t: (),
    "figures.tallies.facts_by_part": lambda t: (Selection(), EUROS),
    "audit.note_deletion": lambda t: (Deletable.CONTACT,),
    "audit.note": lambda t: (AuditKind.SIGNED_OUT,),
    "audit.own_history": lambda t: (),
    "freshness.is_fresh": lambda t: (),
    "freshness.require_fresh": lambda t: (),
    "interviews.calendar.month": lambda t: (2026, 11),
    "interviews.calendar.week": lambda t: ("2026-11-05",),
    "interviews.interview_lists.upcoming": lambda t: (),
    "invitations.application_guess.guessed_application": lambda t: (page_verbs.INVITATION,),
    "invitations.imports.plan": lambda t: (page_verbs.INVITATION,),
    "interviews.interview_lists.agenda": lambda t: (),
    "interviews.interview_lists.past": lambda t: (),
    "interviews.interview_items.matching_rows": lambda t: (),
    "interviews.realignment.realign": lambda t: (),
    "interviews.scheduling.preview": lambda t: ("2026-11-05T14:30", "Europe/Berlin", "60"),
    "interviews.scheduling.clashes": lambda t: ("2026-11-05T14:30", "Europe/Berlin", "60"),
    "jobs.job_requests.request": lambda t: (JobKind.REMIND, UUID(t.application)),
    "jobs.job_requests.request_for_day": lambda t: (JobKind.NIGHTLY_SNAPSHOT, date(2026, 11, 2)),
    "jobs.attempts.claim": lambda t: (t.job.job_id,),
    "jobs.recent_jobs.recent": lambda t: (),
    "palette.search": lambda t: (SECRET,),
    "people.rename": lambda t: ("Mine",),
    "people.lacks_name": lambda t: (),
    "people.skip_name": lambda t: (),
    "people.delete_account": lambda t: ("delete",),
    "preferences.read": lambda t: (),
    "preferences.save": lambda t: ({"weekly_goal": "77"},),
    "preferences.setting_choices": lambda t: (),
    "preferences.learn_zone": lambda t: ("Asia/Tokyo",),
    "priority.posting_skills.supported_skills": lambda t: (),
    "priority.posting_skills.read_batch": lambda t: (),
    "priority.stored_scores.rescore": lambda t: ([UUID(t.application)],),
    "priority.stored_scores.score_all": lambda t: (),
    "priority.score_facts.wishes_row": lambda t: (),
    "priority.score_facts.with_wishes": lambda t: ([UUID(t.application)],),
    "priority.preview.preview_weights": lambda t: ({},),
    "priority.wishes_form.read": lambda t: (),
    "priority.wishes_form.save": lambda t: ({"wanted": "Go"},),
    "priority.wishes_form.change": lambda t: ({"wanted": "Go"}, {}),
    "reminders.due_reminders.create": lambda t: (),
    "reminders.due_reminders.email_for": lambda t: (
        UUID(t.interview),
        {"lead": "day", "starts_at": "2026-11-05T13:30:00+00:00"},
    ),
    "reminders.due_reminders.mark_mailed": lambda t: (t.letter,),
    "reminders.reminder_settings.read": lambda t: (),
    "reminders.reminder_settings.save": lambda t: ({"day": "on", "mail_to": "a@example.com"},),
    "sessions.own_sessions": lambda t: (),
    "sessions.announce_deletion": lambda t: (),
    "first_steps.read": lambda t: (),
    "first_steps.skip": lambda t: ("goal",),
    "first_steps.request_sample": lambda t: (),
    "first_steps.is_empty": lambda t: (),
    "first_steps.mark_sample": lambda t: (),
    "sessions.revoke_others": lambda t: (),
    "figures.snapshots.fill": lambda t: (),
    "figures.snapshots.discard": lambda t: (),
    "figures.snapshots.stored_actions": lambda t: (40,),
    "figures.snapshots.stored": lambda t: (date(2026, 10, 1), date(2026, 11, 3)),
    "figures.snapshots.rebuild": lambda t: (),
    "figures.snapshots.take": lambda t: (date(2026, 11, 2),),
    "figures.snapshots.invalidate": lambda t: (date(2026, 10, 1),),
    "timeline.of_application": lambda t: (t.application,),
    "timeline.recent": lambda t: (),
    "undo.undo_batches.undoable_batch": lambda t: (),
    "badge.badge_and_reminders": lambda t: (),
    "idempotency.run_once": lambda t: ("a key", contacts.add, {"name": "Mine"}),
    **record_verbs.SEES_NOTHING,
    **page_verbs.SEES_NOTHING,
    **profile_verbs.SEES_NOTHING,
    **generation_verbs.SEES_NOTHING,
    **export_verbs.SEES_NOTHING,
    **import_verbs.SEES_NOTHING,
}
"""Service functions that name no row: the result holds nothing of bob's."""

FENCED: dict[str, Callable[[OtherUsersRows], tuple[Any, ...]]] = {
    "timeline.record": lambda t: (EventKind.FOLLOW_UP_LOGGED, UUID(t.application)),
    "timeline.record_many": lambda t: (EventKind.FOLLOW_UP_LOGGED, [(UUID(t.application), {})]),
    **generation_verbs.FENCED,
}
"""Steps of other service functions; the database refuses to attach their rows to bob's."""

NO_ROWS = {
    "letters.versions.require_revision", "letters.versions.revision_of",
    "actions.action_list.is_behind", "actions.action_list.due_count", "actions.action_list.sent_this_week", "actions.rules.all_rules",
    "actions.rules.rules_by_today", "actions.rules.dated_rules", "actions.rules.best_saved", "actions.rules.horizon",
    "actions.action_rows.own_live", "actions.action_rows.period", "actions.interview_rules.interview_rules", "actions.importance.importance", "applications.slips.days", "applications.slips.recent_moves", "priority.rescoring.rescore_after_event",
    "actions.rules.unanswered", "actions.hidden_actions.is_hidden", "actions.hidden_actions.is_visible", "actions.missing_fields.first_missing", "actions.action_items.as_action", "applications.stage_moves.next_follow_up",
    "applications.cards.card_columns", "applications.cards.table_cards", "applications.cards.board_card_columns", "applications.cards.board_cards",
    "applications.application_list.due", "applications.application_list.whole_list_queries", "applications.stage_moves.follow_up_count_query",
    "applications.stage_moves.move_locked",
    "figures.fact_columns.facts", "figures.tables.tables", "figures.tables.of_days", "figures.all_figures.requested_day", "figures.drilldown.applications_behind", "figures.fact_columns.conditions_of", "figures.breakdowns.breakdowns", "figures.weekly.weeks", "figures.weekly.by_week", "figures.weekly.bar", "figures.weekly.left_out", "figures.activity.shown_days",
    "local_days.local_day", "figures.snapshots.first_days", "timeline.log_days", "timeline.log_column",
    "contacts.contact_list.list_query", "local_days.midnight",
    "interviews.interview_items.needs_debrief", "interviews.interview_items.list_item", "interviews.interview_items.matching_query", "local_days.exact_moment",
    "letters.letter_page.version_item", "letters.letter_page.unsupported_claims", "letters.letter_page.versions_query", "interviews.scheduling.touch", "interviews.editable_fields.editable_fields",
    "priority.score_facts.columns", "priority.score_facts.facts_of", "priority.score_facts.wishes_of", "priority.stored_scores.facts_now",
    "priority.stored_scores.write", "priority.posting_skills.store_requirements", "undo.logged_rows.restore_row", "undo.logged_rows.restore_values", "undo.logged_rows.existing_row", "reminders.reminder_texts.as_email", "reminders.reminder_texts.as_item", *page_verbs.NO_ROWS, *record_verbs.NO_ROWS, *profile_verbs.NO_ROWS,
    *generation_verbs.NO_ROWS, *export_verbs.NO_ROWS,
}  # fmt: skip
"""Parts of queries, and texts about rows that another service function has read."""
