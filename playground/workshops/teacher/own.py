"""The workshop that a page is about, for its owner alone."""

from uuid import UUID

from django.http import Http404, HttpRequest

from playground.owner import owner_of
from playground.workshops import workshop_store
from playground.workshops.models import Workshop


def own(request: HttpRequest, workshop_id: UUID) -> Workshop:
    """One's own workshop. Raises Http404 where there is none."""
    workshop = workshop_store.found(owner_of(request), workshop_id)
    if workshop is None:
        raise Http404
    return workshop
