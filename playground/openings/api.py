"""The JSON API of openings: the functions in a .zip of files or of a project. Nothing is stored."""

from dataclasses import asdict
from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse

from invoker.deployment_package import InvalidZip
from invoker.fault import Fault
from playground.access_keys.needs import ScopedRouter, needs
from playground.access_keys.scope import Scope
from playground.json_answers import REFUSALS, Refusal, faults_response, refuse_forged
from playground.openings.functions import FoundFunction
from playground.openings.project import project_in
from playground.openings.schemas import ARCHIVE, Opening
from playground.snippets.snippet_reader import read_snippet

router = ScopedRouter(tags=["openings"])


@router.post(
    "",
    auth=needs(Scope.READ),
    response={200: Opening, 413: Refusal, 429: Refusal, **REFUSALS},
    openapi_extra=ARCHIVE,
    summary="Open a project",
)
def open_project(request: HttpRequest) -> HttpResponse:
    """The functions in an archive: a project of AWS SAM or CloudFormation, or the files of one function."""
    refuse_forged(request)
    try:
        project = project_in(request.body)
    except RequestDataTooBig:
        return faults_response([Fault((), "The body is too large.")], HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    except InvalidZip as error:
        return faults_response([Fault((), str(error))], HTTPStatus.UNPROCESSABLE_ENTITY)
    functions = [_object(function) for function in project.functions]
    return JsonResponse({"template": project.template, "functions": functions, "notices": project.notices})


def _object(function: FoundFunction) -> dict[str, Any]:
    read = None if function.snippet is None else read_snippet(function.snippet)
    faults = [asdict(fault) for fault in read] if isinstance(read, list) else []
    return {**asdict(function), "faults": faults}
