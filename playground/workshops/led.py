"""The workshop that a request to the JSON API is about, for whoever leads it alone."""

from http import HTTPStatus
from uuid import UUID

from django.http import HttpRequest
from ninja.errors import HttpError

from playground.owner import owner_of
from playground.workshops import workshop_store
from playground.workshops.models import Workshop


def led_by(request: HttpRequest, workshop_id: UUID) -> Workshop:
    """The workshop. Raises HttpError where the request's owner has none of this id."""
    workshop = workshop_store.found(owner_of(request), workshop_id)
    if workshop is None:
        raise HttpError(HTTPStatus.NOT_FOUND, "There is no such workshop of yours.")
    return workshop
