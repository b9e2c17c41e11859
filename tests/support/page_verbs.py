"""Service functions of pages, with the arguments by which another user would reach bob's rows."""

from collections.abc import Callable
from typing import Any

from tracker.shapes.application_list import ListView
from tracker.shapes.filters import Filters

Arguments = Callable[[Any], tuple[Any, ...]]
TABLE, BOARD = ListView(Filters()), ListView(Filters(view="board"))
PAIR = ("", "")

REFUSED: dict[str, Arguments] = {
    "pages.posting_capture.progress": lambda t: (t.capture,),
    "pages.first_steps.remove_sample": lambda t: (),
    "pages.application.edit_field": lambda t: (t.application, "company", "Mine", "Bobcorp"),
    "pages.application.move": lambda t: (t.application, "offer", ""),
    "pages.application.follow_up": lambda t: (t.application, {}, "a press"),
    "pages.application.delete": lambda t: (t.application, "a press"),
    "pages.application.link_contact": lambda t: (t.my_application, t.contact),
    "pages.application.unlink_contact": lambda t: (t.my_application, t.contact, "a press"),
    "pages.applications.move": lambda t: (BOARD, [t.my_application, t.application], "offer", ""),
    "pages.applications.tag": lambda t: (TABLE, [t.application], "mine"),
    "pages.applications.delete": lambda t: (TABLE, [t.application], "a press"),
    "pages.contact.edit_field": lambda t: (t.contact, "name", "Mine", "Bobcorp"),
    "pages.contact.link": lambda t: (t.contact, t.my_application),
    "pages.contact.unlink": lambda t: (t.contact, t.my_application, "a press"),
    "pages.contact.delete": lambda t: (t.contact, "a press"),
    "pages.dialogs.add_contact": lambda t: ({"name": "Mine"}, t.application, "a press"),
    "pages.dialogs.blank_interview": lambda t: (t.application,),
    "pages.dialogs.begin_move": lambda t: (t.interview,),
    "pages.dialogs.begin_schedule": lambda t: (t.application, False),
    "pages.dialogs.drop_interview": lambda t: (t.interview, "2026-11-06T09:00"),
    "pages.dialogs.move_interview": lambda t: (t.interview, {"starts_at": "2026-11-06T09:00"}),
    "pages.dialogs.schedule_interview": lambda t: (
        t.application,
        {"starts_at": "2026-11-05T09:00"},
        "a press",
    ),
    "pages.interview.edit_field": lambda t: (t.interview, "place", "Mine", "Bobcorp", ""),
    "pages.interview.debrief": lambda t: (t.interview, "mine", "3", ""),
    "pages.interview.settle": lambda t: (t.interview, "cancelled"),
    "pages.interview.delete": lambda t: (t.interview, "a press"),
    "pages.letter.page": lambda t: (t.application, t.version),
    "pages.letter.draft": lambda t: (t.application, "plain", "short", PAIR, "a press"),
    "pages.letter.edit": lambda t: (t.version, "Mine", "", PAIR, "a press"),
    "pages.letter.remove_sentence": lambda t: (t.version, "", 0, 0, PAIR, "a press"),
    "pages.letter.send": lambda t: (t.my_application, t.version, "", PAIR, "a press"),
    "pages.letter.remove": lambda t: (t.my_application, t.version, PAIR, "a press"),
    "pages.practice.take": lambda t: (t.interview, ["proudest"], "a press"),
    "pages.practice.write": lambda t: (t.interview, "Why us?", "", "a press"),
    "pages.practice.answer": lambda t: (t.interview, t.question, "mine", ""),
    "pages.practice.tick": lambda t: (t.interview, t.question, True),
    "pages.practice.remove": lambda t: (t.interview, t.question, "a press"),
    "pages.practice.recall": lambda t: (t.interview, t.question, "good", "a press"),
    "pages.profile.move": lambda t: (f"bullet:{t.profile.bullet}", "up", "position"),
    "pages.profile.remove": lambda t: (f"position:{t.profile.position}", "position", "a press"),
    "pages.profile.save": lambda t: (
        f"position:{t.profile.position}",
        {"title": "Mine"},
        {},
        "position",
        "a press",
    ),
    "pages.profile.save_review": lambda t: (
        t.profile.resume,
        ["headline"],
        {"headline": "Mine"},
        "a press",
    ),
    "pages.profile.discard_review": lambda t: (t.profile.resume, "a press"),
    "pages.settings.revoke": lambda t: (t.session,),
    "pages.settings.retry_job": lambda t: (str(t.job.job_id), "a press"),
    "pages.shell.dismiss_reminder": lambda t: (t.interview,),
    "pages.today.follow_up": lambda t: (t.application, "", "a press"),
    "pages.today.thank": lambda t: (t.interview, "", "a press"),
    "pages.today.move": lambda t: (t.application, "offer", "", ""),
    "pages.today.snooze": lambda t: (t.application, "apply", "2026-11-05", 3, ""),
    "pages.today.dismiss": lambda t: (t.application, "apply", "2026-11-05", ""),
    "pages.generation.request_letter": lambda t: (
        t.application,
        {"tone": "plain", "length": "short", "language": "en"},
        "a press",
    ),
    "pages.generation.request_paragraph": lambda t: (t.version, "", 0, "", "a press"),
    "pages.generation.request_questions": lambda t: (t.interview, "a press"),
    "pages.generation.retry": lambda t: (t.writing.id,),
    "pages.generation.stop": lambda t: (t.writing.id,),
}

