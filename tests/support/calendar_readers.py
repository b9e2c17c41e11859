"""Independent readers of calendar files: the parser of Thunderbird, and a CalDAV server."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2

from tests.support.npm_packages import NODE, installed
from tests.support.plain_http import NO_CERTIFICATES
from tracker.launch import embedded

ICAL_JS = "2.2.1"
TIMEOUT = 30
USER = ("alice", "any")
SCRIPT = """
import ICAL from 'ical.js';
const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const calendar = new ICAL.Component(ICAL.parse(Buffer.concat(chunks).toString('utf8')));
const events = calendar.getAllSubcomponents('vevent').map((component) => {
  const event = new ICAL.Event(component);
  return {
    uid: event.uid,
    title: event.summary,
    place: event.location,
    starts: event.startDate.isDate ? event.startDate.toString() : event.startDate.toJSDate().toISOString(),
    minutes: event.duration.toSeconds() / 60,
    revision: event.sequence,
    status: component.getFirstPropertyValue('status'),
    alarms: component.getAllSubcomponents('valarm').map((alarm) => alarm.getFirstPropertyValue('trigger').toSeconds() / 60),
  };
});
console.log(JSON.stringify(events));
"""


def read_with_ical_js(content: bytes) -> list[dict[str, Any]]:
    """Return the events of a calendar file as ical.js reads them, with instants in UTC."""
    home = installed("ical.js", ICAL_JS)
    result = subprocess.run(
        [str(NODE), "--input-type=module", "--eval", SCRIPT],
        input=content,
        cwd=home,
        capture_output=True,
        check=False,
        timeout=TIMEOUT,
    )
    assert result.returncode == 0, result.stderr.decode()
    events: list[dict[str, Any]] = json.loads(result.stdout)
    return events


@dataclass
class CalendarServer:
    """A CalDAV server with one empty calendar."""

    address: str

    def put(self, name: str, content: bytes) -> httpx2.Response:
        """Store a file of the calendar."""
        return httpx2.put(
            f"{self.address}{name}",
            content=content,
            headers={"Content-Type": "text/calendar; charset=utf-8"},
            verify=NO_CERTIFICATES,
            auth=USER,
        )

    def read(self) -> bytes:
        """Return the whole calendar, as the server writes it."""
        response = httpx2.get(self.address, verify=NO_CERTIFICATES, auth=USER)
        assert response.status_code == 200, response.text
        return response.content


@contextmanager
def calendar_server(folder: Path) -> Iterator[CalendarServer]:
    """Yield a Radicale server, in a process of its own."""
    port = embedded.free_port()
    settings = folder / "radicale.ini"
    settings.write_text(
        f"[server]\nhosts = 127.0.0.1:{port}\n[auth]\ntype = none\n[rights]\ntype = authenticated\n"
        f"[storage]\nfilesystem_folder = {folder / 'calendars'}\n"
    )
    with (folder / "radicale.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "radicale", "--config", str(settings)],
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    address = f"http://127.0.0.1:{port}/alice/interviews/"
    try:
        _wait(f"http://127.0.0.1:{port}/", process, folder / "radicale.log")
        created = httpx2.request("MKCALENDAR", address, verify=NO_CERTIFICATES, auth=USER)
        assert created.status_code == 201, created.text
        yield CalendarServer(address)
    finally:
        process.terminate()
        process.wait(TIMEOUT)


def _wait(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + TIMEOUT
    while time.monotonic() < deadline:
        assert process.poll() is None, log.read_text()
        try:
            httpx2.get(address, verify=NO_CERTIFICATES, auth=USER)
            return
        except httpx2.HTTPError:
            time.sleep(0.05)
    raise AssertionError(log.read_text())
