"""From a request to its caller: the access key that signed it, or the embedded default."""

import logging
from typing import Any, cast

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest
from django.utils import timezone

from playground.access_keys import key_store
from playground.access_keys.models import AccessKey
from playground.encryption import Unreadable
from playground.lambda_api.errors import request_too_large, unrecognized_client
from playground.lambda_api.identity import Identity, of_any_credentials
from playground.lambda_api.signature import Received, check, check_scope
from playground.lambda_api.signature_parts import signature_of

logger = logging.getLogger(__name__)
_FORWARDING_HEADERS = ("Forwarded", "X-Forwarded-For")


def identity_of(request: HttpRequest) -> Identity:
    """The caller; asks the database. Raises LambdaApiError when nobody whom we take has signed the request.

    A key that is there is checked wherever the request comes from, also in the embedded default.
    """
    signature = signature_of(request.headers, request.META.get("QUERY_STRING", ""))
    check_scope(signature)
    key = key_store.found(signature.access_key_id)
    if key is None:
        return of_any_credentials(
            signature,
            request.META.get("REMOTE_ADDR") or "",
            any(name in request.headers for name in _FORWARDING_HEADERS),
            settings.LAMBDA_API_ANY_CREDENTIALS,
        )
    if not key.is_live or signature.has_session_token:
        raise unrecognized_client()
    check(_received(request), signature, _secret(key), timezone.now())
    key_store.used(key)
    return Identity(key.id, signature.region, key.owner, tuple(key.scopes))


def _secret(key: AccessKey) -> str:
    try:
        return key.secret
    except Unreadable as error:
        logger.error("The access key %s cannot be used: %s", key.id, error)
        raise unrecognized_client() from None


def _received(request: HttpRequest) -> Received:
    scope = cast(Any, request).scope
    try:
        # Operations then read the stream from memory.
        body = request.body
    except RequestDataTooBig:
        raise request_too_large(settings.DATA_UPLOAD_MAX_MEMORY_SIZE, "called") from None
    query = request.META.get("QUERY_STRING", "")
    return Received(scope["method"], scope["raw_path"], query, scope["headers"], body)
