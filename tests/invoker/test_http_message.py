"""HTTP/1.1 messages, sent by one end as the other takes them, whatever they are cut into."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoker.http_message import (
    End,
    Part,
    Request,
    Requests,
    Response,
    Responses,
    header,
    message_bytes,
)

NAMES = st.from_regex(rb"[a-z][a-z-]{0,8}", fullmatch=True).filter(
    lambda name: name not in {b"connection", b"upgrade", b"content-length", b"transfer-encoding"}
)
VALUES = st.from_regex(rb"([!-~\xa1-\xff]([ -~\xa1-\xff]{0,20}[!-~\xa1-\xff])?)?", fullmatch=True)
HEADERS = st.lists(st.tuples(NAMES, VALUES), max_size=5)
BODIES = st.binary(max_size=50)
CHUNKED = b"POST /x HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n5\r\nfirst\r\n6\r\nsecond\r\n0\r\n"


def taken(messages: Requests | Responses, *pieces: bytes) -> list[Part]:
    """What the other end takes from these pieces."""
    for piece in pieces:
        messages.feed(piece)
    return list(messages.parts)


def whole(parts: list[Part]) -> tuple[Part, bytes, Part]:
    """Head, body and end of one message."""
    return parts[0], b"".join(part for part in parts if isinstance(part, bytes)), parts[-1]


@given(HEADERS, BODIES, st.integers(1, 30))
def test_a_request_is_taken_as_it_was_sent(
    headers: list[tuple[bytes, bytes]], body: bytes, piece: int
) -> None:
    sent = message_bytes(Request("POST", "/a/b?c", headers), body)
    pieces = [sent[start : start + piece] for start in range(0, len(sent), piece)]
    length = (b"content-length", str(len(body)).encode())
    assert whole(taken(Requests(), *pieces)) == (
        Request("POST", "/a/b?c", [*headers, length]),
        body,
        End([], keep_alive=True),
    )


@given(HEADERS, BODIES, st.sampled_from([200, 202, 400, 413, 599]))
def test_a_response_is_taken_as_it_was_sent(
    headers: list[tuple[bytes, bytes]], body: bytes, status: int
) -> None:
    length = (b"content-length", str(len(body)).encode())
    assert whole(taken(Responses(), message_bytes(Response(status, headers), body))) == (
        Response(status, [*headers, length]),
        body,
        End([], keep_alive=True),
    )


def test_a_body_in_chunks_comes_chunk_by_chunk_and_its_trailers_at_the_end() -> None:
    head, *parts = taken(Requests(), CHUNKED + b"Lambda-Error: broken \r\n\r\n")
    assert isinstance(head, Request)
    assert parts == [b"first", b"second", End([(b"lambda-error", b"broken")], keep_alive=True)]


def test_whoever_asks_for_the_end_of_the_connection_is_told_so() -> None:
    parts = taken(Requests(), b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n")
    assert parts[-1] == End([], keep_alive=False)


@pytest.mark.parametrize(
    "text",
    [
        b"hello\r\n\r\n",
        b"GET / HTTP/1.1\r\na b: c\r\n\r\n",
        b"GET / HTTP/1.1\r\na: \0\r\n\r\n",
        b"POST / HTTP/1.1\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n",
        b"POST / HTTP/1.1\r\ncontent-length: -1\r\n\r\n",
        b"POST / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\nxyz\r\n",
        b"GET / HTTP/1.1\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n",
        b"CONNECT a:1 HTTP/1.1\r\n\r\n",
    ],
)
def test_what_is_no_plain_http_is_refused(text: bytes) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        taken(Requests(), text)


@pytest.mark.parametrize("value", [b"a\r\nb: c", b"a\nb", b"a\rb", b"a\0"])
def test_nobody_can_send_a_second_header_inside_of_one(value: bytes) -> None:
    with pytest.raises(ValueError, match="header"):
        message_bytes(Request("GET", "/", [(b"a", value)]))
    with pytest.raises(ValueError, match="header"):
        message_bytes(Response(200, [(b"a", value)]), b"")


def test_a_header_is_found_by_its_name_and_is_empty_without_it() -> None:
    headers = [(b"a", b"1"), (b"b", b"\xe4")]
    assert header(headers, b"b") == "\u00e4"
    assert header(headers, b"c") == ""
