"""The RIE's own Runtime API, asked by the worker, and the messages that the runtime is answered with."""

import asyncio
import json
from dataclasses import dataclass

from invoker.answer import TOO_LARGE_MESSAGE
from invoker.http_connection import ConnectionLost, HttpConnection
from invoker.http_message import Headers, Request, Response
from invoker.rie_connection import HOST, RieConnection

INVOCATION = "/2018-06-01/runtime/invocation"
NEXT = f"{INVOCATION}/next"
INIT_ERROR = "/2018-06-01/runtime/init/error"
REQUEST_ID_HEADER = b"lambda-runtime-aws-request-id"
ERROR_TYPE_HEADER = b"lambda-runtime-function-error-type"
ERROR_BODY_TRAILER = b"lambda-runtime-function-error-body"
RESPONSE_MODE_HEADER = b"lambda-runtime-function-response-mode"
# A stack trace for X-Ray travels in a header of its own, which the RIE refuses when a message is long; of
# all headers only these go on.
PASSED_ON = frozenset({ERROR_TYPE_HEADER, b"content-type"})


def _refusal(status: int, error_type: str, message: str) -> "Message":
    body = json.dumps({"errorMessage": message, "errorType": error_type}).encode()
    return Message(status, (), body)


@dataclass(frozen=True, slots=True)
class Message:
    """A response of the Runtime API."""

    status: int
    headers: Headers
    body: bytes

    async def send(self, connection: HttpConnection, *headers: tuple[bytes, bytes]) -> None:
        """Answer the runtime with this status and body, and `headers` in place of its own."""
        await connection.send(
            Response(self.status, [(b"Content-Type", b"application/json"), *headers]), self.body
        )


ACCEPTED = Message(202, (), b'{"status":"OK"}\n')
TOO_LARGE = _refusal(413, "Function.ResponseSizeTooLarge", TOO_LARGE_MESSAGE)
INVALID_REQUEST_ID = _refusal(400, "InvalidRequestID", "Invalid request ID")
INVALID_STATE = _refusal(403, "InvalidStateTransition", "State transition is not allowed")
NOT_FOUND = _refusal(404, "NotFound", "Not found")


class RieRuntimeApi(RieConnection):
    """The RIE's Runtime API."""

    def __init__(self) -> None:
        super().__init__()
        self._free = asyncio.Lock()

    async def next(self) -> Message:
        """The next event, as soon as there is one. Raises ConnectionLost."""
        return await self._ask(Request("GET", NEXT, [HOST]))

    async def post(self, target: str, body: bytes, headers: Headers = ()) -> Message:
        """Tell the RIE a result, or an error of init. Raises ConnectionLost."""
        kept = [(name, value) for name, value in headers if name in PASSED_ON]
        return await self._ask(Request("POST", target, [HOST, *kept]), body)

    async def _ask(self, request: Request, body: bytes = b"") -> Message:
        async with self._free:
            connection = await self.connected()
            await connection.send(request, body)
            response = await connection.response()
            answer = await connection.whole_body()
            if not connection.reusable():
                raise ConnectionLost("the RIE closes its connection")
            return Message(response.status, response.headers, answer)
