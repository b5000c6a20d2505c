"""An invocation's row as the JSON API shows it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from invoker.typescript import submitted
from playground import encryption
from playground.invocations import queue
from playground.invocations.messages import error_object, response_object
from playground.invocations.models import Invocation, State
from playground.iso_time import iso
from playground.snippets import packages


def invocation_object(row: Invocation, files: Mapping[str, str | None] | None = None) -> dict[str, Any]:
    """Everything that its owner may know, of environment variables the names.

    `files` saves unpacking them where they are at hand.
    """
    return {
        "id": str(row.id),
        "state": row.state,
        "queue_position": queue.position(row.id) if row.state == State.QUEUED else None,
        "outcome": row.outcome or None,
        "function_name": row.function_name,
        "handler": row.handler,
        "memory_size": row.memory_size,
        "timeout": row.timeout,
        "ephemeral_storage": row.ephemeral_storage,
        "environment": dict.fromkeys(encryption.names(row.environment)),
        "files": files_object(row) if files is None else dict(files),
        "event": bytes(row.event).decode(errors="replace"),
        **response_object(bytes(row.response)),
        "error": stored_error(row),
        "notice": row.notice or None,
        "metrics": stored_metrics(row),
        "created_at": _iso(row.created_at),
        "started_at": _iso(row.started_at),
        "finished_at": _iso(row.finished_at),
    }


SHORT_FIELDS = (
    "state",
    "outcome",
    "memory_size",
    "duration_ms",
    "billed_duration_ms",
    "max_memory_used_mb",
    "init_duration_ms",
    "cold_start",
    "queue_ms",
    "sandbox_ms",
    "created_at",
    "finished_at",
)
"""The columns of `short_object`: none of those that may be large."""


def short_object(row: Invocation) -> dict[str, Any]:
    """What a list tells of an invocation."""
    return {
        "id": str(row.id),
        "state": row.state,
        "outcome": row.outcome or None,
        "metrics": stored_metrics(row),
        "created_at": _iso(row.created_at),
        "finished_at": _iso(row.finished_at),
    }


def files_object(row: Invocation) -> dict[str, str | None]:
    """Text of each file as it was submitted, None for one that is not text."""
    package = packages.load(row.package)
    paths = submitted(package.files) if row.from_editor else package.files
    return {path: package.files[path].text for path in paths}


def stored_error(row: Invocation) -> dict[str, Any] | None:
    """The function's error, None when it had none."""
    if not row.error_type and not row.error_message:
        return None
    return error_object(row.error_type, row.error_message, row.error_trace)


def stored_metrics(row: Invocation) -> dict[str, Any] | None:
    """The figures, None when there are none."""
    if row.duration_ms is None:
        return None
    return {
        "duration_ms": row.duration_ms,
        "billed_duration_ms": row.billed_duration_ms,
        "memory_size_mb": row.memory_size,
        "max_memory_used_mb": row.max_memory_used_mb,
        "init_duration_ms": row.init_duration_ms,
        "cold_start": row.cold_start,
        "queue_ms": row.queue_ms,
        "sandbox_ms": row.sandbox_ms,
    }


def _iso(time: datetime | None) -> str | None:
    return iso(time) if time else None
