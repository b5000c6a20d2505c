"""Which worker keeps a warm environment of a function, so that its next invocation goes there.

A worker notes in Redis what it has run. The note names the worker's own queue, and lasts as long as an idle
environment.
"""

import json
import math

from django.conf import settings
from django.utils.crypto import salted_hmac

from playground import worker_state
from playground.invocations.models import Invocation
from playground.invocations.stream import Note
from playground.redis_connection import connection


def key(row: Invocation) -> str:
    """Where the note about a function is: one owner and one version of its code and configuration."""
    function = [
        *(row.owner, row.package_id, row.function_name, row.version, row.revision, row.invoked_arn),
        *(row.handler, row.memory_size, row.timeout, row.ephemeral_storage, row.environment),
    ]
    # With a key, because the values of environment variables could be guessed from a plain hash.
    text = json.dumps(function, sort_keys=True)
    return f"warm:{salted_hmac('playground.warm', text, algorithm='sha256').hexdigest()}"


def note(row: Invocation, queue: str) -> Note:
    """That the worker of this queue has run the invocation and may have kept its environment."""
    return Note(key(row), queue, math.ceil(settings.WARM_IDLE_SECONDS))


def queue_for(row: Invocation) -> str | None:
    """The queue of the worker that keeps the function warm and has room; None when any worker is as good.

    Raises redis.RedisError.
    """
    if row.start_cold or not worker_state.several():
        return None
    queue = connection().get(key(row))
    return str(queue) if queue and worker_state.has_room(str(queue)) else None
