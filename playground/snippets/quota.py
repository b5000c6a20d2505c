"""How many functions an owner may have, and how many bytes of code, counted once for each package."""

from uuid import UUID

from django.conf import settings
from django.db.models import Q, Sum

from playground.snippets.models import DeploymentPackage, Snippet, Version


class Exceeded(Exception):
    """One more function, or its code, would be over a limit. The message says which in words."""


def check(owner: str, sha256: str, code_bytes: int, replaced: UUID | None = None) -> None:
    """Raises Exceeded where an owner may not have this code (hex SHA-256 and size of its archive).

    `replaced` is the function whose code it becomes, None for a new function. What lies in the bin counts.
    """
    functions = Snippet.objects.filter(owner=owner)
    if replaced is None and functions.count() >= (most := settings.FUNCTIONS_PER_OWNER_MAX):
        raise Exceeded(f"Function limit exceeded: you have {most} functions, and no more may be.")
    kept_functions = functions.exclude(pk=replaced) if replaced else functions
    versions = Version.objects.filter(snippet__owner=owner)
    kept = DeploymentPackage.objects.filter(
        Q(pk__in=kept_functions.values("package")) | Q(pk__in=versions.values("package"))
    ).exclude(pk=sha256)
    stored = kept.aggregate(Sum("code_size"))["code_size__sum"] or 0
    if stored + code_bytes > (most := settings.CODE_BYTES_PER_OWNER_MAX):
        raise Exceeded(f"Code storage limit exceeded: your functions may have {most} bytes of code together.")


def check_versions(snippet: Snippet) -> None:
    """Raises Exceeded where a function may have no further version."""
    if snippet.versions.count() >= (most := settings.VERSIONS_PER_FUNCTION_MAX):
        raise Exceeded(f"Version limit exceeded: this function has {most} versions, and no more may be.")
