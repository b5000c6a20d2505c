"""One invocation as it passes the Runtime API: when it was handed out, and what came back."""

import asyncio
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from invoker.answer import Answer
from invoker.client_context import header_value
from invoker.invocation import Invocation


@dataclass(slots=True)
class Exchange:
    """The state of one invocation between the runtime client and the RIE."""

    invocation: Invocation
    on_running: Callable[[], None]
    on_chunk: Callable[[bytes], None]
    ready: asyncio.Future[float] = field(default_factory=asyncio.Future)
    """When the runtime asked for the event, in seconds of the clock that never jumps: init is over."""
    handed_out: asyncio.Future[float] = field(default_factory=asyncio.Future)
    answered: asyncio.Future[Answer] = field(default_factory=asyncio.Future)
    over: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when nothing more of this invocation is waited for."""
    rie_request_id: str = ""

    def headers(self, now: float) -> list[tuple[bytes, bytes]]:
        """The headers of the event as the runtime gets it ("Next invocation" of the Runtime API).

        `now` is in Unix seconds.
        """
        invocation = self.invocation
        deadline_ms = int((now + invocation.configuration.timeout) * 1000)
        trace = f"Root=1-{int(now):08x}-{secrets.token_hex(12)};Parent={secrets.token_hex(8)};Sampled=0"
        result = [
            ("Lambda-Runtime-Aws-Request-Id", invocation.request_id),
            ("Lambda-Runtime-Deadline-Ms", str(deadline_ms)),
            ("Lambda-Runtime-Invoked-Function-Arn", invocation.invoked_arn or invocation.configuration.arn),
            ("Lambda-Runtime-Trace-Id", trace),
        ]
        if invocation.client_context is not None:
            result.append(("Lambda-Runtime-Client-Context", header_value(invocation.client_context)))
        return [(name.encode(), value.encode()) for name, value in result]

    def hand_out(self, rie_request_id: str) -> None:
        """The runtime gets its event now."""
        self.rie_request_id = rie_request_id
        if not self.handed_out.done():
            # Told before the runtime can print anything about this event.
            self.on_running()
            self.handed_out.set_result(time.monotonic())

    def answer(self, answer: Answer) -> None:
        """The runtime's first answer counts, any later one is ignored."""
        if not self.answered.done():
            self.answered.set_result(answer)
