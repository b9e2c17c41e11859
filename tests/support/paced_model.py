"""A model behind a real server that writes as fast as it is let: piece by piece, so that a test can look on in the middle."""

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.support.lying_model import chunk

PATIENCE = 30


class PacedModel:
    """Answers each question with the next of its answers, the last again and again; `let` says how much of it may come."""

    def __init__(self, port: int) -> None:
        self.base = f"http://127.0.0.1:{port}/v1"
        self.answers: list[str] = []
        self.asked: list[dict[str, Any]] = []
        self.hung_up = 0
        """How many questions somebody stopped listening to."""
        self._may = 10**9
        self._changed = threading.Condition()

    def let(self, pieces: int) -> None:
        """Let this many pieces of each answer come, and wait then."""
        with self._changed:
            self._may = pieces
            self._changed.notify_all()

    def go_on(self) -> None:
        """Let everything come."""
        self.let(10**9)

    def pieces_of(self, asked: dict[str, Any]) -> Iterator[str]:
        """The answer to a question, a few signs at a time, as far as it may come."""
        self.asked.append(asked)
        answer = self.answers[min(len(self.asked), len(self.answers)) - 1]
        for number, at in enumerate(range(0, len(answer), 12)):
            with self._changed:
                assert self._changed.wait_for(lambda place=number: place < self._may, PATIENCE)
            yield answer[at : at + 12]


def letter(*paragraphs: str, bullets: tuple[str, ...] = (), lines: tuple[int, ...] = ()) -> str:
    """An answer as it is asked for."""
    told = [{"text": text, "bullets": list(bullets), "lines": list(lines)} for text in paragraphs]
    return json.dumps({"paragraphs": told}, ensure_ascii=False)


def bullets_in(asked: dict[str, Any]) -> list[str]:
    """The identifiers of the bullets that a question names."""
    matter = asked["messages"][1]["content"]
    return re.findall(r"^\[([0-9a-f-]{36})\]", matter.partition("\nBullets:\n")[2], re.MULTILINE)


@contextmanager
def paced_model() -> Iterator[PacedModel]:
    """A running one."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
            self.send_response(200)
            if not asked.get("stream"):
                return self.say_yes()
            self.send_header("content-type", "text/event-stream")
            self.end_headers()
            try:
                for piece in model.pieces_of(asked):
                    self.tell(chunk({"content": piece}))
                self.tell(chunk({}, "stop"))
                usage = {"prompt_tokens": 900, "completion_tokens": 120, "total_tokens": 1020}
                self.tell({**chunk({}), "choices": [], "usage": usage})
                self.wfile.write(b"data: [DONE]\n\n")
            except OSError:
                model.hung_up += 1

        def say_yes(self) -> None:
            """An answer in one, as for somebody who only tries the connection."""
            message = {"role": "assistant", "content": "yes"}
            choice = {"index": 0, "message": message, "finish_reason": "stop"}
            whole = {"id": "c", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice]}
            body = json.dumps(whole).encode()
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def tell(self, event: dict[str, Any]) -> None:
            self.wfile.write(b"data: %s\n\n" % json.dumps(event).encode())
            self.wfile.flush()

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    model = PacedModel(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield model
    finally:
        model.go_on()
        with suppress(OSError):
            server.shutdown()
        server.server_close()
        thread.join()
