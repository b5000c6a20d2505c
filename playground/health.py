"""The state of every part, for people and for whatever watches the service."""

from typing import Any

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis.exceptions import RedisError

from playground import redis_connection, worker_state

Part = dict[str, Any]


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when every part works, 503 when one is down."""
    parts = {"database": _database(), "redis": _redis(), **_worker_and_sandbox()}
    ok = all(part["ok"] for part in parts.values())
    return JsonResponse({"status": "ok" if ok else "down", **parts}, status=200 if ok else 503)


def _database() -> Part:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return {"ok": False, "detail": "The database does not answer."}
    return {"ok": True, "detail": connection.vendor}


def _redis() -> Part:
    try:
        redis_connection.connection().ping()
    except RedisError:
        return {"ok": False, "detail": "Redis does not answer."}
    return {"ok": True, "detail": "redis"}


def _worker_and_sandbox() -> dict[str, Part]:
    try:
        state = worker_state.latest()
    except RedisError:
        state = None
    if state is None:
        unknown = {"ok": False, "kind": "", "detail": "Unknown while no worker is alive.", "notice": ""}
        return {"worker": {"ok": False, "detail": "No worker is alive."}, "sandbox": unknown}
    return {
        "worker": {"ok": True, "detail": state.name},
        "sandbox": {
            "ok": state.sandbox_ok,
            "kind": state.sandbox_kind,
            "detail": state.sandbox_detail,
            "notice": state.sandbox_notice,
        },
    }
