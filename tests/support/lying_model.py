"""Server with real sockets that answers as a test says, in place of a model."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Body = dict[str, Any]


class LyingModel:
    """Answers each POST in the same way; each attribute may be changed while it runs."""

    def __init__(self, port: int) -> None:
        self.base = f"http://127.0.0.1:{port}/v1"
        self.status = 200
        self.headers: dict[str, str] = {}
        self.body = b""
        self.kind = "text/event-stream"
        self.refuses: set[str] = set()
        """Response formats that it answers with error 500, as llama.cpp does a JSON schema."""
        self.wants = ""
        """Setting that it requires in place of `max_tokens` and `temperature`."""
        self.requests: list[Body] = []
        self.keys: list[str] = []

    def stream(self, *texts: str, finish: str | None = "stop", **more: Any) -> None:
        """Stream these texts, then the finish reason unless it is None."""
        chunks: list[Body] = [chunk({"content": text}) for text in texts]
        if finish:
            chunks.append(chunk({}, finish))
        if more:
            chunks.append({**chunk({}), "choices": [], **more})
        self.body = (
            b"".join(b"data: %s\n\n" % json.dumps(part).encode() for part in chunks) + b"data: [DONE]\n\n"
        )


def chunk(delta: Body, finish: str | None = None) -> Body:
    """Return one event of a stream."""
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]}


@contextmanager
def lying_model() -> Iterator[LyingModel]:
    """Yield a running server."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["content-length"])))
            model.requests.append(request)
            model.keys.append(self.headers.get("authorization", ""))
            form = request.get("response_format", {}).get("type", "")
            refused = form in model.refuses or ("usage" in model.refuses and "stream_options" in request)
            body = b'{"error": {"message": "no such form"}}' if refused else model.body
            status = 500 if refused else model.status
            if model.wants and model.wants not in request:
                message = (
                    f"Unsupported parameter: 'max_tokens' is not supported. Use '{model.wants}' instead."
                )
                body, status = json.dumps({"error": {"message": message}}).encode(), 400
            self.send_response(status)
            self.send_header("content-type", model.kind)
            self.send_header("content-length", str(len(body)))
            for name, value in model.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    model = LyingModel(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield model
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
