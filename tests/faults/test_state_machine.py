"""Whatever happens in whatever order, each invocation is run once at most and has one end.

Hypothesis makes up sequences of what people, workers and faults do, always the same ones; database and Redis are
real, the functions' engine is not needed for what is promised here.
"""

import asyncio
import json
import time
from typing import Any
from unittest import mock
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase
from hypothesis import settings as bounds
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from kombu.messaging import Producer

from invoker.events import Finished, Outcome
from playground.invocations import abandoned, queue, service, stream
from playground.invocations.abandoned import STOPPED, Abandoned
from playground.invocations.models import Invocation, State
from playground.invocations.recording import Recorder
from playground.redis_connection import connection
from tests.playground.test_stream import line
from tests.playground.test_worker import COUNTING, submitted

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("clean_redis"),
    pytest.mark.timeout(300),
]
OWNERS = ("alice", "bob")
PER_OWNER_MAX = 2
SUBMITTED_MAX = 12
ORDER = (State.QUEUED, State.RUNNING, State.FINISHED)
PICK = st.integers(0, 1_000_000)


class Playground(RuleBasedStateMachine):
    """People, workers and faults, and what was promised to whom."""

    def __init__(self) -> None:
        super().__init__()
        Invocation.objects.all().delete()
        connection().flushall()
        self.loop = asyncio.new_event_loop()
        self.worker = 1
        self.submitted: list[UUID] = []
        self.begun: list[UUID] = []
        self.runs: dict[UUID, Recorder] = {}
        self.lost: set[UUID] = set()
        self.silent: dict[UUID, Recorder] = {}
        """What workers run that are taken for killed."""
        self.said: dict[UUID, list[str]] = {}
        self.seen: dict[UUID, list[stream.Message]] = {}
        self.forgotten: set[UUID] = set()
        self.states: dict[UUID, str] = {}
        self.ends: dict[UUID, tuple[str, str, str]] = {}
        self.expected: dict[UUID, Outcome] = {}
        """How an invocation has to end, once that is known."""

    def teardown(self) -> None:
        self.restart_the_worker()
        self.run_all()
        for one in self.submitted:
            assert Invocation.objects.get(id=one).state == State.FINISHED
            self.page_reads(self.submitted.index(one))
            assert [message["type"] for message in self.seen[one]].count("finished") == 1
            assert self.seen[one][-1]["type"] == "finished"
        self.ends_are_final()
        self.loop.close()

    @property
    def name(self) -> str:
        return f"here:{self.worker}:1"

    @rule(owner=st.sampled_from(OWNERS), message_arrives=st.sampled_from([True, True, False]))
    @precondition(lambda self: len(self.submitted) < SUBMITTED_MAX)
    def submit(self, owner: str, message_arrives: bool) -> None:
        one = submitted(COUNTING, owner=owner).id
        self.submitted.append(one)
        self.said[one] = []
        self.seen[one] = []
        if message_arrives:
            self.claim(one)

    @rule(pick=PICK)
    @precondition(lambda self: self.submitted)
    def message_comes_again(self, pick: int) -> None:
        self.claim(self.submitted[pick % len(self.submitted)])

    @rule()
    @precondition(lambda self: len(self.begun) < len(self.submitted))
    def look_for_what_is_overdue(self) -> None:
        for one in queue.overdue(self.name, -1):
            self.claim(one)

    @rule(pick=PICK, lines=st.integers(1, 3), page_watches=st.booleans())
    @precondition(lambda self: self.runs)
    def function_prints(self, pick: int, lines: int, page_watches: bool) -> None:
        one = list(self.runs)[pick % len(self.runs)]
        texts = [f"{len(self.said[one]) + number}" for number in range(lines)]
        self.said[one] += texts
        self.runs[one].take([line(text) for text in texts])
        # All of it was published again.
        self.forgotten.discard(one)
        if page_watches:
            self.page_reads(self.submitted.index(one))

    @rule(pick=PICK, outcome=st.sampled_from([Outcome.OK, Outcome.FUNCTION_ERROR, Outcome.TIMEOUT]))
    @precondition(lambda self: self.runs)
    def function_ends(self, pick: int, outcome: Outcome) -> None:
        one = list(self.runs)[pick % len(self.runs)]
        self.end(one, self.runs.pop(one), outcome)

    def end(self, one: UUID, recorder: Recorder, outcome: Outcome) -> None:
        asked = Invocation.objects.get(id=one).cancel_requested
        self.expected[one] = Outcome.CANCELLED if asked else outcome
        recorder.take([Finished(time.time(), self.expected[one])])

    @rule(pick=PICK)
    @precondition(lambda self: self.submitted)
    def cancel(self, pick: int) -> None:
        row = Invocation.objects.get(id=self.submitted[pick % len(self.submitted)])
        service.cancel(row)
        if row.state == State.QUEUED:
            self.expected[row.id] = Outcome.CANCELLED
        elif row.state == State.RUNNING:
            assert queue.is_cancelled(row.id), "whoever runs it is not told"

    @rule(pick=PICK)
    @precondition(lambda self: self.submitted)
    def page_reads(self, pick: int) -> None:
        """A page comes back with the last number that it saw, and goes away again."""
        one = self.submitted[pick % len(self.submitted)]
        after = self.seen[one][-1]["seq"] if self.seen[one] else 0
        found = self.loop.run_until_complete(stream.so_far(one, after))
        self.seen[one] += found

    @rule()
    @precondition(lambda self: self.runs)
    def kill_the_worker(self) -> None:
        self.lost |= set(self.runs)
        self.silent |= self.runs
        self.expected |= dict.fromkeys(self.runs, Outcome.PLATFORM_ERROR)
        self.runs.clear()
        self.worker += 1

    @rule(pick=PICK)
    @precondition(lambda self: self.silent)
    def a_worker_was_only_silent(self, pick: int) -> None:
        """One that was taken for killed ends what it ran. That counts where nobody has ended it meanwhile."""
        one = list(self.silent)[pick % len(self.silent)]
        recorder = self.silent.pop(one)
        if one in self.lost:
            self.lost.remove(one)
            self.end(one, recorder, Outcome.OK)
        else:
            recorder.take([Finished(time.time(), Outcome.OK)])

    @rule()
    @precondition(lambda self: self.lost)
    def restart_the_worker(self) -> None:
        """A new one takes the place of one that was killed, and finishes what that one ran."""
        self.kill_the_worker()
        self.lost.clear()
        with mock.patch.object(abandoned, "is_gone", lambda name: name != self.name):
            Abandoned(silent_max_s=0).finish()

    @rule()
    @precondition(lambda self: any(self.said[one] for one in self.runs))
    def redis_forgets(self) -> None:
        connection().flushall()
        self.forgotten |= {one for one in self.submitted if self.said[one]}

    @invariant()
    def limits_hold(self) -> None:
        running = Invocation.objects.filter(state=State.RUNNING)
        assert all(running.filter(owner=owner).count() <= PER_OWNER_MAX for owner in OWNERS)

    @invariant()
    def states_go_forward(self) -> None:
        now = dict(Invocation.objects.values_list("id", "state"))
        assert set(now) == set(self.submitted), "lost, or made up"
        for one, state in now.items():
            assert ORDER.index(State(state)) >= ORDER.index(State(self.states.get(one, State.QUEUED)))
        self.states = now
        running = {one for one, state in now.items() if state == State.RUNNING}
        assert running == set(self.runs) | self.lost, "running, and nobody runs it"
        queued = {one for one, state in now.items() if state == State.QUEUED}
        assert not queued & set(self.begun), "goes to be run again"
        assert not queued & set(self.expected), "has an end, and waits"

    @invariant()
    def ends_are_final(self) -> None:
        for row in Invocation.objects.filter(state=State.FINISHED):
            end = (row.outcome, row.notice, row.events)
            assert row.outcome == self.expected[row.id], "ended otherwise than it was"
            assert row.finished_at
            assert self.ends.setdefault(row.id, end) == end, "ended twice"
            told = [message["text"] for message in _messages(row.events) if message["type"] == "log"]
            if row.notice == STOPPED and row.id in self.forgotten:
                assert told == self.said[row.id][: len(told)]
            else:
                assert told == self.said[row.id]

    @invariant()
    def pages_saw_everything_once_and_in_order(self) -> None:
        for messages in self.seen.values():
            numbers = [message["seq"] for message in messages]
            if numbers and numbers[-1] == service.SEQ_AFTER_LOST:
                numbers.pop()
            assert numbers == list(range(1, len(numbers) + 1))

    def claim(self, named: UUID) -> None:
        row = queue.claim(self.name, named)
        if row is not None:
            assert row.id not in self.begun, "run twice"
            self.begun.append(row.id)
            self.runs[row.id] = Recorder(row, time.time())

    def run_all(self) -> None:
        for _ in range(SUBMITTED_MAX):
            self.look_for_what_is_overdue()
            while self.runs:
                self.function_ends(0, Outcome.OK)


def _messages(text: str) -> list[stream.Message]:
    return [json.loads(one) for one in text.splitlines()]


@pytest.fixture
def limited(settings: Any) -> None:
    settings.INVOCATIONS_PER_OWNER_MAX = PER_OWNER_MAX


@pytest.mark.usefixtures("limited")
def test_every_sequence_keeps_every_promise() -> None:
    # What would be sent to a worker comes by the rules alone.
    with mock.patch.object(Producer, "publish"):
        run_state_machine_as_test(
            Playground,
            settings=bounds(
                max_examples=60,
                stateful_step_count=40,
                derandomize=True,
                # A failure is told as it was found: making it smaller would take minutes.
                phases=[Phase.generate],
                database=None,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
