"""The operations on functions: create, read, update, list and delete."""

from collections.abc import Callable
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from playground.access_keys.scope import Scope
from playground.lambda_api import function_store, paging, qualified, request_shapes
from playground.lambda_api.endpoint import (
    Action,
    body_of,
    endpoint,
    json_response,
    refusal,
    with_request_id,
)
from playground.lambda_api.errors import LambdaApiError, invalid_parameter, validation, violation
from playground.lambda_api.function_configuration import (
    Moment,
    function_configuration,
    listed_configuration,
)
from playground.lambda_api.function_name import LATEST, FunctionReference, referenced
from playground.lambda_api.function_settings import check_package_members, function_settings
from playground.lambda_api.identity import Identity
from playground.lambda_api.qualified import Qualified
from playground.lambda_api.request_body import CREATE_REQUEST_BYTES_MAX, Members, members
from playground.lambda_api.shapes import Structure
from playground.lambda_api.uploaded_code import download_token, package_of_token, uploaded_code
from playground.lambda_api.versions import published
from playground.snippets.models import DeploymentPackage


def create_function(request: HttpRequest, identity: Identity) -> HttpResponse:
    """CreateFunction: answers 201 with the configuration, which is pending."""
    given = _members(request, request_shapes.CREATE_FUNCTION, "CreateFunction")
    reference = referenced(cast(str, given["FunctionName"]), identity, namespaced=False)
    check_package_members(given)
    if "Runtime" not in given or "Handler" not in given:
        raise invalid_parameter(
            "Runtime and Handler are mandatory parameters for functions created with deployment packages."
        )
    settings = function_settings(given, reference.name)
    code = uploaded_code(cast(Members, given["Code"]).get("ZipFile"))
    tags = cast(dict[str, str], given.get("Tags", {}))
    function = function_store.created(reference.name, identity, settings, code, tags)
    if given.get("Publish"):
        return published(function, identity)
    return json_response(function_configuration(Qualified.latest(function), identity, Moment.CREATED), 201)


def get_function(request: HttpRequest, identity: Identity, name: str) -> HttpResponse:
    """GetFunction: configuration, an address to download the code from, and tags."""
    reference = _reference(request, identity, name)
    of = qualified.found(reference, identity)
    download = reverse("lambda_api_code", kwargs={"token": download_token(of.function.package_id)})
    answer: dict[str, Any] = {
        "Configuration": function_configuration(of, identity, qualifier=reference.qualifier),
        "Code": {"RepositoryType": "S3", "Location": request.build_absolute_uri(download)},
    }
    return json_response({**answer, "Tags": of.snippet.tags} if of.snippet.tags else answer)


def get_function_configuration(request: HttpRequest, identity: Identity, name: str) -> HttpResponse:
    """GetFunctionConfiguration: what the waiters read State and LastUpdateStatus from."""
    reference = _reference(request, identity, name)
    of = qualified.found(reference, identity)
    return json_response(function_configuration(of, identity, qualifier=reference.qualifier))


def update_function_code(request: HttpRequest, identity: Identity, name: str) -> HttpResponse:
    """UpdateFunctionCode: takes a ZipFile; DryRun checks it and stores nothing."""
    reference = referenced(name, identity, namespaced=False)
    given = _members(request, request_shapes.UPDATE_FUNCTION_CODE, "UpdateFunctionCode")
    check_package_members(given)
    function = function_store.found_snippet(reference.name, identity)
    function_store.refuse_other_revision(function, given.get("RevisionId"))
    code = uploaded_code(given.get("ZipFile"))
    if given.get("DryRun"):
        function = function_store.with_code(function, code)
        return json_response(function_configuration(Qualified.latest(function), identity))
    function = function_store.code_changed(function, identity, code)
    if given.get("Publish"):
        return published(function, identity, status=200)
    return json_response(function_configuration(Qualified.latest(function), identity, Moment.UPDATED))


