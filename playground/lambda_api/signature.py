"""Signature Version 4 as a request carries it, and whether it was made with a secret. Pure.

What is signed is what the service acts upon: the path as it was sent, the parameters as the operations read
them, every value of a header. Nothing is brought into a form in which it was not sent.
"""

import hashlib
import hmac
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import quote_from_bytes, unquote_to_bytes

from playground.lambda_api.signature_parts import (
    ALGORITHM,
    TERMINATOR,
    Signature,
    incomplete,
    invalid,
    moment_of,
)

SERVICE: Final = "lambda"
SKEW: Final = timedelta(minutes=5)
"""How far the clocks of caller and service may be apart, as on AWS."""
_REGION = re.compile(r"[a-z0-9-]{1,32}", re.ASCII)
_MISMATCH: Final = (
    "The request signature we calculated does not match the signature you provided. Check your AWS Secret "
    "Access Key and signing method. Consult the service documentation for details."
)
_HOST_UNSIGNED: Final = "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization."


@dataclass(frozen=True, slots=True)
class Received:
    """A request as it came. Header names are in lower case; `path` and `query` are as they were sent."""

    method: str
    path: bytes
    query: str
    headers: Sequence[tuple[bytes, bytes]]
    body: bytes


def check_scope(signature: Signature) -> None:
    """Raises InvalidSignatureException where the credentials are not scoped to this service."""
    _, region, service, terminator = signature.scope
    faults = []
    if not _REGION.fullmatch(region):
        faults.append(f"Credential should be scoped to a valid region, not '{region}'. ")
    if service != SERVICE:
        faults.append(f"Credential should be scoped to correct service: '{SERVICE}'. ")
    if terminator != TERMINATOR:
        faults.append(
            f"Credential should be scoped with a valid terminator: '{TERMINATOR}', not '{terminator}'. "
        )
    if faults:
        raise invalid("".join(faults))


def check(received: Received, signature: Signature, secret: str, now: datetime) -> None:
    """Raises InvalidSignatureException for any request but the one that was signed with the secret, now."""
    _check_moment(signature, now)
    if not hmac.compare_digest(_expected(received, signature, secret), signature.signature):
        raise invalid(_MISMATCH)


def _check_moment(signature: Signature, now: datetime) -> None:
    if not signature.moment:
        raise incomplete(
            "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header."
        )
    moment = moment_of(signature.moment)
    date = signature.scope[0]
    if date != signature.moment[:8]:
        raise invalid(
            "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: "
            f"'{date}' != '{signature.moment[:8]}', from '{signature.moment}'."
        )
    good_for = SKEW if signature.expires is None else timedelta(seconds=signature.expires)
    if moment < now - good_for:
        lasts = "5 min." if signature.expires is None else f"{signature.expires} s"
        raise invalid(
            f"Signature expired: {signature.moment} is now earlier than {_stamp(now - good_for)} "
            f"({_stamp(now)} - {lasts})"
        )
    if moment > now + SKEW:
        raise invalid(
            f"Signature not yet current: {signature.moment} is still later than {_stamp(now + SKEW)} "
            f"({_stamp(now)} + 5 min.)"
        )


def _expected(received: Received, signature: Signature, secret: str) -> str:
    """The signature (hex) that the secret makes of a request."""
    # Never what X-Amz-Content-SHA256 says: no operation of Lambda's model takes UNSIGNED-PAYLOAD.
    body_sha256 = hashlib.sha256(received.body).hexdigest()
    signed = _signed_headers(received, signature)
    lines = [
        f"{name}:{b','.join(map(_trimmed, values)).decode('latin-1')}" for name, values in signed.items()
    ]
    canonical = "\n".join(
        (
            received.method,
            # Encoded a second time, as every service but S3 wants it. Signers take dot segments and doubled
            # slashes out before; sent with them it is another path to us, and so to the signature.
            quote_from_bytes(received.path, safe="/~"),
            _canonical_query(received.query),
            *lines,
            "",
            ";".join(signed),
            body_sha256,
        )
    ).encode("latin-1")
    to_sign = "\n".join(
        (
            ALGORITHM,
            signature.moment,
            "/".join(signature.scope),
            hashlib.sha256(canonical).hexdigest(),
        )
    )
    key = f"AWS4{secret}".encode()
    for part in signature.scope:
        key = _hmac(key, part)
    return _hmac(key, to_sign).hex()


def _hmac(key: bytes, text: str) -> bytes:
    return hmac.digest(key, text.encode(), "sha256")


def _signed_headers(received: Received, signature: Signature) -> Mapping[str, list[bytes]]:
    """The values of each signed header, in the order of their names."""
    there: dict[str, list[bytes]] = {}
    for name, value in received.headers:
        there.setdefault(name.decode("latin-1"), []).append(value)
    names = signature.signed_headers
    if "host" not in names:
        raise invalid(_HOST_UNSIGNED)
    in_order = list(names) == sorted(set(names))
    # Whatever the operations read of a request begins so; unsigned, anybody on the way could have added it.
    unsigned = any(name.startswith("x-amz-") and name not in names for name in there)
    if not in_order or unsigned or not there.keys() >= set(names):
        raise invalid(_MISMATCH)
    return {name: there[name] for name in names}


def _trimmed(value: bytes) -> bytes:
    return b" ".join(value.split())


def _canonical_query(query: str) -> str:
    """The parameters as the operations read them, encoded anew and sorted, without the signature."""
    pairs = []
    for part in filter(None, query.split("&")):
        name, value = map(_encoded_anew, part.partition("=")[::2])
        if name != "X-Amz-Signature":
            pairs.append((name, value))
    return "&".join(f"{name}={value}" for name, value in sorted(pairs))


def _encoded_anew(text: str) -> str:
    return quote_from_bytes(unquote_to_bytes(text.replace("+", " ")), safe="-_.~")


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
