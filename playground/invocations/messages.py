"""Engine events → the messages of the WebSocket. Pure."""

import codecs
from datetime import UTC, datetime
from typing import Any

from invoker.events import (
    Event,
    Finished,
    FunctionError,
    LogLine,
    Metrics,
    Outcome,
    ResponseChunk,
    StateChanged,
)
from playground import iso_time

Message = dict[str, Any]
RESPONSE_SHOWN_MAX = 262_144
"""Characters of a response that are sent along with events and objects."""


class Messages:
    """The messages of one invocation, numbered from 1.

    `queue_ms` goes into the metrics: the engine cannot know how long the queue took.
    """

    def __init__(self, queue_ms: float | None = None) -> None:
        self.seq = 0
        self._queue_ms = queue_ms
        self._chunks = codecs.getincrementaldecoder("utf-8")("replace")
        self._chunk_characters_left = RESPONSE_SHOWN_MAX

    def of(self, event: Event) -> Message | None:
        """The message of an event, None for one that has nothing to show."""
        body = self._body(event)
        if body is None:
            return None
        self.seq += 1
        return {"seq": self.seq, "time": iso(event.time), **body}

    def _body(self, event: Event) -> Message | None:
        match event:
            case StateChanged(state=state):
                return {"type": "state", "state": state.value}
            case LogLine(stream=stream, level=level, text=text):
                return {"type": "log", "stream": stream.value, "level": level, "text": text}
            case ResponseChunk(content=content):
                text = self._chunks.decode(content)[: self._chunk_characters_left]
                self._chunk_characters_left -= len(text)
                return {"type": "response_chunk", "text": text} if text else None
            case Finished():
                return finished_body(
                    event.outcome,
                    event.response,
                    event.error,
                    event.notice,
                    metrics_object(event.metrics, self._queue_ms) if event.metrics else None,
                )


def finished_message(seq: int, time: float, outcome: Outcome, notice: str) -> Message:
    """The last message of an invocation that no engine finished."""
    return {"seq": seq, "time": iso(time), **finished_body(outcome, b"", None, notice, None)}


def finished_body(
    outcome: Outcome,
    response: bytes,
    error: FunctionError | None,
    notice: str | None,
    metrics: Message | None,
) -> Message:
    """What the last message says."""
    return {
        "type": "finished",
        "outcome": outcome.value,
        **response_object(response),
        "error": error_object(error.type, error.message, list(error.trace)) if error else None,
        "notice": notice or None,
        "metrics": metrics,
    }


def response_object(response: bytes) -> Message:
    """A response as text, cut where it is too long to be sent along."""
    text = response.decode(errors="replace")
    return {
        "response": text[:RESPONSE_SHOWN_MAX] if response else None,
        "response_size": len(response),
        "response_truncated": len(text) > RESPONSE_SHOWN_MAX,
    }


def whole_response(finished: Message) -> bytes | None:
    """The response of which the last message tells, None where that is not all of it, byte for byte."""
    response = (finished["response"] or "").encode()
    return (
        response if len(response) == finished["response_size"] and b"\xef\xbf\xbd" not in response else None
    )


def error_object(type: str, message: str, trace: list[str]) -> Message:
    """A function's error."""
    return {"type": type, "message": message, "trace": trace}


def metrics_object(metrics: Metrics, queue_ms: float | None) -> Message:
    """The figures, in ms and MB."""
    return {
        "duration_ms": metrics.duration_ms,
        "billed_duration_ms": metrics.billed_duration_ms,
        "memory_size_mb": metrics.memory_size_mb,
        "max_memory_used_mb": metrics.max_memory_used_mb,
        "init_duration_ms": metrics.init_duration_ms,
        "cold_start": metrics.cold_start,
        "queue_ms": queue_ms,
        "sandbox_ms": metrics.sandbox_ms,
    }


def iso(time: float) -> str:
    """Unix seconds as ISO 8601 in UTC with milliseconds."""
    return iso_time.iso(datetime.fromtimestamp(time, UTC))
