"""Who calls is read from the signature's credentials; those that are no key of ours only from this machine."""

import pytest

from playground.access_keys.scope import Scope
from playground.lambda_api.errors import LambdaApiError
from playground.lambda_api.identity import Identity, of_any_credentials
from playground.lambda_api.signature_parts import Signature, signature_of

SIGNED = (
    "AWS4-HMAC-SHA256 Credential=AKIAALICE/20260101/eu-west-1/lambda/aws4_request, "
    "SignedHeaders=host;x-amz-date, Signature=0123abcd"
)
PRESIGNED = (
    "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAALICE/20260101/eu-west-1/lambda/aws4_request"
    "&X-Amz-Date=20260101T000000Z&X-Amz-Expires=60&X-Amz-SignedHeaders=host&X-Amz-Signature=0123abcd"
)


def signature(authorization: str = SIGNED, query: str = "") -> Signature:
    return signature_of({"Authorization": authorization} if authorization else {}, query)


def refusal(
    of: Signature | None = None, address: str = "127.0.0.1", forwarded: bool = False, taken: bool = True
) -> str:
    with pytest.raises(LambdaApiError) as caught:
        of_any_credentials(of or signature(), address, forwarded, taken)
    assert caught.value.status == 403
    return caught.value.code


def test_access_key_names_the_owner_and_the_scope_the_region() -> None:
    identity = of_any_credentials(signature(), "127.0.0.1", False, True)

    assert identity == Identity("AKIAALICE", "eu-west-1", "aws:AKIAALICE")
    assert set(identity.scopes) == set(Scope)
    assert identity.arn("f", "$LATEST") == "arn:aws:lambda:eu-west-1:000000000000:function:f:$LATEST"


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.9.10", "::1", "::ffff:127.0.0.1"])
def test_loopback_addresses_are_taken(address: str) -> None:
    assert of_any_credentials(signature(), address, False, True).access_key_id == "AKIAALICE"


@pytest.mark.parametrize("address", ["192.168.1.2", "10.0.0.1", "::ffff:10.0.0.1", "2001:db8::1", "", "unix"])
def test_other_addresses_are_refused(address: str) -> None:
    assert refusal(address=address) == "UnrecognizedClientException"


def test_a_caller_behind_a_proxy_is_refused() -> None:
    assert refusal(forwarded=True) == "UnrecognizedClientException"


def test_no_credentials_are_taken_when_the_setting_is_off() -> None:
    assert refusal(taken=False) == "UnrecognizedClientException"


def test_a_presigned_address_needs_a_key_of_ours() -> None:
    # Any page can make a browser on this machine ask for an address.
    assert refusal(signature("", PRESIGNED)) == "UnrecognizedClientException"


@pytest.mark.parametrize("authorization", ["", "Basic dXNlcjpwYXNz", "Bearer token", "AWS3 Credential=a"])
def test_an_unsigned_request_is_refused(authorization: str) -> None:
    with pytest.raises(LambdaApiError) as caught:
        signature(authorization)
    assert (caught.value.code, caught.value.status) == ("MissingAuthenticationTokenException", 403)


@pytest.mark.parametrize(
    "authorization",
    [
        "AWS4-HMAC-SHA256",
        SIGNED.replace("AKIAALICE", ""),
        SIGNED.replace("AKIAALICE", "A" * 121),
        SIGNED.replace("AKIAALICE", "a/b"),
        SIGNED.split(", Signature")[0],
    ],
)
def test_half_a_signature_is_refused(authorization: str) -> None:
    with pytest.raises(LambdaApiError) as caught:
        signature(authorization)
    assert (caught.value.code, caught.value.status) == ("IncompleteSignatureException", 403)


def test_a_key_without_the_scope_of_an_action_is_told_so() -> None:
    identity = Identity("AKIAALICE", "eu-west-1", "alice", (Scope.READ,))
    identity.check_permission("GetFunction", Scope.READ, "f")
    with pytest.raises(LambdaApiError) as caught:
        identity.check_permission("InvokeFunction", Scope.INVOKE, "f")
    assert (caught.value.code, caught.value.status) == ("AccessDeniedException", 403)
    assert caught.value.message == (
        "User: arn:aws:iam::000000000000:user/AKIAALICE is not authorized to perform: lambda:InvokeFunction on "
        "resource: arn:aws:lambda:eu-west-1:000000000000:function:f because the access key lacks the scope invoke"
    )
