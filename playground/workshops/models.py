"""Workshops, who takes part and what they make, as they are stored."""

import uuid

from django.db import models
from django.utils import timezone

from invoker import limits
from playground.encryption import EncryptedVariables
from playground.workshops.limits import NAME_LENGTH_MAX
from playground.workshops.runs_as import runs_as

EXERCISE_ID_LENGTH_MAX = 64


class Workshop(models.Model):
    """A workshop of one owner: what is prepared, and how it stands on the day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.CharField(max_length=128, db_index=True)
    title = models.CharField(max_length=200)
    plan = models.JSONField()
    """The document of its plan, see `plan_reader`."""
    revision = models.IntegerField(default=1)
    """Rises with each change of the plan."""
    created_at = models.DateTimeField(default=timezone.now)
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    proven_revision = models.IntegerField(default=0)
    """The revision of the plan whose solutions have passed every check; 0 for none."""
    published_at = models.DateTimeField(null=True, blank=True)

    code = models.CharField(max_length=8, default="", blank=True)
    """What participants join with; empty before it is published."""
    joining = models.BooleanField(default=False)
    """Whether the code lets anybody in."""
    locked = models.BooleanField(default=False)
    """Whether nothing is taken from participants any more."""
    runs_per_minute = models.IntegerField(null=True, blank=True)
    """How many runs each participant may begin within a minute; None for as many as anybody may."""
    delete_at = models.DateTimeField()
    """When participants and all their data go. They are told when they join."""

    class Meta:
        ordering = ("-created_at",)
        constraints = (
            models.UniqueConstraint(
                fields=["code"], condition=models.Q(joining=True), name="one_open_workshop_of_a_code"
            ),
        )

    def __str__(self) -> str:
        return self.title


class OpenExercise(models.Model):
    """That an exercise of the plan is open to participants. A closed one has no row."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="open_exercises")
    exercise = models.CharField(max_length=EXERCISE_ID_LENGTH_MAX)
    opened_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["workshop", "exercise"], name="an_exercise_is_open_once"),
        )

    def __str__(self) -> str:
        return self.exercise


class Participant(models.Model):
    """Somebody who takes part: a display name, and a link that only they know."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="participants")
    name = models.CharField(max_length=NAME_LENGTH_MAX)
    token_sha256 = models.CharField(max_length=64, unique=True)
    """Hex SHA-256 of the token in the personal link."""
    joined_at = models.DateTimeField(default=timezone.now)
    active_at = models.DateTimeField(default=timezone.now)
    exercise = models.CharField(max_length=EXERCISE_ID_LENGTH_MAX, default="", blank=True)
    """The one that they have open."""
    hand_raised_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    runs_as = models.CharField(max_length=128, unique=True)
    """The owner of the runs of their own tests."""

    class Meta:
        ordering = ("joined_at", "id")

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **options: object) -> None:
        """Names the owner of the runs after the id."""
        self.runs_as = runs_as(self.id)
        super().save(*args, **options)  # type: ignore[arg-type]


class Code(models.Model):
    """Files and configuration of a participant at some moment."""

    files = models.JSONField(default=dict)
    """Text of each file."""
    handler = models.CharField(max_length=limits.HANDLER_LENGTH_MAX, default="index.handler")
    memory_size = models.IntegerField(default=limits.MEMORY_DEFAULT_MB)
    timeout = models.IntegerField(default=limits.TIMEOUT_DEFAULT_S)
    ephemeral_storage = models.IntegerField(default=limits.EPHEMERAL_STORAGE_DEFAULT_MB)
    environment = EncryptedVariables(default=dict, blank=True)

    class Meta:
        abstract = True


class Work(Code):
    """What a participant has of an exercise. Before they begin it has no files: it is the starter then."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="works")
    exercise = models.CharField(max_length=EXERCISE_ID_LENGTH_MAX)
    test_events = models.JSONField(default=list)
    revision = models.IntegerField(default=0)
    """Rises with each save."""
    started_at = models.DateTimeField(null=True)
    saved_at = models.DateTimeField(null=True)
    hints_opened = models.IntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["participant", "exercise"], name="one_work_of_an_exercise"),
        )

    def __str__(self) -> str:
        return self.exercise


class Copy(Code):
    """Work as it was when the starter was brought back."""

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="copies")
    test_events = models.JSONField(default=list)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-created_at", "-id")

    def __str__(self) -> str:
        return str(self.created_at)


class AttemptState(models.TextChoices):
    """Where an attempt is. It goes forward once, by a conditional UPDATE whose row count is checked."""

    RUNNING = "running", "Running"
    FINISHED = "finished", "Finished"


class Attempt(Code):
    """All checks of an exercise, run against somebody's code, or against the solution: then nobody's."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="attempts")
    participant = models.ForeignKey(
        Participant, null=True, blank=True, on_delete=models.CASCADE, related_name="attempts"
    )
    exercise = models.CharField(max_length=EXERCISE_ID_LENGTH_MAX)
    plan_revision = models.IntegerField()
    package_sha256 = models.CharField(max_length=64)
    """Key of the deployment package made of the files."""
    state = models.CharField(max_length=16, choices=AttemptState.choices, default=AttemptState.RUNNING)
    driven_until = models.DateTimeField(default=timezone.now)
    """Whoever drives it prolongs this; afterwards somebody else may."""
    runs = models.JSONField(default=list)
    """Id of the invocation of each run so far, in the order of the checks and of the runs of each."""
    results = models.JSONField(default=list)
    """What came of each check, hidden ones with their details."""
    passed = models.IntegerField(default=0)
    """How many checks."""
    failed = models.IntegerField(default=0)
    interrupted = models.IntegerField(default=0)
    """How many checks are neither: something came between that the code has not done."""
    error = models.TextField(default="", blank=True)
    """The first error of the function, in one line; empty where it had none."""
    duration_ms = models.FloatField(null=True)
    """Of all runs together."""
    created_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("created_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["participant", "exercise"],
                condition=models.Q(state="running"),
                name="one_running_attempt_of_an_exercise",
            ),
        )
        indexes = (models.Index(fields=["workshop", "participant", "exercise"], name="attempt_place"),)

    def __str__(self) -> str:
        return str(self.id)


class Showing(models.Model):
    """An attempt that whoever leads wants to show to all, and what its maker says to that."""

    workshop = models.OneToOneField(Workshop, on_delete=models.CASCADE, related_name="showing")
    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE)
    agreed = models.BooleanField(null=True)
    """None until they have answered."""
    asked_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.attempt_id)


class Note(models.Model):
    """What the teacher writes to one participant; it shows in their editor."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="notes")
    exercise = models.CharField(max_length=EXERCISE_ID_LENGTH_MAX, default="", blank=True)
    text = models.TextField()
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("created_at", "id")

    def __str__(self) -> str:
        return self.text


class Announcement(models.Model):
    """What the teacher says to all."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="announcements")
    text = models.TextField()
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("created_at", "id")

    def __str__(self) -> str:
        return self.text
