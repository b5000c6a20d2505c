"""What may be asked of invocations: submit one, cancel it, wait for its end.

The page's API and the Lambda API both stand on it.
"""

import asyncio
import logging
from collections import deque
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from uuid import UUID

from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone
from kombu.exceptions import OperationalError as BrokerError
from redis.exceptions import RedisError

from invoker import limits
from invoker.events import Outcome
from playground import celery
from playground.database import in_database_thread
from playground.invocations import admission, rows, stream, warm_workers
from playground.invocations.messages import finished_message, whole_response
from playground.invocations.models import Invocation, Source, State
from playground.owner import whose_now
from playground.redis_connection import connection

logger = logging.getLogger(__name__)
RUN_TASK = "playground.invocations.run"
CANCEL_CHANNEL = "playground:cancel"
FOLLOWED_AGAIN_S = 0.5
SEQ_AFTER_LOST = 1_000_000_000
"""Number of the last event where those before it were lost: above every number that a page can have seen."""


class QueueUnavailable(Exception):
    """The invocation could not be queued, and is not kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """One invocation as it is asked for, every value checked. Sizes in MB, `timeout` in seconds."""

    owner: str
    address: str = ""
    """Where it is asked from, empty where nobody knows."""
    function_name: str
    package_id: str
    handler: str
    memory_size: int
    timeout: int
    environment: Mapping[str, str] = field(repr=False)
    event: bytes
    client_context: str | None = None
    invoked_arn: str | None = None
    version: str = "$LATEST"
    revision: str = ""
    """RevisionId of the function where it is stored: no environment outlives an update."""
    snippet_id: UUID | None = None
    from_editor: bool = False
    ephemeral_storage: int = limits.EPHEMERAL_STORAGE_DEFAULT_MB
    start_cold: bool = False
    source: Source = Source.PAGE


def submit(submission: Submission) -> Invocation:
    """Store an invocation and queue it once the transaction is committed.

    Raises admission.Refused over a limit, QueueUnavailable when Redis does not answer, OwnerGone.
    """
    with transaction.atomic():
        owner = whose_now(submission.owner)
        admission.admit(owner, submission.address)
        invocation = Invocation(
            owner=owner,
            address=submission.address,
            function_name=submission.function_name,
            package_id=submission.package_id,
            handler=submission.handler,
            memory_size=submission.memory_size,
            timeout=submission.timeout,
            ephemeral_storage=submission.ephemeral_storage,
            environment=dict(submission.environment),
            event=submission.event,
            client_context=submission.client_context,
            invoked_arn=submission.invoked_arn or "",
            version=submission.version,
            snippet_id=submission.snippet_id,
            revision=submission.revision,
            from_editor=submission.from_editor,
            start_cold=submission.start_cold,
            source=submission.source,
        )
        rows.insert(invocation)
        transaction.on_commit(lambda: _enqueue(invocation))
    return invocation


def send(invocation_id: UUID, queue: str | None = None) -> None:
    """Tell a worker that there is something to run: the worker of a queue, or any.

    Raises QueueUnavailable when Redis does not answer.
    """
    try:
        celery.send(RUN_TASK, str(invocation_id), queue or celery.DEFAULT_QUEUE)
    except (BrokerError, RedisError, OSError) as error:
        raise QueueUnavailable("The queue does not answer.") from error


def _enqueue(invocation: Invocation) -> None:
    try:
        send(invocation.id, warm_workers.queue_for(invocation))
    except (QueueUnavailable, RedisError) as error:
        deleted, _ = Invocation.objects.filter(id=invocation.id, state=State.QUEUED).delete()
        if deleted:
            raise QueueUnavailable("The queue does not answer.") from error
        # A worker that looked for what is overdue has found it without the message.


def cancel(invocation: Invocation) -> None:
    """End an invocation: at once when it is queued, through its worker when it runs."""
    finish_unrun(invocation.id, State.QUEUED, Outcome.CANCELLED, "Cancelled before it began.")
    asked = Invocation.objects.filter(id=invocation.id, state=State.RUNNING).update(cancel_requested=True)
    if asked:
        try:
            announce_cancellation(invocation.id)
        except RedisError:
            # The worker reads the flag itself when it is connected again.
            logger.warning("The cancellation of %s could not be announced.", invocation.id)


def announce_cancellation(invocation_id: UUID) -> None:
    """Tell whichever worker runs an invocation that its end is asked for. Raises redis.RedisError."""
    connection().publish(CANCEL_CHANNEL, str(invocation_id))


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


@dataclass(frozen=True, slots=True)
class Ended:
    """How an invocation ended. `log` are the last entries of its log, LOG_TAIL_BYTES in all or a few more."""

    outcome: Outcome
    notice: str
    response: bytes
    log: Sequence[str]


async def finished(invocation_id: UUID, timeout_s: float, is_new: bool = False) -> Ended | None:
    """The end of an invocation, None when there is no such invocation or it takes longer than `timeout_s`.

    Its row is finished by then. `is_new` says that it was queued just now. A Redis or a database that is away
    for a while only delays the answer: whoever was told of an error would ask again, and the function would
    run twice.
    """
    log: deque[str] = deque()
    characters = 0
    last = None
    try:
        async with (
            asyncio.timeout(timeout_s),
            aclosing(_followed_to_its_end(invocation_id, is_new)) as messages,
        ):
            async for last in messages:
                if last["type"] == "log":
                    log.append(last["text"])
                    characters += len(last["text"])
                    while characters - len(log[0]) >= limits.LOG_TAIL_BYTES:
                        characters -= len(log.popleft())
    except TimeoutError:
        return None
    if last is None:
        return None
    response = whole_response(last)
    if response is None:
        response = await in_database_thread(_response, invocation_id)
    return Ended(Outcome(last["outcome"]), last["notice"] or "", response, log)


async def _followed_to_its_end(invocation_id: UUID, is_new: bool) -> AsyncGenerator[stream.Message]:
    """Every event, from wherever it can be had, however often Redis or the database go away."""
    after = 0
    while True:
        try:
            async with aclosing(stream.follow(invocation_id, after, is_new)) as batches:
                async for messages in batches:
                    for message in messages:
                        yield message
                        after = message["seq"]
            return
        except (RedisError, OperationalError, InterfaceError) as error:
            logger.warning("The end of %s cannot be waited for now: %s", invocation_id, error)
            is_new = False
            await asyncio.sleep(FOLLOWED_AGAIN_S)


def _response(invocation_id: UUID) -> bytes:
    return bytes(Invocation.objects.values_list("response", flat=True).get(id=invocation_id))
