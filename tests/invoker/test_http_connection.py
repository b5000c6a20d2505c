"""The connection to the runtime, when what comes is a flood."""

import asyncio
import time

import h11
import pytest

from invoker.http_connection import HEAD_LINES_MAX, ConnectionLost, HttpConnection, Pace

HEAD = b"POST /x HTTP/1.1\r\nhost: x\r\n"


class Silent:
    """A writer that nobody reads."""

    def close(self) -> None:
        """Nothing is open."""


def connection(sent: bytes) -> HttpConnection:
    """The server's end, after a client has sent this and closed."""
    reader = asyncio.StreamReader()
    reader.feed_data(sent)
    reader.feed_eof()
    return HttpConnection(reader, Silent(), h11.SERVER)  # type: ignore[arg-type]


def test_a_head_of_very_many_lines_is_refused_in_no_time() -> None:
    async def read() -> None:
        await connection(HEAD + b"a:b\r\n" * 1_000_000 + b"\r\n").next_event()

    began = time.monotonic()
    with pytest.raises(ConnectionLost, match="too many lines"):
        asyncio.run(read())
    assert time.monotonic() - began < 0.5


def test_a_body_may_have_any_number_of_lines() -> None:
    body = b"\n" * (100 * HEAD_LINES_MAX)

    async def read() -> bytes:
        opened = connection(HEAD + f"content-length: {len(body)}\r\n\r\n".encode() + body)
        await opened.next_event()
        return await opened.whole_body()

    assert asyncio.run(read()) == body


def test_a_body_of_very_many_pieces_leaves_the_event_loop_to_others() -> None:
    sent = HEAD + b"transfer-encoding: chunked\r\n\r\n" + b"1\r\na\r\n" * 200_000

    async def longest_wait() -> float:
        opened = connection(sent)
        await opened.next_event()
        flood = asyncio.create_task(opened.whole_body())
        longest = 0.0
        for _ in range(50):
            began = time.monotonic()
            await asyncio.sleep(0.001)
            longest = max(longest, time.monotonic() - began)
        assert not flood.done()
        flood.cancel()
        return longest

    assert asyncio.run(longest_wait()) < 0.3


def test_the_pace_of_an_ordinary_message_is_its_own() -> None:
    async def took() -> float:
        pace, began = Pace(), time.monotonic()
        for _ in range(100):
            await pace.piece()
        return time.monotonic() - began

    assert asyncio.run(took()) < Pace.PAUSE_S
