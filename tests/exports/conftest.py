"""Every work in every format, as the page's own modules write it."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.exports.tools import FRONTEND, NODE, PATIENCE_S
from tests.exports.works import WORKS


@pytest.fixture(scope="session")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for each work, with one for each format in it. Nobody changes them."""
    folder = tmp_path_factory.mktemp("exports")
    subprocess.run(
        [NODE / "node", Path(__file__).with_name("write_exports.mjs"), folder],
        cwd=FRONTEND,
        input=json.dumps([work.as_json() for work in WORKS]),
        text=True,
        check=True,
        timeout=PATIENCE_S,
    )
    return folder
