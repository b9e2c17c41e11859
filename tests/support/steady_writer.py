"""User who writes all the time over the socket protocol of a browser."""

import threading
import time
from collections import deque
from contextlib import suppress
from typing import Any

from simple_websocket import ConnectionClosed

from tests.support.live_pages import APP
from tests.support.tab import Refused, Tab
from tracker.db import scoped
from tracker.services import sessions
from tracker.shapes.people import Who

ADD = f"{APP}.tracker___state___add_application____add_application.save"
ANSWERED_WITHIN = 20
"""Seconds after which a submission counts as unanswered and is repeated."""


class MustReload(Exception):
    """Raised when the server told the page to reload."""


class Writer(threading.Thread):
    """Adds applications one after another, and counts those that were acknowledged.

    What wasn't acknowledged is submitted again with the same key, in a new tab if the old one is gone, as a page does.
    """

    def __init__(self, served: Any, user: Who) -> None:
        super().__init__(daemon=True)
        self.served, self.user = served, user
        self.cookie = f"pursuit-{served.port}={sessions.open_session(user.user_id, 'a test')}"
        self.acknowledged: list[str] = []
        self.packets: deque[str] = deque(maxlen=500)
        """The latest packets that the page received."""
        self.is_over = threading.Event()

    def run(self) -> None:
        """Write until told to stop."""
        while not self.is_over.is_set():
            with suppress(Refused, ConnectionClosed, MustReload, AssertionError, OSError):
                self._write_in_a_tab()
            self.is_over.wait(0.5)

    def writes_again(self) -> bool:
        """Wait for another acknowledgement; return whether one came."""
        before = len(self.acknowledged)
        deadline = time.monotonic() + 5
        while len(self.acknowledged) == before and time.monotonic() < deadline:
            time.sleep(0.05)
        return len(self.acknowledged) > before

    def has_received(self, text: str) -> bool:
        """Return whether the page recently received this text."""
        return any(text in packet for packet in list(self.packets))

    def check(self) -> None:
        """Compare with the database: all acknowledged rows are there, each once."""
        with scoped(self.user) as scope:
            query = "SELECT company, count(*) AS number FROM application GROUP BY company"
            numbers = {row["company"]: row["number"] for row in scope.read(query, [])}
        assert self.acknowledged
        assert [company for company in self.acknowledged if company not in numbers] == []
        assert [company for company, number in numbers.items() if number > 1] == []
        assert len(numbers) <= len(self.acknowledged) + 1  # the last may not have been acknowledged

    def _write_in_a_tab(self) -> None:
        """Write in one tab until its page has to load again."""
        with Tab(self.served, cookie=self.cookie, path="/contacts") as tab:
            tab.hydrate()
            while not self.is_over.is_set():
                company = f"Company {len(self.acknowledged)} of many"
                if not self._is_acknowledged(tab, company):
                    return
                self.acknowledged.append(company)
                tab.raw.clear()
                self.is_over.wait(0.02)  # within a tab's rate limit

    def _is_acknowledged(self, tab: Tab, company: str) -> bool:
        """Submit once; return whether the addition was acknowledged."""
        form = {
            "company": company,
            "role": "Engineer",
            "stage": "saved",
            "form_key": f"the form of {company}",
        }
        tab.send(ADD, form={**form, "notes": "Seen at the fair. " * 200})
        deadline = time.monotonic() + ANSWERED_WITHIN
        while not self.is_over.is_set() and time.monotonic() < deadline:
            packet = tab.read(0.5) or ""
            self.packets.append(packet)
            if f"Engineer at {company} added" in packet:
                return True
            if "state_mismatch" in packet:
                raise MustReload
            if "Nothing was changed." in packet or "We can't tell" in packet:
                return False
        return False
