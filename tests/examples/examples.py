"""The page's examples as they are kept: a folder each, with example.json, code/ and events/."""

import json
from dataclasses import dataclass
from typing import Any

from tests.serving import CHECKOUT

FOLDER = CHECKOUT / "frontend" / "src" / "examples"


@dataclass(frozen=True)
class Example:
    """An example. `told` is what example.json says of it."""

    id: str
    told: dict[str, Any]

    def submission(self, event: str) -> dict[str, Any]:
        """What the page sends for one of its events."""
        folder = FOLDER / self.id
        code = folder / "code"
        return {
            "files": {str(path.relative_to(code)): path.read_text() for path in code.rglob("*.*")},
            "handler": self.told.get("handler", "index.handler"),
            "environment": self.told.get("environment", {}),
            "memory_size": self.told.get("memory", 128),
            "timeout": self.told.get("timeout", 3),
            "event": (folder / "events" / f"{event}.json").read_text(),
        }


def read_all() -> list[Example]:
    """Every example, by id."""
    paths = sorted(FOLDER.glob("*/example.json"))
    return [Example(path.parent.name, json.loads(path.read_text())) for path in paths]