def update_function_configuration(request: HttpRequest, identity: Identity, name: str) -> HttpResponse:
    """UpdateFunctionConfiguration: what is not named stays; Environment is replaced whole."""
    reference = referenced(name, identity, namespaced=False)
    given = _members(request, request_shapes.UPDATE_FUNCTION_CONFIGURATION, "UpdateFunctionConfiguration")
    settings = function_settings(given, reference.name)
    function = function_store.found_snippet(reference.name, identity)
    function_store.refuse_other_revision(function, given.get("RevisionId"))
    function = function_store.settings_changed(function, identity, settings)
    return json_response(function_configuration(Qualified.latest(function), identity, Moment.UPDATED))


def delete_function(request: HttpRequest, identity: Identity, name: str) -> HttpResponse:
    """DeleteFunction: answers 204. A qualifier names the one version that goes."""
    reference = _reference(request, identity, name)
    if reference.qualifier == LATEST:
        raise invalid_parameter("$LATEST version cannot be deleted without deleting the function.")
    function = function_store.found_snippet(reference.name, identity)
    if reference.qualifier is None:
        function_store.deleted(function)
    elif qualified.is_number(reference.qualifier):
        function_store.version_deleted(function, reference.qualifier, identity)
    else:
        raise invalid_parameter("Deletion of aliases is not currently supported.")
    return HttpResponse(status=204, content_type="application/json")


def list_functions(request: HttpRequest, identity: Identity) -> HttpResponse:
    """ListFunctions: up to 50 a page, in the order of their names."""
    size = paging.page_size(request.GET.get("MaxItems"))
    after = paging.name_before(request.GET.get("Marker"))
    version = request.GET.get("FunctionVersion")
    if version not in (None, "ALL"):
        raise validation(
            [violation(f"'{version}'", "functionVersion", "Member must satisfy enum value set: [ALL]")]
        )
    if "MasterRegion" in request.GET:
        # Only replicas of Lambda@Edge functions have a master region, and here there are none.
        return json_response({"Functions": []})
    functions = function_store.page(identity, after, size + 1)
    marker = paging.marker_after([function.function_name for function in functions], size)
    listed: list[dict[str, Any]] = []
    for function in functions[:size]:
        of = Qualified.latest(function)
        listed.append(listed_configuration(of, identity, LATEST if version == "ALL" else None))
        if version == "ALL":
            listed.extend(
                listed_configuration(Qualified.numbered(function, one), identity, str(one.number))
                for one in function.versions.all()
            )
    return json_response({"Functions": listed, **({"NextMarker": marker} if marker else {})})


@csrf_exempt
def download_code(request: HttpRequest, token: str) -> HttpResponse:
    """The archive behind a Code.Location of GetFunction; the address itself is the permission."""
    sha256 = package_of_token(token)
    package = DeploymentPackage.objects.filter(sha256=sha256).first() if sha256 else None
    if package is None:
        return with_request_id(refusal(LambdaApiError("AccessDeniedException", "Request has expired")))
    return HttpResponse(bytes(package.zip), content_type="application/zip")


def _reference(request: HttpRequest, identity: Identity, name: str) -> FunctionReference:
    return referenced(name, identity, request.GET.get("Qualifier"))


def _members(request: HttpRequest, shape: Structure, operation: str) -> Members:
    return members(body_of(request, CREATE_REQUEST_BYTES_MAX, operation), shape)


View = Callable[..., HttpResponse]
collection: View = endpoint(
    GET=Action("ListFunctions", Scope.READ, list_functions),
    POST=Action("CreateFunction", Scope.WRITE, create_function),
)
function: View = endpoint(
    GET=Action("GetFunction", Scope.READ, get_function),
    DELETE=Action("DeleteFunction", Scope.WRITE, delete_function),
)
configuration: View = endpoint(
    GET=Action("GetFunctionConfiguration", Scope.READ, get_function_configuration),
    PUT=Action("UpdateFunctionConfiguration", Scope.WRITE, update_function_configuration),
)
code: View = endpoint(PUT=Action("UpdateFunctionCode", Scope.WRITE, update_function_code))
