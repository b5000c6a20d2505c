"""What is told while Redis takes it, takes its time, or takes nothing."""

import threading
import time
from collections.abc import Collection

from redis.exceptions import ConnectionError as NotConnected

from playground.workshops import telling
from playground.workshops.telling import Message, Teller
from tests.worker_process import until

ADA = ("wall", "ada")
BOB = ("wall", "bob")


class Written:
    """What Redis was told, which can be held up and fail."""

    def __init__(self) -> None:
        self.batches: list[list[Message]] = []
        self.may_go_on = threading.Event()
        self.may_go_on.set()
        self.failures = 0

    def __call__(self, messages: Collection[Message]) -> None:
        assert self.may_go_on.wait(10)
        if self.failures:
            self.failures -= 1
            raise NotConnected
        self.batches.append(list(messages))


def seconds_to_tell(teller: Teller, *messages: Message) -> float:
    begun = time.monotonic()
    teller.tell(messages)
    return time.monotonic() - begun


def test_it_is_told_when_whoever_tells_goes_on() -> None:
    written = Written()
    teller = Teller(written)
    for message in (ADA, BOB, ADA):
        teller.tell([message])
    assert written.batches == [[ADA], [BOB], [ADA]]


def test_only_the_first_waits_while_nothing_is_taken_and_all_is_told_later_once() -> None:
    written = Written()
    teller = Teller(written)
    written.may_go_on.clear()
    assert telling.WAITED_S <= seconds_to_tell(teller, ADA) < telling.WAITED_S + 0.5
    assert sum(seconds_to_tell(teller, BOB) for _ in range(20)) < telling.WAITED_S
    written.may_go_on.set()
    until(lambda: written.batches == [[ADA], [BOB]])
    # As before from now on
    teller.tell([ADA])
    until(lambda: len(written.batches) == 3)
    teller.tell([BOB])
    assert written.batches[3:] == [[BOB]]


def test_what_was_not_taken_is_told_again() -> None:
    written = Written()
    written.failures = 2
    teller = Teller(written)
    teller.tell([ADA])
    teller.tell([BOB])
    until(lambda: [one for batch in written.batches for one in batch] == [ADA, BOB])


def test_a_fault_of_ours_does_not_keep_the_next_from_being_told() -> None:
    written: list[Message] = []

    def write(messages: Collection[Message]) -> None:
        if ADA in messages:
            raise ValueError
        written.extend(messages)

    teller = Teller(write)
    teller.tell([ADA])
    teller.tell([BOB])
    assert written == [BOB]
