"""One execution environment's life: started, initialised, invoked again and again, shut down.

Source: "Understanding the Lambda execution environment lifecycle".
"""

import asyncio
import time
from collections.abc import Callable
from typing import Any, Literal

from invoker import environment_variables, limits
from invoker.errors import SandboxFailure
from invoker.exchange import Exchange
from invoker.function_output import FunctionOutput, Listener
from invoker.invocation import Invocation
from invoker.passage import Ending, Passage
from invoker.relay import RuntimeApiRelay
from invoker.rie import Rie, RieAnswer
from invoker.sandbox import control_directory
from invoker.sandbox.protocol import Sandbox, SandboxProvider
from invoker.sandbox.workspace import SandboxWorkspace

Awaited = set[asyncio.Future[Any]]


class ExecutionEnvironment:
    """One sandbox with the runtime in it, for one owner and one version of one function."""

    def __init__(self, workspace: SandboxWorkspace, provider: SandboxProvider) -> None:
        self._workspace = workspace
        self._provider = provider
        self._relay = RuntimeApiRelay()
        self._rie = Rie()
        self._output = FunctionOutput(workspace.control)
        self._sandbox: Sandbox | None = None
        self._initialised = False
        self._shut_down = False
        self._kills_seen = 0
        self.idle_since = 0.0

    @classmethod
    async def start(
        cls, provider: SandboxProvider, workspace: SandboxWorkspace, invocation: Invocation
    ) -> "ExecutionEnvironment":
        """A started environment. Raises SandboxFailure, with nothing left behind."""
        environment = cls(workspace, provider)
        try:
            await environment._start(invocation)
        except BaseException:
            await asyncio.shield(environment.shut_down())
            raise
        return environment

    @property
    def warm(self) -> bool:
        """Init is over and the runtime waits for an event."""
        return self._initialised and not self._relay.lost.is_set()

    async def _start(self, invocation: Invocation) -> None:
        configuration = invocation.configuration
        log_stream = environment_variables.log_stream_name(configuration.version, self._workspace.unique)
        variables = environment_variables.function_environment(
            configuration, log_stream, control_directory.RUNTIME_API
        )
        await asyncio.to_thread(self._workspace.write_package, invocation.package)
        control_directory.write_start(self._workspace.control, variables, configuration.memory_size)
        sockets = self._workspace.sockets
        await self._relay.serve(sockets["runtime.sock"], sockets["api.sock"])
        await self._rie.serve(sockets["rie.sock"])
        specification = self._workspace.specification(configuration.memory_size, limits.EPHEMERAL_STORAGE_MB)
        self._sandbox = await self._provider.start(specification)
        try:
            await asyncio.wait_for(self._rie.connected(), limits.SANDBOX_START_TIMEOUT_S)
        except TimeoutError as error:
            raise SandboxFailure("The sandbox started, but the RIE in it cannot be reached.") from error

    async def invoke(
        self,
        invocation: Invocation,
        listener: Listener,
        on_chunk: Callable[[bytes], None],
        on_running: Callable[[], None],
        cancelled: asyncio.Event,
        suppressed_init: bool = False,
    ) -> Passage:
        """Pass one invocation through. The environment can be used again only after ANSWERED.

        With `suppressed_init` the init phase runs under the function's own timeout, as it does after a
        first one that failed.
        """

        def running() -> None:
            self._output.take()
            on_running()

        exchange = Exchange(invocation, running, on_chunk)
        self._relay.begin(exchange)
        self._output.listen(listener)
        began = time.time()
        timeout = float(invocation.configuration.timeout)
        asked = asyncio.create_task(self._rie.invoke(invocation.event))
        stop = asyncio.create_task(cancelled.wait())
        over: Awaited = {exchange.answered, asked, stop}
        try:
            ending = None
            if not self._initialised:
                limit = timeout if suppressed_init else limits.INIT_TIMEOUT_S
                if not await _first({exchange.ready, *over}, limit):
                    ending = Ending.TIMEOUT if suppressed_init else Ending.INIT_TIMEOUT
            if ending is None:
                await _first({exchange.handed_out, *over}, limits.RIE_ANSWER_GRACE_S)
                counted = exchange.handed_out.done() and not suppressed_init
                start = exchange.handed_out.result() if counted else began
                await _first(over, start + timeout - time.time())
                ending = self._ending(exchange, asked, stop)
            if ending is Ending.ANSWERED and not await _settled(asked):
                self._relay.lost.set()
            return await self._passage(ending, exchange, began)
        finally:
            self._relay.end()
            stop.cancel()
            asked.cancel()
            await asyncio.gather(stop, asked, return_exceptions=True)

    def _ending(
        self, exchange: Exchange, asked: asyncio.Task[RieAnswer], stop: asyncio.Task[Literal[True]]
    ) -> Ending:
        if exchange.answered.done():
            return Ending.ANSWERED
        if stop.done():
            return Ending.CANCELLED
        if not asked.done():
            return Ending.TIMEOUT
        if self._initialised and not exchange.handed_out.done():
            return Ending.NEVER_STARTED
        return Ending.EXITED

    async def _passage(self, ending: Ending, exchange: Exchange, began: float) -> Passage:
        assert self._sandbox is not None
        ended = time.time()
        answer = exchange.answered.result() if exchange.answered.done() else None
        exit_reason = None
        if ending is Ending.EXITED or (answer is not None and answer.in_init):
            exit_reason = self._output.read_rie_log().exit_reason
        memory = await self._sandbox.memory_peak_bytes()
        kills = await self._sandbox.out_of_memory_kills()
        out_of_memory = kills > self._kills_seen
        self._kills_seen = kills
        self._output.finish()
        ready = exchange.ready.result() if exchange.ready.done() else None
        self._initialised = self._initialised or ready is not None
        if answer is not None:
            ended = answer.time
        return Passage(
            ending=ending,
            init_started=self._output.rie_log.init_started or began,
            ready=ready,
            handed_out=exchange.handed_out.result() if exchange.handed_out.done() else None,
            ended=ended,
            answer=answer,
            exit_reason=exit_reason,
            memory_bytes=memory,
            out_of_memory=out_of_memory,
        )

    async def shut_down(self) -> None:
        """Remove everything that this environment is made of. May be called twice."""
        if self._shut_down:
            return
        self._shut_down = True
        self._relay.close()
        self._rie.close()
        if self._sandbox is not None:
            await self._sandbox.remove()
        self._output.close()
        await asyncio.to_thread(self._workspace.remove)


async def _first(awaited: Awaited, seconds: float) -> bool:
    """Wait until one of them is done; False when none is in time."""
    done, _ = await asyncio.wait(awaited, timeout=max(0.0, seconds), return_when=asyncio.FIRST_COMPLETED)
    return bool(done)


async def _settled(asked: asyncio.Task[RieAnswer]) -> bool:
    """The RIE has answered as well, and with success: the runtime is ready for the next event."""
    await asyncio.wait({asked}, timeout=limits.RIE_ANSWER_GRACE_S)
    return asked.done() and asked.exception() is None and asked.result().status == 200
