"""A little installation: the real supervisor and servers, with stand-ins for the web and the worker."""

import sys
from pathlib import Path

from tracker import supervisor
from tracker.launch import CannotStart
from tracker.launch.programs import Program

ANSWER = """
import http.server, sys
class Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers()
    def log_message(self, *words): pass
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Page).serve_forever()
"""
WAIT = "import signal; signal.pause()"
FAIL = "print('no such table'); raise SystemExit(3)"
STUBBORN = (
    "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('here', flush=True); signal.pause()"
)


def main(folder: Path, port: int, kind: str) -> int:
    """Runs the supervisor over `folder`; `kind` chooses how its programs behave."""
    supervisor.FIRST_PAUSE, supervisor.LONGEST_PAUSE = 0.01, 0.05
    worker = {"failing": FAIL, "stubborn": STUBBORN}.get(kind, WAIT)
    web = WAIT if kind == "silent" else ANSWER
    programs = [
        Program("worker", "worker", [sys.executable, "-c", worker], grace=0.5),
        Program("web", "web server", [sys.executable, "-c", web, str(port)], grace=5),
    ]
    address = f"http://127.0.0.1:{port}"
    plan = supervisor.Plan(folder, "127.0.0.1", port, address, lambda _: programs, ready_within=20)
    return supervisor.Supervisor(plan).run()


if __name__ == "__main__":
    try:
        sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]))
    except CannotStart as error:
        sys.exit(error.message)
