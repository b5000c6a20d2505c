"""What each address of the JSON API asks of an access key. Somebody without one may do everything."""

from collections.abc import Callable, Coroutine
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest
from ninja import Router
from ninja.errors import ConfigError, HttpError
from ninja.security.base import AuthBase

from playground.access_keys.bearer import key_of, lacks
from playground.access_keys.scope import Scope

SCOPES = "x-access-key-scopes"


class AccessKeyBearer(AuthBase):
    """The check of one address: a key has to have one of the scopes.

    `in_loop` is for operations that are coroutines, which would give a plain check a thread of its own.
    """

    openapi_type = "http"
    openapi_scheme = "bearer"
    openapi_description = (
        "An access key, `ID.SECRET`, made at `/keys`. Beside it cookies count for nothing, and no "
        f"`X-CSRFToken` is needed. `{SCOPES}` of an operation names the scopes of which a key needs one."
    )

    def __init__(self, *scopes: Scope, in_loop: bool = False) -> None:
        super().__init__()
        self.scopes = scopes
        self.is_async = in_loop

    def __call__(self, request: HttpRequest) -> bool | Coroutine[Any, Any, bool]:
        """Let the request through. Raises HttpError where its key lacks the scope."""
        key = key_of(request)
        if key is not None and not key.allows(self.scopes):
            raise HttpError(HTTPStatus.FORBIDDEN, lacks(self.scopes))
        return _let_through() if self.is_async else True


async def _let_through() -> bool:
    return True


class ScopedRouter(Router):
    """A router each of whose operations says which scope it needs, as `auth=needs(…)`."""

    def add_api_operation(
        self, path: str, methods: list[str], view_func: Callable[..., Any], **options: Any
    ) -> None:
        """Add an operation. Raises ConfigError for one that says no scope."""
        auth = options.get("auth")
        if not isinstance(auth, AccessKeyBearer) or not auth.scopes:
            raise ConfigError(f"{' '.join(methods)} {path} does not say which scope an access key needs.")
        # The document's own list of roles is not ours to fill; and an operation may be asked without a key.
        told = {"security": [{}], SCOPES: list(auth.scopes)}
        options["openapi_extra"] = {**told, **(options.get("openapi_extra") or {})}
        super().add_api_operation(path, methods, view_func, **options)


needs = AccessKeyBearer
