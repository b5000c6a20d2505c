"""Snippets, their versions and aliases, and deployment packages, as they are stored."""

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


class Function(models.Model):
    """Code and configuration: what a snippet is now, and what each of its versions stays."""

    description = models.CharField(max_length=limits.DESCRIPTION_LENGTH_MAX, default="", blank=True)
    handler = models.CharField(max_length=limits.HANDLER_LENGTH_MAX, default="index.handler")
    memory_size = models.IntegerField(default=limits.MEMORY_DEFAULT_MB)
    timeout = models.IntegerField(default=limits.TIMEOUT_DEFAULT_S)
    ephemeral_storage = models.IntegerField(default=limits.EPHEMERAL_STORAGE_DEFAULT_MB)
    """MB of /tmp."""
    environment = EncryptedVariables(default=dict, blank=True)
    package = models.ForeignKey(DeploymentPackage, on_delete=models.PROTECT, related_name="%(class)ss")
    code_sha256 = models.CharField(max_length=44)
    """Base64 SHA-256 of the zip as it was uploaded."""
    code_size = models.BigIntegerField()
    """Bytes of the zip as it was uploaded."""
    from_editor = models.BooleanField(default=False)
    """Whether the package was built from files of the editor: compiled TypeScript lies beside its source."""
    role = models.CharField(max_length=512, default="", blank=True)
    revision_id = models.UUIDField(default=uuid.uuid4)
    last_modified = models.DateTimeField(default=timezone.now)
    extra = models.JSONField(default=dict, blank=True)
    """Configuration that is accepted and given back, such as TracingConfig."""

    class Meta:
        abstract = True


FUNCTION_COLUMNS = (
    *("handler", "memory_size", "timeout", "ephemeral_storage", "environment", "package_id"),
    *("code_sha256", "code_size", "from_editor", "role", "extra", "description"),
)
"""What a version takes over from the snippet that it is made of."""


class LiveSnippets(models.Manager["Snippet"]):
    """Those that nobody has deleted."""

    def get_queryset(self) -> models.QuerySet["Snippet"]:
        """Without those in the bin."""
        return super().get_queryset().filter(deleted_at=None)


class Snippet(Function):
    """A function as it is being edited, which Lambda calls $LATEST. One owner has one of each name."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.CharField(max_length=128, db_index=True)
    function_name = models.CharField(max_length=limits.FUNCTION_NAME_LENGTH_MAX)
    created_at = models.DateTimeField(default=timezone.now)
    tags = models.JSONField(default=dict, blank=True)
    last_version = models.IntegerField(default=0)
    """Number of the newest version that there ever was: no number is given twice."""
    forked_from = models.ForeignKey(
        "Version", null=True, blank=True, on_delete=models.SET_NULL, related_name="forks"
    )
    forked_by = models.CharField(max_length=limits.LINK_TOKEN_LENGTH_MAX, default="", blank=True)
    """Token of the link by which the version was opened that it was forked from."""
    deleted_at = models.DateTimeField(null=True, blank=True)
    """When its owner deleted it; it can be brought back until it is purged."""

    objects = models.Manager["Snippet"]()
    live = LiveSnippets()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["owner", "function_name"],
                condition=models.Q(deleted_at=None),
                name="one_function_of_a_name",
            ),
        )
        indexes = (models.Index(fields=["owner", "-last_modified"], name="snippet_owner"),)

    def __str__(self) -> str:
        return self.function_name


class Version(Function):
    """A snippet as it was when somebody saved or published it. It never changes."""

    snippet = models.ForeignKey(Snippet, on_delete=models.CASCADE, related_name="versions")
    number = models.IntegerField()
    """From 1."""
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["snippet", "number"], name="one_version_of_a_number"),)
        ordering = ("number",)

    def __str__(self) -> str:
        return str(self.number)


class Alias(models.Model):
    """A name for a version, or for two between which invocations are divided."""

    snippet = models.ForeignKey(Snippet, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=limits.ALIAS_NAME_LENGTH_MAX)
    version = models.CharField(max_length=20)
    """A version's number, or $LATEST."""
    weights = models.JSONField(default=dict, blank=True)
    """Share (0 to 1) of the invocations that go to another version, by its number."""
    description = models.CharField(max_length=limits.DESCRIPTION_LENGTH_MAX, default="", blank=True)
    revision_id = models.UUIDField(default=uuid.uuid4)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["snippet", "name"], name="one_alias_of_a_name"),)
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class TestEvent(models.Model):
    """An event with a name that a snippet, or one of its versions, is tested with."""

    __test__ = False  # It is no test of ours.

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    snippet = models.ForeignKey(Snippet, on_delete=models.CASCADE, related_name="test_events")
    version = models.ForeignKey(
        Version, null=True, blank=True, on_delete=models.CASCADE, related_name="test_events"
    )
    """None for what belongs to $LATEST."""
    position = models.IntegerField()
    """From 0."""
    name = models.CharField(max_length=limits.TEST_EVENT_NAME_LENGTH_MAX)
    event = models.TextField()
    """JSON text, as it was typed."""
    expected = models.TextField(null=True, blank=True)
    """JSON text of the response that it should have."""
    template = models.JSONField(null=True, blank=True)
    """The template that the page filled in, with its fields."""

    class Meta:
        ordering = ("position",)
        indexes = (models.Index(fields=["snippet", "version", "position"], name="test_event_place"),)

    def __str__(self) -> str:
        return self.name
