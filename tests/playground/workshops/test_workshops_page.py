"""docs/workshops.md: it names all that a folder of a workshop may say."""

import pytest

from playground.workshops.check_reader import FIELDS, OUTCOMES
from playground.workshops.folder_reader import EXERCISE_NAMES
from playground.workshops.plan import ExpectationKind, Start
from tests.serving import CHECKOUT

TEXT = (CHECKOUT / "docs" / "workshops.md").read_text()


@pytest.mark.parametrize("name", [*ExpectationKind, *Start, *FIELDS, *EXERCISE_NAMES, *OUTCOMES])
def test_every_name_is_described(name: str) -> None:
    assert f"`{name}`" in TEXT
