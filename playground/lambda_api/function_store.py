"""Functions as they are stored: the only place of the API that asks the database for them."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction

from playground.lambda_api.errors import (
    LambdaApiError,
    function_not_found,
    revision_mismatch,
    update_in_progress,
)
from playground.lambda_api.function_settings import FunctionSettings
from playground.lambda_api.identity import Identity
from playground.lambda_api.uploaded_code import UploadedCode
from playground.model_rows import ModelRows
from playground.snippets import packages, quota, snippet_store
from playground.snippets.models import Snippet

_SNIPPETS = ModelRows(Snippet)
_INVOKED = (
    f"SELECT {_SNIPPETS.columns} FROM {_SNIPPETS.table} "  # noqa: S608 - a table of ours
    "WHERE owner = %s AND function_name = %s AND deleted_at IS NULL"
)


def found_snippet(name: str, identity: Identity) -> Snippet:
    """The caller's function. Raises ResourceNotFoundException when there is none."""
    # The archive itself, of up to 50 MB, is not needed to know a function.
    functions = Snippet.live.select_related("package").defer("package__zip")
    function = functions.filter(owner=identity.owner, function_name=name).first()
    if function is None:
        raise function_not_found(identity.arn(name))
    return function


def invoked_snippet(name: str, identity: Identity, missing: str) -> Snippet:
    """The function that is invoked, without its package. Raises as `found_snippet` does, for ARN `missing`.

    The statement is written out: Django takes longer to put it together than the database to answer.
    """
    function = _SNIPPETS.first(_INVOKED, [identity.owner, name])
    if function is None:
        raise function_not_found(missing)
    return function


def created(
    name: str, identity: Identity, settings: FunctionSettings, code: UploadedCode, tags: Mapping[str, str]
) -> Snippet:
    """A new function.

    Raises ResourceConflictException when the caller has one of that name, CodeStorageExceededException when
    the caller has as much as may be.
    """
    try:
        with transaction.atomic():
            columns = _code_columns(code)
            quota.check(identity.owner, columns["package"].pk, len(code.zip))
            return Snippet.objects.create(
                owner=identity.owner, function_name=name, tags=dict(tags), **settings, **columns
            )
    except IntegrityError as error:
        raise LambdaApiError("ResourceConflictException", f"Function already exist: {name}") from error


def refuse_other_revision(function: Snippet, revision_id: object) -> None:
    """Raises PreconditionFailedException when a RevisionId was given and is not the function's."""
    if revision_id is not None and revision_id != str(function.revision_id):
        raise revision_mismatch()


def with_code(function: Snippet, code: UploadedCode) -> Snippet:
    """The function as it would be with other code; nothing is stored."""
    function.code_sha256 = packages.code_sha256(code.zip)
    function.code_size = len(code.zip)
    return function


def code_changed(function: Snippet, identity: Identity, code: UploadedCode) -> Snippet:
    """The function with other code.

    Raises ResourceConflictException when it changed in between, CodeStorageExceededException as `created`.
    """
    with transaction.atomic():
        columns = _code_columns(code)
        quota.check(identity.owner, columns["package"].pk, len(code.zip), function.pk)
        return _changed(function, identity, columns)


def settings_changed(function: Snippet, identity: Identity, settings: FunctionSettings) -> Snippet:
    """The function with other settings. Raises ResourceConflictException when it changed in between."""
    return _changed(function, identity, settings)


def deleted(function: Snippet) -> None:
    """Removes a function with its versions and aliases; its invocations stay in the history."""
    function.delete()


def version_deleted(function: Snippet, number: str, identity: Identity) -> None:
    """Removes a version, if there is one. Raises ResourceConflictException where an alias leads to it."""
    if names := [alias.name for alias in function.aliases.all() if number in (alias.version, *alias.weights)]:
        message = f"Unable to delete version because the following aliases reference it: [{', '.join(names)}]"
        raise LambdaApiError("ResourceConflictException", message)
    function.versions.filter(number=int(number)).delete()


def page(identity: Identity, after: str, count: int) -> list[Snippet]:
    """Up to `count` of the caller's functions whose names come after `after`."""
    functions = Snippet.live.filter(owner=identity.owner, function_name__gt=after)
    return list(functions.order_by("function_name")[:count])


def _changed(function: Snippet, identity: Identity, columns: Mapping[str, Any]) -> Snippet:
    try:
        snippet_store.change(function, columns)
    except snippet_store.ChangedMeanwhile:
        raise update_in_progress(identity.arn(function.function_name)) from None
    return function


def _code_columns(code: UploadedCode) -> dict[str, Any]:
    return {
        "package": packages.store(code.package, code.zip),
        "code_sha256": packages.code_sha256(code.zip),
        "code_size": len(code.zip),
        "from_editor": False,
    }
