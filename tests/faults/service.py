"""What every fault is looked at with: invocations under way, their one end, and what is left of them."""

import os
import signal
import time

import httpx

from tests.client import Message, Person, texts
from tests.leftovers import control_groups, sandbox_ids
from tests.serving import Served
from tests.worker_process import until

LATEST_S = 90.0
"""Long enough for a loaded machine; every wait ends as soon as what it waits for has come."""
STOPPED = "The worker stopped while this invocation ran."
SEQ_AFTER_LOST = 1_000_000_000

TICKING = """
export const handler = async ({ ticks = 3, ms = 100 }) => {
  for (let tick = 0; tick < ticks; tick += 1) {
    console.log(`tick ${tick}`);
    await new Promise((resume) => setTimeout(resume, ms));
  }
  return "ticked";
};
"""
SLOW_INIT = """
console.log("init begun");
await new Promise((resume) => setTimeout(resume, 8000));
export const handler = async () => "never";
"""


def submission(person: Person, source: str = TICKING, **changes: object) -> httpx.Response:
    """The answer to a submission, whatever it is."""
    return person.post("/api/invocations", {"files": {"index.mjs": source}, **changes})


class UnderWay:
    """One invocation of a person, told by its log lines."""

    def __init__(
        self,
        person: Person,
        source: str = TICKING,
        event: str = "{}",
        timeout: int = 120,
        answer: httpx.Response | None = None,
    ) -> None:
        answer = answer if answer is not None else submission(person, source, event=event, timeout=timeout)
        assert answer.status_code == 202, (answer.status_code, answer.text)
        self.person = person
        self.id = str(answer.json()["id"])

    def so_far(self) -> list[Message]:
        """The events that have happened by now."""
        answer = self.person.http.get(f"/api/invocations/{self.id}/events")
        assert answer.status_code == 200, answer.text
        found: list[Message] = answer.json()["events"]
        return found

    def printed(self) -> list[str]:
        """What the function has printed, line by line."""
        return [text.split("\t")[-1] for text in texts(self.so_far(), "stdout")]

    def until_printed(self, text: str) -> "UnderWay":
        """Wait until a line is there for everybody."""
        until(lambda: text in self.printed(), lambda: str(self.so_far()), LATEST_S)
        return self

    def ended(self) -> Message:
        """How it ended, when it has: told once, by row and events alike."""
        until(self._is_finished, lambda: f"{self.id} has no end: {self.read()}", LATEST_S)
        told, events = self.read(), self.so_far()
        assert [event["type"] for event in events].count("finished") == 1, events
        assert (events[-1]["type"], events[-1]["outcome"]) == ("finished", told["outcome"])
        assert events[-1]["notice"] == told["notice"]
        numbers = [event["seq"] for event in events]
        assert numbers == list(range(1, len(numbers) + 1)) or numbers == [SEQ_AFTER_LOST], numbers
        states = [event["state"] for event in events if event["type"] == "state"]
        assert len(set(states)) == len(states), f"begun twice: {states}"
        starts = [text for text in texts(events, "platform") if text.startswith("START ")]
        assert len(starts) <= 1, starts
        return told

    def read(self) -> Message:
        """The invocation as it is now, asked until it is told."""
        last: httpx.Response | None = None
        deadline = time.monotonic() + LATEST_S
        while time.monotonic() < deadline:
            try:
                last = self.person.http.get(f"/api/invocations/{self.id}")
                if last.status_code == 200:
                    found: Message = last.json()
                    return found
            except httpx.TransportError:
                pass
            time.sleep(0.1)
        raise AssertionError(last.text if last else "nobody answers")

    def _is_finished(self) -> bool:
        return bool(self.read()["state"] == "finished")


def ticks(count: int) -> list[str]:
    """What TICKING prints."""
    return [f"tick {tick}" for tick in range(count)]


def works(person: Person) -> None:
    """An invocation of somebody runs, completely."""
    invocation = UnderWay(person, event='{"ticks": 2, "ms": 10}')
    told = invocation.ended()
    assert (told["outcome"], told["response"]) == ("ok", '"ticked"'), told
    assert invocation.printed() == ticks(2)


def healthy(url: str) -> bool:
    """Whether every part says that it works."""
    try:
        return httpx.get(f"{url}/healthz", trust_env=False, timeout=30).status_code == 200
    except httpx.TransportError:
        return False


def heals(url: str) -> None:
    """Wait until every part works again."""
    until(lambda: healthy(url), lambda: f"{url} does not heal", LATEST_S)


def kill(served: Served, part: str) -> int:
    """SIGKILL to a part; gives its process id."""
    pid = served.parts()[part]
    os.kill(pid, signal.SIGKILL)
    return pid


def comes_back(served: Served, part: str, killed: int) -> None:
    """Wait until the supervisor has started a part again, and every part works."""
    until(lambda: served.parts().get(part, killed) != killed, served.logs, LATEST_S)
    heals(served.url)


def nothing_is_left_of(served: Served, sandboxes: list[str]) -> None:
    """Wait until sandboxes that a dead worker had are gone: folders and control groups."""

    def left() -> list[str]:
        groups = [str(group) for group in control_groups() if group.name in sandboxes]
        return [one for one in sandbox_ids(served.state) if one in sandboxes] + groups

    until(lambda: not left(), lambda: f"left: {left()}", LATEST_S)
