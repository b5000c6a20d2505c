"""Node.js and the runtime client in a sandbox that belongs to nobody yet, held until there is a function."""

import asyncio
import contextlib
import json
import os
from collections.abc import Mapping
from pathlib import Path

from invoker.environment_variables import WRAPPER
from invoker.sandbox import control_directory


class WaitingRuntime:
    """The two pipes through which a runtime says that it waits, and is let go."""

    def __init__(self, control: Path) -> None:
        self._control = control
        self._waits = asyncio.Event()
        self._waiting_pipe = control_directory.open_pipe(control, "waiting")
        self._release_pipe = control_directory.open_pipe(control, "release")
        asyncio.get_running_loop().add_reader(self._waiting_pipe, self._read)

    async def waits(self) -> None:
        """Wait until the runtime is as far as it gets without a function."""
        await self._waits.wait()

    def release(self, environment: Mapping[str, str], source_maps: bool) -> None:
        """Let the runtime load its function, in exactly this environment."""
        variables = {**environment, **control_directory.TELEMETRY}
        self._send({"environment": variables, "sourceMaps": source_maps})

    def release_afresh(self, environment: Mapping[str, str], memory_mb: int, source_maps: bool) -> None:
        """Let the runtime make room for one that starts in exactly this environment, for this memory size."""
        wrapper = environment.get(WRAPPER, "")
        control_directory.write_start(self._control, environment, memory_mb, source_maps, wrapper)
        self._send({"start": f"{control_directory.MOUNT}/start"})

    def close(self) -> None:
        """Give up the pipes."""
        asyncio.get_running_loop().remove_reader(self._waiting_pipe)
        os.close(self._waiting_pipe)
        os.close(self._release_pipe)

    def _read(self) -> None:
        with contextlib.suppress(BlockingIOError):
            os.read(self._waiting_pipe, 64)
        self._waits.set()

    def _send(self, message: Mapping[str, object]) -> None:
        # At once: a pipe holds many times what Lambda's 4 KB of variables can take.
        os.write(self._release_pipe, json.dumps(message).encode() + b"\n")
