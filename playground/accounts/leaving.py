"""An account goes with everything in it, whoever deletes it: its owner, staff in the admin, or a command."""

from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session

from playground.accounts import succession
from playground.owner import ACCOUNT, owner_deleted


def before_user_is_deleted(instance: User, **_: Any) -> None:
    """Within the transaction that deletes the user."""
    owner = f"{ACCOUNT}{instance.pk}"
    succession.end(owner)
    owner_deleted.send(None, owner=owner)
    LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(User), object_id=str(instance.pk)
    ).delete()
    _end_sessions(str(instance.pk))


def _end_sessions(user_id: str) -> None:
    # A session says only within what is encoded whose it is. This is seldom enough to read each.
    sessions = Session.objects.iterator()
    keys = [one.pk for one in sessions if one.get_decoded().get(SESSION_KEY) == user_id]
    Session.objects.filter(pk__in=keys).delete()
