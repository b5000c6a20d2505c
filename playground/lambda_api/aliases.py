"""The operations on aliases: create, read, list, update and delete."""

from typing import Any, cast
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse

from invoker import limits
from playground.access_keys.scope import Scope
from playground.lambda_api import function_store, paging, request_shapes
from playground.lambda_api.endpoint import Action, body_of, endpoint, json_response
from playground.lambda_api.errors import (
    LambdaApiError,
    invalid_parameter,
    revision_mismatch,
    validation,
    violation,
)
from playground.lambda_api.function_name import LATEST, referenced
from playground.lambda_api.identity import Identity
from playground.lambda_api.qualified import alias_not_found, version_of
from playground.lambda_api.request_body import CREATE_REQUEST_BYTES_MAX, Members, members
from playground.snippets.models import Alias, Snippet


def create_alias(request: HttpRequest, identity: Identity, name: str) -> HttpResponse:
    """CreateAlias: answers 201. Raises ResourceConflictException for a name that is there."""
    body = body_of(request, CREATE_REQUEST_BYTES_MAX, "CreateAlias")
    given = members(body, request_shapes.CREATE_ALIAS)
    snippet = _snippet(identity, name)
    alias = Alias(snippet=snippet, name=cast(str, given["Name"]))
    _change(alias, given, identity)
    if snippet.aliases.count() >= limits.ALIASES_MAX:
        raise invalid_parameter(f"A function has {limits.ALIASES_MAX} aliases at most.")
    try:
        with transaction.atomic():
            alias.save(force_insert=True)
    except IntegrityError as error:
        arn = identity.arn(snippet.function_name, alias.name)
        raise LambdaApiError("ResourceConflictException", f"Alias already exists: {arn}") from error
    return json_response(_configuration(alias, identity), 201)


def get_alias(request: HttpRequest, identity: Identity, name: str, alias: str) -> HttpResponse:
    """GetAlias."""
    return json_response(_configuration(_found(identity, name, alias), identity))


def list_aliases(request: HttpRequest, identity: Identity, name: str) -> HttpResponse:
    """ListAliases: in the order of their names; FunctionVersion asks for those that lead to it."""
    size = paging.page_size(request.GET.get("MaxItems"))
    after = paging.name_before(request.GET.get("Marker"))
    rows = _snippet(identity, name).aliases.filter(name__gt=after).select_related("snippet")
    if (version := request.GET.get("FunctionVersion")) is not None:
        rows = rows.filter(version=version)
    aliases = list(rows[: size + 1])
    marker = paging.marker_after([alias.name for alias in aliases], size)
    listed = [_configuration(alias, identity) for alias in aliases[:size]]
    return json_response({"Aliases": listed, **({"NextMarker": marker} if marker else {})})


def update_alias(request: HttpRequest, identity: Identity, name: str, alias: str) -> HttpResponse:
    """UpdateAlias: what is not named stays."""
    body = body_of(request, CREATE_REQUEST_BYTES_MAX, "UpdateAlias")
    given = members(body, request_shapes.UPDATE_ALIAS)
    row = _found(identity, name, alias)
    revision = row.revision_id
    if given.get("RevisionId") not in (None, str(revision)):
        raise revision_mismatch()
    _change(row, given, identity)
    row.revision_id = uuid4()
    changed = Alias.objects.filter(pk=row.pk, revision_id=revision).update(
        version=row.version,
        weights=row.weights,
        description=row.description,
        revision_id=row.revision_id,
    )
    if not changed:
        raise revision_mismatch()
    return json_response(_configuration(row, identity))


def delete_alias(request: HttpRequest, identity: Identity, name: str, alias: str) -> HttpResponse:
    """DeleteAlias: answers 204, also where there is none of that name."""
    _snippet(identity, name).aliases.filter(name=alias).delete()
    return HttpResponse(status=204, content_type="application/json")


def _snippet(identity: Identity, name: str) -> Snippet:
    return function_store.found_snippet(referenced(name, identity, namespaced=False).name, identity)


def _found(identity: Identity, name: str, alias: str) -> Alias:
    snippet = _snippet(identity, name)
    row = snippet.aliases.select_related("snippet").filter(name=alias).first()
    if row is None:
        raise alias_not_found(snippet, alias, identity)
    return row


def _change(alias: Alias, given: Members, identity: Identity) -> None:
    """Give an alias what a request names. Raises for a version that is not there, and for wrong weights."""
    alias.version = cast(str, given.get("FunctionVersion", alias.version))
    alias.description = cast(str, given.get("Description", alias.description))
    if "RoutingConfig" in given:
        routing = cast(dict[str, Any], given["RoutingConfig"])
        alias.weights = _weights(routing.get("AdditionalVersionWeights") or {})
    if alias.version != LATEST:
        version_of(alias.snippet, alias.version, identity)
    elif alias.weights:
        raise invalid_parameter(f"{LATEST} is not supported for an alias pointing to more than 1 version")
    for other in alias.weights:
        if other == alias.version:
            raise invalid_parameter(
                f"Invalid function version {other}. Function version {other} is already included in "
                "routing configuration."
            )
        version_of(alias.snippet, other, identity)


def _weights(given: dict[str, object]) -> dict[str, float]:
    weights: dict[str, float] = {}
    for version, weight in given.items():
        if isinstance(weight, bool) or not isinstance(weight, int | float):
            raise LambdaApiError("SerializationException", "A weight can not be converted to a Double")
        if not version.isascii() or not version.isdigit():
            constraint = (
                "Map keys must satisfy constraint: [Member must have length less than or equal to 1024, "
                "Member must have length greater than or equal to 1, "
                "Member must satisfy regular expression pattern: [0-9]+, Member must not be null]"
            )
            shown = f"'{{{version}={weight}}}'"
            raise validation([violation(shown, "routingConfig.additionalVersionWeights", constraint)])
        if not 0 <= weight <= 1:
            constraint = (
                "Map values must satisfy constraint: [Member must have value less than or equal to 1.0, "
                "Member must have value greater than or equal to 0.0, Member must not be null]"
            )
            shown = f"'{{{version}={weight}}}'"
            raise validation([violation(shown, "routingConfig.additionalVersionWeights", constraint)])
        weights[version] = float(weight)
    if len(weights) > 1:
        raise invalid_parameter("Number of items in AdditionalVersionWeights cannot be greater than 1")
    return weights


def _configuration(alias: Alias, identity: Identity) -> dict[str, Any]:
    routing = {"RoutingConfig": {"AdditionalVersionWeights": alias.weights}} if alias.weights else {}
    return {
        "AliasArn": identity.arn(alias.snippet.function_name, alias.name),
        "Name": alias.name,
        "FunctionVersion": alias.version,
        "Description": alias.description,
        **routing,
        "RevisionId": str(alias.revision_id),
    }


collection = endpoint(
    GET=Action("ListAliases", Scope.READ, list_aliases),
    POST=Action("CreateAlias", Scope.WRITE, create_alias),
)
one = endpoint(
    GET=Action("GetAlias", Scope.READ, get_alias),
    PUT=Action("UpdateAlias", Scope.WRITE, update_alias),
    DELETE=Action("DeleteAlias", Scope.WRITE, delete_alias),
)
