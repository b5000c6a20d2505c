"""`python -m tests.browser.screenshots`: the pictures in docs/screenshots, from a real playground."""

from pathlib import Path
from typing import Literal

from tests.browser import wall_picture
from tests.browser.chromium import started, visitor
from tests.browser.editor_page import EditorPage
from tests.serving import CHECKOUT, Served

FOLDER = CHECKOUT / "docs" / "screenshots"
PICTURES: tuple[tuple[str, Literal["light", "dark"], int, int], ...] = (
    ("editor-light", "light", 1440, 900),
    ("editor-dark", "dark", 1440, 900),
    ("editor-narrow", "light", 420, 900),
)


def main() -> None:
    """Take every picture, each of a visitor's first run of the example."""
    served = Served()
    try:
        served.wait_until_ready()
        FOLDER.mkdir(parents=True, exist_ok=True)
        with started() as browser:
            # The first invocation of a service that has just begun shows its beginning.
            with visitor(browser) as (context, watch):
                editor = EditorPage(context.new_page(), watch)
                editor.page.goto(served.url)
                editor.run()
            for name, colours, width, height in PICTURES:
                with visitor(browser, colours, width, height) as (context, watch):
                    editor = EditorPage(context.new_page(), watch)
                    editor.page.goto(served.url)
                    editor.run()
                    editor.page.mouse.move(0, height - 1)
                    editor.page.screenshot(path=_path(name), full_page=width < 600)
                    print(_path(name))
            wall_picture.take(served, browser, _path("wall"))
            print(_path("wall"))
    finally:
        served.stop()


def _path(name: str) -> Path:
    return FOLDER / f"{name}.png"


if __name__ == "__main__":
    main()
