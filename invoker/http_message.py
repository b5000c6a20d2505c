"""HTTP/1.1 messages as they come from a connection, taken apart by httptools, and as they are sent."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from http.client import responses

import httptools

Headers = Iterable[tuple[bytes, bytes]]
"""Names in lower case, values without the space around them."""

# A head of a million lines takes seconds to parse, in which no other environment would be served.
HEAD_LINES_MAX = 1_000
PARSER_FAULTS = (httptools.HttpParserError, httptools.HttpParserUpgrade)


@dataclass(frozen=True, slots=True)
class Request:
    """The head of a request."""

    method: str
    target: str
    headers: Headers


@dataclass(frozen=True, slots=True)
class Response:
    """The head of a response."""

    status: int
    headers: Headers


@dataclass(frozen=True, slots=True)
class End:
    """The end of a message, with the headers that came behind its body."""

    trailers: Headers
    keep_alive: bool


Part = Request | Response | bytes | End


class _Messages:
    """What httptools calls. `parts` are the parts of messages that have come and that nobody has taken."""

    parser: httptools.HttpRequestParser | httptools.HttpResponseParser

    def __init__(self) -> None:
        self.parts: deque[Part] = deque()
        self._headers: list[tuple[bytes, bytes]] = []

    def feed(self, data: bytes) -> None:
        """Take some bytes. Raises ValueError when they are not HTTP/1.1."""
        try:
            self.parser.feed_data(data)
        except PARSER_FAULTS as error:
            raise ValueError(str(error.__context__ or error)) from error

    def on_header(self, name: bytes, value: bytes) -> None:
        """One line of a head, or of what comes behind a body in pieces."""
        self._headers.append((name.lower(), value.rstrip(b" \t")))
        if len(self._headers) > HEAD_LINES_MAX:
            raise ValueError("the head of a message has too many lines")

    def on_body(self, body: bytes) -> None:
        """A piece of a body."""
        self.parts.append(body)

    def on_message_complete(self) -> None:
        """The last byte of a message."""
        self.parts.append(End(self._taken_headers(), self.parser.should_keep_alive()))

    def _taken_headers(self) -> list[tuple[bytes, bytes]]:
        headers, self._headers = self._headers, []
        return headers


class Requests(_Messages):
    """The messages of a client."""

    def __init__(self) -> None:
        super().__init__()
        self.parser: httptools.HttpRequestParser = httptools.HttpRequestParser(self)
        self._target = b""

    def on_url(self, url: bytes) -> None:
        """A piece of the target."""
        self._target += url

    def on_headers_complete(self) -> None:
        """The last byte of a head."""
        target, self._target = self._target, b""
        method = self.parser.get_method().decode()
        self.parts.append(Request(method, target.decode("latin-1"), self._taken_headers()))


class Responses(_Messages):
    """The messages of a server."""

    def __init__(self) -> None:
        super().__init__()
        self.parser: httptools.HttpResponseParser = httptools.HttpResponseParser(self)

    def on_headers_complete(self) -> None:
        """The last byte of a head."""
        self.parts.append(Response(self.parser.get_status_code(), self._taken_headers()))


def message_bytes(head: Request | Response, body: bytes = b"") -> bytes:
    """A whole message. Raises ValueError when a header has a line of its own."""
    if isinstance(head, Request):
        first_line = f"{head.method} {head.target} HTTP/1.1".encode("latin-1")
    else:
        first_line = f"HTTP/1.1 {head.status} {responses.get(head.status, '')}".encode()
    lines = [first_line, *(b"%b: %b" % line for line in head.headers), b"content-length: %d" % len(body)]
    text = b"\r\n".join(lines)
    # What a header says may come from whoever invokes.
    if text.count(b"\n") != len(lines) - 1 or text.count(b"\r") != len(lines) - 1 or b"\0" in text:
        raise ValueError("a header has a sign that no header may have")
    return b"%b\r\n\r\n%b" % (text, body)


def header(headers: Headers, name: bytes) -> str:
    """The value of a header by its lower-case name, empty without it."""
    return next((value.decode("latin-1") for key, value in headers if key == name), "")
