"""What is remembered of owners that are none any more."""

from django.db import models
from django.utils import timezone


class MovedOwner(models.Model):
    """A browser's key whose owner has signed in. It is kept while a request with it may be under way."""

    digest = models.CharField(max_length=64, primary_key=True)
    """Hex SHA-256 of the key."""
    account = models.CharField(max_length=128)
    """The owner that everything went to."""
    moved_at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return self.account
