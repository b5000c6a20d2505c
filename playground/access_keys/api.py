"""The JSON API of access keys: make, list, change, revoke, delete."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja.errors import HttpError

from playground.access_keys import key_store, schemas
from playground.access_keys.bearer import key_of
from playground.access_keys.key_reader import read_changes, read_key
from playground.access_keys.models import AccessKey
from playground.access_keys.needs import ScopedRouter, needs
from playground.access_keys.representation import key_object, new_key_object
from playground.access_keys.scope import Scope
from playground.json_answers import (
    REFUSALS,
    Refusal,
    faults_response,
    json_request,
    read_body,
    refuse_forged,
)
from playground.owner import owner_of

router = ScopedRouter(tags=["access keys"])
WRITES: Any = {413: Refusal, **REFUSALS}


@router.post(
    "",
    auth=needs(Scope.KEYS),
    response={201: schemas.NewAccessKey, **WRITES},
    openapi_extra=json_request(schemas.KeyBody),
    summary="Make an access key",
)
def create(request: HttpRequest) -> HttpResponse:
    """Its secret is in this answer and in no other. With a key only keys are made that may do no more than
    it, and do not outlive it."""
    fields = read_body(request, read_key)
    if isinstance(fields, HttpResponse):
        return fields
    made = key_store.made(owner_of(request), fields, key_of(request))
    if isinstance(made, list):
        return faults_response(made, HTTPStatus.UNPROCESSABLE_ENTITY)
    return JsonResponse(
        new_key_object(made), status=HTTPStatus.CREATED, headers={"Cache-Control": "no-store"}
    )


@router.get(
    "", auth=needs(Scope.KEYS), response={200: schemas.AccessKeys, **REFUSALS}, summary="List access keys"
)
def list_keys(request: HttpRequest) -> HttpResponse:
    """One's own keys, the newest first, with those that are revoked or expired."""
    return JsonResponse({"keys": [key_object(key) for key in key_store.of_owner(owner_of(request))]})


@router.put(
    "/{key_id}",
    auth=needs(Scope.KEYS),
    response={200: schemas.AccessKey, **WRITES},
    openapi_extra=json_request(schemas.KeyChangesBody),
    summary="Change an access key",
)
def change(request: HttpRequest, key_id: str) -> HttpResponse:
    """Give it another name or other scopes. With a key one that may do more is not changed."""
    changes = read_body(request, read_changes)
    if isinstance(changes, HttpResponse):
        return changes
    changed = key_store.changed(_changeable(request, key_id), changes, key_of(request))
    if isinstance(changed, list):
        return faults_response(changed, HTTPStatus.UNPROCESSABLE_ENTITY)
    return JsonResponse(key_object(changed))


@router.post(
    "/{key_id}/revoke",
    auth=needs(Scope.KEYS),
    response={200: schemas.AccessKey, **REFUSALS},
    summary="Revoke an access key",
)
def revoke(request: HttpRequest, key_id: str) -> HttpResponse:
    """From the next request on nobody is let in with it. It stays in the list until it is deleted."""
    refuse_forged(request)
    return JsonResponse(key_object(key_store.revoked(_changeable(request, key_id))))


@router.delete(
    "/{key_id}", auth=needs(Scope.KEYS), response={204: None, **REFUSALS}, summary="Delete an access key"
)
def delete(request: HttpRequest, key_id: str) -> HttpResponse:
    """Remove it: nobody is let in with it, and nothing tells that it was there."""
    refuse_forged(request)
    key_store.deleted(_changeable(request, key_id))
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


def _changeable(request: HttpRequest, key_id: str) -> AccessKey:
    key = key_store.own(owner_of(request), key_id)
    if key is None:
        raise HttpError(HTTPStatus.NOT_FOUND, "There is no such access key.")
    if not key_store.may_change(key, key_of(request)):
        raise HttpError(HTTPStatus.FORBIDDEN, key_store.WIDER)
    return key
