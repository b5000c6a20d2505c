"""The Celery task that runs one invocation, and the worker process's beginning and end."""

import logging
from typing import Any
from uuid import UUID

import celery.signals
from django.utils import timezone
from redis.exceptions import RedisError

from invoker import deployment_package
from invoker.errors import InvokerError, SandboxFailure, SandboxUnavailable
from invoker.events import Outcome
from invoker.invocation import FunctionConfiguration
from invoker.invocation import Invocation as EngineInvocation
from playground.celery import app
from playground.invocations import service
from playground.invocations.batches import batches
from playground.invocations.models import Invocation, State
from playground.invocations.recording import Recorder
from playground.invocations.worker import Worker, is_gone
from playground.snippets import packages
from playground.snippets.models import DeploymentPackage

logger = logging.getLogger(__name__)
STOPPED = "The worker stopped while this invocation ran."
PACKAGES_KEPT = 64
PACKAGE_KEPT_BYTES_MAX = 4 * 1024 * 1024
_worker: Worker | None = None
_kept_packages: dict[str, deployment_package.DeploymentPackage] = {}


@celery.signals.setup_logging.connect
def _keep_logging(**_: Any) -> None:
    """Django has configured logging already; being connected keeps Celery from doing it again."""


@celery.signals.worker_init.connect
def _start(**_: Any) -> None:
    global _worker
    try:
        _worker = Worker()
    except InvokerError as error:
        logger.error("%s", error)
        raise SystemExit(1) from None
    finish_abandoned()


@celery.signals.worker_ready.connect
def _open(**_: Any) -> None:
    if _worker:
        _worker.open()


@celery.signals.worker_shutting_down.connect
def _stop(**_: Any) -> None:
    if _worker:
        _worker.stop()


@celery.signals.worker_shutdown.connect
def _close(**_: Any) -> None:
    if _worker:
        _worker.close()


def finish_abandoned() -> None:
    """Finish what workers left running when they ended without a word."""
    for invocation_id, name in Invocation.objects.filter(state=State.RUNNING).values_list("id", "worker"):
        try:
            gone = is_gone(name)
        except RedisError:
            continue
        if gone:
            service.finish_unrun(invocation_id, State.RUNNING, Outcome.PLATFORM_ERROR, STOPPED)


@app.task(name=service.RUN_TASK)
def run(invocation_id: str) -> None:
    """Run one invocation, if nobody else has claimed it."""
    if _worker is None:
        raise RuntimeError("Invocations run in a worker only.")
    run_in(_worker, UUID(invocation_id))


def run_in(worker: Worker, invocation_id: UUID) -> None:
    """Claim an invocation and run it to its end. Whatever happens, its row is finished afterwards."""
    started_at = timezone.now()
    claimed = Invocation.objects.filter(id=invocation_id, state=State.QUEUED).update(
        state=State.RUNNING, started_at=started_at, worker=worker.name
    )
    if not claimed:
        return
    with worker.running(str(invocation_id)) as cancelled:
        # Read only now: a cancellation is either in the row already, or is heard.
        row = Invocation.objects.get(id=invocation_id)
        if row.cancel_requested:
            cancelled.set()
        recorder = Recorder(row, started_at.timestamp())
        try:
            for batch in batches(worker.engine.invoke(_asked(row))):
                recorder.take(batch, STOPPED if worker.stopping.is_set() else None)
                if cancelled.is_set():
                    # Perhaps asked for before the engine knew of it; it may be asked again.
                    worker.engine.cancel(str(invocation_id))
        except Exception as error:
            logger.exception("Invocation %s failed.", invocation_id)
            worker.engine.cancel(str(invocation_id))
            recorder.fail(STOPPED if worker.stopping.is_set() else _what_failed(error))


def _what_failed(error: Exception) -> str:
    if isinstance(error, SandboxFailure | SandboxUnavailable):
        return f"The sandbox failed: {error}"
    return "The playground failed while this invocation ran. It is not the function's fault."


def _asked(row: Invocation) -> EngineInvocation:
    return EngineInvocation(
        request_id=str(row.id),
        owner=row.owner,
        configuration=FunctionConfiguration(
            function_name=row.function_name,
            handler=row.handler,
            memory_size=row.memory_size,
            timeout=row.timeout,
            environment=row.environment,
            version=row.version,
            revision=str(row.snippet.revision_id) if row.snippet else "",
            **_region_of(row.invoked_arn),
        ),
        package=_package(row.package_id),
        event=bytes(row.event),
        client_context=row.client_context,
        invoked_arn=row.invoked_arn or None,
        start_cold=row.start_cold,
    )


def _region_of(arn: str) -> dict[str, str]:
    """The region that a caller of the Lambda API invoked in; the page has none."""
    return {"region": arn.split(":")[3]} if arn else {}


def _package(sha256: str) -> deployment_package.DeploymentPackage:
    # A changed function is a new package, so what is kept under a hash is never stale.
    if package := _kept_packages.get(sha256):
        return package
    package = packages.load(DeploymentPackage.objects.get(sha256=sha256))
    if package.unzipped_bytes <= PACKAGE_KEPT_BYTES_MAX:
        while len(_kept_packages) >= PACKAGES_KEPT:
            _kept_packages.pop(next(iter(_kept_packages), ""), None)
        _kept_packages[sha256] = package
    return package
