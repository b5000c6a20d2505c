"""Links for tests of pages: their owner, and their end."""

import sqlite3

from playwright.sync_api import Page

from tests.browser.axe import violations
from tests.browser.editor_page import EditorPage
from tests.client import Person
from tests.serving import Served

SECRET = "marker-3f9c27aa51"
CODE = """export const handler = async (event) => {
  console.log("hello", event.who, process.env.API_KEY.length);
  return { greeted: event.who };
};
"""


class Owner(Person):
    """Somebody whose snippet has a secret."""

    def saved(self, name: str, **changes: object) -> str:
        """A snippet that was saved; gives its id."""
        body = {
            "files": {"index.mjs": CODE, "lib/other.mjs": "export default 1;"},
            "function_name": name,
            "environment": {"API_KEY": SECRET},
            "test_events": [{"name": "ada", "event": '{"who": "Ada"}'}],
        }
        answer = self.post("/api/snippets", body | changes)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    def link(self, snippet: str, **body: object) -> str:
        """A link to it; gives its token."""
        answer = self.post(f"/api/snippets/{snippet}/shares", body)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["token"])

    def take_back(self, token: str) -> None:
        """Close a link."""
        headers = {"X-CSRFToken": self.http.cookies["csrftoken"], "Origin": self.url}
        assert self.http.delete(f"/api/shares/{token}", headers=headers).status_code == 204


def expire(served: Served, token: str) -> None:
    """The end of a link has passed."""
    with sqlite3.connect(served.state / "db.sqlite3", timeout=20) as database:
        database.execute("UPDATE sharing_share SET expires_at = '2020-01-01' WHERE token = ?", [token])
    database.close()


def check_axe(page: Page) -> None:
    """No violation in light and in dark."""
    for colours in ("light", "dark"):
        page.emulate_media(color_scheme=colours)
        assert violations(EditorPage(page, None)) == [], colours  # type: ignore[arg-type]
