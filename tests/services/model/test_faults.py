"""A model server that fails in each way of the fault injector: distinct messages, short waits."""

import time
from collections.abc import Callable

import pytest
from llmock.pytest_plugin import LLMock

from tracker.errors import Sorry, Upstream
from tracker.services.model.client import answer, check_connection, stream
from tracker.services.model.timed_stream import Timeouts
from tracker.shapes.model import Request

SHORT = Timeouts(connect=2, first=1.0, between=0.6, total=3)
ASKED = Request("Be brief.", "Say something of some length about bread.")
FORMED = Request("Be brief.", "Say it.", {"type": "object", "properties": {"word": {"type": "string"}}, "required": ["word"]})  # fmt: skip


@pytest.fixture
def faulty(llmock: LLMock, at: Callable[[str], None]) -> LLMock:
    at(llmock.base_url("openai"))
    return llmock


def test_an_answer_is_streamed_with_its_usage(faulty: LLMock) -> None:
    faulty.reply("Bread is baked from flour and water.")
    pieces = list(stream(ASKED, SHORT))
    assert "".join(piece.text for piece in pieces) == "Bread is baked from flour and water."
    assert len(pieces) > 2
    assert pieces[-1].usage
    assert pieces[-1].usage.written > 0
    assert not pieces[-1].usage.is_estimated
    faulty.assert_resilient()


def test_a_structured_answer_is_read(faulty: LLMock) -> None:
    faulty.reply('{"word": "bread"}')
    assert answer(FORMED, SHORT).data == {"word": "bread"}


def test_a_requested_delay_is_reported_without_a_retry(faulty: LLMock) -> None:
    faulty.rate_limit(times=3, retry_after=7)
    with pytest.raises(Upstream, match="too many requests") as error:
        answer(ASKED, SHORT)
    assert error.value.after == 7


@pytest.mark.parametrize("status", [500, 502, 503, 529])
def test_a_server_out_of_order_may_be_tried_again(faulty: LLMock, status: int) -> None:
    faulty.fail(status, times=None)
    with pytest.raises(Upstream, match="is unavailable"):
        answer(ASKED, SHORT)


@pytest.mark.parametrize(
    ("status", "words"), [(401, "refuses the key"), (404, "doesn't know the model"), (400, "doesn't accept")]
)
def test_a_permanent_failure_says_so(faulty: LLMock, status: int, words: str) -> None:
    faulty.fail(status, times=None)
    with pytest.raises(Sorry, match=words) as error:
        answer(ASKED, SHORT)
    assert not isinstance(error.value, Upstream)


def test_a_posting_too_long_says_so(faulty: LLMock) -> None:
    faulty.context_overflow(times=None)
    with pytest.raises(Sorry, match="too long for the model"):
        answer(FORMED, SHORT)


@pytest.mark.parametrize("fault", ["truncate", "disconnect", "corrupt"])
def test_a_stream_that_breaks_is_no_answer(faulty: LLMock, fault: str) -> None:
    faulty.reply("One two three four five six seven eight nine ten.")
    getattr(faulty, fault)(after_chunks=3)
    pieces = []
    with pytest.raises(Upstream) as error:
        pieces += list(stream(ASKED, SHORT))
    assert "Traceback" not in error.value.message
    assert pieces == []  # the list is extended only by a stream that ends well


def test_a_stream_that_stalls_times_out(faulty: LLMock) -> None:
    faulty.reply("One two three four five six.").stall(seconds=5, after_chunks=2)
    began = time.monotonic()
    with pytest.raises(Upstream, match="stopped in the middle"):
        answer(ASKED, SHORT)
    assert time.monotonic() - began < 3


def test_a_first_piece_that_doesnt_come_is_given_up(faulty: LLMock) -> None:
    faulty.slow_first_token(5)
    with pytest.raises(Upstream, match=r"didn't begin|too long to answer"):
        answer(ASKED, SHORT)


def test_the_connection_test_reports_success_or_a_refused_key(faulty: LLMock) -> None:
    assert check_connection(Timeouts(connect=10, first=20, between=20, total=60)).is_ok
    faulty.fail(401)
    assert "refuses the key" in check_connection(SHORT).sentence
