"""Links to snippets as they are stored."""

import secrets
import string

from django.db import models
from django.utils import timezone

from playground.invocations.models import Invocation
from playground.snippets.models import Snippet, Version

TOKEN_LENGTH = 17
"""Characters of a token: 101 random bits."""
_ALPHABET = string.digits + string.ascii_letters


def new_token() -> str:
    """What nobody can guess: base 62, as it stands in an address."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(TOKEN_LENGTH))


class Share(models.Model):
    """A link to a version of a snippet, or to whichever is the newest."""

    token = models.CharField(max_length=32, unique=True, default=new_token, editable=False)
    snippet = models.ForeignKey(Snippet, on_delete=models.CASCADE, related_name="shares")
    version = models.ForeignKey(
        Version, null=True, blank=True, on_delete=models.CASCADE, related_name="shares"
    )
    """None for the newest."""
    public = models.BooleanField(default=False)
    """Whether it is in the list that anyone can look through."""
    variables = models.JSONField(default=list, blank=True)
    """Names of the environment variables whose values go along."""
    runs = models.ManyToManyField(Invocation, blank=True, related_name="shares")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(null=True, blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at", "-id")
        indexes = (models.Index(fields=["public", "-created_at"], name="share_public"),)

    def __str__(self) -> str:
        return self.token
