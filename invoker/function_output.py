"""Reads what a function prints from its pipes and gives it, line by line, to whoever listens."""

import asyncio
import os
import time
from collections.abc import Callable
from pathlib import Path

from invoker import limits
from invoker.events import LogLine, Stream
from invoker.log_decoder import LogDecoder
from invoker.rie_log import RieLog
from invoker.sandbox import control_directory

READ_BYTES = 64 * 1024
DRAIN_BYTES_MAX = limits.PIPE_BYTES
# Node.js goes on with a long write when a full pipe has room again.
FULL_PIPE_BYTES = 64 * 1024
DRAIN_PAUSE_S = 0.005
DRAIN_MAX_S = 0.5

Listener = Callable[[LogLine], None]


class FunctionOutput:
    """The pipes of one execution environment. While nobody listens, lines are dropped."""

    def __init__(self, control: Path) -> None:
        self._rie_log = RieLog()
        self._listener: Listener | None = None
        self._taken = 0
        self._decoders = {stream: LogDecoder(stream) for stream in (Stream.STDOUT, Stream.STDERR)}
        self._pipes = {
            stream: control_directory.open_pipe(control, stream.value) for stream in self._decoders
        }
        self._rie_pipe = control_directory.open_pipe(control, "rie.log")
        loop = asyncio.get_running_loop()
        for stream, pipe in self._pipes.items():
            loop.add_reader(pipe, self._read, stream)
        loop.add_reader(self._rie_pipe, self._read_rie_log)

    def listen(self, listener: Listener) -> None:
        """Give every line from now on to `listener`."""
        self._listener = listener
        self._taken = 0

    def take(self) -> None:
        """Take what is in the pipes now. A child that goes on writing cannot hold this up."""
        for stream in self._decoders:
            taken = 0
            while taken < DRAIN_BYTES_MAX and (count := self._read(stream)):
                taken += count

    async def drain(self) -> None:
        """Take what the function has printed, also what did not fit into the pipe at once."""
        self.take()
        end = time.monotonic() + DRAIN_MAX_S
        before = 0
        while self._taken > max(before, FULL_PIPE_BYTES) and time.monotonic() < end:
            before = self._taken
            await asyncio.sleep(DRAIN_PAUSE_S)
            self.take()

    def finish(self) -> None:
        """Take what is in the pipes now, the last unfinished line too, and stop listening."""
        self.take()
        for stream in self._decoders:
            self._tell(stream, b"", flush=True)
        self._listener = None

    def read_rie_log(self) -> RieLog:
        """The RIE's log with everything that it has written by now."""
        while self._read_rie_log():
            pass
        return self._rie_log

    def close(self) -> None:
        """Stop reading and close the pipes."""
        loop = asyncio.get_running_loop()
        for pipe in (*self._pipes.values(), self._rie_pipe):
            loop.remove_reader(pipe)
            os.close(pipe)

    def _read(self, stream: Stream) -> int:
        data = _read_now(self._pipes[stream])
        if data:
            self._taken += len(data)
            self._tell(stream, data)
        return len(data)

    def _read_rie_log(self) -> int:
        data = _read_now(self._rie_pipe)
        self._rie_log.feed(data)
        return len(data)

    def _tell(self, stream: Stream, data: bytes, flush: bool = False) -> None:
        decoder = self._decoders[stream]
        now = time.time()
        lines = decoder.flush(now) if flush else decoder.feed(data, now)
        for line in lines:
            if self._listener is not None:
                self._listener(line)


def _read_now(pipe: int) -> bytes:
    try:
        return os.read(pipe, READ_BYTES)
    except BlockingIOError:
        return b""
