"""One execution environment's life: started, claimed by a function, initialised, invoked, frozen, shut down.

Source: "Understanding the Lambda execution environment lifecycle".
"""

import asyncio
import time
from collections.abc import Callable
from typing import Any, Literal

from invoker import environment_variables, limits
from invoker.environment_state import EnvironmentState, Lifecycle
from invoker.errors import SandboxFailure
from invoker.exchange import Exchange
from invoker.function_output import FunctionOutput, Listener
from invoker.http_connection import ConnectionLost
from invoker.invocation import Invocation
from invoker.passage import Ending, Passage
from invoker.pool_settings import cpus_of
from invoker.relay import RuntimeApiRelay
from invoker.rie import Rie, RieAnswer
from invoker.sandbox import control_directory
from invoker.sandbox.protocol import Sandbox, SandboxProvider
from invoker.sandbox.workspace import SandboxWorkspace
from invoker.waiting_runtime import WaitingRuntime

Awaited = set[asyncio.Future[Any]]


class ExecutionEnvironment:
    """One sandbox with the runtime in it: at first of nobody, then of one version of one function."""

    def __init__(self, workspace: SandboxWorkspace, memory_mb: int) -> None:
        self.memory_mb = memory_mb
        self.idle_since = 0.0
        self._lifecycle = Lifecycle()
        self._workspace = workspace
        self._relay = RuntimeApiRelay()
        self._rie = Rie()
        self._output = FunctionOutput(workspace.control)
        self._runtime = WaitingRuntime(workspace.control)
        self._sandbox: Sandbox | None = None
        self._settling: asyncio.Task[bool] | None = None
        self._kills_seen = 0

    @classmethod
    async def start(
        cls,
        provider: SandboxProvider,
        workspace: SandboxWorkspace,
        memory_mb: int,
        ephemeral_storage_mb: int = limits.EPHEMERAL_STORAGE_DEFAULT_MB,
    ) -> "ExecutionEnvironment":
        """An environment that waits for a function. Raises SandboxFailure, with nothing left behind."""
        environment = cls(workspace, memory_mb)
        try:
            await environment._start(provider, ephemeral_storage_mb)
        except BaseException:
            await asyncio.shield(environment.shut_down())
            raise
        return environment

    @property
    def state(self) -> EnvironmentState:
        """Where it is in its life."""
        return self._lifecycle.state

    @property
    def usable(self) -> bool:
        """Whether nothing has ended in it that a next invocation needs."""
        if self.state not in {EnvironmentState.WAITING, EnvironmentState.READY}:
            return False
        return not self._relay.lost.is_set() and self._output.read_rie_log().exit_reason is None

    async def _start(self, provider: SandboxProvider, ephemeral_storage_mb: int) -> None:
        waiting = environment_variables.waiting_environment(control_directory.RUNTIME_API)
        control_directory.write_wait(self._workspace.control, waiting, self.memory_mb)
        sockets = self._workspace.sockets
        await self._relay.serve(sockets["runtime.sock"], sockets["api.sock"])
        await self._rie.serve(sockets["rie.sock"])
        self._sandbox = await provider.start(
            self._workspace.specification(self.memory_mb, ephemeral_storage_mb)
        )
        rehearsal = asyncio.create_task(self._rehearse())
        try:
            async with asyncio.timeout(limits.SANDBOX_START_TIMEOUT_S):
                await asyncio.shield(rehearsal)
        except (TimeoutError, ConnectionLost) as error:
            raise SandboxFailure("The sandbox started, but the runtime in it did not.") from error
        finally:
            rehearsal.cancel()
            await asyncio.gather(rehearsal, return_exceptions=True)
        self._lifecycle.to(EnvironmentState.WAITING)

    async def _rehearse(self) -> None:
        """An event of nobody, with which the RIE starts the runtime. Raises ConnectionLost."""
        assert self._sandbox is not None
        await self._rie.connected()
        asked = asyncio.create_task(self._rie.invoke(b"{}"))
        try:
            await self._runtime.waits()
            await self._sandbox.set_apart()
            await self._relay.rehearse()
            await asked
        finally:
            asked.cancel()
            await asyncio.gather(asked, return_exceptions=True)

    async def claim(self, invocation: Invocation) -> None:
        """Make it the function's own: code and memory limit. Raises SandboxFailure."""
        assert self._sandbox is not None
        try:
            await asyncio.to_thread(self._workspace.write_package, invocation.package)
        except OSError as error:
            raise SandboxFailure(f"The function's code could not be unpacked: {error}") from error
        if (size := invocation.configuration.memory_size) != self.memory_mb:
            await self._sandbox.limit_memory(size)

    def _release(self, invocation: Invocation) -> None:
        configuration = invocation.configuration
        variables = environment_variables.function_environment(
            configuration,
            environment_variables.log_stream_name(configuration.version, self._workspace.unique),
            control_directory.RUNTIME_API,
        )
        same_memory = configuration.memory_size == self.memory_mb
        if same_memory and not environment_variables.has_to_start_afresh(configuration.environment):
            self._runtime.release(variables, configuration.source_maps)
        else:
            self._runtime.release_afresh(variables, configuration.memory_size, configuration.source_maps)

    async def invoke(
        self,
        invocation: Invocation,
        listener: Listener,
        on_chunk: Callable[[bytes], None],
        on_running: Callable[[], None],
        cancelled: asyncio.Event,
        cpu_share: bool,
        suppressed_init: bool = False,
    ) -> Passage:
        """Pass one invocation through. Afterwards it is `usable` for the next one, or has to be shut down.

        With `suppressed_init` the init phase runs under the function's own timeout, as it does after an
        environment was reset. With `cpu_share` the function has its share of CPU time once init is over.
        """

        def running() -> None:
            self._output.take()
            on_running()

        began = time.monotonic()
        exchange = Exchange(invocation, running, on_chunk)
        if self.state is EnvironmentState.READY and not await self._wake():
            return await self._passage(Ending.NEVER_STARTED, exchange, began)
        self._relay.begin(exchange)
        self._output.listen(listener)
        timeout = float(invocation.configuration.timeout)
        began = time.monotonic()
        asked = asyncio.create_task(self._rie.invoke(invocation.event))
        stop = asyncio.create_task(cancelled.wait())
        over: Awaited = {exchange.answered, asked, stop}
        try:
            ending = None
            warm = self.state is EnvironmentState.READY
            if not warm:
                self._lifecycle.to(EnvironmentState.INIT)
                self._release(invocation)
                limit = timeout if suppressed_init else limits.INIT_TIMEOUT_S
                if not await _first({exchange.ready, *over}, limit):
                    ending = Ending.TIMEOUT if suppressed_init else Ending.INIT_TIMEOUT
            if warm or exchange.ready.done():
                self._lifecycle.to(EnvironmentState.INVOKING)
                if not warm and cpu_share:
                    await self._limit_cpu(invocation)
            if ending is None:
                await _first({exchange.handed_out, *over}, limits.RIE_ANSWER_GRACE_S)
                counted = exchange.handed_out.done() and not suppressed_init
                start = exchange.handed_out.result() if counted else began
                await _first(over, start + timeout - time.monotonic())
                ending = self._ending(exchange, asked, stop, warm)
            await self._output.drain()
            passage = await self._passage(ending, exchange, began)
            if ending is Ending.ANSWERED and self.state is EnvironmentState.INVOKING:
                self._lifecycle.to(EnvironmentState.READY)
                self._settling = asyncio.create_task(self._settle(asked))
            else:
                self._lifecycle.to(EnvironmentState.RESETTING)
            return passage
        finally:
            exchange.over.set()
            self._relay.end()
            stop.cancel()
            if self.state is not EnvironmentState.READY:
                asked.cancel()

    def when_lost(self, tell: Callable[[], None]) -> None:
        """Call `tell` when it turns out that the runtime does not come to rest after its last invocation."""

        def settled(settling: asyncio.Task[bool]) -> None:
            if not settling.cancelled() and not settling.result():
                tell()

        if self._settling is not None:
            self._settling.add_done_callback(settled)

    async def _limit_cpu(self, invocation: Invocation) -> None:
        assert self._sandbox is not None
        await self._sandbox.limit_cpu(cpus_of(invocation.configuration.memory_size))

    async def _settle(self, asked: asyncio.Task[RieAnswer]) -> bool:
        """Wait until the runtime asks for the next event, then freeze. False when it never does."""
        assert self._sandbox is not None
        try:
            async with asyncio.timeout(limits.RIE_ANSWER_GRACE_S):
                answer = await asked
                await self._relay.runtime_waits.wait()
            if answer.status == 200:
                await self._sandbox.freeze()
                return True
        except (TimeoutError, ConnectionLost, SandboxFailure):
            pass
        self._relay.lost.set()
        return False

    async def _wake(self) -> bool:
        """Let it go on after an invocation before; False when it cannot."""
        assert self._sandbox is not None
        assert self._settling is not None
        if not await self._settling:
            return False
        await self._sandbox.thaw()
        return True

    def _ending(
        self,
        exchange: Exchange,
        asked: asyncio.Task[RieAnswer],
        stop: asyncio.Task[Literal[True]],
        warm: bool,
    ) -> Ending:
        if exchange.answered.done():
            return Ending.ANSWERED
        if stop.done():
            return Ending.CANCELLED
        if not asked.done():
            return Ending.TIMEOUT
        if warm and not exchange.handed_out.done():
            return Ending.NEVER_STARTED
        return Ending.EXITED

    async def _passage(self, ending: Ending, exchange: Exchange, began: float) -> Passage:
        assert self._sandbox is not None
        ended = time.monotonic()
        answer = exchange.answered.result() if exchange.answered.done() else None
        exit_reason = self._output.read_rie_log().exit_reason if ending is Ending.EXITED else None
        memory = await self._sandbox.memory_peak_bytes()
        kills = await self._sandbox.out_of_memory_kills()
        out_of_memory = kills > self._kills_seen
        self._kills_seen = kills
        lost = ending is Ending.EXITED and exit_reason is None and not out_of_memory
        self._output.finish()
        return Passage(
            ending=ending,
            began=began,
            ready=exchange.ready.result() if exchange.ready.done() else None,
            handed_out=exchange.handed_out.result() if exchange.handed_out.done() else None,
            ended=answer.time if answer is not None else ended,
            answer=answer,
            exit_reason=exit_reason,
            memory_bytes=memory,
            out_of_memory=out_of_memory,
            killed_from_outside=lost and await self._sandbox.was_killed_from_outside(),
            ended_at=time.time(),
        )

    async def shut_down(self) -> None:
        """Remove everything that this environment is made of. May be called twice."""
        if self.state is EnvironmentState.SHUT_DOWN:
            return
        self._lifecycle.to(EnvironmentState.SHUT_DOWN)
        if self._settling is not None:
            self._settling.cancel()
            await asyncio.gather(self._settling, return_exceptions=True)
        self._relay.close()
        self._rie.close()
        if self._sandbox is not None:
            await self._sandbox.remove()
        self._output.close()
        self._runtime.close()
        await asyncio.to_thread(self._workspace.remove)


async def _first(awaited: Awaited, seconds: float) -> bool:
    """Wait until one of them is done; False when none is in time."""
    done, _ = await asyncio.wait(awaited, timeout=max(0.0, seconds), return_when=asyncio.FIRST_COMPLETED)
    return bool(done)
