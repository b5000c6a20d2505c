"""Why an event is not JSON, in the words of the parser that AWS uses (Jackson, reading bytes). Pure.

Only asked about an event that is known not to be JSON: it says where and why reading fails.
"""

import re
from typing import Final

SOURCE: Final = (
    "[Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: {}, column: {}]"
)
_VALUE: Final = "JSON String, Number, Array, Object or token 'null', 'true' or 'false'"
_SPACE = re.compile(rb"[ \t\r\n]*")
_PLAIN = re.compile(rb'[^"\\\x00-\x1f]*')
_ESCAPE = re.compile(rb'\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})')
_NUMBER = re.compile(rb"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_TOKEN = re.compile(r"[\w$]*")


class _Fault(Exception):
    """`at` is the offset whose column is told (0-based)."""

    def __init__(self, message: str, at: int) -> None:
        super().__init__(message)
        self.at = at


def fault(payload: bytes) -> str | None:
    """The fault with its place, or None when Jackson would find none."""
    try:
        _Reader(payload).read()
    except _Fault as found:
        return f"{found}\n at {_place(payload, found.at)}"
    return None


def _place(payload: bytes, at: int) -> str:
    line_begin = payload.rfind(b"\n", 0, at) + 1
    return SOURCE.format(payload.count(b"\n", 0, at) + 1, at - line_begin + 1)


class _Reader:
    def __init__(self, payload: bytes) -> None:
        self._payload = payload
        self._at = 0
        self._open: list[int] = []  # offsets of the brackets around

    def read(self) -> None:
        self._value()
        while self._open:
            self._after_value()
        self._skip_space()
        if self._at < len(self._payload):
            raise self._unexpected_value()

    def _value(self) -> None:
        """Reads a value, of an array or object only the way to its first inner value."""
        while True:
            self._skip_space()
            byte = self._peek()
            if byte in b"{[" and byte:
                self._open.append(self._at)
                self._at += 1
                self._skip_space()
                if self._peek() == (b"}" if byte == b"{" else b"]"):
                    self._at += 1
                    self._open.pop()
                    return
                if not self._peek():
                    raise self._unclosed()
                if byte == b"{":
                    self._key()
                continue
            if byte == b'"':
                self._string("was expecting closing quote for a string value")
            elif byte and byte in b"-0123456789":
                self._number()
            else:
                self._word()
            return

    def _after_value(self) -> None:
        self._skip_space()
        byte, opened = self._peek(), self._payload[self._open[-1] : self._open[-1] + 1]
        kind, close = ("Object", b"}") if opened == b"{" else ("Array", b"]")
        if not byte:
            raise self._unclosed()
        if byte == close:
            self._at += 1
            self._open.pop()
        elif byte in b"}]":
            start = _place(self._payload, self._open[-1])
            message = f"Unexpected close marker '{byte.decode()}': expected '{close.decode()}'"
            raise _Fault(f"{message} (for {kind} starting at {start})", self._at)
        elif byte != b",":
            raise self._unexpected(f"was expecting comma to separate {kind} entries")
        else:
            self._at += 1
            self._skip_space()
            if not self._peek():
                raise self._ended_within()
            if kind == "Object":
                self._key()
            self._value()

    def _key(self) -> None:
        if self._peek() != b'"':
            raise self._unexpected("was expecting double-quote to start field name")
        self._string("was expecting closing quote for a field name")
        self._skip_space()
        if not self._peek():
            raise self._ended_within()
        if self._peek() != b":":
            raise self._unexpected("was expecting a colon to separate field name and value")
        self._at += 1
        self._skip_space()
        if not self._peek():
            raise self._ended_within()

    def _string(self, unclosed: str) -> None:
        self._at += 1
        while True:
            self._take_utf8(_PLAIN)
            byte = self._peek()
            if byte == b'"':
                self._at += 1
                return
            if not byte:
                raise _Fault(f"Unexpected end-of-input: {unclosed}", self._at)
            if byte == b"\\":
                escape = _ESCAPE.match(self._payload, self._at)
                if not escape:
                    self._at += 1
                    raise self._bad_escape()
                self._at = escape.end()
            else:
                message = f"Illegal unquoted character ({_named(byte[0])})"
                raise _Fault(
                    f"{message}: has to be escaped using backslash to be included in string value",
                    self._at + 1,
                )

    def _bad_escape(self) -> _Fault:
        byte = self._peek()
        if not byte:
            return _Fault("Unexpected end-of-input: in character escape sequence", self._at)
        return _Fault(f"Unrecognized character escape {_named(byte[0])}", self._at + 1)

    def _number(self) -> None:
        number = _NUMBER.match(self._payload, self._at)
        if not number:
            self._at += 1
            if not self._peek():
                raise _Fault("Unexpected end-of-input: No digit following sign", self._at)
            raise self._unexpected(
                "expected digit (0-9) to follow minus sign, for valid numeric value", " in numeric value"
            )
        digits = number.group().lstrip(b"-")
        self._at = number.end()
        if digits == b"0" and self._peek().isdigit():
            raise _Fault("Invalid numeric value: Leading zeroes not allowed", self._at)
        if self._peek() == b".":
            self._at += 1
            if not self._peek():
                raise _Fault("Unexpected end-of-input: Decimal point not followed by a digit", self._at)
            raise self._unexpected("Decimal point not followed by a digit", " in numeric value")
        if not self._open and self._peek() and self._peek() not in b" \t\r\n":
            raise self._unexpected("Expected space separating root-level values")

    def _word(self) -> None:
        for word in (b"null", b"true", b"false"):
            end = self._at + len(word)
            if self._payload.startswith(word, self._at) and not _is_word_byte(self._payload[end : end + 1]):
                self._at = end
                return
        if not self._peek():
            raise (
                self._ended_within()
                if self._open
                else _Fault("No content to map due to end-of-input", self._at)
            )
        raise self._unexpected_value()

    def _unexpected_value(self) -> _Fault:
        byte = self._peek()
        if not (byte.isalpha() or byte in b"_$" or byte[0] >= 0xC2):
            return self._unexpected(f"expected a valid value ({_VALUE})")
        begin = self._at
        try:
            self._take_utf8(re.compile(rb"[\w$\x80-\xff]*"))
        except _Fault as undecodable:
            return undecodable
        word = _TOKEN.match(self._payload[begin : self._at].decode())
        token = word.group() if word else ""
        if not token:
            self._at = begin
            return self._unexpected(f"expected a valid value ({_VALUE})")
        end = begin + len(token.encode())
        return _Fault(f"Unrecognized token '{token[:256]}': was expecting ({_VALUE})", end)

    def _take_utf8(self, pattern: re.Pattern[bytes]) -> None:
        match = pattern.match(self._payload, self._at)
        text = match.group() if match else b""
        try:
            text.decode()
        except UnicodeDecodeError as error:
            middle = error.reason != "invalid start byte"
            at = self._at + (error.end if middle else error.start)
            if at == len(self._payload):
                raise _Fault("Unexpected end-of-input: in UTF-8 character", at) from error
            which = "middle" if middle else "start"
            raise _Fault(f"Invalid UTF-8 {which} byte 0x{self._payload[at]:x}", at + 1) from error
        self._at += len(text)

    def _unexpected(self, why: str, where: str = "") -> _Fault:
        text = self._payload[self._at : self._at + 4].decode(errors="ignore")
        code = ord(text[0]) if text and self._peek()[0] >= 0xC2 else self._peek()[0]
        return _Fault(f"Unexpected character ({_named(code)}){where}: {why}", self._at)

    def _unclosed(self) -> _Fault:
        kind = "Object" if self._payload[self._open[-1]] == ord("{") else "Array"
        start = _place(self._payload, self._open[-1])
        message = f"expected close marker for {kind} (start marker at {start})"
        return _Fault(f"Unexpected end-of-input: {message}", self._at)

    def _ended_within(self) -> _Fault:
        kind = "Object" if self._payload[self._open[-1]] == ord("{") else "Array"
        return _Fault(f"Unexpected end-of-input within/between {kind} entries", self._at)

    def _skip_space(self) -> None:
        space = _SPACE.match(self._payload, self._at)
        self._at = space.end() if space else self._at

    def _peek(self) -> bytes:
        return self._payload[self._at : self._at + 1]


def _is_word_byte(byte: bytes) -> bool:
    return bool(byte) and (byte.isalnum() or byte in b"_$" or byte[0] >= 0x80)


def _named(code: int) -> str:
    if code < 0x20 or 0x7F <= code <= 0x9F:
        return f"(CTRL-CHAR, code {code})"
    return f"'{chr(code)}' (code {code})"
