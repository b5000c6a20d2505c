"""Access keys: the only place that writes them, and that asks the database for them."""

import hmac
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from invoker.fault import Fault
from playground.access_keys.key_reader import KeyChanges, KeyFields
from playground.access_keys.models import AccessKey, is_id, new_secret
from playground.access_keys.scope import is_within
from playground.encryption import Unreadable
from playground.model_rows import ModelRows
from playground.owner import ACCOUNT, whose_now

USED_EVERY: Final = timedelta(minutes=1)
"""How often it is written at most when a key was used last."""
WIDER = "An access key makes and changes only keys that may do no more than itself."
_KEYS = ModelRows(AccessKey)
_FOUND = (
    f"SELECT {_KEYS.columns} FROM {_KEYS.table} WHERE id = %s AND CASE WHEN owner LIKE %s"  # noqa: S608
    f" THEN EXISTS (SELECT 1 FROM {User._meta.db_table}"
    f" WHERE id = CAST(SUBSTR(owner, {len(ACCOUNT) + 1}) AS INTEGER) AND is_active) ELSE 1 = 1 END"
)
"""The tables are ours. An account is looked at for the keys of accounts alone, by its number."""


def found(key_id: str) -> AccessKey | None:
    """The key of an id, live or not.

    It is asked for with every request, so that a key that was revoked is refused from then on. The one
    statement is written out: Django takes longer to put it together than the database to answer. The key of
    an account that was switched off is none.
    """
    return _KEYS.first(_FOUND, [key_id, f"{ACCOUNT}%"]) if is_id(key_id) else None


def of_owner(owner: str) -> QuerySet[AccessKey]:
    """An owner's keys, the newest first."""
    return AccessKey.objects.filter(owner=owner)


def own(owner: str, key_id: str) -> AccessKey | None:
    """An owner's key of an id; None where there is none, and where it is somebody else's."""
    return of_owner(owner).filter(pk=key_id).first() if is_id(key_id) else None


def has_secret(key: AccessKey | None, secret: str) -> bool:
    """Whether a secret is the key's own, found out in the same time for every wrong one.

    Whether there is a key of that id is no secret: as on AWS, the Lambda API's answers tell it.
    """
    try:
        own = key.secret if key else ""
    except Unreadable:
        return False
    return hmac.compare_digest(own.encode(), secret.encode("utf-8", "replace")) and key is not None


def used(key: AccessKey) -> None:
    """Remember that somebody was let in with it."""
    now = timezone.now()
    if key.last_used_at is None or key.last_used_at <= now - USED_EVERY:
        unused = Q(last_used_at=None) | Q(last_used_at__lte=now - USED_EVERY)
        AccessKey.objects.filter(unused, pk=key.pk).update(last_used_at=now)


def made(owner: str, fields: KeyFields, by: AccessKey | None = None) -> AccessKey | list[Fault]:
    """A new key, whose `secret` is to be told once; or why it cannot be made.

    `by` is the key that asks for it, None for the owner in person.
    """
    now = timezone.now()
    expires_at = now + timedelta(days=fields.expires_in_days) if fields.expires_in_days else None
    if by and (faults := _wider_faults(by, fields.scopes, expires_at)):
        return faults
    key = AccessKey(
        owner=owner, name=fields.name, scopes=fields.scopes, created_at=now, expires_at=expires_at
    )
    key.secret = new_secret()
    with transaction.atomic():
        if whose_now(owner) != owner:
            return [Fault((), "You have signed in meanwhile: load the page again and make the key there.")]
        if of_owner(owner).count() >= (most := settings.ACCESS_KEYS_PER_OWNER_MAX):
            return [Fault((), f"You have {most} access keys, the most there may be: delete one first.")]
        key.save(force_insert=True)
    return key


def changed(key: AccessKey, changes: KeyChanges, by: AccessKey | None = None) -> AccessKey | list[Fault]:
    """The key with another name or other scopes, or why it cannot have them."""
    if by and changes.scopes is not None and not is_within(changes.scopes, by.scopes):
        return [Fault(("scopes",), WIDER)]
    columns = {"name": changes.name, "scopes": changes.scopes}
    given = {name: value for name, value in columns.items() if value is not None}
    if given:
        AccessKey.objects.filter(pk=key.pk).update(**given)
        key.refresh_from_db()
    return key


def may_change(key: AccessKey, by: AccessKey | None) -> bool:
    """Whether `by` may change, revoke and delete a key; None is the owner in person."""
    return by is None or is_within(key.scopes, by.scopes)


def revoked(key: AccessKey) -> AccessKey:
    """The key, with which nobody is let in any more, from the next request on."""
    AccessKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=timezone.now())
    key.refresh_from_db()
    return key


def deleted(key: AccessKey) -> None:
    """Remove it."""
    AccessKey.objects.filter(pk=key.pk).delete()


def _wider_faults(by: AccessKey, scopes: list[str], expires_at: datetime | None) -> list[Fault]:
    faults = [] if is_within(scopes, by.scopes) else [Fault(("scopes",), WIDER)]
    if by.expires_at and (expires_at is None or expires_at > by.expires_at):
        faults.append(Fault(("expires_in_days",), "A key that is made with a key does not outlive it."))
    return faults
