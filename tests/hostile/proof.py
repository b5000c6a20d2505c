"""Runs cases at one served playground, several at a time, each as people of its own."""

import json
import threading
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from tests.client import Person
from tests.history import History
from tests.hostile.case import Case, Files, body
from tests.hostile.expectation import differences
from tests.hostile.kept import left_sandboxes, unescaped, unlike_records
from tests.hostile.told import Told, submit
from tests.serving import Served

AT_ONCE = 4
# Cases that take all memory, processes or time that they can get run one after the other, at the end.
HEAVY = ("d01", "d03", "d04", "d07", "d08", "d09", "e01", "h06")
CANARY = "a01_ok_hello"
"""The case that must run right after every other one, as somebody else."""
RAN = b'"ran"'
"""What the handler of a submission that is tried with odd files answers; theirs answers something else."""


class Proof:
    """What is wrong with each case, if anything. They begin to run when this is made."""

    def __init__(self, served: Served, history: History, cases: Iterable[Case], canary: Case) -> None:
        self._url = served.url
        self._state = served.state
        self._canary = canary
        self._neighbour = Person(served.url)
        self._history = history
        self._heavy = threading.Lock()
        self._pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="case")
        self._found: dict[str, Future[list[str]]] = {
            case.name: self._pool.submit(self._run, case)
            for case in sorted(cases, key=lambda case: case.name.startswith(HEAVY))
        }

    def of(self, case: Case) -> list[str]:
        """What is not as it must be, in sentences. Waits until the case has run."""
        return self._found[case.name].result()

    def close(self) -> None:
        """Begin no further case, and wait for those that run."""
        self._pool.shutdown(cancel_futures=True)

    def _run(self, case: Case) -> list[str]:
        if not case.name.startswith(HEAVY):
            return [
                *self._as_people(case, Person(self._url), Person(self._url)),
                *self._canary_of(self._neighbour),
            ]
        with self._heavy:
            # Somebody new, who needs a sandbox of their own right after it.
            return [
                *self._as_people(case, Person(self._url), Person(self._url)),
                *self._canary_of(Person(self._url)),
            ]

    def _as_people(self, case: Case, author: Person, stranger: Person) -> Iterator[str]:
        first = submit(author, body(case.files, case.configuration, case.event))
        yield from differences(case.expected, first)
        own = [first, *self._further(case, author, case.expected.get("then", ()))]
        for expected, told in zip(case.expected.get("then", ()), own[1:], strict=True):
            yield from differences(expected, told)
        others = self._further(case, stranger, case.expected.get("other_user", ()))
        for expected, told in zip(case.expected.get("other_user", ()), others, strict=True):
            yield from differences(expected, told)
        for files in case.tried_alone:
            own.append(submit(author, body(files, case.configuration, case.event)))
            yield from _unlike_alone(case, files, own[-1])
        yield from unlike_records(self._history, author, own)
        yield from unlike_records(self._history, stranger, others)
        yield from left_sandboxes(self._state, case, [*own, *others])
        if texts := case.expected.get("html_must_escape"):
            yield from unescaped(self._history, author, first, texts)

    def _further(self, case: Case, person: Person, further: Iterable[dict[str, Any]]) -> list[Told]:
        told = []
        for expected in further:
            time.sleep(expected.get("after_s", 0))
            told.append(submit(person, body(case.files, case.configuration, json.dumps(expected["event"]))))
        return told

    def _canary_of(self, person: Person) -> list[str]:
        canary = self._canary
        told = submit(person, body(canary.files, canary.configuration, canary.event))
        return [f"afterwards {canary.name}: {found}" for found in differences(canary.expected, told)]


def _unlike_alone(case: Case, files: Files, told: Told) -> Iterator[str]:
    for found in differences(case.expected, told):
        yield f"alone with {files[-1][0]!r}: {found}"
    if told.invocation_id and told.response != RAN:
        yield f"alone with {files[-1][0]!r}: it replaced another file, {told.response!r}"
