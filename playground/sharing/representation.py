"""A link and what it shows, as the JSON API tells them."""

from typing import Any

from playground.invocations.representation import SHORT_FIELDS, short_object
from playground.iso_time import iso
from playground.sharing.content import Content
from playground.sharing.models import Share


def share_object(share: Share) -> dict[str, Any]:
    """What its owner knows of a link."""
    return {
        "token": share.token,
        "url": f"/s/{share.token}",
        "version": share.version.number if share.version else None,
        "public": share.public,
        "expires_at": iso(share.expires_at) if share.expires_at else None,
        "variables": share.variables,
        "runs": [str(one) for one in share.runs.values_list("id", flat=True)],
        "created_at": iso(share.created_at),
        "taken_back": share.taken_back_at is not None,
    }


def shared_object(share: Share, content: Content) -> dict[str, Any]:
    """What somebody else may know of a snippet: of environment variables all names, and the shared values."""
    version = content.version
    runs = share.runs.only(*SHORT_FIELDS).order_by("-created_at")
    return {
        "token": share.token,
        "url": f"/s/{share.token}",
        "function_name": share.snippet.function_name,
        "description": version.description,
        "version": version.number,
        "created_at": iso(version.created_at),
        "files": dict(content.files),
        "handler": version.handler,
        "memory_size": version.memory_size,
        "timeout": version.timeout,
        "ephemeral_storage": version.ephemeral_storage,
        "environment": {
            name: value if name in share.variables else None for name, value in version.environment.items()
        },
        "test_events": [
            {"name": one.name, "event": one.event, "expected": one.expected, "template": one.template}
            for one in content.test_events
        ],
        "runs": [short_object(run) for run in runs],
    }
