"""The only place that speaks HTTP to the RIE's invoke endpoint."""

from dataclasses import dataclass

from invoker.http_message import Request
from invoker.rie_connection import HOST, RieConnection

INVOKE = "/2015-03-31/functions/function/invocations"


@dataclass(frozen=True, slots=True)
class RieAnswer:
    """What the RIE said: 200 with the result, or 502 when the runtime ended without one."""

    status: int
    body: bytes


class Rie(RieConnection):
    """One sandbox's RIE, as it is invoked."""

    async def invoke(self, event: bytes) -> RieAnswer:
        """Send one event and wait for the answer. Raises ConnectionLost when the RIE ended."""
        connection = await self.connected()
        await connection.send(Request("POST", INVOKE, [HOST, (b"content-type", b"application/json")]), event)
        response = await connection.response()
        body = await connection.whole_body()
        connection.reusable()
        return RieAnswer(response.status, body)
