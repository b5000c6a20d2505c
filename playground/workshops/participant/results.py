"""What came of checks, as a participant may know it. Pure."""

from collections.abc import Iterable, Mapping
from typing import Any


def shown_results(results: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The results; of a hidden check its title, and whether it has passed."""
    return [{**result, "expectations": []} if result["hidden"] else dict(result) for result in results]
