"""An uploaded archive is unpacked within Lambda's limits, and can be downloaded with a token for a while."""

import base64
import io
import zipfile

import pytest

from invoker import limits
from playground.lambda_api import uploaded_code as module
from playground.lambda_api.errors import LambdaApiError
from playground.lambda_api.uploaded_code import download_token, package_of_token, uploaded_code
from tests.playground.lambda_api.recordings import RECORDED


def archive(**files: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as opened:
        for path, content in files.items():
            opened.writestr(path, content)
    return buffer.getvalue()


def refusal(content: bytes | None) -> LambdaApiError:
    with pytest.raises(LambdaApiError) as caught:
        uploaded_code(None if content is None else base64.b64encode(content).decode())
    return caught.value


def test_the_archive_is_kept_as_it_was_uploaded() -> None:
    content = archive(index=b"exports")
    code = uploaded_code(base64.b64encode(content).decode())

    assert code.zip == content
    assert code.package.files["index"].content == b"exports"


def test_bytes_that_are_no_archive_are_refused_as_recorded() -> None:
    recorded = RECORDED["create_lambda_exceptions"]["invalid_zip_exc"]

    assert refusal(b"no zip").body() == {"Type": recorded["Type"], "message": recorded["message"]}


def test_no_code_and_empty_code_are_refused() -> None:
    assert refusal(None).message == "Please provide a source for function code."
    assert refusal(b"").message == "Uploaded file must be a non-empty zip"
    assert refusal(archive()).message == "Uploaded file must be a non-empty zip"


def test_an_archive_over_fifty_megabytes_is_refused_as_recorded() -> None:
    recorded = RECORDED["oversized_zipped_create_lambda"]["invalid_param_exc"]["Error"]
    error = refusal(b"\0" * limits.PACKAGE_ZIPPED_BYTES_MAX)

    assert (error.code, error.message, error.status) == (recorded["Code"], recorded["Message"], 413)


def test_an_archive_that_unpacks_to_more_than_250_megabytes_is_refused_as_recorded() -> None:
    recorded = RECORDED["oversized_unzipped_lambda"]["invalid_param_exc"]
    error = refusal(archive(zeros=bytes(limits.PACKAGE_UNZIPPED_BYTES_MAX)))

    assert error.body() == {"Type": recorded["Type"], "message": recorded["message"]}


def test_a_path_out_of_the_function_folder_is_refused() -> None:
    error = refusal(archive(**{"../escape.js": b""}))

    assert error.code == "InvalidParameterValueException"
    assert "leads out of the function's folder" in error.message


def test_a_token_leads_to_its_package_for_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    token = download_token("ab" * 32)

    assert package_of_token(token) == "ab" * 32
    assert package_of_token(token.replace("ab", "cd", 1)) is None
    assert package_of_token("x") is None
    monkeypatch.setattr(module, "DOWNLOAD_S", -1)
    assert package_of_token(token) is None
