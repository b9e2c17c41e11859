"""A model server that answers nonsense, redirects, refuses formats or withholds; the key is secret."""

import gzip
import json
import logging
import socket
import ssl
import threading
import time
from collections.abc import Callable
from contextlib import suppress

import pytest

from tests.support.lying_model import LyingModel, chunk, lying_model
from tests.support.model_key import KEY
from tracker.errors import Sorry, Upstream
from tracker.services.model.client import answer, check_connection, stream
from tracker.services.model.json_answers import json_in
from tracker.services.model.timed_stream import Timeouts
from tracker.services.model.transport import MAX_BYTES
from tracker.settings import Settings, SettingsError, settings
from tracker.shapes.model import Request

SHORT = Timeouts(connect=2, first=2, between=1, total=4)
ASKED = Request("Be brief.", "Say it.")
FORMED = Request("Be brief.", "Say it.", {"type": "object"})


def test_a_server_that_refuses_json_schema_is_asked_more_simply_and_remembered(liar: LyingModel) -> None:
    liar.refuses = {"json_schema"}
    liar.stream('{"a": ', "1}")
    assert answer(FORMED, SHORT).data == {"a": 1}
    assert answer(FORMED, SHORT).data == {"a": 1}
    forms = [request.get("response_format", {}).get("type") for request in liar.requests]
    assert forms == ["json_schema", "json_object", "json_object"]


def test_a_server_that_knows_no_form_at_all_is_read_from_its_prose(liar: LyingModel) -> None:
    liar.refuses = {"json_schema", "json_object", "usage"}
    liar.stream("Here you are:\n```json\n", '{"a": [1, 2]}\n', "```")
    result = answer(FORMED, SHORT)
    assert result.data == {"a": [1, 2]}
    assert result.usage.is_estimated
    assert "stream_options" not in liar.requests[-1]


def test_usage_is_taken_from_the_stream(liar: LyingModel) -> None:
    liar.stream("Yes.", usage={"prompt_tokens": 11, "completion_tokens": 3, "total_tokens": 14})
    usage = list(stream(ASKED, SHORT))[-1].usage
    assert usage
    assert (usage.read, usage.written, usage.is_estimated) == (11, 3, False)


@pytest.mark.parametrize(
    ("texts", "finish", "words", "again"),
    [
        (("A", "B"), None, "broke off", True),
        ((), "stop", "was empty", True),
        (("  \n",), "stop", "was empty", True),
        (("A",), "length", "was too long", False),
        (("A",), "content_filter", "withheld", False),
    ],
)
def test_an_end_that_is_none_is_no_answer(
    liar: LyingModel, texts: tuple[str, ...], finish: str | None, words: str, again: bool
) -> None:
    liar.stream(*texts, finish=finish)
    with pytest.raises(Sorry, match=words) as error:
        answer(ASKED, SHORT)
    assert isinstance(error.value, Upstream) is again


def test_an_answer_without_end_is_cut_off(liar: LyingModel) -> None:
    liar.stream(*["x" * 1000] * 100)
    with pytest.raises(Upstream, match="far too long"):
        answer(Request("Be brief.", "Say it.", most_tokens=50), SHORT)


def test_a_refusal_is_reported(liar: LyingModel) -> None:
    liar.body = b"data: " + json.dumps(chunk({"refusal": "No."})).encode() + b"\n\ndata: [DONE]\n\n"
    with pytest.raises(Sorry, match="refused to write"):
        answer(ASKED, SHORT)


@pytest.mark.parametrize(
    "body",
    [b"data: {not json\n\n", b"data: 5\n\n", b'data: {"choices": 7}\n\n', b"<html>hello</html>", b"", b"data: []\n\n",
     b'data: {"choices": [{"delta": {"content": {"a": 1}}}]}\n\n', b'data: {"error": {"message": "boom"}}\n\n', b"\xff\xfe\x00data"],
)  # fmt: skip
def test_a_malformed_answer_is_reported_without_a_stack_trace(liar: LyingModel, body: bytes) -> None:
    liar.body = body
    with pytest.raises(Upstream) as error:
        answer(ASKED, SHORT)
    assert error.value.__cause__ is None
    assert error.value.message.endswith(".")


