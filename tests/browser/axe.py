"""What axe-core finds on a page."""

from typing import Any, Literal

from tests.browser.editor_page import EditorPage
from tests.serving import CHECKOUT

_SCRIPT = CHECKOUT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
_RUN = "axe.run({ resultTypes: ['violations'], iframes: false }).then(({ violations }) => ({ violations }))"


COLOURS: tuple[Literal["light", "dark"], ...] = ("light", "dark")
WIDTHS = (1440, 360)


def check_every_look(editor: EditorPage) -> None:
    """No violation in light and dark, wide and narrow, and no sideways scrolling."""
    for width in WIDTHS:
        editor.page.set_viewport_size({"width": width, "height": 900})
        assert editor.page.evaluate("document.documentElement.scrollWidth") <= width
        for colours in COLOURS:
            editor.page.emulate_media(color_scheme=colours)
            found = violations(editor)
            assert found == [], (width, colours, found)
    editor.page.set_viewport_size({"width": 1440, "height": 900})
    editor.page.emulate_media(color_scheme="light")


def violations(editor: EditorPage) -> list[str]:
    """Each violation with its first element, as the page is now."""
    if not editor.page.evaluate("'axe' in window"):
        editor.page.evaluate(_SCRIPT.read_text())
    found: dict[str, Any] = editor.page.evaluate(_RUN)
    return [
        f"{violation['id']}: {violation['help']}: {violation['nodes'][0]['html']}"
        for violation in found["violations"]
    ]