SEES_NOTHING: dict[str, Arguments] = {
    "pages.posting_capture.read_posting": lambda t: ("https://example.com/jobs/1",),
    "pages.posting_capture.read_shared": lambda t: ("https://example.com/jobs/1", "Mine", ""),
    "pages.today.complete_all": lambda t: ("follow_up", "", "a press"),
    "pages.application.page": lambda t: (t.application,),
    "pages.applications.page": lambda t: (BOARD,),
    "pages.applications.page_with_offers": lambda t: (TABLE,),
    "pages.contact.page": lambda t: (t.contact,),
    "pages.comparison.page": lambda t: (t.application, t.my_application),
    "pages.comparison.compare": lambda t: (t.application, t.my_application),
    "pages.dialogs.offer_applications": lambda t: ("",),
    "pages.dialogs.add_application": lambda t: ({"company": "Mine", "role": "Mine"}, "a press"),
    "pages.dialogs.add_position": lambda t: ({"title": "Mine"}, "a press"),
    "pages.interview.page": lambda t: (t.interview,),
    "pages.practice.page": lambda t: (t.interview,),
    "pages.priorities.page": lambda t: ({}, {}),
    "pages.priorities.order": lambda t: ({},),
    "pages.profile.import_text": lambda t: ("Engineer, Acme, 2019 - 2020", "a press"),
    "pages.settings.page": lambda t: (),
    "pages.first_steps.skip": lambda t: ("goal",),
    "pages.first_steps.request_sample": lambda t: (),
    "pages.settings.form_and_sessions": lambda t: (),
    "pages.settings.save": lambda t: (
        {"name": "Mine", "close": "77", "day": "on", "mail_to": "a@example.com"},
    ),
    "pages.settings.delete_account": lambda t: ("delete",),
    "pages.settings.save_service": lambda t: (
        {"base_url": "https://a.example/v1", "model": "m", "key": "k"},
    ),
    "pages.priorities.save": lambda t: ({"wanted": "Go"}, {}),
    "pages.settings.save_name": lambda t: ("Mine",),
    "pages.settings.forget_service": lambda t: (),
    "pages.settings.revoke_others": lambda t: (),
    "pages.generation.letter_progress": lambda t: (t.application,),
    "pages.generation.questions_progress": lambda t: (t.interview,),
}

NO_ROWS = {"pages.action.act", "pages.action.edit"}