def test_a_redirect_to_another_host_is_not_followed(liar: LyingModel) -> None:
    with lying_model() as other:
        other.stream("Mine now.")
        liar.status, liar.headers = 307, {"location": f"{other.base}/chat/completions"}
        with pytest.raises(Sorry, match="redirects to another address"):
            answer(ASKED, SHORT)
        assert other.requests == []


@pytest.mark.parametrize(
    ("written", "after"), [("3", 3.0), ("99999999", 3600.0), ("-5", 0.0), ("nan", None), ("soon", None)]
)
def test_retry_after_is_parsed_in_each_format(liar: LyingModel, written: str, after: float | None) -> None:
    liar.status, liar.headers, liar.kind, liar.body = 429, {"retry-after": written}, "application/json", b"{}"
    with pytest.raises(Upstream) as error:
        answer(ASKED, SHORT)
    assert error.value.after == after


def test_no_credit_is_no_reason_to_try_again(liar: LyingModel) -> None:
    liar.status, liar.kind = 429, "application/json"
    liar.body = b'{"error": {"code": "insufficient_quota", "message": "You exceeded your current quota"}}'
    with pytest.raises(Sorry, match="no credit") as error:
        answer(ASKED, SHORT)
    assert not isinstance(error.value, Upstream)


def test_the_key_goes_to_the_server_and_nowhere_else(
    liar: LyingModel, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    liar.status, liar.kind = 401, "application/json"
    liar.body = json.dumps({"error": {"message": f"Incorrect API key provided: {KEY}"}}).encode()
    with pytest.raises(Sorry) as error:
        answer(ASKED, SHORT)
    assert liar.keys == [f"Bearer {KEY}"]
    ours = "".join(record.getMessage() for record in caplog.records if record.name.startswith("tracker"))
    assert KEY not in error.value.message + repr(error.value.__cause__) + repr(settings()) + ours


@pytest.mark.parametrize(
    ("status", "kind", "body", "words"),
    [
        (200, "text/html", b"<html>", "not as an OpenAI-compatible API"),
        (200, "application/json", b'{"hello": 1}', "not as an OpenAI-compatible API"),
        (401, "application/json", b"{}", "refuses the key"),
        (404, "application/json", b"{}", "doesn't know the model"),
        (503, "application/json", b"{}", "is unavailable"),
    ],
)
def test_a_connection_test_reports_the_problem(
    liar: LyingModel, status: int, kind: str, body: bytes, words: str
) -> None:
    liar.status, liar.kind, liar.body = status, kind, body
    result = check_connection(SHORT)
    assert not result.is_ok
    assert words in result.sentence


def test_a_missing_key_and_a_missing_service_are_reported(liar: LyingModel, at: Callable[..., None]) -> None:
    liar.status, liar.kind, liar.body = 401, "application/json", b"{}"
    at(liar.base, key="")
    assert "wants a key" in check_connection(SHORT).sentence
    at("", model="")
    assert "No AI service is set up" in check_connection(SHORT).sentence
    with pytest.raises(Sorry, match="drafts from your bullets"):
        answer(ASKED, SHORT)


def test_an_unreachable_server_and_missing_tls_are_reported(
    liar: LyingModel, at: Callable[..., None]
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        at(f"http://127.0.0.1:{free.getsockname()[1]}/v1")
        assert "can't reach" in check_connection(SHORT).sentence
    at(liar.base.replace("http:", "https:"))
    assert "TLS" in check_connection(SHORT).sentence
    assert ssl.OPENSSL_VERSION


def test_an_answer_given_up_by_its_reader_ends_the_reading(liar: LyingModel) -> None:
    liar.stream(*"abcdefgh")
    pieces = stream(ASKED, SHORT)
    assert next(pieces).text == "a"
    pieces.close()  # type: ignore[attr-defined]


def test_json_is_found_anywhere_in_an_answer() -> None:
    assert json_in('Sure! {"a": 1} Bye.') == {"a": 1}
    assert json_in("none") is None


@pytest.mark.parametrize(
    ("base", "key", "model"),
    [("http://ai.example.com/v1", "k", "m"), ("https://ai.example.com/v1", "k", ""), ("https://u:p@ai.example.com", "", "m"), ("ftp://x.example", "", "m")],
)  # fmt: skip
def test_an_unsafe_or_half_setting_refuses_to_start(
    monkeypatch: pytest.MonkeyPatch, at: Callable[..., None], base: str, key: str, model: str
) -> None:
    at(base, key=key, model=model)
    with pytest.raises(SettingsError):
        settings()
    assert Settings.model_fields["ai_api_key"].repr is False


def test_stopping_works_while_the_model_reasons_without_output(liar: LyingModel) -> None:
    """Models that reason send pieces without text for a minute; stopping must be possible meanwhile."""
    thought = [chunk({"content": None, "reasoning_content": "Hm."})] * 5
    answer_chunks = [chunk({"content": "Yes."}), chunk({}, "stop")]
    liar.body = b"".join(b"data: %s\n\n" % json.dumps(part).encode() for part in (*thought, *answer_chunks))
    pieces = [piece.text for piece in stream(ASKED, SHORT)]
    assert pieces.index("Yes.") == 5


def test_an_answer_that_would_fill_the_memory_is_left(liar: LyingModel) -> None:
    liar.body = b"data: " + b" " * (MAX_BYTES + 1)
    with pytest.raises(Upstream, match="far too much data"):
        answer(ASKED, SHORT)
    liar.status = 400
    assert "far too much data" in check_connection(SHORT).sentence


def test_a_packed_answer_is_not_unpacked(liar: LyingModel) -> None:
    liar.stream("Yes.")
    liar.body, liar.headers = gzip.compress(liar.body), {"Content-Encoding": "gzip"}
    with pytest.raises(Upstream, match="in a form Pursuit can't read"):
        answer(ASKED, SHORT)


def test_a_connection_test_ends_within_its_timeout(at: Callable[..., None]) -> None:
    """A server that sends a byte now and then keeps each single wait short."""

    def drip() -> None:
        with suppress(OSError), server.accept()[0] as connection:
            connection.recv(65_536)
            while True:
                connection.sendall(b"H")
                time.sleep(0.1)

    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=drip, daemon=True).start()
        at(f"http://127.0.0.1:{server.getsockname()[1]}/v1")
        begun = time.monotonic()
        assert "didn't begin to answer in time" in check_connection(SHORT).sentence
        assert time.monotonic() - begun < SHORT.first + 2


def test_a_model_that_thinks_first_is_asked_on_its_own_terms(at: Callable[..., None]) -> None:
    """OpenAI's reasoning models refuse `max_tokens` and `temperature`."""
    with lying_model() as liar:
        at(liar.base)
        liar.stream("Yes.")
        liar.wants = "max_completion_tokens"
        assert answer(ASKED, SHORT).text == "Yes."
        assert answer(ASKED, SHORT).text == "Yes."
    refused, accepted, again = liar.requests
    assert ("max_tokens" in refused, "temperature" in refused) == (True, True)
    assert "max_tokens" not in accepted | again
    assert "temperature" not in accepted | again
    assert accepted["max_completion_tokens"] > refused["max_tokens"]
    assert accepted.get("response_format") == refused.get("response_format")


def test_a_connection_is_tried_on_its_models_own_terms(at: Callable[..., None]) -> None:
    with lying_model() as liar:
        at(liar.base)
        message = {"role": "assistant", "content": "yes"}
        choice = {"index": 0, "message": message, "finish_reason": "stop"}
        whole = {"id": "c", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice]}
        liar.body, liar.kind, liar.wants = (
            json.dumps(whole).encode(),
            "application/json",
            "max_completion_tokens",
        )
        assert check_connection(SHORT).is_ok
