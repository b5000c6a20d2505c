"""What axe-core finds on a page."""

from typing import Any

from tests.browser.editor_page import EditorPage
from tests.serving import CHECKOUT

_SCRIPT = CHECKOUT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
_RUN = "axe.run({ resultTypes: ['violations'], iframes: false }).then(({ violations }) => ({ violations }))"


def violations(editor: EditorPage) -> list[str]:
    """Each violation with its first element, as the page is now."""
    if not editor.page.evaluate("'axe' in window"):
        editor.page.evaluate(_SCRIPT.read_text())
    found: dict[str, Any] = editor.page.evaluate(_RUN)
    return [
        f"{violation['id']}: {violation['help']}: {violation['nodes'][0]['html']}"
        for violation in found["violations"]
    ]
