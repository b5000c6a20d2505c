"""The users: each submits, follows, sometimes cancels, and comes back whatever the service answers."""

import json
import random
import threading
import time
from collections import Counter

import httpx
from websockets.exceptions import WebSocketException

from tests.client import Person, until_closed
from tests.soak.functions import KINDS
from tests.soak.ledger import Sent

PATIENCE_S = 180.0
FOLLOWS = 0.3


class Users:
    """So many people at the playground of this address, until they are told to stop. `sent` is by token."""

    def __init__(self, url: str, count: int, seed: int) -> None:
        self.sent: dict[str, Sent] = {}
        self.answers: Counter[str] = Counter()
        self.impatient: list[str] = []
        self._url = url
        self._over = threading.Event()
        self._threads = [
            threading.Thread(target=self._use, args=(number, random.Random(f"{seed} {number}")), daemon=True)
            for number in range(count)
        ]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Let each finish what it waits for."""
        self._over.set()
        for thread in self._threads:
            thread.join(PATIENCE_S * 2)

    def _use(self, number: int, dice: random.Random) -> None:
        person = self._arrive()
        count = 0
        while person and not self._over.is_set():
            token = f"{number}-{count}"
            count += 1
            self._run_one(person, token, dice)
            self._over.wait(dice.expovariate(1.0))

    def _arrive(self) -> Person | None:
        while not self._over.is_set():
            try:
                return Person(self._url)
            except httpx.HTTPError:
                self._over.wait(0.5)
        return None

    def _run_one(self, person: Person, token: str, dice: random.Random) -> None:
        kind = dice.choices(KINDS, [kind.weight for kind in KINDS])[0]
        body = {
            "files": {"index.mjs": kind.source},
            "event": json.dumps({"token": token}),
            "timeout": kind.timeout,
            "memory_size": 128,
        }
        try:
            answer = person.post("/api/invocations", body)
        except httpx.HTTPError as error:
            # Whether it was taken is not known: at most once is what is promised.
            self.answers[type(error).__name__] += 1
            self.sent[token] = Sent(token, kind, accepted=False)
            return
        self.answers[str(answer.status_code)] += 1
        accepted = answer.status_code == 202
        self.sent[token] = Sent(token, kind, accepted, refused=not accepted)
        if not accepted:
            self._over.wait(1.0)
            return
        invocation_id = str(answer.json()["id"])
        if kind.cancelled:
            time.sleep(dice.random())
            self._try(lambda: person.post(f"/api/invocations/{invocation_id}/cancel"))
        self._wait(person, invocation_id, token, follows=dice.random() < FOLLOWS)

    def _wait(self, person: Person, invocation_id: str, token: str, follows: bool) -> None:
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            if follows:
                try:
                    with person.socket(invocation_id) as socket:
                        until_closed(socket, 30)
                except (OSError, TimeoutError, WebSocketException):
                    time.sleep(0.5)
            answer = self._try(lambda: person.http.get(f"/api/invocations/{invocation_id}"))
            if answer is not None and answer.status_code == 200 and answer.json()["state"] == "finished":
                return
            time.sleep(0.5)
        self.impatient.append(token)

    def _try(self, ask: object) -> httpx.Response | None:
        try:
            return ask()  # type: ignore[no-any-return, operator]
        except httpx.HTTPError:
            return None
