"""Model server that writes piece by piece, so that a test can check progress midway."""

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.support.lying_model import chunk

TIMEOUT = 30


class PacedModel:
    """Answers each request with its next answer, repeating the last; `let` limits the pieces sent."""

    def __init__(self, port: int) -> None:
        self.base = f"http://127.0.0.1:{port}/v1"
        self.answers: list[str] = []
        self.requests: list[dict[str, Any]] = []
        self.hung_up = 0
        """Number of requests whose client disconnected."""
        self._allowed = 10**9
        self._changed = threading.Condition()

    def let(self, pieces: int) -> None:
        """Let this many pieces of each answer through."""
        with self._changed:
            self._allowed = pieces
            self._changed.notify_all()

    def let_all(self) -> None:
        """Let everything through."""
        self.let(10**9)

    def pieces_of(self, request: dict[str, Any]) -> Iterator[str]:
        """Yield the answer in pieces of 12 characters, as far as allowed."""
        self.requests.append(request)
        answer = self.answers[min(len(self.requests), len(self.answers)) - 1]
        for number, at in enumerate(range(0, len(answer), 12)):
            with self._changed:
                assert self._changed.wait_for(lambda place=number: place < self._allowed, TIMEOUT)
            yield answer[at : at + 12]


def letter(*paragraphs: str, bullets: tuple[str, ...] = (), lines: tuple[int, ...] = ()) -> str:
    """Return the JSON of a letter, in the requested format."""
    answer = [{"text": text, "bullets": list(bullets), "lines": list(lines)} for text in paragraphs]
    return json.dumps({"paragraphs": answer}, ensure_ascii=False)


def bullets_in(request: dict[str, Any]) -> list[str]:
    """Return the ids of the bullets that a request names."""
    prompt = request["messages"][1]["content"]
    return re.findall(r"^\[([0-9a-f-]{36})\]", prompt.partition("\nBullets:\n")[2], re.MULTILINE)


@contextmanager
def paced_model() -> Iterator[PacedModel]:
    """Yield a running server."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["content-length"])))
            self.send_response(200)
            if not request.get("stream"):
                return self.answer_at_once()
            self.send_header("content-type", "text/event-stream")
            self.end_headers()
            try:
                for piece in model.pieces_of(request):
                    self.send_event(chunk({"content": piece}))
                self.send_event(chunk({}, "stop"))
                usage = {"prompt_tokens": 900, "completion_tokens": 120, "total_tokens": 1020}
                self.send_event({**chunk({}), "choices": [], "usage": usage})
                self.wfile.write(b"data: [DONE]\n\n")
            except OSError:
                model.hung_up += 1

        def answer_at_once(self) -> None:
            """Answer without streaming, as for a connection test."""
            message = {"role": "assistant", "content": "yes"}
            choice = {"index": 0, "message": message, "finish_reason": "stop"}
            whole = {"id": "c", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice]}
            body = json.dumps(whole).encode()
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def send_event(self, event: dict[str, Any]) -> None:
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
        model.let_all()
        with suppress(OSError):
            server.shutdown()
        server.server_close()
        thread.join()
