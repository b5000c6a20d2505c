"""The editor page by its accessible names, as people and assistive technology find its parts."""

import re
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from tests.browser.chromium import Watch

ENDED = re.compile(
    "Succeeded|Function error|Initialisation failed|Timed out|Out of memory|Cancelled|The playground failed"
)

EVERY_LINE = """async (box) => {
  const lines = new Map();
  const drawn = () => new Promise((resume) => requestAnimationFrame(() => requestAnimationFrame(resume)));
  const read = () => {
    for (const line of box.querySelectorAll('[data-stream]'))
      lines.set(Number(line.dataset.row), [line.dataset.stream,
        line.querySelector('.level')?.textContent ?? '', line.querySelector('.text').textContent.trim()]);
  };
  const before = box.scrollTop;
  for (let top = 0; top === 0 || top < box.scrollHeight - box.clientHeight; top += box.clientHeight) {
    if (box.scrollHeight > box.clientHeight) box.scrollTop = top;
    await drawn();
    read();
  }
  box.scrollTop = before;
  await drawn();
  read();
  return [...lines].sort(([a], [b]) => a - b).map(([, line]) => line);
}"""

NO_FIGURE = "\N{EN DASH}"


@dataclass(frozen=True)
class LogLine:
    """A line as the page shows it. `stream` is stdout, stderr or platform."""

    stream: str
    level: str
    text: str


class EditorPage:
    """The editor in one tab."""

    def __init__(self, page: Page, watch: Watch) -> None:
        self.page = page
        self.watch = watch
        self.test = page.get_by_role("button", name="Test", exact=True)
        self.start_cold = page.get_by_role("button", name="Start cold", exact=True)
        self.again = page.get_by_role("button", name="Test again", exact=True)
        self.cancel = page.get_by_role("button", name="Cancel", exact=True)
        self.code = page.get_by_role("textbox", name="Code", exact=True)
        self.event = page.get_by_role("textbox", name="Event", exact=True)
        self.logs = page.get_by_role("log", name="Logs", exact=True)
        self.response = page.get_by_role("region", name="Response", exact=True)
        self.metrics = page.get_by_role("region", name="Metrics", exact=True)
        self.variables = page.get_by_role("region", name="Environment variables", exact=True)
        self.memory = page.get_by_role("spinbutton", name="Memory", exact=True)
        self.timeout = page.get_by_role("spinbutton", name="Timeout", exact=True)
        self.handler = page.get_by_role("textbox", name="Handler", exact=True)
        self.message = page.get_by_role("alert")
        self.state = self.metrics.get_by_role("status")
        self.time_line = self.metrics.get_by_role("img", name=re.compile("^Time: "))
        self.last_runs = self.metrics.get_by_role("toolbar", name="Last runs")
        self.http = self.response.get_by_label("HTTP response")

    def write(self, code: str, event: str | None = None) -> None:
        """Put other texts in the place of those that are there."""
        self.code.fill(code)
        if event is not None:
            self.event.fill(event)

    def run(self) -> str:
        """Press Test and wait for the end; gives the outcome in the page's words."""
        self.test.click()
        return self.wait_until_ended()

    def wait_until_ended(self) -> str:
        """Wait for the end of what runs; gives the outcome in the page's words."""
        expect(self.state).to_have_text(ENDED)
        expect(self.test).to_be_enabled()
        return self.state.inner_text()

    def add_variable(self, key: str, value: str) -> Locator:
        """Add a row; gives its field for the key."""
        self.variables.get_by_role("button", name="Add variable").click()
        self.variables.get_by_role("textbox", name=re.compile("^Key")).last.fill(key)
        self.variables.get_by_label(re.compile("^Value")).last.fill(value)
        return self.variables.get_by_role("textbox", name=re.compile("^Key")).last

    def lines(self) -> list[LogLine]:
        """Every log line that is shown, in order: the pane draws those in view alone, so it is scrolled through."""
        told = self.logs.evaluate(EVERY_LINE)
        return [LogLine(*line) for line in told]

    def printed(self) -> list[str]:
        """The lines of the function."""
        return [line.text for line in self.lines() if line.stream != "platform"]

    def platform_lines(self) -> list[str]:
        """The lines of the platform."""
        return [line.text for line in self.lines() if line.stream == "platform"]

    def report(self) -> str:
        """The platform's REPORT line."""
        (report,) = (line for line in self.platform_lines() if line.startswith("REPORT "))
        return report

    def response_text(self) -> str:
        """The payload as it was received."""
        self.response.get_by_role("button", name="Raw").click()
        text = self.response.locator("pre").inner_text()
        self.response.get_by_role("button", name="Pretty").click()
        return text

    def figure(self, name: str) -> str:
        """One of the figures, such as `Duration`."""
        figure = self.metrics.locator(
            "dl > div", has=self.page.locator("dt", has_text=re.compile(f"^{name}"))
        )
        return figure.locator("dd").inner_text()
