"""What the RIE's log tells: how the runtime's process ended. Pure.

A function can reach the RIE's descriptors and write here too. It then spoils the wording of its own exit,
nothing else: outcome and durations come from the relay.
"""

import re
from dataclasses import dataclass, field

EXITED = re.compile(rb"Process runtime-\d+ exited: ([a-z]+(?:[: ]+[a-z0-9 ]{1,40})?)")
LINE_BYTES_MAX = 8_192


@dataclass(slots=True)
class RieLog:
    """Reads the RIE's log as it comes, in the memory of one line."""

    exit_reason: str | None = None
    """"exit status 1" or "signal: killed", once the runtime's process has ended."""
    _rest: bytes = field(default=b"", repr=False)

    def feed(self, data: bytes) -> None:
        """Take the bytes that were read."""
        *lines, rest = (self._rest + data).split(b"\n")
        self._rest = rest[-LINE_BYTES_MAX:]
        for line in lines:
            if self.exit_reason is None and (found := EXITED.search(line)):
                self.exit_reason = found[1].decode().strip()
