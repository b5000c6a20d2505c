"""docs/limits.md: what it names exists, and no limit that is a setting is missing."""

import re

from django.conf import settings

from invoker import limits
from playground import json_structure, web
from playground import settings as own_settings
from playground.invocations import admin, consumer, messages
from playground.workshops import limits as workshops
from playground.workshops import markdown
from tests.serving import CHECKOUT

TEXT = (CHECKOUT / "docs" / "limits.md").read_text()
PLACES = (limits, own_settings, web, json_structure, admin, consumer, messages, workshops, markdown)
ROWS = re.findall(r"^\| (`[A-Z].*?) \| (.*?) \|", TEXT, re.MULTILINE)


def named() -> list[str]:
    return [name for names, _ in ROWS for name in re.findall(r"`([A-Z_0-9]+)`", names)]


def test_every_limit_that_it_names_exists() -> None:
    assert len(named()) > 30
    assert [name for name in named() if not any(hasattr(place, name) for place in PLACES)] == []


def test_every_limit_that_is_a_setting_is_named() -> None:
    mine = {name for name in vars(own_settings) if name.endswith("_MAX")}
    assert mine - set(named()) == set()


def test_its_figures_are_the_defaults() -> None:
    figures = {names.strip("`"): value for names, value in ROWS if names.count("`") == 2}
    counted = {name: value for name, value in figures.items() if re.fullmatch(r"[\d,]+", value)}
    assert len(counted) > 10
    for name, value in counted.items():
        (place,) = (
            place for place in (settings, *PLACES) if place is not own_settings and hasattr(place, name)
        )
        assert getattr(place, name) == int(value.replace(",", "")), name
