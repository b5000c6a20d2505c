"""The paths of the Lambda API, from the root of the service. Names come as the client encodes them."""

from django.urls import path, re_path

from playground.lambda_api import aliases, functions, versions
from playground.lambda_api.endpoint import unknown_operation
from playground.lambda_api.invoke import invoke

_FUNCTION = r"^2015-03-31/functions/(?P<name>[^/]+)"

# Clients of some years put a slash behind the collection's path.
urlpatterns = [
    re_path(rf"{_FUNCTION}/invocations$", invoke),
    re_path(r"^2015-03-31/functions/?$", functions.collection),
    re_path(rf"{_FUNCTION}$", functions.function),
    re_path(rf"{_FUNCTION}/configuration$", functions.configuration),
    re_path(rf"{_FUNCTION}/code$", functions.code),
    re_path(rf"{_FUNCTION}/versions$", versions.collection),
    re_path(rf"{_FUNCTION}/aliases$", aliases.collection),
    re_path(rf"{_FUNCTION}/aliases/(?P<alias>[^/]+)$", aliases.one),
    path("2015-03-31/deployment-packages/<str:token>", functions.download_code, name="lambda_api_code"),
    # Every date prefix that the API's operations have, so that one we have not is answered as AWS does.
    re_path(r"^20\d\d-\d\d-\d\d/", unknown_operation),
]
