"""The operations on versions: publish one, list them."""

from typing import cast

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from playground.access_keys.scope import Scope
from playground.lambda_api import function_store, paging, request_shapes
from playground.lambda_api.endpoint import Action, body_of, endpoint, json_response
from playground.lambda_api.errors import invalid_parameter
from playground.lambda_api.function_configuration import (
    Moment,
    function_configuration,
    listed_configuration,
)
from playground.lambda_api.function_name import LATEST, referenced
from playground.lambda_api.identity import Identity
from playground.lambda_api.qualified import Qualified
from playground.lambda_api.request_body import CREATE_REQUEST_BYTES_MAX, members
from playground.snippets import snippet_store
from playground.snippets.models import Snippet


def publish_version(request: HttpRequest, identity: Identity, name: str) -> HttpResponse:
    """PublishVersion: 201 with the new version, or with the newest where nothing has changed since."""
    reference = referenced(name, identity, namespaced=False)
    body = body_of(request, CREATE_REQUEST_BYTES_MAX, "PublishVersion")
    given = members(body, request_shapes.PUBLISH_VERSION)
    snippet = function_store.found_snippet(reference.name, identity)
    if (sha256 := given.get("CodeSha256")) not in (None, "", snippet.code_sha256):
        raise invalid_parameter(
            f"CodeSHA256 ({sha256}) is different from current CodeSHA256 in $LATEST "
            f"({snippet.code_sha256}). Please try again with the CodeSHA256 in $LATEST."
        )
    function_store.refuse_other_revision(snippet, given.get("RevisionId"))
    description = cast(str | None, given.get("Description"))
    return published(snippet, identity, description or None)


def published(
    snippet: Snippet, identity: Identity, description: str | None = None, status: int = 201
) -> HttpResponse:
    """The answer that tells a version, which is made where something has changed since the newest."""
    with transaction.atomic():
        before = snippet.last_version
        version = snippet_store.published(snippet, description)
        if version.number > before:
            # As AWS does; what the page publishes leaves the revision that its next save names.
            snippet_store.with_new_revision(snippet)
    moment = Moment.CREATED if version.number > before else Moment.READ
    of = Qualified.numbered(snippet, version)
    return json_response(function_configuration(of, identity, moment, of.version), status)


def list_versions(request: HttpRequest, identity: Identity, name: str) -> HttpResponse:
    """ListVersionsByFunction: $LATEST, then the versions in their order, up to 50 a page."""
    reference = referenced(name, identity)
    size = paging.page_size(request.GET.get("MaxItems"))
    before = paging.name_before(request.GET.get("Marker"))
    if before and not before.isdigit():
        raise invalid_parameter("Invalid marker value.")
    snippet = function_store.found_snippet(reference.name, identity)
    after = int(before or -1)
    versions = snippet.versions.filter(number__gt=min(after, 2**31 - 1))[: size + 1]
    functions = [Qualified.numbered(snippet, version) for version in versions]
    if after < 0:
        functions.insert(0, Qualified.latest(snippet))
    # The marker of $LATEST is 0, which no version has.
    names = ["0" if one.version == LATEST else one.version for one in functions]
    marker = paging.marker_after(names, size)
    listed = [listed_configuration(one, identity, one.version) for one in functions[:size]]
    return json_response({"Versions": listed, **({"NextMarker": marker} if marker else {})})


collection = endpoint(
    GET=Action("ListVersionsByFunction", Scope.READ, list_versions),
    POST=Action("PublishVersion", Scope.WRITE, publish_version),
)
