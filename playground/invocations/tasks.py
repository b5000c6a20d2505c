"""The Celery task that runs one invocation, and the worker process's beginning and end."""

import logging
import time
from typing import Any
from uuid import UUID

import celery.signals
from celery.utils.nodenames import worker_direct

from invoker import deployment_package
from invoker.errors import InvokerError, SandboxFailure, SandboxUnavailable
from invoker.invocation import FunctionConfiguration
from invoker.invocation import Invocation as EngineInvocation
from invoker.typescript import is_compiled
from playground.celery import app
from playground.database import kept_connection
from playground.invocations import queue, service, warm_workers
from playground.invocations.abandoned import STOPPED
from playground.invocations.models import Invocation
from playground.invocations.recording import Recorder
from playground.invocations.worker import Worker
from playground.snippets import packages
from playground.snippets.models import DeploymentPackage

logger = logging.getLogger(__name__)
PACKAGES_KEPT = 64
PACKAGE_KEPT_BYTES_MAX = 4 * 1024 * 1024
_worker: Worker | None = None
_kept_packages: dict[str, deployment_package.DeploymentPackage] = {}


@celery.signals.setup_logging.connect
def _keep_logging(**_: Any) -> None:
    """Django has configured logging already; being connected keeps Celery from doing it again."""


@celery.signals.worker_init.connect
def _start(sender: Any, **_: Any) -> None:
    global _worker
    try:
        _worker = Worker(worker_direct(sender.hostname).name)
    except InvokerError as error:
        logger.error("%s", error)
        raise SystemExit(1) from None
    _worker.abandoned.finish()


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


@app.task(name=service.RUN_TASK)
def run(invocation_id: str) -> None:
    """Run the invocation that a message names, or one that is before it in the queue."""
    if _worker is None:
        raise RuntimeError("Invocations run in a worker only.")
    with kept_connection():
        work_off(_worker, UUID(invocation_id))


def work_off(worker: Worker, named: UUID) -> None:
    """Claim and run until nothing is left that may run.

    A message that comes while its owner or the host runs as many as they may is used up, so whoever finishes
    an invocation looks for the next one.
    """
    wanted: UUID | None = named
    # What a worker that is stopping leaves in the queue is for the others, and for the next one.
    while not worker.stopping.is_set() and (claimed := queue.claim(worker.name, wanted)):
        run_claimed(worker, claimed)
        wanted = None


def run_claimed(worker: Worker, row: Invocation) -> None:
    """Run a claimed invocation to its end. Whatever happens, its row is finished afterwards."""
    with worker.running(str(row.id)) as cancelled:
        started_at = row.started_at.timestamp() if row.started_at else time.time()
        recorder = Recorder(row, started_at)
        try:
            batches = worker.engine.batches(_asked(row))
            # What does not have to come first is done while the function runs already.
            recorder.note = warm_workers.note(row, worker.queue)
            if queue.is_cancelled(row.id):
                # From before the worker listened for this one.
                worker.cancel(str(row.id))
            for batch in batches:
                recorder.take(batch, STOPPED if worker.stopping.is_set() else None)
                if cancelled.is_set():
                    # Perhaps asked for before the engine knew of it; it may be asked again.
                    worker.engine.cancel(str(row.id))
        except Exception as error:
            logger.exception("Invocation %s failed.", row.id)
            worker.engine.cancel(str(row.id))
            recorder.fail(STOPPED if worker.stopping.is_set() else _what_failed(error))


def _what_failed(error: Exception) -> str:
    if isinstance(error, SandboxFailure | SandboxUnavailable):
        return f"The sandbox failed: {error}"
    return "The playground failed while this invocation ran. It is not the function's fault."


def _asked(row: Invocation) -> EngineInvocation:
    package = _package(row.package_id)
    return EngineInvocation(
        request_id=str(row.id),
        owner=row.owner,
        configuration=FunctionConfiguration(
            function_name=row.function_name,
            handler=row.handler,
            memory_size=row.memory_size,
            timeout=row.timeout,
            ephemeral_storage=row.ephemeral_storage,
            environment=row.environment,
            version=row.version,
            revision=row.revision,
            # What came by the Lambda API runs as it came.
            source_maps=row.from_editor and is_compiled(package.files),
            **_region_of(row.invoked_arn),
        ),
        package=package,
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
