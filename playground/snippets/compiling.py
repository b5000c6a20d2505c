"""TypeScript of a submission compiled, in a few threads of the web process."""

import asyncio
import logging
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

from django.conf import settings

from invoker.compiler import Compiler
from invoker.errors import InvokerError
from invoker.fault import Fault
from invoker.image import compiler

logger = logging.getLogger(__name__)
THREADS = 2
WAITING_MAX = 50
_threads = ThreadPoolExecutor(THREADS, "compiler")
_waiting = 0


class CompilerBusy(Exception):
    """As many submissions wait for the compiler as may. The message is for the user."""


class CompilerUnavailable(Exception):
    """The compiler cannot be run. The message is for the user; why is in the log."""


async def compiled(texts: Mapping[str, str]) -> dict[str, str] | list[Fault]:
    """The files of a package made of these, or every fault in them.

    Raises CompilerBusy and CompilerUnavailable.
    """
    global _waiting
    if _waiting >= WAITING_MAX:
        raise CompilerBusy("Too many submissions in TypeScript wait to be compiled; try again in a moment.")
    _waiting += 1
    try:
        return await asyncio.get_running_loop().run_in_executor(_threads, lambda: _compiler().compiled(texts))
    except InvokerError as error:
        logger.error("%s", error)
        raise CompilerUnavailable("TypeScript cannot be compiled now.") from error
    finally:
        _waiting -= 1


@cache
def _compiler() -> Compiler:
    return Compiler(
        Path(settings.COMPILER) if settings.COMPILER else compiler.program(settings.PLAYGROUND_RUNTIME)
    )
