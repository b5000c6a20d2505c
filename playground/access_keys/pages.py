"""The page of one's own access keys: list, make, edit, revoke, delete. It needs no script."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from invoker import limits
from invoker.fault import Fault
from playground.access_keys import key_store
from playground.access_keys.bearer import bearer_token
from playground.access_keys.key_reader import read_changes, read_key
from playground.access_keys.models import AccessKey
from playground.access_keys.scope import Scope
from playground.owner import owner_of

WORDS = {
    Scope.READ: "list and read functions, snippets and runs, values of environment variables included",
    Scope.WRITE: "make, change, share and delete them",
    Scope.INVOKE: "run functions, and follow and end those runs",
    Scope.KEYS: "manage access keys that may do no more than this one",
}
DAYS = (7, 30, 90, limits.ACCESS_KEY_DAYS_MAX)
NAME = "name"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def keys(request: HttpRequest) -> HttpResponse:
    """The list and the form for a new key; the answer to the form is the one place that shows a secret."""
    owner = owner_of(request)
    typed: dict[str, Any] = {"name": "", "scopes": [Scope.READ, Scope.WRITE, Scope.INVOKE], "days": ""}
    faults: list[Fault] = []
    made: AccessKey | None = None
    if request.method == "POST":
        typed = {**_typed(request), "days": request.POST.get("days", "")}
        days = int(typed["days"]) if typed["days"] in map(str, DAYS) else None
        fields = read_key({"name": typed["name"], "scopes": typed["scopes"], "expires_in_days": days})
        new = fields if isinstance(fields, list) else key_store.made(owner, fields)
        if isinstance(new, list):
            faults = new
        else:
            made = new
    context = {
        "keys": key_store.of_owner(owner),
        "made": made,
        "bearer": bearer_token(made) if made else "",
        "address": request.build_absolute_uri("/").rstrip("/"),
        "any_credentials": settings.LAMBDA_API_ANY_CREDENTIALS,
        "most": settings.ACCESS_KEYS_PER_OWNER_MAX,
        "days": DAYS,
        **_form(typed, faults),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.CREATED if made else HTTPStatus.OK
    return render(request, "access_keys/keys.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, key_id: str) -> HttpResponse:
    """The form for name and scopes; faults are shown at their fields."""
    key = _own(request, key_id)
    typed: dict[str, Any] = {"name": key.name, "scopes": key.scopes}
    faults: list[Fault] = []
    if request.method == "POST":
        typed = _typed(request)
        changes = read_changes(typed)
        changed = changes if isinstance(changes, list) else key_store.changed(key, changes)
        if not isinstance(changed, list):
            return redirect("access_keys")
        faults = changed
    status = HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK
    return render(request, "access_keys/edit.html", {"key": key, **_form(typed, faults)}, status=status)


@require_POST
def revoke(request: HttpRequest, key_id: str) -> HttpResponse:
    """From the next request on nobody is let in with it."""
    key_store.revoked(_own(request, key_id))
    return redirect("access_keys")


@require_POST
def delete(request: HttpRequest, key_id: str) -> HttpResponse:
    """Remove a key from the list."""
    key_store.deleted(_own(request, key_id))
    return redirect("access_keys")


def _own(request: HttpRequest, key_id: str) -> AccessKey:
    key = key_store.own(owner_of(request), key_id)
    if key is None:
        raise Http404
    return key


def _typed(request: HttpRequest) -> dict[str, Any]:
    return {"name": request.POST.get(NAME, "").strip(), "scopes": request.POST.getlist("scopes")}


def _form(typed: dict[str, Any], faults: Iterable[Fault]) -> dict[str, Any]:
    said: dict[str, list[str]] = {"name": [], "scopes": []}
    for fault in faults:
        said[fault.field[0] if fault.field and fault.field[0] in said else NAME].append(fault.message)
    offered = [(scope.value, WORDS[scope], scope in typed["scopes"]) for scope in Scope]
    return {"typed": typed, "offered": offered, "faults": said, "name_max": limits.ACCESS_KEY_NAME_LENGTH_MAX}
