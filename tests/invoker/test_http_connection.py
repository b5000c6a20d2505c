"""The connection to the runtime, when what comes is a flood."""

import asyncio
import time

import pytest

from invoker.http_connection import HEADERS_BYTES_MAX, ConnectionLost, HttpConnection, Pace
from invoker.http_message import HEAD_LINES_MAX, Requests

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
    return HttpConnection(reader, Silent(), Requests())  # type: ignore[arg-type]


def test_a_head_of_very_many_lines_is_refused_in_no_time() -> None:
    async def read() -> None:
        await connection(HEAD + b"a:b\r\n" * 1_000_000 + b"\r\n").request()

    began = time.monotonic()
    with pytest.raises(ConnectionLost, match="too many lines"):
        asyncio.run(read())
    assert time.monotonic() - began < 0.5


def test_so_is_one_behind_a_body() -> None:
    async def read() -> None:
        opened = connection(HEAD + b"transfer-encoding: chunked\r\n\r\n0\r\n" + b"a:b\r\n" * 1_000_000)
        await opened.request()
        await opened.whole_body()

    began = time.monotonic()
    with pytest.raises(ConnectionLost, match="too many lines"):
        asyncio.run(read())
    assert time.monotonic() - began < 0.5


def test_a_head_without_end_is_refused_at_its_limit() -> None:
    async def read() -> None:
        await connection(HEAD + b"a: " + b"b" * (HEADERS_BYTES_MAX + 200_000)).request()

    with pytest.raises(ConnectionLost, match="too long"):
        asyncio.run(read())


def test_a_long_head_that_trickles_leaves_the_event_loop_to_others() -> None:
    async def pieces_taken() -> int:
        reader = asyncio.StreamReader()
        opened = HttpConnection(reader, Silent(), Requests())  # type: ignore[arg-type]
        reader.feed_data(HEAD + b"a: " + b"b" * (HEADERS_BYTES_MAX // 2))
        head = asyncio.create_task(opened.request())
        while reader._buffer:  # type: ignore[attr-defined]
            await asyncio.sleep(0.01)
        fed, end = 0, time.monotonic() + 1
        while time.monotonic() < end:
            if not reader._buffer:  # type: ignore[attr-defined]
                reader.feed_data(b"b")
                fed += 1
            await asyncio.sleep(0)
        head.cancel()
        return fed

    assert asyncio.run(pieces_taken()) < 200


def test_messages_that_come_together_are_taken_one_after_the_other() -> None:
    async def read() -> list[tuple[str, bytes, bool]]:
        opened = connection(HEAD + b"content-length: 1\r\n\r\n1" + HEAD + b"content-length: 1\r\n\r\n2")
        taken = []
        for _ in range(2):
            request = await opened.request()
            taken.append((request.target, await opened.whole_body(), opened.reusable()))
        with pytest.raises(ConnectionLost, match="closed"):
            await opened.request()
        return taken

    assert asyncio.run(read()) == [("/x", b"1", True), ("/x", b"2", True)]


def test_a_body_may_have_any_number_of_lines() -> None:
    body = b"\n" * (100 * HEAD_LINES_MAX)

    async def read() -> bytes:
        opened = connection(HEAD + f"content-length: {len(body)}\r\n\r\n".encode() + body)
        await opened.request()
        return await opened.whole_body()

    assert asyncio.run(read()) == body


def test_a_body_of_very_many_pieces_leaves_the_event_loop_to_others() -> None:
    sent = HEAD + b"transfer-encoding: chunked\r\n\r\n" + b"1\r\na\r\n" * 200_000

    async def longest_wait() -> float:
        opened = connection(sent)
        await opened.request()
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
