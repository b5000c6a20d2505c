"""Invocations as they are stored."""

import uuid

from django.db import models
from django.utils import timezone

from invoker import limits
from invoker.events import Outcome as EngineOutcome
from playground.encryption import EncryptedVariables
from playground.snippets.models import DeploymentPackage, Snippet


class State(models.TextChoices):
    """Where an invocation is. It only goes forward, by a conditional UPDATE whose row count is checked."""

    QUEUED = "queued", "Queued"
    RUNNING = "running", "Running"
    FINISHED = "finished", "Finished"


class Outcome(models.TextChoices):
    """How an invocation ended: the engine's outcomes, in words."""

    OK = EngineOutcome.OK.value, "Succeeded"
    FUNCTION_ERROR = EngineOutcome.FUNCTION_ERROR.value, "Function error"
    INIT_ERROR = EngineOutcome.INIT_ERROR.value, "Init error"
    TIMEOUT = EngineOutcome.TIMEOUT.value, "Timed out"
    OUT_OF_MEMORY = EngineOutcome.OUT_OF_MEMORY.value, "Out of memory"
    CANCELLED = EngineOutcome.CANCELLED.value, "Cancelled"
    PLATFORM_ERROR = EngineOutcome.PLATFORM_ERROR.value, "Platform error"


class Source(models.TextChoices):
    """Who asked for an invocation."""

    PAGE = "page", "Page"
    LAMBDA_API = "lambda_api", "Lambda API"


class Invocation(models.Model):
    """One invocation: what was asked, and what came of it. The id is Lambda's request id."""

    id = models.UUIDField("request id", primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.CharField(max_length=128)
    address = models.CharField(max_length=64, default="", blank=True)
    """Whoever asked came from here: an IPv4 address or an IPv6 network; empty where it is not known."""
    source = models.CharField(max_length=16, choices=Source.choices, default=Source.PAGE)

    # What was asked
    snippet = models.ForeignKey(
        Snippet, null=True, blank=True, on_delete=models.SET_NULL, related_name="invocations"
    )
    package = models.ForeignKey(DeploymentPackage, on_delete=models.PROTECT, related_name="invocations")
    function_name = models.CharField("function", max_length=limits.FUNCTION_NAME_LENGTH_MAX)
    version = models.CharField(max_length=32, default="$LATEST")
    handler = models.CharField(max_length=limits.HANDLER_LENGTH_MAX)
    memory_size = models.IntegerField()
    """MB."""
    timeout = models.IntegerField()
    """Seconds."""
    ephemeral_storage = models.IntegerField(default=limits.EPHEMERAL_STORAGE_DEFAULT_MB)
    """MB of /tmp."""
    environment = EncryptedVariables(default=dict)
    event = models.BinaryField()
    """JSON text in UTF-8."""
    client_context = models.TextField(null=True)
    invoked_arn = models.CharField(max_length=256, default="", blank=True)
    revision = models.CharField(max_length=36, default="", blank=True)
    """The function's RevisionId when it was invoked: no environment outlives an update."""
    start_cold = models.BooleanField(default=False)
    from_editor = models.BooleanField(default=False)
    """Whether the package was built from files of the editor: compiled TypeScript lies beside its source."""

    # Where it is
    state = models.CharField(max_length=16, choices=State.choices, default=State.QUEUED)
    cancel_requested = models.BooleanField(default=False)
    worker = models.CharField(max_length=128, default="", blank=True)
    """Which host and worker process claimed it."""
    created_at = models.DateTimeField(default=timezone.now, db_index=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    # What came of it
    outcome = models.CharField(max_length=16, choices=Outcome.choices, default="", db_index=True)
    """Empty until it is finished."""
    error_type = models.TextField(default="", blank=True)
    error_message = models.TextField(default="", blank=True)
    error_trace = models.JSONField(default=list)
    notice = models.TextField(default="", blank=True)
    response = models.BinaryField(default=b"")
    events = models.TextField(default="", blank=True)
    """Every event as one line of JSON, written when the invocation is finished."""

    # Its metrics: None until known
    duration_ms = models.FloatField(null=True)
    billed_duration_ms = models.BigIntegerField(null=True)
    max_memory_used_mb = models.IntegerField(null=True)
    init_duration_ms = models.FloatField(null=True)
    cold_start = models.BooleanField(default=False)
    queue_ms = models.FloatField(null=True)
    """From submission to the worker's claim."""
    sandbox_ms = models.FloatField(null=True)

    class Meta:
        ordering = ("-created_at",)
        indexes = (
            models.Index(
                fields=["state", "owner", "worker", "created_at", "address"], name="invocation_queue"
            ),
            models.Index(fields=["owner", "created_at"], name="invocation_owner"),
            models.Index(fields=["address", "created_at"], name="invocation_address"),
            models.Index(fields=["snippet", "-created_at"], name="invocation_snippet"),
        )

    def __str__(self) -> str:
        return str(self.id)
