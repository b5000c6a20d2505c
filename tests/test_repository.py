"""What is kept in the repository: nothing that anybody could log in or decrypt with."""

import re
import shutil
import subprocess

import pytest

from tests.serving import CHECKOUT

KEYS = (
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----\s+[\w+/=]{40,}",
    r"\b(AKIA|ASIA)[0-9A-Z]{16}\b",
    r"\bgh[pousr]_[0-9A-Za-z]{36}",
    r"\bgithub_pat_\w{22}",
    r"\bglpat-[\w-]{20}",
    r"\bxox[abprs]-[\w-]{10}",
    r"\bAIza[\w-]{35}",
    r"\b(npm|pypi)[-_][A-Za-z0-9_-]{36,}",
    r"://[^/\s:@]+:(?!password@|two@)[^/\s:@${}]{8,}@",
    # One's own settings, as a file .env or a compose file would give them
    r"^\s*-?\s*(SECRET_KEY|ENCRYPTION_KEYS|POSTGRES_PASSWORD)\s*[:=]\s*['\"]?[\w+/=-]{16,}",
)


@pytest.mark.parametrize("key", KEYS)
def test_no_tracked_file_has_a_key(key: str) -> None:
    git = shutil.which("git")
    if not git or not (CHECKOUT / ".git").exists():
        pytest.skip("this is no checkout, so nothing says which files are tracked")
    listed = subprocess.run([git, "ls-files", "-z"], cwd=CHECKOUT, capture_output=True, text=True, check=True)
    pattern = re.compile(key, re.MULTILINE)
    found = []
    for name in filter(None, listed.stdout.split("\0")):
        path = CHECKOUT / name
        if path.is_file() and path.suffix not in {".png", ".woff2"} and name != "tests/test_repository.py":
            found += [(name, match[0]) for match in pattern.finditer(path.read_text(errors="replace"))]
    assert found == []
