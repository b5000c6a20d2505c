"""The JSON API of exports: a function as the project of another tool, in a .zip."""

import json
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from ninja import Query

from invoker.deployment_package import zipped
from invoker.fault import Fault
from playground.access_keys.needs import ScopedRouter, needs
from playground.access_keys.scope import Scope
from playground.exports.export_reader import read_export
from playground.exports.exported_function import ExportedFunction
from playground.exports.formats import Format, files_of, notices
from playground.exports.schemas import ARCHIVE, BODY, NOTICES
from playground.exports.stored_function import exported_function
from playground.json_answers import REFUSALS, Refusal, faults_response, read_body
from playground.snippets.api import own
from playground.snippets.versions_api import own_version

router = ScopedRouter(tags=["exports"])
snippet_router = ScopedRouter(tags=["exports"])
Values = Annotated[
    list[str], Query(description="A name of an environment variable whose value goes along; may be repeated.")
]


@router.post(
    "/{export_format}",
    auth=needs(Scope.READ),
    response={200: None, 413: Refusal, 429: Refusal, **REFUSALS},
    openapi_extra=BODY,
    summary="Export work that is not saved",
)
def export(request: HttpRequest, export_format: Format) -> HttpResponse:
    """A function as a project. Of environment variables that `values` does not name, no value is in it."""
    exported = read_body(request, read_export)
    return exported if isinstance(exported, HttpResponse) else _archive(export_format, exported)


@snippet_router.get(
    "/{uuid:snippet_id}/exports/{export_format}",
    auth=needs(Scope.READ),
    response={200: None, **REFUSALS},
    openapi_extra=ARCHIVE,
    summary="Export a snippet",
)
def export_snippet(
    request: HttpRequest,
    snippet_id: UUID,
    export_format: Format,
    values: Values = [],  # noqa: B006
) -> HttpResponse:
    """$LATEST as a project. Of environment variables that `values` does not name, no value is in it."""
    snippet = own(request, snippet_id)
    return _answer(export_format, exported_function(snippet, snippet.function_name, values))


@snippet_router.get(
    "/{uuid:snippet_id}/versions/{int:number}/exports/{export_format}",
    auth=needs(Scope.READ),
    response={200: None, **REFUSALS},
    openapi_extra=ARCHIVE,
    summary="Export a version",
)
def export_version(
    request: HttpRequest,
    snippet_id: UUID,
    number: int,
    export_format: Format,
    values: Values = [],  # noqa: B006
) -> HttpResponse:
    """A version as a project. Of environment variables that `values` does not name, no value is in it."""
    version = own_version(request, snippet_id, number)
    return _answer(export_format, exported_function(version, version.snippet.function_name, values))


def _answer(export_format: Format, exported: ExportedFunction | list[Fault]) -> HttpResponse:
    if isinstance(exported, list):
        return faults_response(exported, HTTPStatus.UNPROCESSABLE_ENTITY)
    return _archive(export_format, exported)


def _archive(export_format: Format, exported: ExportedFunction) -> HttpResponse:
    name = f"{exported.name}-{export_format}.zip"
    headers = {
        "Content-Disposition": content_disposition_header(True, name) or "",
        "Cache-Control": "no-store",
        NOTICES: json.dumps(notices(export_format, exported)),
    }
    content = zipped(files_of(export_format, exported))
    return HttpResponse(content, content_type="application/zip", headers=headers)
