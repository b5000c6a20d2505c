"""Every work in every format, as the JSON API gives it."""

import io
import zipfile
from pathlib import Path

import pytest
from django.test import Client

from playground.exports.formats import Format
from tests.exports.works import WORKS


@pytest.fixture(scope="session")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for each work, with one for each format in it. Nobody changes them."""
    folder = tmp_path_factory.mktemp("exports")
    for work in WORKS:
        for export_format in Format:
            answer = Client().post(f"/api/exports/{export_format}", work.as_body(), "application/json")
            assert answer.status_code == 200, answer.content
            with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
                archive.extractall(folder / work.name / export_format)
    return folder
