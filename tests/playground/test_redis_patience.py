"""A Redis that is stopped by SIGSTOP: it takes connections and bytes, and answers nothing."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from redis.exceptions import ConnectionError as NotConnected
from redis.exceptions import RedisError
from redis.exceptions import TimeoutError as Silent

from playground.redis_connection import connection
from playground.redis_patience import SILENT_AFTER_S, SILENT_FOR_S, Patience
from tests.worker_process import until

pytestmark = pytest.mark.usefixtures("clean_redis")
MANY = 20
SOON_S = 0.5
BEHIND_THREADS_S = 3.0
"""A loaded machine included; one after the other they would take MANY * SILENT_AFTER_S."""


@contextmanager
def stopped(server: subprocess.Popen[bytes]) -> Iterator[None]:
    server.send_signal(signal.SIGSTOP)
    try:
        yield
    finally:
        server.send_signal(signal.SIGCONT)
        until(answers)


def answers() -> bool:
    try:
        return bool(connection().ping())
    except RedisError:
        return False


def seconds_of_a_failure() -> float:
    begun = time.monotonic()
    with pytest.raises(Silent):
        connection().get("any")
    return time.monotonic() - begun


def test_a_silent_redis_is_waited_for_once_and_not_by_every_command(
    redis_server: subprocess.Popen[bytes],
) -> None:
    with stopped(redis_server):
        assert SILENT_AFTER_S - 0.1 < seconds_of_a_failure() < SILENT_AFTER_S + SOON_S
        begun = time.monotonic()
        with ThreadPoolExecutor(4) as threads:
            list(threads.map(lambda _: seconds_of_a_failure(), range(MANY)))
        assert time.monotonic() - begun < SOON_S
        # It is asked again: nobody else would find out that it is back.
        time.sleep(SILENT_FOR_S)
        assert seconds_of_a_failure() > SILENT_AFTER_S - 0.1


def test_many_that_wait_in_few_threads_have_waited_together(redis_server: subprocess.Popen[bytes]) -> None:
    begun = time.monotonic()
    with stopped(redis_server), ThreadPoolExecutor(2) as threads:
        list(threads.map(lambda _: seconds_of_a_failure(), range(MANY)))
        assert time.monotonic() - begun < BEHIND_THREADS_S


def test_a_redis_that_is_slow_for_a_moment_answers_everybody(redis_server: subprocess.Popen[bytes]) -> None:
    connection().set("number", 7)
    continued = threading.Timer(SILENT_AFTER_S / 2, os.kill, (redis_server.pid, signal.SIGCONT))
    redis_server.send_signal(signal.SIGSTOP)
    continued.start()
    with ThreadPoolExecutor(MANY) as threads:
        assert list(threads.map(lambda _: connection().get("number"), range(MANY))) == ["7"] * MANY


def test_an_answer_that_came_too_late_is_nobody_elses(redis_server: subprocess.Popen[bytes]) -> None:
    for number in range(MANY):
        connection().set(f"key:{number}", number)
    with stopped(redis_server), ThreadPoolExecutor(MANY) as threads:
        list(threads.map(lambda _: seconds_of_a_failure(), range(MANY)))
    assert [connection().get(f"key:{number}") for number in range(MANY)] == [str(one) for one in range(MANY)]


def test_a_connection_that_was_closed_meanwhile_is_made_again() -> None:
    connection().ping()
    for client in connection().client_list():
        connection().client_kill_filter(_id=client["id"], skipme=False)
    assert connection().ping()


def test_what_was_not_answered_is_not_done_twice() -> None:
    for error, tries in ((Silent, 1), (NotConnected, 2)):
        calls: list[int] = []

        def fails(error: type[Exception] = error, calls: list[int] = calls) -> None:
            calls.append(1)
            raise error

        with pytest.raises(error):
            Patience().call_with_retry(fails, lambda _: None)
        assert len(calls) == tries
        until(answers)
