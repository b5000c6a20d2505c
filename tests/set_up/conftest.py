"""A small checkout of its own for set-up."""

from pathlib import Path

import pytest

from set_up.place import Place

LOCK = 'alpha==1.0 \\\n    --hash=sha256:{}\nbeta==2.0 ; python_version < "4" \\\n    --hash=sha256:00\n    # via alpha\n'


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """Lock files and a page, and nothing made yet."""
    (tmp_path / "requirements").mkdir()
    for name in ("runtime", "development", "exports"):
        (tmp_path / "requirements" / f"{name}.lock").write_text(LOCK.format(name))
    (tmp_path / "frontend" / "src").mkdir(parents=True)
    (tmp_path / "frontend" / "package-lock.json").write_text("{}")
    tools = tmp_path / "playground" / "exports" / "tools"
    tools.mkdir(parents=True)
    for name in ("package.json", "package-lock.json"):
        (tools / name).write_text("{}")
    (tmp_path / "frontend" / "src" / "main.ts").write_text("export {}")
    return Place.of_environment(tmp_path, {})
