"""Access keys as the JSON API tells them."""

from typing import Any

from playground.access_keys.bearer import bearer_token
from playground.access_keys.models import AccessKey
from playground.iso_time import iso


def key_object(key: AccessKey) -> dict[str, Any]:
    """What its owner may know of a key at any time."""
    moments = ("created_at", "last_used_at", "expires_at", "revoked_at")
    told = {name: iso(moment) if (moment := getattr(key, name)) else None for name in moments}
    return {"id": key.id, "name": key.name, "scopes": key.scopes, **told}


def new_key_object(key: AccessKey) -> dict[str, Any]:
    """A key that has just been made, with its secret."""
    return {**key_object(key), "secret": key.secret, "bearer": bearer_token(key)}
