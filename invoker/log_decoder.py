"""The bytes that a function writes → log lines. Pure: no file, no clock.

The runtime client writes each console call as a frame, the way it does on Lambda: four bytes of magic and
level, four of length, eight of microseconds, then the text. What else a function or its children print is
raw text between the frames, one entry a line.
"""

import struct
from collections.abc import Iterator

from invoker import limits
from invoker.events import LogLine, Stream

FRAME_HEADER = struct.Struct(">IIQ")
FRAME_MAGIC = b"\xa5\x5a\x00"
LEVELS = {4: "TRACE", 8: "DEBUG", 12: "INFO", 16: "WARN", 20: "ERROR", 24: "FATAL"}
CUT_NOTICE = " [cut: the line is longer than {limit} bytes]"


class LogDecoder:
    """Decodes one stream of one execution environment, whatever is written to it."""

    def __init__(self, stream: Stream, line_bytes_max: int = limits.LOG_LINE_BYTES_MAX) -> None:
        self._stream = stream
        self._line_max = line_bytes_max
        self._raw = bytearray()
        self._buffer = bytearray()
        self._frame_left = 0
        self._frame = bytearray()
        self._frame_head: tuple[float, str | None] = (0.0, None)

    def feed(self, data: bytes, now: float) -> Iterator[LogLine]:
        """The entries that are whole with `data`; `now` (Unix seconds) is the time of raw ones."""
        self._buffer += data
        while self._buffer:
            if self._frame_left:
                yield from self._take_frame_bytes()
            elif self._buffer.startswith(FRAME_MAGIC):
                if len(self._buffer) < FRAME_HEADER.size:
                    return
                yield from self._end_raw(now)
                self._begin_frame(now)
            elif len(self._buffer) < len(FRAME_MAGIC) and FRAME_MAGIC.startswith(self._buffer):
                return
            else:
                yield from self._take_raw(now)

    def flush(self, now: float) -> Iterator[LogLine]:
        """What is left unfinished: a last line without newline, a frame that was cut off."""
        if self._frame_left:
            self._frame_left = 0
            yield self._frame_line()
        else:
            self._raw += self._buffer
        self._buffer.clear()
        yield from self._end_raw(now)

    def _begin_frame(self, now: float) -> None:
        magic, length, microseconds = FRAME_HEADER.unpack_from(self._buffer)
        del self._buffer[: FRAME_HEADER.size]
        # A function can write frames too: no entry is of a time that no calendar knows.
        self._frame_head = (min(microseconds / 1e6, now), LEVELS.get(magic & 0xFC))
        self._frame_left = length
        self._frame.clear()

    def _take_frame_bytes(self) -> Iterator[LogLine]:
        taken = min(self._frame_left, len(self._buffer))
        # One byte more than the cut needs, as the final newline is not counted.
        room = max(0, self._line_max + 2 - len(self._frame))
        self._frame += self._buffer[: min(taken, room)]
        del self._buffer[:taken]
        self._frame_left -= taken
        if not self._frame_left:
            yield self._frame_line()

    def _frame_line(self) -> LogLine:
        time, level = self._frame_head
        content = bytes(self._frame)
        self._frame.clear()
        return LogLine(time, self._stream, self._text(content.removesuffix(b"\n")), level)

    def _take_raw(self, now: float) -> Iterator[LogLine]:
        newline_at = self._buffer.find(b"\n")
        # Only up to the newline: a buffer of nothing but newlines would be searched once for each.
        frame_at = self._buffer.find(FRAME_MAGIC, 1, newline_at if newline_at != -1 else len(self._buffer))
        if newline_at != -1 and frame_at == -1:
            self._add_raw(self._buffer[:newline_at])
            del self._buffer[: newline_at + 1]
            yield self._raw_line(now)
            return
        end = frame_at if frame_at != -1 else len(self._buffer) - self._possible_magic_suffix()
        self._add_raw(self._buffer[:end])
        del self._buffer[:end]

    def _possible_magic_suffix(self) -> int:
        if self._buffer.endswith(FRAME_MAGIC[:2]):
            return 2
        return 1 if self._buffer.endswith(FRAME_MAGIC[:1]) else 0

    def _add_raw(self, data: bytearray) -> None:
        room = self._line_max + 1 - len(self._raw)
        self._raw += data[: max(0, room)]

    def _end_raw(self, now: float) -> Iterator[LogLine]:
        if self._raw:
            yield self._raw_line(now)

    def _raw_line(self, now: float) -> LogLine:
        content = bytes(self._raw)
        self._raw.clear()
        return LogLine(now, self._stream, self._text(content))

    def _text(self, content: bytes) -> str:
        if len(content) <= self._line_max:
            return content.decode(errors="replace")
        cut = content[: self._line_max].decode(errors="replace")
        return cut + CUT_NOTICE.format(limit=self._line_max)
