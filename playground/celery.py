"""The Celery application: the queue between the web and the worker."""

import os
import warnings
from typing import Any
from uuid import uuid4

import celery.signals
import django
from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "playground.settings")

from django.conf import settings

from playground.redis_connection import broker_url

# The local sandbox needs root for its limits, and the queue carries JSON, never pickles.
warnings.filterwarnings("ignore", message=r"\s*You're running the worker with superuser privileges")

PUBLISH_TIMEOUT_S = 2
# Every message is as urgent as any other: a queue is one list in Redis, in place of one for each priority.
NO_PRIORITIES = {"priority_steps": [0]}
DEFAULT_QUEUE = "invocations"
"""Every worker takes messages from it."""
# What Celery does for Django by itself closes the database before and after every task.
app = Celery("playground", fixups=[])
app.conf.update(
    broker_url=broker_url(settings.REDIS_URL),
    task_ignore_result=True,
    task_serializer="json",
    result_serializer="json",
    event_serializer="json",
    accept_content=["json"],
    # Threads of one process share one engine: whichever takes an invocation finds the warm environments.
    worker_pool="threads",
    worker_concurrency=settings.WORKER_CONCURRENCY,
    # A message is kept until its invocation has ended, so that a worker takes as many as it has threads, and
    # leaves the others to workers that have room.
    task_acks_late=True,
    worker_prefetch_multiplier=1,
    # Each worker also has a queue of its own, for functions that it keeps warm.
    worker_direct=True,
    worker_hijack_root_logger=False,
    worker_send_task_events=False,
    worker_enable_remote_control=False,
    broker_connection_retry_on_startup=True,
    # A message only says that a row may be claimed, and rows whose message was lost are looked for each
    # second: a copy of each unacknowledged message in Redis costs two transactions an invocation, 1.2 ms.
    broker_transport_options={"socket_timeout": None, "ack_emulation": False, **NO_PRIORITIES},
    task_default_queue=DEFAULT_QUEUE,
    imports=["playground.invocations.tasks"],
)


@celery.signals.import_modules.connect(sender=app)
def _set_up_django(**_: Any) -> None:
    """Before the worker imports its tasks."""
    django.setup()


def only_publish() -> None:
    """For a process that takes no messages itself: a silent Redis is told soon."""
    app.conf.broker_transport_options = {"socket_timeout": PUBLISH_TIMEOUT_S, **NO_PRIORITIES}
    app.conf.task_publish_retry_policy = {"max_retries": 1, "interval_start": 0.1}


def send(task: str, argument: str, queue: str) -> None:
    """Queue a task of one argument for the workers of a queue.

    It is Celery's own message in its shortest form ("Message Protocol", version 2): what `send_task`
    looks up, routes and describes for monitors on the way takes twice as long (0.28 and 0.12 ms of CPU).
    Raises kombu.exceptions.OperationalError, redis.RedisError, OSError.
    """
    message_id = str(uuid4())
    headers = {"lang": "py", "task": task, "id": message_id, "root_id": message_id, "ignore_result": True}
    with app.producer_pool.acquire(block=True) as producer:
        producer.publish(
            ((argument,), {}, {}),
            routing_key=queue,
            headers=headers,
            correlation_id=message_id,
            serializer="json",
            retry=True,
            retry_policy=app.conf.task_publish_retry_policy,
        )
