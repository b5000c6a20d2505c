"""The public links, newest first, with a search."""

from collections.abc import Mapping
from typing import Any

from django.db.models import CharField, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from playground.sharing import share_store
from playground.sharing.hidden_values import hidden_values, shown
from playground.sharing.models import Share
from playground.snippets.models import Version


def public(search: str) -> QuerySet[Share]:
    """The public links that open now and have a text in the name or the description of what they show."""
    newest = Version.objects.filter(snippet=OuterRef("snippet")).order_by("-number")
    shares = (
        share_store.live()
        .filter(public=True)
        .annotate(
            shown_description=Coalesce(
                F("version__description"),
                Subquery(newest.values("description")[:1]),
                output_field=CharField(),
            ),
        )
    )
    if search:
        shares = shares.filter(
            Q(snippet__function_name__icontains=search) | Q(shown_description__icontains=search)
        )
    return shares.select_related("snippet", "version").order_by("-created_at", "-id")


def entry(share: Any) -> Mapping[str, Any]:
    """What the list says of a link."""
    # The newest version may have been described after the link was made.
    environments = [share.snippet.environment, *([share.version.environment] if share.version else [])]
    hidden = hidden_values(environments, share.variables)
    description = share.shown_description or ""
    return {
        "token": share.token,
        "function_name": share.snippet.function_name,
        "description": "" if shown(hidden, {"description": description}) else description,
        "number": share.version.number if share.version else None,
        "created_at": share.created_at,
    }
