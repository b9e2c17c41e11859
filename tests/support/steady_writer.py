"""A person who writes all the time, over the socket that a browser talks over."""

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

ADD = f"{APP}.tracker___state___adding____adding.save"
ANSWERED_WITHIN = 20
"""Seconds after which a press counts as unanswered and is made again."""


class LoadAnew(Exception):
    """The server told the page to load again."""


class Writer(threading.Thread):
    """Adds applications without a pause, one after another, and counts those that were acknowledged.

    What wasn't acknowledged is pressed again with the same key, in a new tab where the old one is gone, as a page does.
    """

    def __init__(self, served: Any, who: Who) -> None:
        super().__init__(daemon=True)
        self.served, self.who = served, who
        self.cookie = f"pursuit-{served.port}={sessions.open_session(who.user_id, 'a test')}"
        self.acknowledged: list[str] = []
        self.packets: deque[str] = deque(maxlen=500)
        """The latest that the page was sent."""
        self.is_over = threading.Event()

    def run(self) -> None:
        """Write until told to stop."""
        while not self.is_over.is_set():
            with suppress(Refused, ConnectionClosed, LoadAnew, AssertionError, OSError):
                self._write_in_a_tab()
            self.is_over.wait(0.5)

    def goes_on(self) -> bool:
        """Whether something more is acknowledged from here on."""
        before = len(self.acknowledged)
        deadline = time.monotonic() + 5
        while len(self.acknowledged) == before and time.monotonic() < deadline:
            time.sleep(0.05)
        return len(self.acknowledged) > before

    def was_told(self, words: str) -> bool:
        """Whether the page was sent these words lately."""
        return any(words in packet for packet in list(self.packets))

    def check(self) -> None:
        """Compare with the database: everything acknowledged is there, and nothing twice."""
        with scoped(self.who) as scope:
            query = "SELECT company, count(*) AS number FROM application GROUP BY company"
            kept = {row["company"]: row["number"] for row in scope.read(query, [])}
        assert self.acknowledged
        assert [company for company in self.acknowledged if company not in kept] == []
        assert [company for company, number in kept.items() if number > 1] == []
        assert len(kept) <= len(self.acknowledged) + 1  # the last may not have been acknowledged

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
                self.is_over.wait(0.02)  # within what a tab may send a second

    def _is_acknowledged(self, tab: Tab, company: str) -> bool:
        """Press once; whether that was answered with the addition."""
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
                raise LoadAnew
            if "Nothing was changed." in packet or "We can't tell" in packet:
                return False
        return False
