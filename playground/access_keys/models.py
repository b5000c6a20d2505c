"""Access keys as they are stored."""

import secrets
import string
from collections.abc import Collection

from django.db import models
from django.utils import timezone

from invoker import limits
from playground.encryption import EncryptedText, decrypted_text, encrypted_text

ID_PREFIX = "AKIA"
ID_LENGTH = 20
SECRET_LENGTH = 40
"""Characters of a secret: 238 random bits."""
_ID_ALPHABET = string.ascii_uppercase + "234567"
_SECRET_ALPHABET = string.ascii_letters + string.digits


def new_id() -> str:
    """An id of 80 random bits in the form that AWS gives: it is told to everybody who sees a request."""
    return ID_PREFIX + "".join(secrets.choice(_ID_ALPHABET) for _ in range(ID_LENGTH - len(ID_PREFIX)))


def new_secret() -> str:
    """What nobody can guess."""
    return "".join(secrets.choice(_SECRET_ALPHABET) for _ in range(SECRET_LENGTH))


def is_id(text: str) -> bool:
    """Whether a text may be the id of one of our keys, so that the database is worth asking."""
    return len(text) == ID_LENGTH and text.startswith(ID_PREFIX) and set(text) <= set(_ID_ALPHABET)


class AccessKey(models.Model):
    """A key of an owner. Whoever shows its secret is the owner, within its scopes."""

    id = models.CharField(max_length=ID_LENGTH, primary_key=True, default=new_id, editable=False)
    owner = models.CharField(max_length=128, db_index=True)
    name = models.CharField(max_length=limits.ACCESS_KEY_NAME_LENGTH_MAX)
    sealed_secret = EncryptedText()
    """The secret as a token of `encryption`: a signature can only be checked by whoever can read it."""
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField(default=timezone.now)
    last_used_at = models.DateTimeField(null=True, blank=True)
    """To the minute."""
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at", "id")

    def __str__(self) -> str:
        return self.id

    @property
    def secret(self) -> str:
        """The secret itself. Raises Unreadable where ENCRYPTION_KEYS lacks the key it was stored with."""
        return decrypted_text(self.sealed_secret)

    @secret.setter
    def secret(self, secret: str) -> None:
        self.sealed_secret = encrypted_text(secret)

    @property
    def is_expired(self) -> bool:
        """Whether its time is over."""
        return self.expires_at is not None and self.expires_at <= timezone.now()

    @property
    def is_live(self) -> bool:
        """Whether anybody is still let in with it."""
        return self.revoked_at is None and not self.is_expired

    def allows(self, scopes: Collection[str]) -> bool:
        """Whether it is good for one of the scopes."""
        return not set(scopes).isdisjoint(self.scopes)
