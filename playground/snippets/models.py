"""Snippets and deployment packages as they are stored."""

import uuid

from django.db import models
from django.utils import timezone

from invoker import limits
from playground.encryption import EncryptedVariables


class DeploymentPackage(models.Model):
    """The files of a function, kept once for each content."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    """Hex SHA-256: of the archive that was uploaded, or of the editor's files as the engine computes it."""
    zip = models.BinaryField()
    code_sha256 = models.CharField(max_length=44)
    """Base64 of the SHA-256 of `zip`."""
    code_size = models.BigIntegerField()
    """Bytes of `zip`."""
    unzipped_bytes = models.BigIntegerField()
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.sha256


class Snippet(models.Model):
    """A function with its configuration. One owner has one of each name."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.CharField(max_length=128, db_index=True)
    function_name = models.CharField(max_length=limits.FUNCTION_NAME_LENGTH_MAX)
    description = models.CharField(max_length=limits.DESCRIPTION_LENGTH_MAX, default="", blank=True)
    handler = models.CharField(max_length=limits.HANDLER_LENGTH_MAX, default="index.handler")
    memory_size = models.IntegerField(default=limits.MEMORY_DEFAULT_MB)
    timeout = models.IntegerField(default=limits.TIMEOUT_DEFAULT_S)
    ephemeral_storage = models.IntegerField(default=limits.EPHEMERAL_STORAGE_DEFAULT_MB)
    """MB of /tmp."""
    environment = EncryptedVariables(default=dict, blank=True)
    package = models.ForeignKey(DeploymentPackage, on_delete=models.PROTECT, related_name="snippets")
    code_sha256 = models.CharField(max_length=44)
    """Base64 SHA-256 of the zip as it was uploaded."""
    code_size = models.BigIntegerField()
    """Bytes of the zip as it was uploaded."""
    role = models.CharField(max_length=512, default="", blank=True)
    revision_id = models.UUIDField(default=uuid.uuid4)
    last_modified = models.DateTimeField(default=timezone.now)
    created_at = models.DateTimeField(default=timezone.now)
    tags = models.JSONField(default=dict, blank=True)
    extra = models.JSONField(default=dict, blank=True)
    """Configuration that is accepted and given back, such as TracingConfig."""

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["owner", "function_name"], name="one_function_of_a_name"),
        )

    def __str__(self) -> str:
        return self.function_name
