"""Starts every part in order, starts again what ended, and ends all when somebody asks."""

import asyncio
import contextlib
import json
import os
import signal
import sys
import time
import urllib.error
import urllib.request
from collections import defaultdict
from pathlib import Path

import redis
from django.conf import settings
from django.core.management import call_command

from invoker.errors import InvokerError, SetUpIncomplete
from invoker.sandbox import choice
from playground import embedded
from playground.sandbox_settings import sandbox_settings
from playground.supervisor import commands, preconditions
from playground.supervisor.part import Part, wait_until
from playground.supervisor.restarts import ENDINGS_MAX, WITHIN_S, Restarts

READY_MAX_S = 120.0
WATCH_EACH_S = 0.1
# A proxy that the environment names is for other hosts.
_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
PATIENCE_S = {"web": 6.0, "worker": 30.0, "redis": 5.0}


class PartEnded(Exception):
    """A part ended that should have lived, and is not started again. The message says which, and how."""


class Stopped(Exception):
    """Somebody asked for the end."""


class Supervisor:
    """One playground on this machine."""

    def __init__(self) -> None:
        self._state: Path = settings.PLAYGROUND_STATE
        self._own_redis = f"unix://{embedded.socket_path(self._state)}" == settings.REDIS_URL
        self._redis_program = ""
        self._parts: dict[str, Part] = {}
        self._restarts: defaultdict[str, Restarts] = defaultdict(Restarts)
        self._due: dict[str, float] = {}
        self._stop_asked = False

    def run(self) -> int:
        """Run until somebody asks for the end; gives the exit status.

        Raises CannotStart before anything is started.
        """
        lock = preconditions.lock_state(self._state)
        try:
            preconditions.check_address(settings.HOST, settings.PORT)
            preconditions.check_page(settings.FRONTEND_MANIFEST)
            if self._own_redis:
                self._redis_program = preconditions.check_redis_server(self._state)
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(number, self._ask_to_stop)
            return self._run()
        finally:
            os.close(lock)

    def _run(self) -> int:
        try:
            self._start_all()
            notice = self._wait_until_ready()
            print(f"Ready on {address()}", flush=True)
            if notice:
                print(notice, flush=True)
            while True:
                self._heal_parts()
                time.sleep(WATCH_EACH_S)
        except Stopped:
            return 0
        except PartEnded as error:
            print(error, file=sys.stderr, flush=True)
            return 1
        finally:
            # Asking again changes nothing: every part has a limit for its end.
            self._end()

    def _start_all(self) -> None:
        embedded.logs_folder(self._state).mkdir(exist_ok=True)
        if self._own_redis:
            self._start("redis")
            self._wait_for_redis()
        call_command("migrate", verbosity=0, interactive=False)
        self._start("worker")
        self._start("web")

    def _start(self, name: str) -> None:
        log = embedded.logs_folder(self._state) / f"{name}.log"
        environment = {"PLAYGROUND_LOG_FILE": str(log), **commands.ENVIRONMENT}
        self._parts[name] = Part(name, self._command(name), settings.BASE_DIR, log, environment)

    def _command(self, name: str) -> list[str]:
        if name == "redis":
            embedded.socket_path(self._state).unlink(missing_ok=True)
            return commands.redis(self._redis_program, self._state)
        return commands.worker() if name == "worker" else commands.web()

    def _wait_for_redis(self) -> None:
        client = redis.Redis.from_url(settings.REDIS_URL)

        def answers() -> bool:
            self._check_parts()
            with contextlib.suppress(redis.RedisError):
                return bool(client.ping())
            return False

        if not wait_until(answers, 10):
            raise PartEnded("Redis did not answer within 10 seconds.")
        client.close()

    def _wait_until_ready(self) -> str:
        state: dict[str, dict[str, str]] = {}

        def healthy() -> bool:
            self._check_parts()
            status, told = health()
            state.update(told)
            return status == 200

        if not wait_until(healthy, READY_MAX_S, pause_s=0.1):
            raise PartEnded(f"Not every part was ready within {READY_MAX_S:.0f} seconds: {state}")
        return state["sandbox"]["notice"]

    def _ask_to_stop(self, number: int, frame: object) -> None:
        self._stop_asked = True

    def _check_parts(self) -> None:
        """Raises Stopped and, for a start at which a part ends, PartEnded."""
        self._check_stop()
        for part in self._parts.values():
            if how := part.ended():
                raise PartEnded(f"The {part.name} ended unexpectedly ({how}); see {part.log}.")

    def _check_stop(self) -> None:
        if self._stop_asked:
            raise Stopped

    def _heal_parts(self) -> None:
        """Start again what ended. Raises Stopped, and PartEnded for a part that ends again and again."""
        self._check_stop()
        for name, part in list(self._parts.items()):
            if name in self._due:
                if time.monotonic() >= self._due[name]:
                    del self._due[name]
                    self._start_again(name, part)
            elif how := part.ended():
                # Whatever it had started itself goes before the next one comes.
                part.stop(0)
                self._note_ending(part, how)

    def _start_again(self, name: str, part: Part) -> None:
        try:
            self._start(name)
        except OSError as error:
            self._note_ending(part, error.strerror or str(error))

    def _note_ending(self, part: Part, how: str) -> None:
        pause_s = self._restarts[part.name].pause_s(time.monotonic())
        if pause_s is None:
            raise PartEnded(
                f"The {part.name} ended {ENDINGS_MAX} times within {WITHIN_S:.0f} seconds and is not started "
                f"again, the last time: {how}; see {part.log}."
            )
        self._due[part.name] = time.monotonic() + pause_s
        print(
            f"The {part.name} ended unexpectedly ({how}) and is started again; see {part.log}.",
            file=sys.stderr,
            flush=True,
        )

    def _end(self) -> None:
        for part in reversed(self._parts.values()):
            part.stop(PATIENCE_S[part.name])
        if self._own_redis:
            embedded.socket_path(self._state).unlink(missing_ok=True)
        # Whatever a part could not remove itself, because it was killed.
        try:
            asyncio.run(choice.sweep(choice.provider(self._state, sandbox_settings()), self._state))
        except SetUpIncomplete:
            # Without a runtime there never was a sandbox.
            return
        except InvokerError as error:
            print(f"What is left of sandboxes goes at the next start: {error}", file=sys.stderr)


def address() -> str:
    """Where the page is."""
    host = f"[{settings.HOST}]" if ":" in settings.HOST else settings.HOST
    return f"http://{host}:{settings.PORT}"


def health() -> tuple[int, dict[str, dict[str, str]]]:
    """Status and answer of the health page, 0 and nothing when nobody answers."""
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(settings.HOST, settings.HOST)  # noqa: S104 - compared
    host = f"[{host}]" if ":" in host and not host.startswith("[") else host
    request = urllib.request.Request(f"http://{host}:{settings.PORT}/healthz")
    try:
        with _opener.open(request, timeout=5) as response:
            return response.status, json.load(response)
    except urllib.error.HTTPError as error:
        with contextlib.suppress(ValueError):
            return error.code, json.load(error)
        return error.code, {}
    except OSError:
        return 0, {}
