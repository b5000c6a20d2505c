"""How a request says who signed it, in its Authorization header or its query. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from urllib.parse import parse_qsl

from playground.lambda_api.errors import LambdaApiError

ALGORITHM: Final = "AWS4-HMAC-SHA256"
TERMINATOR: Final = "aws4_request"
EXPIRES_S_MAX: Final = 7 * 24 * 3_600
"""How long a presigned address may be good, in seconds."""
_PARAMETERS: Final = ("Algorithm", "Credential", "Date", "Expires", "SignedHeaders", "Signature")
_CREDENTIAL = re.compile(r"[\w+=,.@-]{1,120}(/[^/]{0,64}){4}", re.ASCII)
_SIGNED_HEADERS = re.compile(r"[a-z0-9._-]+(;[a-z0-9._-]+)*", re.ASCII)
_EXPIRES = re.compile(r"[1-9]\d{0,7}", re.ASCII)
_SIGNATURE = re.compile(r"[0-9a-fA-F]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature with what it claims to be. Nothing of it is believed before `signature.check`."""

    access_key_id: str
    scope: tuple[str, str, str, str]
    """Date (YYYYMMDD), region, service and terminator."""
    signed_headers: tuple[str, ...]
    signature: str
    moment: str
    """YYYYMMDDTHHMMSSZ, or whatever stands in its place."""
    expires: int | None = None
    """Seconds that a presigned address is good; None for a header."""
    has_session_token: bool = False

    @property
    def region(self) -> str:
        """The region that the credentials are scoped to."""
        return self.scope[1]


def signature_of(headers: Mapping[str, str], query: str) -> Signature:
    """The signature of a request (headers by any spelling of their names, the query as it was sent).

    Raises MissingAuthenticationTokenException for a request without one, IncompleteSignatureException for
    half of one, or two.
    """
    authorization = headers.get("Authorization", "").strip()
    parameters = parse_qsl(query, keep_blank_values=True)
    presigned = [(name, value) for name, value in parameters if name.startswith("X-Amz-")]
    is_presigned = any(name in {"X-Amz-Algorithm", "X-Amz-Signature"} for name, _ in presigned)
    if is_presigned and authorization:
        raise incomplete("A request is signed in its Authorization header or in its query, not in both.")
    if is_presigned:
        return _presigned(presigned)
    algorithm, _, rest = authorization.partition(" ")
    if not algorithm.startswith("AWS4-"):
        raise LambdaApiError("MissingAuthenticationTokenException", "Missing Authentication Token")
    if algorithm != ALGORITHM:
        raise incomplete(f"Unsupported AWS 'algorithm': '{algorithm}'.")
    return _of_header(rest, headers)


def moment_of(text: str) -> datetime:
    """A moment in basic ISO 8601. Raises IncompleteSignatureException."""
    try:
        if len(text) != len("YYYYMMDDTHHMMSSZ"):
            raise ValueError
        return datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        raise incomplete(f"Date must be in ISO-8601 'basic format'. Got '{text}'.") from None


def invalid(message: str) -> LambdaApiError:
    """The signature is not that of the request (403)."""
    return LambdaApiError("InvalidSignatureException", message)


def incomplete(message: str) -> LambdaApiError:
    """The signature is none in its form (403)."""
    return LambdaApiError("IncompleteSignatureException", message)


def _of_header(rest: str, headers: Mapping[str, str]) -> Signature:
    parts = [part.strip().partition("=")[::2] for part in rest.split(",")]
    given = dict(parts)
    missing = [
        f"Authorization header requires '{name}' parameter."
        for name in ("Credential", "Signature", "SignedHeaders")
        if not given.get(name)
    ]
    if missing:
        raise incomplete(" ".join(missing))
    if len(parts) > len(given):
        raise incomplete("Authorization header has a parameter twice.")
    return _read(
        given["Credential"],
        given["SignedHeaders"],
        given["Signature"],
        headers.get("X-Amz-Date", ""),
        has_session_token="X-Amz-Security-Token" in headers,
    )


def _presigned(parameters: list[tuple[str, str]]) -> Signature:
    given = {name.removeprefix("X-Amz-"): value for name, value in parameters}
    missing = [name for name in _PARAMETERS if not given.get(name)]
    if missing:
        raise incomplete(
            " ".join(f"AWS query-string parameters must include 'X-Amz-{name}'." for name in missing)
        )
    if len(given) < len(parameters):
        raise incomplete("AWS query-string parameters must not come twice.")
    if given["Algorithm"] != ALGORITHM:
        raise incomplete(f"Unsupported AWS 'algorithm': '{given['Algorithm']}'.")
    if not _EXPIRES.fullmatch(given["Expires"]) or int(given["Expires"]) > EXPIRES_S_MAX:
        raise incomplete(f"'X-Amz-Expires' must be from 1 to {EXPIRES_S_MAX} seconds.")
    return _read(
        given["Credential"],
        given["SignedHeaders"],
        given["Signature"],
        given["Date"],
        int(given["Expires"]),
        "Security-Token" in given,
    )


def _read(
    credential: str,
    signed_headers: str,
    signature: str,
    moment: str,
    expires: int | None = None,
    has_session_token: bool = False,
) -> Signature:
    if not _CREDENTIAL.fullmatch(credential):
        raise incomplete(
            "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term."
        )
    if not _SIGNED_HEADERS.fullmatch(signed_headers) or not _SIGNATURE.fullmatch(signature):
        raise incomplete(
            "SignedHeaders must be names with semicolons between them, and Signature must be hexadecimal."
        )
    access_key_id, date, region, service, terminator = credential.split("/")
    return Signature(
        access_key_id,
        (date, region, service, terminator),
        tuple(signed_headers.split(";")),
        signature,
        moment,
        expires,
        has_session_token,
    )
