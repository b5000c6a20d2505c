"""What may be asked of invocations: submit one, cancel it, wait for its end.

The page's API and the Lambda API both stand on it.
"""

import asyncio
import logging
from collections.abc import Mapping
from contextlib import aclosing
from dataclasses import dataclass
from uuid import UUID

from channels.db import database_sync_to_async
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from invoker.events import Outcome
from playground.celery import app
from playground.invocations import stream
from playground.invocations.messages import finished_message
from playground.invocations.models import Invocation, Source, State
from playground.redis_connection import connection
from playground.snippets.models import DeploymentPackage, Snippet

logger = logging.getLogger(__name__)
RUN_TASK = "playground.invocations.run"
UNFINISHED_PER_OWNER_MAX = 100
UNFINISHED_MAX = 2_000
CANCEL_CHANNEL = "playground:cancel"
SEQ_AFTER_LOST = 1_000_000_000
"""Number of the last event where those before it were lost: above every number that a page can have seen."""


class QueueUnavailable(Exception):
    """The invocation could not be queued, and is not kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """One invocation as it is asked for, every value checked. `memory_size` in MB, `timeout` in seconds."""

    owner: str
    function_name: str
    package: DeploymentPackage
    handler: str
    memory_size: int
    timeout: int
    environment: Mapping[str, str]
    event: bytes
    client_context: str | None = None
    invoked_arn: str | None = None
    version: str = "$LATEST"
    snippet: Snippet | None = None
    start_cold: bool = False
    source: Source = Source.PAGE


def is_too_busy(owner: str) -> bool:
    """Whether a further invocation of this owner has to wait for the others, or for everybody's."""
    unfinished = Invocation.objects.exclude(state=State.FINISHED)
    if unfinished.filter(owner=owner).count() >= UNFINISHED_PER_OWNER_MAX:
        return True
    return unfinished.count() >= UNFINISHED_MAX


def submit(submission: Submission) -> Invocation:
    """Store an invocation and queue it once the transaction is committed.

    Raises QueueUnavailable when Redis does not answer.
    """
    with transaction.atomic():
        invocation = Invocation.objects.create(
            owner=submission.owner,
            function_name=submission.function_name,
            package=submission.package,
            handler=submission.handler,
            memory_size=submission.memory_size,
            timeout=submission.timeout,
            environment=dict(submission.environment),
            event=submission.event,
            client_context=submission.client_context,
            invoked_arn=submission.invoked_arn or "",
            version=submission.version,
            snippet=submission.snippet,
            start_cold=submission.start_cold,
            source=submission.source,
        )
        transaction.on_commit(lambda: _enqueue(invocation.id))
    return invocation


def _enqueue(invocation_id: UUID) -> None:
    try:
        app.send_task(RUN_TASK, args=[str(invocation_id)])
    except (OperationalError, RedisError, OSError) as error:
        Invocation.objects.filter(id=invocation_id, state=State.QUEUED).delete()
        raise QueueUnavailable("The queue does not answer.") from error


def cancel(invocation: Invocation) -> None:
    """End an invocation: at once when it is queued, through its worker when it runs."""
    finish_unrun(invocation.id, State.QUEUED, Outcome.CANCELLED, "Cancelled before it began.")
    asked = Invocation.objects.filter(id=invocation.id, state=State.RUNNING).update(cancel_requested=True)
    if asked:
        try:
            connection().publish(CANCEL_CHANNEL, str(invocation.id))
        except RedisError:
            # The worker reads the flag itself when it is connected again.
            logger.warning("The cancellation of %s could not be announced.", invocation.id)


def finish_unrun(invocation_id: UUID, state: State, outcome: Outcome, notice: str) -> bool:
    """Finish an invocation that no worker will finish, if it is still in `state`. Says whether it was."""
    now = timezone.now()
    try:
        before = stream.published(invocation_id)
    except RedisError:
        before = []
    last_seen = 0 if state is State.QUEUED else SEQ_AFTER_LOST - 1
    seq = (before[-1]["seq"] if before else last_seen) + 1
    message = finished_message(seq, now.timestamp(), outcome, notice)
    changed = Invocation.objects.filter(id=invocation_id, state=state).update(
        state=State.FINISHED,
        outcome=outcome.value,
        notice=notice,
        finished_at=now,
        events=stream.lines([*before, message]),
    )
    if changed:
        try:
            stream.publish(invocation_id, [message], final=True)
        except RedisError:
            logger.warning("The end of %s could not be published; its row has it.", invocation_id)
    return bool(changed)


def finish_queued(notice: str) -> None:
    """Finish every queued invocation, after a queue was lost."""
    for invocation_id in Invocation.objects.filter(state=State.QUEUED).values_list("id", flat=True):
        finish_unrun(invocation_id, State.QUEUED, Outcome.PLATFORM_ERROR, notice)


async def finished(invocation_id: UUID, timeout_s: float) -> Invocation | None:
    """The stored invocation once it is finished, None when that takes longer than `timeout_s`."""
    try:
        async with asyncio.timeout(timeout_s), aclosing(stream.follow(invocation_id)) as messages:
            async for _ in messages:
                pass
    except TimeoutError:
        return None
    row: Invocation | None = await database_sync_to_async(_row)(invocation_id)
    return row


def _row(invocation_id: UUID) -> Invocation | None:
    return Invocation.objects.filter(id=invocation_id).first()
